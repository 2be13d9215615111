//! Days and times, as calendar values and as printed.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use crate::text;

/// A day of the calendar, kept as the author wrote it where that was in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    date: Option<Date>,
    printed: String,
}

/// The day of which nothing is known.
pub(super) static UNKNOWN: Day = Day { date: None, printed: String::new() };

impl Day {
    /// Reads `2025-08-28`, `2025年8月28日` or `二〇二五年八月二十八日`; a month, `2025-08`, and words such as `2024年10月下旬`
    /// are kept without a calendar value. `None` for everything else, including days that the calendar does not have.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = parse_iso(text) {
            return Some(Self { date: Some(date), printed: print(date) });
        }
        if let Some(first) = parse_iso(&format!("{text}-01")) {
            return Some(Self { date: None, printed: format!("{}年{}月", first.year(), first.month()) });
        }
        let is_in_words = text.contains(['年', '月']);
        let date = parse_words(text);
        let claims_a_day = text.ends_with('日') && !text.contains(['旬', '底', '初']);
        (is_in_words && (date.is_some() || !claims_a_day)).then(|| Self { date, printed: text.to_owned() })
    }

    /// Reads by when something is to be done: a day, also as 2025年6月30日前, or the words that are printed in its place, such
    /// as 长期坚持 or 30日内. `None` for what may be a day that was mistyped.
    pub fn parse_limit(text: &str) -> Option<Self> {
        let text = text.trim();
        if names_no_month_or_day(text) {
            return None;
        }
        let day = without_before(text);
        if day.len() < text.len() {
            match Self::parse(day) {
                Some(Self { date: Some(date), .. }) => {
                    return Some(Self { date: Some(date), printed: text.to_owned() });
                }
                // The calendar does not have it.
                None if day.contains('年') => return None,
                _ => {}
            }
        }
        Self::parse(text).or_else(|| is_limit_in_words(text).then(|| Self::unread(text)))
    }

    /// Returns the day of the calendar that a text means whose numbers stand between dots, slashes or nothing (2025.8.31,
    /// 2025／8／31前, 20250831), as [`Self::parse_limit`] reads it.
    pub fn written_otherwise(text: &str) -> Option<String> {
        let day = without_before(text.trim());
        let behind = text.trim().get(day.len()..)?;
        let folded: String = day.chars().map(text::width::fold).collect();
        let parts: Vec<&str> = if folded.len() == 8 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
            vec![folded.get(..4)?, folded.get(4..6)?, folded.get(6..)?]
        } else {
            folded.split(['.', '/', '-']).collect()
        };
        let [year, month, day] = parts.as_slice() else { return None };
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        let is_meant = year.len() == 4 && !folded.contains('+');
        is_meant.then(|| if behind.is_empty() { date.to_string() } else { print(date) + behind })
    }

    /// Tells whether a text is nothing but a day or a stretch of days, the year of which may be left to the reader: 6月底,
    /// 年底前, 2025年6月30日.
    pub fn is_named(text: &str) -> bool {
        let text = without_before(text.trim());
        let with_year = match text.find('年') {
            None => format!("{LEAP_YEAR}年{text}"),
            Some(0) => format!("{LEAP_YEAR}{text}"),
            Some(_) => text.to_owned(),
        };
        Self::parse_limit(&with_year).is_some_and(|day| day.span().is_some())
    }

    /// Keeps a text that is no day, to show it while it is wrong.
    pub fn unread(text: &str) -> Self {
        Self { date: None, printed: text.trim().to_owned() }
    }

    /// The calendar value, if it is known to the day.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The first and the last day that it may be: both the same if it is known to the day, the 21st and the last of the month
    /// for `2024年10月下旬`. `None` for words that name no such stretch.
    pub fn span(&self) -> Option<(Date, Date)> {
        self.date.map(|date| (date, date)).or_else(|| span_of_words(without_before(&self.printed)))
    }

    /// The same, if it is known at least to the month.
    pub fn span_in_month(&self) -> Option<(Date, Date)> {
        self.span().filter(|(first, last)| (first.year(), first.month()) == (last.year(), last.month()))
    }

    /// Tells whether it is later than `other`, whatever days the words of the two may mean.
    pub fn is_after(&self, other: &Self) -> bool {
        self.span().zip(other.span()).is_some_and(|((first, _), (_, last))| first > last)
    }

    /// Tells whether it is of an earlier year than `other`.
    pub fn is_of_earlier_year(&self, other: &Self) -> bool {
        self.span().zip(other.span()).is_some_and(|((_, last), (first, _))| last.year() < first.year())
    }

    /// The day as official documents print it, `2025年8月28日` (GB/T 9704-2012, 7.3.5.4: Arabic digits, no leading
    /// zeros), or as the author wrote it in words.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// `2025-08-28`, for machines.
    pub fn iso(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }
}

