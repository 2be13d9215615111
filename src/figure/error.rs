//! Why a text is not one printed figure, and what to tell the person who wrote it.
//!
//! Start with [`QuantityError::diagnostic`], the one constructor of the three rules on the spelling of metrics.

use crate::diagnostic::{Diagnostic, Location};
use crate::text;

/// As much of what was written as a message shows, in characters.
const LONGEST_SHOWN: usize = 40;

/// Why a text is no [`Quantity`](super::Quantity).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityError {
    /// Nothing is written.
    Empty,
    /// A unit or other words, but no number: `元`.
    NoNumber,
    /// A number without a unit: `10`.
    NoUnit,
    /// A list, an ordinal, a sentence or another text with a number in it.
    NotOneFigure,
    /// More digits than can be computed with exactly.
    TooLarge,
}

impl QuantityError {
    /// Returns the problem for the writer of `printed`, which stands at `location`.
    pub fn diagnostic(&self, location: Location, printed: &str) -> Diagnostic {
        let shown = shown(printed);
        match self {
            Self::Empty => Diagnostic::error(
                "metric-without-number",
                location,
                "the metric has no figure",
                "该指标没有填写数据",
            )
            .help("write the figure as the text prints it, for example `10件`", "照原文填写，例如 `10件`"),
            Self::NoNumber => Diagnostic::error(
                "metric-without-number",
                location,
                format!("the figure `{shown}` has no number"),
                format!("`{shown}` 中没有数字"),
            )
            .help(
                "write number and unit as the text prints them, for example `10件`",
                "照原文写出数字和单位，例如 `10件`",
            ),
            Self::NoUnit => Diagnostic::error(
                "metric-without-unit",
                location,
                format!("the figure `{shown}` has no unit"),
                format!("`{shown}` 没有单位"),
            )
            .help(
                format!("write the unit as the text prints it, for example `{shown}件`"),
                format!("照原文写出单位，例如 `{shown}件`"),
            ),
            Self::NotOneFigure => Diagnostic::error(
                "not-a-figure",
                location,
                format!("`{shown}` is not one figure"),
                format!("`{shown}` 不是单个数据"),
            )
            .help(
                "write one number with its unit as the text prints it, for example `9.7万余人`, and leave out other words",
                "照原文写一个数字及其单位，例如 `9.7万余人`，不写其他文字",
            ),
            Self::TooLarge => Diagnostic::error(
                "not-a-figure",
                location,
                format!("the figure `{shown}` has more digits than can be computed exactly"),
                format!("`{shown}` 的位数过多，无法精确计算"),
            )
            .help("write at most 38 digits, the scale included", "连同万、亿在内最多写 38 位数字"),
        }
    }
}

/// Quotes `printed`, a figure or a formula.
pub(super) fn shown(printed: &str) -> String {
    text::excerpt(printed.trim(), LONGEST_SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, SourcePath};
    use proptest::prelude::*;

    fn diagnostic(error: QuantityError, printed: &str) -> Diagnostic {
        error.diagnostic(Location::new(&SourcePath::new("content/zhoushan-2025/06.md"), 3..5), printed)
    }

    #[track_caller]
    fn check(error: QuantityError, printed: &str, code: &str, english: &str, chinese: &str) {
        let diagnostic = diagnostic(error, printed);
        assert_eq!(diagnostic.code, code);
        assert_eq!(diagnostic.message.in_language(Language::English), english);
        assert_eq!(diagnostic.message.in_language(Language::Chinese), chinese);
        assert!(diagnostic.help.is_some(), "{code} has no help");
        assert_eq!(diagnostic.location.and_then(|location| location.range), Some(3..5));
    }

    #[test]
    fn each_error_names_the_fault() {
        check(
            QuantityError::Empty,
            "",
            "metric-without-number",
            "the metric has no figure",
            "该指标没有填写数据",
        );
        check(
            QuantityError::NoNumber,
            "元",
            "metric-without-number",
            "the figure `元` has no number",
            "`元` 中没有数字",
        );
        check(
            QuantityError::NoUnit,
            "10",
            "metric-without-unit",
            "the figure `10` has no unit",
            "`10` 没有单位",
        );
        check(
            QuantityError::NotOneFigure,
            "15%、20%",
            "not-a-figure",
            "`15%、20%` is not one figure",
            "`15%、20%` 不是单个数据",
        );
        check(
            QuantityError::TooLarge,
            "9亿",
            "not-a-figure",
            "the figure `9亿` has more digits than can be computed exactly",
            "`9亿` 的位数过多，无法精确计算",
        );
    }

    proptest! {
        #[test]
        fn any_text_is_shown_on_one_line(printed: String) {
            let diagnostic = diagnostic(QuantityError::NotOneFigure, &printed);
            prop_assert!(!diagnostic.message.in_language(Language::English).contains(char::is_control));
        }
    }
}
