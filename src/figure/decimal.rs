//! Exact decimal numbers: a whole number and the count of its decimal places.
//!
//! Start with [`Decimal`]. It holds up to 38 digits; what does not fit is an error, never rounded. It keeps the value
//! and not the spelling: 1.50 equals 1.5 and prints as `1.5`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

/// The most decimal places: a higher power of ten does not fit into `i128`.
const MOST_PLACES: u32 = 38;

/// An exact decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    // Invariant: not divisible by ten unless `places` is 0, so that equal values have equal fields.
    mantissa: i128,
    // Invariant: at most `MOST_PLACES`.
    places: u32,
}

/// Why a text is no [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// It is not written as `-12.5`.
    NotDecimal,
    /// It has more digits than can be held exactly.
    TooLarge,
}

impl Decimal {
    /// Returns `mantissa` divided by ten as often as `places` says, or nothing if that cannot be held exactly.
    pub fn new(mut mantissa: i128, mut places: u32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self { mantissa: 0, places: 0 });
        }
        while places > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            places -= 1;
        }
        (places <= MOST_PLACES).then_some(Self { mantissa, places })
    }

    /// Returns the value times ten to the `power`, or nothing if that cannot be held exactly.
    pub fn checked_scale(self, power: i32) -> Option<Self> {
        let steps = power.unsigned_abs();
        if power < 0 {
            return Self::new(self.mantissa, self.places.checked_add(steps)?);
        }
        if self.mantissa == 0 {
            return Some(self);
        }
        let factor = 10_i128.checked_pow(steps.saturating_sub(self.places))?;
        Self::new(self.mantissa.checked_mul(factor)?, self.places.saturating_sub(steps))
    }

    /// Returns how many hundredths of a percent the value is of `whole`, rounded down; nothing if it is no part of it, or if
    /// that cannot be told exactly.
    pub fn share_of(self, whole: Self) -> Option<u32> {
        let places = self.places.max(whole.places);
        let raised = |one: Self| one.mantissa.checked_mul(10_i128.checked_pow(places - one.places)?);
        let (part, whole) = (raised(self)?, raised(whole)?);
        let is_part = part >= 0 && whole > 0 && part <= whole;
        u32::try_from(part.checked_mul(10_000)?.checked_div(whole)?).ok().filter(|_| is_part)
    }

    /// Returns the sum, or nothing if it cannot be held exactly.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let raised = |one: Self| one.mantissa.checked_mul(10_i128.checked_pow(places - one.places)?);
        Self::new(raised(self)?.checked_add(raised(other)?)?, places)
    }

    /// Returns the value as a whole number over a power of ten.
    pub(super) fn fraction(self) -> (i128, i128) {
        (self.mantissa, power_of_ten(self.places))
    }

    /// Returns the largest whole number that is not above the value, and what the value has beyond it in `places`.
    fn parts(self) -> (i128, i128) {
        let one = power_of_ten(self.places);
        (self.mantissa.div_euclid(one), self.mantissa.rem_euclid(one))
    }
}

fn power_of_ten(places: u32) -> i128 {
    10_i128.checked_pow(places).expect("`places` is at most MOST_PLACES")
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = self.places.max(other.places);
        // A fraction stays below ten to the `places`, whereas a whole mantissa might overflow here.
        let key = |decimal: &Self| {
            let (whole, fraction) = decimal.parts();
            (whole, fraction * power_of_ten(places - decimal.places))
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads ASCII digits with an optional `-` in front and an optional fraction.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let is_digits =
            |text: &str| !text.is_empty() && text.chars().all(|character| character.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(DecimalError::NotDecimal);
        }
        let fraction = fraction.trim_end_matches('0');
        let places = u32::try_from(fraction.len()).map_err(|_| DecimalError::TooLarge)?;
        let mantissa = whole
            .chars()
            .chain(fraction.chars())
            .filter_map(|digit| digit.to_digit(10))
            .try_fold(0_i128, |mantissa, digit| mantissa.checked_mul(10)?.checked_add(i128::from(digit)));
        mantissa.and_then(|mantissa| Self::new(sign * mantissa, places)).ok_or(DecimalError::TooLarge)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let digits = self.mantissa.unsigned_abs();
        let one = power_of_ten(self.places).unsigned_abs();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let width = usize::try_from(self.places).expect("`places` is at most MOST_PLACES");
        write!(f, "{sign}{}.{:0width$}", digits / one, digits % one)
    }
}