/// Takes 前 from the end of a time limit.
fn without_before(text: &str) -> &str {
    ["之前", "以前", "前"].into_iter().find_map(|before| text.strip_suffix(before)).unwrap_or(text)
}

/// Tells whether a text says by when in words: Chinese ones, in which numbers only count (3个工作日内).
fn is_limit_in_words(text: &str) -> bool {
    let names_a_day = text.ends_with('日') && (text.contains('月') || text.contains(text::width::is_digit));
    let mut n_digits = 0;
    let mut only_counts = true;
    for character in text.chars().chain(['\n']) {
        let is_digit = text::width::is_digit(character);
        only_counts &= is_digit || n_digits == 0 || (n_digits <= 3 && text::width::is_han(character));
        n_digits = if is_digit { n_digits + 1 } else { 0 };
    }
    text.contains(text::width::is_han) && !names_a_day && only_counts
}

/// The year of a day that is printed without one: it has every day.
const LEAP_YEAR: i16 = 2024;

/// Tells whether a text names a month or a day that no calendar has, or a year of two digits: 2025年13月底前, 25年6月.
fn names_no_month_or_day(text: &str) -> bool {
    let is_number = |c: char| text::width::is_digit(c) || text::numeral::is_part(c);
    let (mut year, mut month) = (LEAP_YEAR, None);
    let mut rest = text;
    while let Some(start) = rest.find(is_number) {
        let (digits, behind) = text::split_while(rest.get(start..).unwrap_or_default(), is_number);
        let n = number(digits).and_then(|n| i16::try_from(n).ok()).unwrap_or(i16::MAX);
        let month_in_front = month.take().filter(|_| start == 0);
        let unit = behind.chars().next();
        rest = behind.get(unit.map_or(0, char::len_utf8)..).unwrap_or_default();
        let is_wrong = match unit {
            // 三年内 counts years.
            Some('年') if rest.starts_with(|c| is_number(c) || "年底末初上下第".contains(c)) => {
                year = n;
                !(1000..=9999).contains(&n)
            }
            Some('月') => {
                month = i8::try_from(n).ok();
                !(1..=12).contains(&n)
            }
            Some('日') => month_in_front.is_some_and(|month| {
                i8::try_from(n).map_or(true, |day| Date::new(year, month, day).is_err())
            }),
            _ => false,
        };
        if is_wrong {
            return true;
        }
    }
    false
}

fn parse_iso(text: &str) -> Option<Date> {
    let is_iso = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    is_iso.then(|| text.parse().ok()).flatten()
}

fn print(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn parse_words(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let year = i16::try_from(number(year)?).ok()?;
    Date::new(year, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

/// The parts of a month and the days with which they begin and end; 31 is its last day. 初 and 底 are taken as wide as they
/// may be meant.
const PARTS_OF_MONTHS: [(&str, i8, i8); 8] = [
    ("", 1, 31),
    ("上旬", 1, 10),
    ("中旬", 11, 20),
    ("下旬", 21, 31),
    ("初", 1, 15),
    ("中", 8, 23),
    ("底", 16, 31),
    ("末", 16, 31),
];

fn span_of_words(text: &str) -> Option<(Date, Date)> {
    let (year, rest) = text.split_once('年')?;
    let year = i16::try_from(number(year)?).ok()?;
    let Some((month, part)) = rest.split_once('月') else { return span_of_months(year, rest) };
    let first_of_month = Date::new(year, i8::try_from(number(month)?).ok()?, 1).ok()?;
    let day = |day: i8| {
        let last = first_of_month.days_in_month();
        Date::new(year, first_of_month.month(), day.min(last)).ok()
    };
    let (_, first, last) = PARTS_OF_MONTHS.iter().find(|(word, ..)| *word == part)?;
    Some((day(*first)?, day(*last)?))
}

/// Reads a part of a year that is made of months: 底, 年末, 上半年, 三季度末. An end is its last month.
fn span_of_months(year: i16, part: &str) -> Option<(Date, Date)> {
    let end = part.strip_suffix(['底', '末']);
    let (first, last) = match end.unwrap_or(part) {
        "" | "年" => (1, 12),
        "上半年" => (1, 6),
        "下半年" => (7, 12),
        part => {
            let quarter = part.strip_suffix("季度")?;
            let n = |text: &str| i8::try_from(number(text)?).ok().filter(|n| (1..=4).contains(n));
            let last = 3 * n(quarter.trim_start_matches(['第', '前']))?;
            (if quarter.starts_with('前') { 1 } else { last - 2 }, last)
        }
    };
    let first = if end.is_some() { last } else { first };
    Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()))
}

fn number(text: &str) -> Option<u64> {
    let folded: String = text.trim().chars().map(text::width::fold).collect();
    if !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit()) {
        return folded.parse().ok();
    }
    text::numeral::parse(&folded)
}

