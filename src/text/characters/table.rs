//! The characters that nobody sees, that look like others, or that a conversion has damaged: what each is, wherever it stands.
//!
//! Radicals are led to ideographs by the compatibility decomposition of Unicode; those of the supplement, which have none, by
//! the table of Unicode's `EquivalentUnifiedIdeograph.txt`.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::text::width::{is_digit, is_han};

/// Radicals of the supplement (U+2E81–2EF3), each with the ideograph that stands for it.
const RADICALS: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑\
    ⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王\
    ⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑\
    ⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長\
    ⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼\
    ⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Characters of Chinese numbers, digits aside.
const CHINESE_NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟";

/// What a character of the table is, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A control of C0 or C1, a separator of lines that most programs do not break at, a byte order mark inside a text.
    Control,
    /// A mark that turns the direction of writing.
    Direction,
    /// A code point that will never be a character.
    Noncharacter,
    /// What a conversion puts in the place of something that it lost.
    Lost,
    /// Any other character that shows nothing.
    Format,
    /// Looks like a space, but is not one.
    Blank,
    /// Joins or parts its neighbors: shows nothing, but scripts and emoji need it.
    Joiner,
    /// Chooses a variant of the character before it.
    Selector,
    /// Is printed over or around the character before it.
    Mark,
    /// Has the look that one font gives it; rare names are written so.
    PrivateUse,
    /// A radical of a dictionary, which looks like an ideograph; copies from PDF files have them.
    Radical,
    /// A second code point of an ideograph.
    Compatibility,
}

impl Class {
    /// Tells whether the character may never stand in a text.
    pub(super) fn is_forbidden(self) -> bool {
        matches!(self, Self::Control | Self::Direction | Self::Noncharacter | Self::Lost)
    }

    /// Tells whether a reader sees something where the character stands.
    pub(crate) fn is_seen(self) -> bool {
        matches!(self, Self::Lost | Self::Mark | Self::PrivateUse | Self::Radical | Self::Compatibility)
    }
}

/// Returns what `character` is; `None` for ordinary ones.
pub fn class(character: char) -> Option<Class> {
    // Most of a text, told apart first.
    match character {
        '\u{20}'..='\u{7E}' | '\t' | '\n' | '\r' | '\u{3400}'..='\u{9FFF}' => return None,
        // Punctuation of Chinese texts.
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{FF01}'..='\u{FF9F}' => return None,
        _ => {}
    }
    Some(match character {
        '\u{200B}' | '\u{00AD}' | '\u{034F}' | '\u{17B4}' | '\u{17B5}' | '\u{2060}'..='\u{2065}' => {
            Class::Format
        }
        '\u{206A}'..='\u{206F}' | '\u{FFF0}'..='\u{FFFB}' => Class::Format,
        '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => Class::Format,
        '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' => Class::Blank,
        '\u{200C}' | '\u{200D}' | '\u{180B}'..='\u{180F}' | '\u{E0020}'..='\u{E007F}' => Class::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Class::Selector,
        '\u{E0000}'..='\u{E0FFF}' => Class::Format,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Class::Direction
        }
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Class::Control,
        '\u{FFFC}' | '\u{FFFD}' => Class::Lost,
        '\u{FDD0}'..='\u{FDEF}' => Class::Noncharacter,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' => Class::Mark,
        '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{FE20}'..='\u{FE2F}' => Class::Mark,
        '\u{2E80}'..='\u{2FDF}' => Class::Radical,
        // Twelve of the block are ordinary ideographs.
        '\u{FA0E}'
        | '\u{FA0F}'
        | '\u{FA11}'
        | '\u{FA13}'
        | '\u{FA14}'
        | '\u{FA1F}'
        | '\u{FA21}'
        | '\u{FA23}'
        | '\u{FA24}'
        | '\u{FA27}'..='\u{FA29}' => return None,
        '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => Class::Compatibility,
        '\u{E000}'..='\u{F8FF}' => Class::PrivateUse,
        _ if u32::from(character) & 0xFFFE == 0xFFFE => Class::Noncharacter,
        '\u{F0000}'.. => Class::PrivateUse,
        _ if character.is_control() => Class::Control,
        _ => return None,
    })
}

/// Tells whether a site may keep `character`: it is in the table and not forbidden everywhere.
pub fn can_be_kept(character: char) -> bool {
    class(character).is_some_and(|class| !class.is_forbidden())
}

/// Tells whether a mark is printed through the character before it, which looks struck out.
pub(super) fn is_overlay(mark: char) -> bool {
    matches!(mark,
        '\u{0334}'..='\u{0338}' | '\u{20D2}' | '\u{20D3}' | '\u{20D8}'..='\u{20DA}' | '\u{20E0}' | '\u{20E5}'
        | '\u{20E6}' | '\u{20EA}' | '\u{20EB}')
}

