//! Why a printed figure may disagree with what the others come to, as far as its digits tell.
//!
//! Start with [`Cause::of`]. It is a guess for the person who has to mend the figure, and decides nothing.

use std::ops::Bound::{self, Excluded, Included, Unbounded};

use super::reading::{is_all_or_none, is_coarse, is_exact_count, printed_number};
use super::style::Style;
use super::{Dimension, Estimate, Interval, Rational, Rounding};
use crate::diagnostic::{Language, Message};
use crate::figure::Quantity;

/// What may be the reason that a figure is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    kind: CauseKind,
    /// The figure as the text has it.
    printed: String,
    /// What it should be, if that is one number in as many places.
    rounded: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CauseKind {
    /// The figure is 100%, and the result only near it.
    All,
    /// The figure is 0%, and the result only near it.
    None,
    /// The figure has too few digits for the difference to be rounding.
    Coarse,
    /// The digits that have no place were cut off.
    Cut,
    /// The last place is one off; shares are made to add up to 100% like that.
    Balanced { is_share: bool },
}

impl Cause {
    /// Returns the likely reason that `quantity` is not in `other`, proportions as parts of one; nothing if there is none.
    pub(super) fn of(quantity: &Quantity, other: &Interval) -> Option<Self> {
        let printed = quantity.printed().to_owned();
        let is_share = Dimension::of(quantity.unit()) == Dimension::Proportion;
        let number = printed_number(quantity).filter(|_| !is_exact_count(quantity))?;
        if is_all_or_none(quantity) {
            let kind = if number == Rational::ZERO { CauseKind::None } else { CauseKind::All };
            return is_share.then_some(Self { kind, printed, rounded: None });
        }
        // From here on numbers are as printed: 72.9 for 72.9%, and 1.5 for 1.5万元.
        let style = Style::of(quantity);
        let number = style.in_its_unit(number)?;
        let factor = style.in_its_unit(Rational::from(1))?;
        let other = other.checked_mul(Interval::point(factor))?;
        let place = Rational::power_of_ten(i32::try_from(style.decimals).ok()?.checked_neg()?)?;
        let half = place.checked_mul(Rational::new(1, 2)?)?;
        let meets =
            |ends: (Bound<Rational>, Bound<Rational>)| Some(Interval::new(ends.0, ends.1)?.meets(&other));
        let rounded = rounded(&other, style.decimals);
        let off_by = rounded.and_then(|rounded| {
            let steps = number.round(style.decimals, Rounding::Nearest)?;
            rounded.checked_sub(steps)
        });
        // What is cut to 74 lies from 74 up to below 75.
        let is_cut = if number < Rational::ZERO {
            meets((Excluded(number.checked_add(-place)?), Included(number)))
        } else {
            meets((Included(number), Excluded(number.checked_add(place)?)))
        };
        let within_half = (Included(number.checked_add(-half)?), Included(number.checked_add(half)?));
        let kind = if is_coarse(quantity) && meets(within_half)? {
            CauseKind::Coarse
        } else if is_cut? {
            CauseKind::Cut
        } else if matches!(off_by, Some(1 | -1)) {
            CauseKind::Balanced { is_share }
        } else {
            return None;
        };
        let rounded = rounded.and_then(|steps| {
            let step = place.checked_mul(Rational::new(steps, 1)?)?;
            let value = step.checked_mul(factor.reciprocal()?)?;
            Some(Estimate::new(Interval::point(value), Some(style))?.print(Language::English))
        });
        Some(Self { kind, printed, rounded })
    }

    /// Returns the words for it.
    pub fn message(&self) -> Message {
        let printed = &self.printed;
        let rounded = self.rounded.as_ref();
        let english_rounded = rounded.map_or(String::new(), |rounded| format!(", which gives `{rounded}`"));
        let chinese_rounded = rounded.map_or(String::new(), |rounded| format!("，四舍五入应为 `{rounded}`"));
        match self.kind {
            CauseKind::All => Message::new(
                format!("`{printed}` says all; what is only near it needs more digits, such as 99.9%"),
                format!("`{printed}` 表示全部；只是接近的，请多写几位数，如 99.9%"),
            ),
            CauseKind::None => Message::new(
                format!("`{printed}` says none; what is only near it needs more digits, such as 0.1%"),
                format!("`{printed}` 表示没有；只是接近的，请多写几位数，如 0.1%"),
            ),
            CauseKind::Coarse => Message::new(
                format!(
                    "`{printed}` has too few digits for the difference to be rounding, which may be a twentieth \
                     of a figure"
                ),
                format!("`{printed}` 位数太少，相差超过二十分之一，不能算四舍五入"),
            ),
            CauseKind::Cut => Message::new(
                format!("`{printed}` seems to be cut off instead of rounded{english_rounded}"),
                format!("`{printed}` 可能是直接舍去了尾数，没有四舍五入{chinese_rounded}"),
            ),
            CauseKind::Balanced { is_share: true } => Message::new(
                format!(
                    "`{printed}` may have been changed so that the shares add up to 100%, instead of \
                     rounded{english_rounded}"
                ),
                format!("`{printed}` 末位差一，可能是为了各项占比凑成100%而调整的{chinese_rounded}"),
            ),
            CauseKind::Balanced { is_share: false } => Message::new(
                format!(
                    "`{printed}` is one off in its last place; it may have been changed to fit a total, instead of \
                     rounded{english_rounded}"
                ),
                format!("`{printed}` 末位差一，可能是为了与合计一致而调整的{chinese_rounded}"),
            ),
        }
    }
}

/// Returns the one number of steps of the last of `decimals` places that all of `interval` is rounded to.
fn rounded(interval: &Interval, decimals: u32) -> Option<i128> {
    let end = |end| match end {
        Included(end) | Excluded(end) => Rational::round(end, decimals, Rounding::Nearest),
        Unbounded => None,
    };
    let (lower, upper) = (end(interval.lower())?, end(interval.upper())?);
    (lower == upper).then_some(lower)
}