/// The moment of publication, to the second, as the clocks in Beijing show it.
///
/// The notices are Chinese: whatever offset a moment was written with, readers are told Beijing time, and moments are
/// compared by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationTime {
    in_beijing: DateTime,
    day: Day,
}

/// How far Beijing is ahead of UTC.
const BEIJING: &str = "+08:00";

impl PublicationTime {
    /// Reads `2025-08-28T09:00:00+08:00` or `2025-08-28 09:00`; without an offset it is Beijing time.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // Programs write both `Z` and `z` (RFC 3339, 5.6).
        let (written, offset) = match text.char_indices().skip(11).find(|(_, c)| "+-Zz".contains(*c)) {
            Some((index, _)) => text.split_at_checked(index)?,
            None => (text, BEIJING),
        };
        let parted = written.replace(' ', "T");
        let moment = if parted.len() == 16 { parted + ":00" } else { parted };
        let local: DateTime = (moment.len() == 19).then(|| moment.parse().ok()).flatten()?;
        let behind = minutes_ahead_of_utc(BEIJING)? - minutes_ahead_of_utc(offset)?;
        Some(Self::new(local.checked_add(behind.minutes()).ok()?))
    }

    /// Returns the moment at which a day begins in Beijing.
    pub fn start_of(day: Date) -> Self {
        Self::new(day.at(0, 0, 0, 0))
    }

    fn new(in_beijing: DateTime) -> Self {
        let date = in_beijing.date();
        Self { in_beijing, day: Day { date: Some(date), printed: print(date) } }
    }

    /// Returns the day in Beijing, as official documents print it.
    pub fn day(&self) -> &Day {
        &self.day
    }

    /// Returns what the clocks in Beijing show, by which moments are compared.
    pub fn in_beijing(&self) -> DateTime {
        self.in_beijing
    }

    /// Returns the day in Beijing.
    pub fn date(&self) -> Date {
        self.in_beijing.date()
    }

    /// `2025-08-28 09:00`: the form that the rules for government sites ask for (网页标签 `PubDate`).
    pub fn printed(&self) -> String {
        self.in_beijing.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `2025-08-28T09:00:00+08:00`, for machines.
    pub fn iso(&self) -> String {
        format!("{}{BEIJING}", self.in_beijing)
    }
}

