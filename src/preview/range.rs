//! Which stretch of a file a request asks for (RFC 9110, 14), as players of sound and films do.

use std::ops::Range;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it; also for a header that cannot be understood.
    Whole,
    /// A stretch, which is not empty.
    Stretch(Range<u64>),
    /// A stretch that is not there.
    Beyond,
}

/// Reads the value of a `Range` header for a file of `size` bytes.
pub(super) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some((unit, ranges)) = header.and_then(|header| header.split_once('=')) else { return Wanted::Whole };
    // Several ranges would need a body of several parts; a server may send the whole instead.
    if !unit.trim().eq_ignore_ascii_case("bytes") || ranges.contains(',') {
        return Wanted::Whole;
    }
    let Some((first, last)) = ranges.trim().split_once('-') else { return Wanted::Whole };
    let range = match (Position::read(first), Position::read(last)) {
        (Position::At(first), Position::Open) => first..size,
        (Position::At(first), Position::At(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Position::Open, Position::At(0)) => return Wanted::Beyond,
        (Position::Open, Position::At(_)) if size == 0 => return Wanted::Whole,
        (Position::Open, Position::At(length)) => size.saturating_sub(length)..size,
        _ => return Wanted::Whole,
    };
    if range.start < size { Wanted::Stretch(range) } else { Wanted::Beyond }
}

/// One of the two ends of a range.
enum Position {
    At(u64),
    Open,
    Nonsense,
}

impl Position {
    fn read(written: &str) -> Self {
        if written.is_empty() {
            Self::Open
        } else if written.bytes().all(|byte| byte.is_ascii_digit()) {
            // What is too large for a number is behind the end of every file.
            Self::At(written.parse().unwrap_or(u64::MAX))
        } else {
            Self::Nonsense
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, size: u64, expected: &Wanted) {
        assert_eq!(wanted(Some(header), size), *expected, "{header} of {size}");
    }

    #[test]
    fn ranges() {
        check("bytes=0-0", 10, &Wanted::Stretch(0..1));
        check("bytes=0-9", 10, &Wanted::Stretch(0..10));
        check("bytes=3-5", 10, &Wanted::Stretch(3..6));
        check("bytes=3-", 10, &Wanted::Stretch(3..10));
        check("bytes=-3", 10, &Wanted::Stretch(7..10));
        check("bytes=-30", 10, &Wanted::Stretch(0..10));
        check("bytes=9-99999999999999999999999", 10, &Wanted::Stretch(9..10));
        check("Bytes=0-0", 1, &Wanted::Stretch(0..1));
        check("bytes=10-", 10, &Wanted::Beyond);
        check("bytes=10-20", 10, &Wanted::Beyond);
        check("bytes=99999999999999999999999-", 10, &Wanted::Beyond);
        check("bytes=-0", 10, &Wanted::Beyond);
        check("bytes=0-", 0, &Wanted::Beyond);
        check("bytes=-5", 0, &Wanted::Whole);
        check("bytes=0-1,3-4", 10, &Wanted::Whole);
        check("items=0-1", 10, &Wanted::Whole);
        for nonsense in
            ["", "bytes", "bytes=", "bytes=-", "bytes=5-3", "bytes=a-b", "bytes=+1-2", "bytes=1--2"]
        {
            check(nonsense, 10, &Wanted::Whole);
        }
        assert_eq!(wanted(None, 10), Wanted::Whole);
    }

    proptest::proptest! {
        #[test]
        fn a_stretch_is_never_empty_and_lies_in_the_file(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", size: u64) {
            if let Wanted::Stretch(range) = wanted(Some(&header), size) {
                proptest::prop_assert!(range.start < range.end && range.end <= size);
            }
        }
    }
}
