//! A day → [`Day`].

use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::notice::Day;
use crate::yaml::{Fields, Key};

/// Reads a day; pushes `not-a-date` if the calendar does not have it.
pub(crate) fn day(fields: &mut Fields, key: &'static Key, diagnostics: &mut Diagnostics) -> Option<Day> {
    located_day(fields, key, diagnostics).map(|day| day.value)
}

/// Reads a day with its place; pushes `not-a-date` if the calendar does not have it.
pub(crate) fn located_day(
    fields: &mut Fields,
    key: &'static Key,
    diagnostics: &mut Diagnostics,
) -> Option<Located<Day>> {
    let text = fields.text(key, diagnostics)?;
    let Some(value) = Day::parse(&text.value) else {
        diagnostics.push(not_a_date(key.name, &text));
        return None;
    };
    Some(Located { value, location: text.location })
}

/// Reads a day that must be known to the day; pushes `not-a-date` or `missing-key`, and returns what to show then.
pub(crate) fn required_day(
    fields: &mut Fields,
    key: &'static Key,
    diagnostics: &mut Diagnostics,
) -> Result<Located<Day>, Day> {
    let Some(text) = fields.required_text(key, diagnostics) else {
        return Err(Day::unread(""));
    };
    let Some(value) = Day::parse(&text.value).filter(|day| day.date().is_some()) else {
        diagnostics.push(not_a_date(key.name, &text));
        return Err(Day::unread(&text.value));
    };
    Ok(Located { value, location: text.location })
}

/// Reads a day that must be known at least to the month; pushes `not-a-date`, and returns what to show then. `None` if it is
/// not written.
pub(crate) fn day_or_month(
    fields: &mut Fields,
    key: &'static Key,
    diagnostics: &mut Diagnostics,
) -> Option<Result<Located<Day>, Located<Day>>> {
    let place = fields.location_of(key)?;
    let Some(text) = fields.text(key, diagnostics) else {
        return Some(Err(Located { value: Day::unread(""), location: place }));
    };
    let location = text.location.clone();
    if let Some(value) = Day::parse(&text.value).filter(|day| day.span_in_month().is_some()) {
        return Some(Ok(Located { value, location }));
    }
    let key = key.name;
    diagnostics.push(not_a_date(key, &text).help(
        format!("write `{key}: 2025-08-28`, or `{key}: 2025-08` where the text names the month alone"),
        format!("请写 `{key}: 2025-08-28`；原文只写到月份的，写 `{key}: 2025-08`"),
    ));
    Some(Err(Located { value: Day::unread(&text.value), location }))
}

fn not_a_date(key: &str, text: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "not-a-date",
        text.location.clone(),
        format!("`{}` is not a day of the calendar", text.value),
        format!("`{}` 不是日历上的日期", text.value),
    )
    .help(
        format!("write `{key}: 2025-08-28`, or the words as printed, `2025年8月28日`"),
        format!("请写 `{key}: 2025-08-28`，或按原文写 `2025年8月28日`"),
    )
}
