//! Lists of Word as data, and what is printed in front of their paragraphs, found by counting what came before.

use std::fmt::Write as _;

/// The formats of numbers, each with the first twenty of them. Others than these are not composed.
const NUMBERS: &[(&str, &str)] = &[
    ("decimal", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"),
    ("decimalZero", "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20"),
    ("decimalFullWidth", "１ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１ １２ １３ １４ １５ １６ １７ １８ １９ ２０"),
    ("chineseCounting", HAN),
    ("chineseCountingThousand", HAN),
    ("taiwaneseCountingThousand", HAN),
    ("japaneseCounting", HAN),
    ("ideographDigital", "一 二 三 四 五 六 七 八 九 一〇 一一 一二 一三 一四 一五 一六 一七 一八 一九 二〇"),
    (
        "chineseLegalSimplified",
        "壹 贰 叁 肆 伍 陆 柒 捌 玖 壹拾 壹拾壹 壹拾贰 壹拾叁 壹拾肆 壹拾伍 壹拾陆 壹拾柒 壹拾捌 壹拾玖 贰拾",
    ),
    ("decimalEnclosedCircle", CIRCLES),
    ("decimalEnclosedCircleChinese", CIRCLES),
    ("decimalEnclosedParen", "⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻ ⑼ ⑽ ⑾ ⑿ ⒀ ⒁ ⒂ ⒃ ⒄ ⒅ ⒆ ⒇"),
    ("decimalEnclosedFullstop", "⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏ ⒐ ⒑ ⒒ ⒓ ⒔ ⒕ ⒖ ⒗ ⒘ ⒙ ⒚ ⒛"),
    ("ideographTraditional", "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 11 12 13 14 15 16 17 18 19 20"),
    ("ideographZodiac", "子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 13 14 15 16 17 18 19 20"),
    ("ideographEnclosedCircle", "㊀ ㊁ ㊂ ㊃ ㊄ ㊅ ㊆ ㊇ ㊈ ㊉ 11 12 13 14 15 16 17 18 19 20"),
    ("upperRoman", "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"),
    ("lowerRoman", "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"),
    ("upperLetter", "A B C D E F G H I J K L M N O P Q R S T"),
    ("lowerLetter", "a b c d e f g h i j k l m n o p q r s t"),
    ("ordinal", "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th"),
];
const HAN: &str = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十";
const CIRCLES: &str = "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⑪ ⑫ ⑬ ⑭ ⑮ ⑯ ⑰ ⑱ ⑲ ⑳";

/// A level of a list: format, text, where it starts, and what else it says.
type Level = (&'static str, &'static str, usize, &'static str);

/// The abstract lists.
const LISTS: &[&[Level]] = &[
    &[
        ("chineseCountingThousand", "%1、", 1, ""),
        ("chineseCountingThousand", "（%2）", 1, SPACE),
        ("decimal", "%3.", 1, ""),
        ("decimalEnclosedCircleChinese", "%4", 1, NOTHING),
    ],
    &[
        ("chineseCounting", "第%1章", 1, ""),
        ("decimal", "%1.%2", 1, LEGAL),
        ("upperLetter", "%1.%2.%3", 1, LEGAL),
        ("lowerLetter", "%3-%4)", 2, ""),
    ],
    &[
        ("upperRoman", "%1.", 3, ""),
        ("lowerRoman", "%2)", 1, "<w:lvlRestart w:val=\"0\"/>"),
        ("decimalZero", "%3", 1, "<w:lvlRestart w:val=\"1\"/>"),
        ("decimalFullWidth", "％%4", 1, "<w:lvlRestart w:val=\"2\"/>"),
    ],
    &[
        ("none", "%1、", 1, ""),
        ("bullet", "—", 1, ""),
        ("none", "附：", 1, ""),
        ("chineseLegalSimplified", "%4、", 1, ""),
    ],
    &[
        ("ideographDigital", "%1、", 1, ""),
        ("ideographTraditional", "%2、", 1, ""),
        ("decimalEnclosedParen", "%3", 1, ""),
        ("decimalEnclosedFullstop", "%4", 1, ""),
    ],
    &[
        ("japaneseCounting", "%1、", 1, ""),
        ("ideographZodiac", "%2、", 1, ""),
        ("ideographEnclosedCircle", "%3", 1, ""),
        ("decimalEnclosedCircle", "%4", 1, ""),
    ],
    &[
        ("taiwaneseCountingThousand", "%1、", 1, ""),
        ("ordinal", "%2.", 1, ""),
        ("upperLetter", "%3.", 1, ""),
        ("lowerLetter", "%4.", 1, ""),
    ],
];
const SPACE: &str = "<w:suff w:val=\"space\"/>";
const NOTHING: &str = "<w:suff w:val=\"nothing\"/>";
const LEGAL: &str = "<w:isLgl/>";

/// The kinds of lists that follow each abstract one: where they start a level anew, and with which number; the last says of
/// its first level otherwise how it looks. The first two go on with each other.
const KINDS: [Option<(usize, usize)>; 5] = [None, None, Some((0, 5)), Some((1, 3)), None];
const CHANGED: Level = ("decimal", "改%1：", 1, "");

/// How many lists there are, how many of them follow each abstract one, and how many levels each has.
pub(super) const N_LISTS: usize = LISTS.len() * N_KINDS;
pub(super) const N_KINDS: usize = KINDS.len();
pub(super) const N_LEVELS: usize = 4;

/// The paragraph styles that number: the style, its list and level, and what it says of itself.
pub(super) const STYLES: &[(&str, usize, usize, &str)] = &[
    ("Num", 1, 0, "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
    ("NumDeeper", 1, 1, "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
    ("NumBound", 1, 2, "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
    ("NumInherited", 1, 0, "<w:basedOn w:val=\"Num\"/>"),
    ("NumNone", 0, 0, "<w:basedOn w:val=\"Num\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>"),
];

/// A list that says nothing itself: a style of lists says which.
pub(super) const LINKED: usize = N_LISTS + 1;

/// The paragraphs of lists so far, in their order: abstract list, list, level.
#[derive(Default)]
pub(super) struct History(Vec<(usize, usize, usize)>);

impl History {
    /// Counts a paragraph of the list, numbered from 1, and returns its numeral; `None`, and nothing is counted, where
    /// [`NUMBERS`] ends.
    pub(super) fn numeral(&mut self, list: usize, level: usize) -> Option<String> {
        let list = if list == LINKED { 1 } else { list };
        let (levels, _) = of(list);
        let (format, pattern, _, more) = look(list, level);
        self.0.push((levels, list, level));
        let mut text = pattern.to_owned();
        let mut is_number_left = !pattern.contains('%');
        for upper in 0..=level {
            let place = format!("%{}", upper + 1);
            if !text.contains(&place) || format == "bullet" {
                continue;
            }
            let own = if more == LEGAL { "decimal" } else { look(list, upper).0 };
            let number = if own == "none" {
                String::new()
            } else {
                let numbers = NUMBERS.iter().find(|(name, _)| *name == own).unwrap().1;
                let Some(number) = numbers.split(' ').nth(self.count(list, upper) - 1) else {
                    self.0.pop();
                    return None;
                };
                number.to_owned()
            };
            is_number_left |= !number.is_empty();
            text = text.replace(&place, &number);
        }
        Some(if is_number_left { text } else { String::new() })
    }

    /// Returns the number of the last paragraph of that level; where none has come, the one with which it starts.
    fn count(&self, list: usize, level: usize) -> usize {
        let (abstract_list, _) = of(list);
        let start = |list: usize| match of(list).1 {
            Some((at, start)) if at == level => start,
            _ => look(list, level).2,
        };
        let mut count = None;
        let mut begun = Vec::new();
        for (_, by, at) in self.0.iter().filter(|(other, _, _)| *other == abstract_list) {
            if *at < level && restarts(*by, level, *at) {
                count = None;
            }
            if *at == level {
                let is_new = of(*by).1.is_some_and(|(at, _)| at == level) && !begun.contains(by);
                begun.push(*by);
                count = Some(count.filter(|_| !is_new).map_or(start(*by), |count| count + 1));
            }
        }
        count.unwrap_or(start(list))
    }
}

/// Returns the abstract list of a list, and where it starts anew.
fn of(list: usize) -> (usize, Option<(usize, usize)>) {
    ((list - 1) / KINDS.len(), KINDS[(list - 1) % KINDS.len()])
}

fn is_changed(list: usize) -> bool {
    list.is_multiple_of(KINDS.len())
}

fn look(list: usize, level: usize) -> Level {
    if is_changed(list) && level == 0 { CHANGED } else { LISTS[of(list).0][level] }
}

/// Tells whether a paragraph of the level `above` begins the counting of `level` anew.
fn restarts(list: usize, level: usize, above: usize) -> bool {
    match look(list, level).3.strip_prefix("<w:lvlRestart w:val=\"") {
        Some(rest) => above < rest.split('"').next().unwrap().parse().unwrap(),
        None => true,
    }
}

/// Writes the part with the lists.
pub(super) fn numbering() -> String {
    let mut out = String::new();
    for (index, levels) in LISTS.iter().enumerate() {
        write!(out, "<w:abstractNum w:abstractNumId=\"{index}\">").unwrap();
        for (at, level) in levels.iter().enumerate() {
            let style =
                STYLES.iter().find(|(name, _, bound, _)| *name == "NumBound" && (index, at) == (0, *bound));
            let bound = style.map_or_else(String::new, |style| format!("<w:pStyle w:val=\"{}\"/>", style.0));
            out.push_str(&written(at, *level, &bound));
        }
        out.push_str("</w:abstractNum>");
    }
    let link = LISTS.len();
    write!(
        out,
        "<w:abstractNum w:abstractNumId=\"{link}\"><w:numStyleLink w:val=\"Lists\"/></w:abstractNum>"
    )
    .unwrap();
    for list in 1..=N_LISTS {
        let (followed, start) = of(list);
        write!(out, "<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{followed}\"/>").unwrap();
        if let Some((level, number)) = start {
            write!(
                out,
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{number}\"/></w:lvlOverride>"
            )
            .unwrap();
        }
        if is_changed(list) {
            write!(out, "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", written(0, CHANGED, "")).unwrap();
        }
        out.push_str("</w:num>");
    }
    write!(out, "<w:num w:numId=\"{LINKED}\"><w:abstractNumId w:val=\"{link}\"/></w:num>").unwrap();
    out
}

fn written(at: usize, (format, text, start, more): Level, bound: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/>{bound}{more}\
         <w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}
