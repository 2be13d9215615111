//! Programs that a test asks and that a machine may lack: Chromium, Node.js, Java, the validators of data files.

use std::io::Write as _;

/// Says that a check is left out because something is not here.
///
/// `GONGKAI_TESTS=all`, which `./test` sets, since it has looked for everything before, makes that a failure.
#[track_caller]
pub(crate) fn leave_out(check: &str, missing: &str) {
    let line = format!("left out: {check} (no {missing})\n");
    assert!(std::env::var_os("GONGKAI_TESTS").is_none_or(|value| value != "all"), "{line}");
    // Written to the stream itself, since the test runner keeps what a passing test prints with `eprintln!`.
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
