//! Roman numerals, as documents number with them.

/// Writes a number in capital letters; `None` for what nobody writes so.
pub(super) fn roman(number: u32) -> Option<String> {
    const PIECES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..=32_767).contains(number))?;
    let mut text = String::new();
    for (value, letters) in PIECES {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}