impl Serialize for Decimal {
    /// Writes a JSON number with all of its digits; no float comes in between. For JSON alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.places == 0 {
            return serializer.serialize_i128(self.mantissa);
        }
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::DecimalError::{NotDecimal, TooLarge};
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[track_caller]
    fn check(text: &str, printed: &str) {
        assert_eq!(decimal(text).to_string(), printed);
    }

    #[track_caller]
    fn check_error(text: &str, expected: DecimalError) {
        assert_eq!(text.parse::<Decimal>(), Err(expected), "{text}");
    }

    #[track_caller]
    fn check_scale(text: &str, power: i32, expected: Option<&str>) {
        let scaled = decimal(text).checked_scale(power).map(|scaled| scaled.to_string());
        assert_eq!(scaled.as_deref(), expected, "{text} and {power}");
    }

    #[track_caller]
    fn check_share(part: &str, whole: &str, expected: Option<u32>) {
        assert_eq!(decimal(part).share_of(decimal(whole)), expected, "{part} of {whole}");
    }

    #[test]
    fn shares_are_hundredths_of_a_percent() {
        check_share("2", "6", Some(3333));
        check_share("102.28", "936.3", Some(1092));
        check_share("0", "0.01", Some(0));
        check_share("7", "7", Some(10_000));
        check_share("8", "7", None);
        check_share("-1", "7", None);
        check_share("1", "0", None);
        check_share("99999999999999999999999999999999999", "99999999999999999999999999999999999", None);
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(decimal("0.1").checked_add(decimal("0.2")), Some(decimal("0.3")));
        assert_eq!(decimal("936.3").checked_add(decimal("102.28")), Some(decimal("1038.58")));
        assert_eq!(decimal("-5").checked_add(decimal("5")), Some(decimal("0")));
        let large = Decimal::new(i128::MAX, 0).unwrap();
        assert_eq!(large.checked_add(decimal("0.1")), None);
        assert_eq!(large.checked_add(decimal("1")), None);
    }

    #[test]
    fn values_are_printed_in_their_shortest_form() {
        check("0", "0");
        check("-0", "0");
        check("0.00", "0");
        check("007", "7");
        check("1.50", "1.5");
        check("1500", "1500");
        check("-3.5", "-3.5");
        check("-0.05", "-0.05");
        check("102.28", "102.28");
        check(&i128::MAX.to_string(), &i128::MAX.to_string());
        check("1.00000000000000000000000000000000000000000000000000", "1");
        check("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001");
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["", "-", ".", "1.", ".5", "+1", "1e3", "1.2.3", "1,000", " 1", "--1", "1.-5", "１", "一"]
        {
            check_error(text, NotDecimal);
        }
    }

    #[test]
    fn too_many_digits_are_refused() {
        check_error("170141183460469231731687303715884105728", TooLarge);
        check_error("0.000000000000000000000000000000000000001", TooLarge);
        check_error(&"9".repeat(10_000), TooLarge);
    }

    #[test]
    fn powers_of_ten_move_the_point() {
        check_scale("102.28", 4, Some("1022800"));
        check_scale("0.86", 8, Some("86000000"));
        check_scale("1.5", 1, Some("15"));
        check_scale("1.5", -3, Some("0.0015"));
        check_scale("1500", -2, Some("15"));
        check_scale("-7", 2, Some("-700"));
        check_scale("0", i32::MAX, Some("0"));
        check_scale("0", i32::MIN, Some("0"));
        check_scale("1", 38, Some("100000000000000000000000000000000000000"));
        check_scale("1", 39, None);
        check_scale("1", -39, None);
        check_scale("0.5", i32::MIN, None);
        check_scale("0.5", i32::MAX, None);
    }

    #[test]
    fn order_is_by_value() {
        let ascending = ["-10", "-1.5", "-1.25", "-1", "0", "0.001", "0.9", "1", "1.05", "1.5", "10"];
        assert!(ascending.map(decimal).is_sorted_by(|a, b| a < b));
        assert!(decimal(&i128::MAX.to_string()) > decimal("0.00000000000000000000000000000000000001"));
        assert_eq!(decimal("1.50"), decimal("1.5"));
    }

    #[test]
    fn json_has_every_digit() {
        for text in
            ["0", "-3.5", "102.28", "0.00000000000000000000000000000000000001", &i128::MAX.to_string()]
        {
            assert_eq!(serde_json::to_string(&decimal(text)).unwrap(), text);
        }
    }

    proptest! {
        #[test]
        fn printed_values_come_back(mantissa: i128, places in 0_u32..50) {
            if let Some(decimal) = Decimal::new(mantissa, places) && mantissa != i128::MIN {
                prop_assert_eq!(decimal.to_string().parse(), Ok(decimal));
            }
        }

        #[test]
        fn order_agrees_with_whole_numbers(a: i64, b: i64, places in 0_u32..18) {
            let decimal = |number: i64| Decimal::new(number.into(), places).unwrap();
            prop_assert_eq!(decimal(a).cmp(&decimal(b)), a.cmp(&b));
        }

        #[test]
        fn scaling_back_changes_nothing(mantissa: i64, places in 0_u32..10, power in -9_i32..9) {
            let decimal = Decimal::new(mantissa.into(), places).unwrap();
            let scaled = decimal.checked_scale(power).unwrap();
            prop_assert_eq!(scaled.checked_scale(-power), Some(decimal));
        }

        #[test]
        fn any_input_is_survived(text: String, a: i128, b: i128, x: u32, y: u32, power: i32) {
            text.parse::<Decimal>().ok();
            if let (Some(a), Some(b)) = (Decimal::new(a, x % 60), Decimal::new(b, y % 60)) {
                prop_assert_eq!(a.cmp(&b).reverse(), b.cmp(&a));
                a.checked_scale(power);
                a.checked_scale(power % 60);
                a.to_string();
            }
        }
    }
}
