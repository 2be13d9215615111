//! Numbers from a seed, and other figures in the place of those of a text.

/// A stream of numbers that depends on nothing but its seed (`SplitMix64`).
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Begins the stream number `index` of `seed`.
    pub(crate) fn new(seed: u64, index: usize) -> Self {
        Self(seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(index as u64))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `first` to `last`.
    pub(crate) fn between(&mut self, first: u32, last: u32) -> u32 {
        let span = u64::from(last - first) + 1;
        first + u32::try_from(self.next() % span).expect("a remainder is smaller than its divisor")
    }

    /// Brings `items` into another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let last = u32::try_from(end).expect("a notice has few items");
            items.swap(end, self.between(0, last) as usize);
        }
    }

    /// Returns a number with as many digits before and behind the point as `pattern`.
    fn like(&mut self, pattern: &str) -> String {
        let last = pattern.chars().count() - 1;
        let mut digit = |(index, c)| {
            if c == '.' {
                return '.';
            }
            let least = u32::from(index == 0 || index == last);
            char::from_digit(self.between(least, 9), 10).expect("it is below ten")
        };
        pattern.chars().enumerate().map(&mut digit).collect()
    }
}

/// The figure of the real notice that is the sum of the two behind it.
const SUM: [&str; 3] = ["6人", "2人", "4人"];

/// Figures of a text, each with the one that takes its place.
pub(crate) struct Figures(Vec<(String, String)>);

impl Figures {
    /// Draws others for `values`, which `text` states; no two figures become one, and sums still hold.
    pub(crate) fn draw<'a>(values: impl Iterator<Item = &'a str>, text: &str, numbers: &mut Numbers) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for value in values {
            if value == SUM[0] {
                let (first, second) = (numbers.between(1, 3), numbers.between(4, 6));
                let others = [first + second, first, second];
                pairs
                    .extend(SUM.iter().zip(others).map(|(old, new)| ((*old).to_owned(), format!("{new}人"))));
            }
            // In `超2个月` the figure begins behind the word.
            let Some(start) = value.find(|c: char| c.is_ascii_digit()) else { continue };
            let (_, value) = value.split_at(start);
            let is_whole = value.starts_with("100%"); // All is all.
            if is_whole || pairs.iter().any(|(old, _)| old == value) {
                continue;
            }
            let n_digits = value.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
            let (digits, unit) = value.split_at(n_digits);
            let other = loop {
                let other = format!("{}{unit}", numbers.like(digits));
                if !text.contains(&other) && pairs.iter().all(|(_, taken)| *taken != other) {
                    break other;
                }
            };
            pairs.push((value.to_owned(), other));
        }
        Self(pairs)
    }

    /// Returns `text` with the other figures.
    pub(crate) fn change(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut in_number = false;
        while let Some(next) = rest.chars().next() {
            let figure = self.0.iter().find(|(old, _)| !in_number && rest.starts_with(old.as_str()));
            let length = if let Some((old, new)) = figure {
                out.push_str(new);
                old.len()
            } else {
                out.push(next);
                next.len_utf8()
            };
            in_number = figure.is_none() && next.is_ascii_digit();
            rest = rest.split_at(length).1;
        }
        out
    }
}

/// Returns `number`, from 1 to 99, in Chinese numerals.
pub(crate) fn numeral(number: usize) -> String {
    let digit =
        |digit: usize| "〇一二三四五六七八九".chars().nth(digit).expect("it is below ten").to_string();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) => format!("{}十", digit(tens)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}
