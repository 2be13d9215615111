//! How many random trials a test makes; shared by the tests in `src/` and those in `tests/it/`.

use std::fmt::Debug;

/// Returns `usual`, or as many times more or fewer as `PROPTEST_CASES` asks for; 256 is the usual there.
pub(crate) fn trials<N: TryFrom<u32, Error: Debug>>(usual: u32) -> N {
    let asked = proptest::test_runner::Config::default().cases;
    let trials = u64::from(usual) * u64::from(asked) / 256;
    N::try_from(u32::try_from(trials).unwrap_or(u32::MAX).max(1)).expect("a number of trials fits")
}