/// Reads `Z` or `+08:00`; up to 14 hours are used anywhere.
fn minutes_ahead_of_utc(offset: &str) -> Option<i64> {
    if offset.eq_ignore_ascii_case("Z") {
        return Some(0);
    }
    let number = |digits: &str, most: i64| -> Option<i64> {
        let is_number = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten().filter(|n| *n <= most)
    };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = number(hours, 14)? * 60 + number(minutes, 59)?;
    match offset.chars().next()? {
        '+' => Some(minutes),
        '-' => Some(-minutes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, PublicationTime};

    #[track_caller]
    fn check(input: &str, expected: Option<(&str, Option<&str>)>) {
        let day = Day::parse(input);
        let got = day.as_ref().map(|day| (day.printed(), day.iso()));
        assert_eq!(got, expected.map(|(printed, iso)| (printed, iso.map(str::to_owned))), "{input}");
    }

    #[test]
    fn days() {
        check("2025-08-28", Some(("2025年8月28日", Some("2025-08-28"))));
        check("2025年8月28日", Some(("2025年8月28日", Some("2025-08-28"))));
        check("二〇二五年八月二十八日", Some(("二〇二五年八月二十八日", Some("2025-08-28"))));
        check("2024年10月下旬", Some(("2024年10月下旬", None)));
        check("2025-08", Some(("2025年8月", None)));
        check("2025-13", None);
        check("2025", None);
        check("2025-02-30", None);
        check("2025年2月30日", None);
        check("8月28日", None);
        check("tomorrow", None);
        check("", None);
    }

    #[test]
    fn time_limits() {
        for (limit, iso) in [
            ("2025-06-30", Some("2025-06-30")),
            ("2025年6月30日前", Some("2025-06-30")),
            ("2025-06-30之前", Some("2025-06-30")),
            ("2025年12月底前", None),
            ("12月31日前", None),
            ("立行立改", None),
            ("长期坚持", None),
            ("持续推进", None),
            ("集中整改期内", None),
            ("收到反馈后30日内", None),
            ("３个工作日内", None),
            ("三年内", None),
            ("1年内", None),
            ("6个月内", None),
            ("2025年6月起长期坚持", None),
            ("2025年6月30日前完成并长期坚持", None),
            ("2025年6月至12月", None),
            ("二〇二五年十二月底前", None),
            ("2月29日前", None),
        ] {
            let day = Day::parse_limit(limit).unwrap_or_else(|| panic!("{limit}"));
            assert_eq!(day.iso().as_deref(), iso, "{limit}");
            assert!(iso == Some(limit) || day.printed() == limit, "{limit}");
        }
        for slip in [
            "2025.6.30",
            "2025.6.30前",
            "2025/06/30",
            "20250630",
            "20250630前",
            "2025-6-30",
            "2025年2月30日前",
            "8月28日",
            "八月二十八日",
            "30日",
            "2025年13月",
            "2025年13月底前",
            "2025年0月前",
            "13月底前",
            "25年6月30日",
            "25年6月底前",
            "25年底前",
            "2025年6月31日",
            "2025年6月31日前完成",
            "二〇二五年十三月",
            "2025年6月至13月",
            "completed",
            "tomorrow",
            "",
        ] {
            assert_eq!(Day::parse_limit(slip), None, "{slip}");
        }
    }

    #[test]
    fn days_written_otherwise() {
        for (text, day) in [
            ("2025.8.31", Some("2025-08-31")),
            ("2025/08/31", Some("2025-08-31")),
            ("2025-8-31", Some("2025-08-31")),
            ("２０２５．８．３１", Some("2025-08-31")),
            ("20250831前", Some("2025年8月31日前")),
            ("2025.2.30", None),
            ("25.8.31", None),
            ("2025.8", None),
            ("2025.8.31.1", None),
            ("+025.8.31", None),
            ("2025.+8.31", None),
            ("20251331", None),
            ("", None),
        ] {
            assert_eq!(Day::written_otherwise(text).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn words_span_days() {
        for (words, expected) in [
            ("2024-10-08", Some("2024-10-08 2024-10-08")),
            ("2024年10月下旬", Some("2024-10-21 2024-10-31")),
            ("2024年2月下旬", Some("2024-02-21 2024-02-29")),
            ("二〇二五年七月底", Some("2025-07-16 2025-07-31")),
            ("2024年10月", Some("2024-10-01 2024-10-31")),
            ("2024年", Some("2024-01-01 2024-12-31")),
            ("2024年上半年", Some("2024-01-01 2024-06-30")),
            ("2024年前三季度", Some("2024-01-01 2024-09-30")),
            ("2024年第四季度末", Some("2024-12-01 2024-12-31")),
            ("2024年年底", Some("2024-12-01 2024-12-31")),
            ("2024年6月底前", Some("2024-06-16 2024-06-30")),
            ("2024年五季度", None),
            ("2024年13月", None),
        ] {
            let span = Day::parse(words).unwrap().span();
            let span = span.map(|(first, last)| format!("{first} {last}"));
            assert_eq!(span.as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn moments_are_told_and_compared_in_beijing() {
        for (moment, in_beijing) in [
            ("2025-08-28T09:00:00+08:00", "2025-08-28T09:00:00"),
            ("2025-08-28T09:00:00-03:30", "2025-08-28T20:30:00"),
            ("2025-08-28T16:30:00Z", "2025-08-29T00:30:00"),
            ("2025-12-31T23:00:00+07:00", "2026-01-01T00:00:00"),
            ("2025-03-01T01:00:00+14:00", "2025-02-28T19:00:00"),
            ("2025-01-01 00:00", "2025-01-01T00:00:00"),
        ] {
            let moment = PublicationTime::parse(moment).unwrap();
            assert_eq!(moment.in_beijing().to_string(), in_beijing);
            assert_eq!(moment.iso(), format!("{in_beijing}+08:00"));
        }
        assert_eq!(PublicationTime::parse("9999-12-31T23:00:00Z"), None, "no calendar has that day");
        let day = PublicationTime::start_of(Day::parse("2025-08-28").unwrap().date().unwrap());
        assert_eq!(day.iso(), "2025-08-28T00:00:00+08:00");
    }

    #[test]
    fn publication_times() {
        for (input, expected) in [
            ("2025-08-28T09:00:00+08:00", Some(("2025-08-28 09:00", "2025-08-28T09:00:00+08:00"))),
            ("2025-08-28 09:00", Some(("2025-08-28 09:00", "2025-08-28T09:00:00+08:00"))),
            ("2025-08-28T01:00:00Z", Some(("2025-08-28 09:00", "2025-08-28T09:00:00+08:00"))),
            ("2025-08-28T01:00:00z", Some(("2025-08-28 09:00", "2025-08-28T09:00:00+08:00"))),
            ("2025-08-28", None),
            ("2025-08-28T25:00:00+08:00", None),
            ("2025-08-28T09:00:00+8", None),
            ("年年年年年年年年年年年年+", None),
        ] {
            let time = PublicationTime::parse(input);
            let got = time.as_ref().map(|time| (time.printed(), time.iso()));
            let expected = expected.map(|(printed, iso)| (printed.to_owned(), iso.to_owned()));
            assert_eq!(got, expected, "{input}");
        }
    }
}
