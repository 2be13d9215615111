//! Limits of what a template may ask for, so that a loop in a loop ends with an error and does not run for ever.

use std::cell::Cell;
use std::io;

use tera::{Error, Kwargs, State};

/// The most numbers that one `range` may have.
const LONGEST_RANGE: i128 = 1_000;

/// The most numbers that all ranges of one page may have together, far more than any page needs.
const MOST_NUMBERS: i128 = 1_000_000;

/// The most bytes that a page may have, far more than a phone can show.
const LARGEST_PAGE: usize = 64 * 1024 * 1024;

/// The message of each limit in English, which Tera passes on, and in Chinese.
pub(super) const MESSAGES: [(&str, &str); 4] = [ZERO_STEP, LONG_RANGE, MANY_NUMBERS, LARGE_PAGE];

const ZERO_STEP: (&str, &str) = ("`range` needs a `step_by` other than 0", "`range` 的 `step_by` 不能是 0");
const LONG_RANGE: (&str, &str) = ("a `range` has at most 1,000 numbers", "一个 `range` 最多有 1000 个数");
const MANY_NUMBERS: (&str, &str) = (
    "the ranges of one page have at most 1,000,000 numbers together; does one stand inside a loop?",
    "一个页面上的 `range` 合计最多有 100 万个数；是否写在循环里了？",
);
pub(super) const LARGE_PAGE: (&str, &str) =
    ("a page has at most 64 MB; does a loop stand inside a loop?", "一个页面最多 64 MB；是否循环套循环了？");

thread_local! {
    /// How many numbers the ranges of the page that this thread is rendering have had.
    static NUMBERS: Cell<i128> = const { Cell::new(0) };
}

/// Begins a page on this thread.
pub(super) fn begin_page() {
    NUMBERS.set(0);
}

/// The function `range(start=0, end, step_by=1)`: the numbers from `start` up to but without `end`; none if there are none.
///
/// Fails where Tera's own would take 100,000 numbers each time it is called: a range has at most [`LONGEST_RANGE`], all of a
/// page together [`MOST_NUMBERS`].
#[expect(clippy::needless_pass_by_value, reason = "the signature is Tera's")]
pub(super) fn range(values: Kwargs, _: &State<'_>) -> Result<Vec<i128>, Error> {
    let start = values.get::<i128>("start")?.unwrap_or_default();
    let end = values.must_get::<i128>("end")?;
    let step = values.get::<i128>("step_by")?.unwrap_or(1);
    if step == 0 {
        return Err(Error::message(ZERO_STEP.0));
    }
    let too_many = || Error::message(LONG_RANGE.0);
    let (from, to) = if step > 0 { (start, end) } else { (end, start) };
    let step_size = step.checked_abs().ok_or_else(too_many)?;
    let length = to.checked_sub(from).ok_or_else(too_many)?.max(0);
    let count = length / step_size + i128::from(length % step_size > 0);
    if count > LONGEST_RANGE {
        return Err(too_many());
    }
    NUMBERS.set(NUMBERS.get() + count);
    if NUMBERS.get() > MOST_NUMBERS {
        return Err(Error::message(MANY_NUMBERS.0));
    }
    Ok((0..count).map(|index| start + index * step).collect())
}

/// The bytes of a page, up to [`LARGEST_PAGE`].
pub(super) struct PageBytes(pub(super) Vec<u8>);

impl io::Write for PageBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