pub(super) fn is_emoji(character: char) -> bool {
    matches!(character,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{2460}'..='\u{24FF}'
        | '\u{25A0}'..='\u{2794}' | '\u{2798}'..='\u{27BF}' | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Tells whether a selector has something to choose behind `character`, which is no sign of a number.
pub(super) fn has_variants(character: char) -> bool {
    is_han(character) || is_emoji(character) || "、。，：；！？".contains(character)
}

/// Tells whether a number may be written with `character`: a digit of any width, or a numeral such as 十 and 万.
pub fn is_numeral(character: char) -> bool {
    is_digit(character) || CHINESE_NUMERALS.contains(character)
}

/// Returns the ideograph that a radical or a compatibility ideograph stands for.
pub(super) fn ideograph(character: char) -> Option<char> {
    let mut pairs = RADICALS.chars();
    while let (Some(radical), Some(ideograph)) = (pairs.next(), pairs.next()) {
        if radical == character {
            return Some(ideograph);
        }
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(std::iter::once(character));
    decomposed.last().filter(|decomposed| *decomposed != character)
}

/// Returns a character as `U+200B`.
pub fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Returns the name of a character in English and Chinese; empty for an ordinary one.
fn name(character: char) -> [&'static str; 2] {
    match character {
        '\u{00AD}' => ["soft hyphen", "软连字符"],
        '\u{034F}' => ["combining grapheme joiner", "组合用字形连接符"],
        '\u{061C}' => ["Arabic letter mark", "阿拉伯字母标记"],
        '\u{180E}' => ["Mongolian vowel separator", "蒙古文元音分隔符"],
        '\u{200B}' => ["zero width space", "零宽空格"],
        '\u{200C}' => ["zero width non-joiner", "零宽不连字符"],
        '\u{200D}' => ["zero width joiner", "零宽连字符"],
        '\u{200E}' => ["left-to-right mark", "从左到右标记"],
        '\u{200F}' => ["right-to-left mark", "从右到左标记"],
        '\u{2028}' => ["line separator", "行分隔符"],
        '\u{2029}' => ["paragraph separator", "段分隔符"],
        '\u{202D}' => ["left-to-right override", "强制从左到右标记"],
        '\u{202E}' => ["right-to-left override", "强制从右到左标记"],
        '\u{2060}' => ["word joiner", "单词连接符"],
        '\u{2061}'..='\u{2064}' => ["invisible operator", "不可见运算符"],
        '\u{2800}' => ["blank Braille pattern", "空白盲文"],
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => ["Hangul filler", "谚文填充符"],
        '\u{FEFF}' => ["byte order mark", "字节顺序标记"],
        '\u{FFF9}'..='\u{FFFB}' => ["interlinear annotation mark", "行间注释标记"],
        '\u{FFFC}' => ["object replacement character", "对象替换符"],
        '\u{FFFD}' => ["replacement character", "替换符"],
        '\0' => ["NUL", "空字符"],
        '\u{1B}' => ["escape", "转义符"],
        '\u{7F}' => ["delete", "删除符"],
        _ => match class(character) {
            Some(Class::Control) => ["control character", "控制字符"],
            Some(Class::Direction) => ["mark that reverses the direction of writing", "改变书写方向的标记"],
            Some(Class::Noncharacter) => ["noncharacter", "非字符"],
            Some(Class::Selector) => ["variation selector", "异体字选择符"],
            Some(Class::Mark) => ["combining mark", "组合符号"],
            Some(Class::PrivateUse) => ["private use character", "私用区字符"],
            Some(Class::Radical) => ["radical", "部首"],
            Some(Class::Compatibility) => ["compatibility ideograph", "兼容汉字"],
            Some(Class::Format | Class::Blank | Class::Joiner | Class::Lost) => {
                ["invisible character", "看不见的字符"]
            }
            None => ["", ""],
        },
    }
}

/// Describes a character in English: `U+200B zero width space`, `U+2F54 radical “⽔”, which looks like “水”`.
pub fn in_english(character: char) -> String {
    let mut words = format!("{} {}", code_point(character), name(character)[0]);
    if let Some(Class::Radical | Class::Compatibility) = class(character) {
        words.extend([" “", character.encode_utf8(&mut [0; 4]), "”"]);
        words.extend(ideograph(character).map(|ordinary| format!(", which looks like “{ordinary}”")));
    }
    words.trim_end().to_owned()
}

/// The same in Chinese: `U+200B 零宽空格`, `U+2F54 部首“⽔”，与“水”同形`.
pub fn in_chinese(character: char) -> String {
    let mut words = format!("{} {}", code_point(character), name(character)[1]);
    if let Some(Class::Radical | Class::Compatibility) = class(character) {
        words.extend(["“", character.encode_utf8(&mut [0; 4]), "”"]);
        words.extend(ideograph(character).map(|ordinary| format!("，与“{ordinary}”同形")));
    }
    words.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_of_kangxi_has_an_ideograph() {
        for radical in '\u{2F00}'..='\u{2FD5}' {
            assert!(ideograph(radical).is_some_and(is_han), "{radical}");
        }
    }
}
