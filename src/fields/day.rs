//! A day → [`Day`].

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Located};
use crate::notice::Day;
use crate::yaml::{Fields, Key};

/// Reads a day with its place; pushes `not-a-date` if the calendar does not have it.
pub(crate) fn located_day(
    fields: &mut Fields,
    key: &'static Key,
    diagnostics: &mut Diagnostics,
) -> Option<Located<Day>> {
    let text = fields.text(key, diagnostics)?;
    let Some(value) = Day::parse(&text.value) else {
        diagnostics.push(not_a_date(key.name, &text, help_for_day(key.name)));
        return None;
    };
    Some(Located { value, location: text.location })
}

/// Reads by when something is to be done, a day or the words that are printed in its place; pushes `not-a-date` for what may be
/// a day that was mistyped.
pub(crate) fn limit(
    fields: &mut Fields,
    key: &'static Key,
    diagnostics: &mut Diagnostics,
) -> Option<Located<Day>> {
    let text = fields.text(key, diagnostics)?;
    let Some(value) = Day::parse_limit(&text.value) else {
        let key = key.name;
        let help = [
            format!("write `{key}: 2025-06-30`, or the words as printed, `2025年6月30日前`, `长期坚持`"),
            format!("请写 `{key}: 2025-06-30`，或按原文写 `2025年6月30日前`、`长期坚持` 等"),
        ];
        diagnostics.push(not_a_date(key, &text, help));
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
        diagnostics.push(not_a_date(key.name, &text, help_for_day(key.name)));
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
    let help = [
        format!("write `{key}: 2025-08-28`, or `{key}: 2025-08` where the text names the month alone"),
        format!("请写 `{key}: 2025-08-28`；原文只写到月份的，写 `{key}: 2025-08`"),
    ];
    diagnostics.push(not_a_date(key, &text, help));
    Some(Err(Located { value: Day::unread(&text.value), location }))
}

fn help_for_day(key: &str) -> [String; 2] {
    [
        format!("write `{key}: 2025-08-28`, or the words as printed, `2025年8月28日`"),
        format!("请写 `{key}: 2025-08-28`，或按原文写 `2025年8月28日`"),
    ]
}

/// Reports a text that is no day; where it is one that only is written in another way, offers that day in place of `help`.
fn not_a_date(key: &str, text: &Located<String>, help: [String; 2]) -> Diagnostic {
    let written = &text.value;
    let problem = |english, chinese| Diagnostic::error("not-a-date", text.location.clone(), english, chinese);
    let Some(day) = Day::written_otherwise(written) else {
        let [english, chinese] = help;
        return problem(
            format!("`{written}` is not a day of the calendar"),
            format!("`{written}` 不是日历上的日期"),
        )
        .help(english, chinese);
    };
    problem(format!("days are not written like `{written}` here"), format!("这里的日期不能写成 `{written}`"))
        .help(format!("write `{key}: {day}`"), format!("请写 `{key}: {day}`"))
        .replace(written, day, Certainty::Probable)
}
