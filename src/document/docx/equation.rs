//! Formulas: those of fields (`EQ`), with which offices make numbers in circles, and those of Office (`m:oMath`).

use super::numerals::CIRCLED;
use super::xml::Element;

/// The most characters of the options of a switch.
const LONGEST_OPTIONS: usize = 64;

/// Numbers in circles beyond those of lists.
const MORE_CIRCLED: &str = "㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";
const CIRCLED_HAN: [&str; 2] = [
    "一二三四五六七八九十日月火水木金土株有社名特财祝劳密秘男女正上中下左右印注项休写",
    "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉㊐㊊㊋㊌㊍㊎㊏㊑㊒㊓㊔㊕㊖㊗㊘㊙㊙㊚㊛㊣㊤㊥㊦㊧㊨㊞㊟㊠㊡㊢",
];

/// How deep brackets may stand inside each other.
const DEEPEST: usize = 20;

/// A formula in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Its characters.
    pub text: String,
    /// Whether they are all that is seen.
    pub is_whole: bool,
}

/// Reads the code of a field `EQ`, the word itself left out.
pub(super) fn of_field(code: &str) -> Shown {
    let characters: Vec<char> = code.chars().collect();
    let mut reader = FieldReader { characters: &characters, at: 0, is_whole: true };
    let text = reader.read(0);
    Shown { text: text.trim().to_owned(), is_whole: reader.is_whole }
}

struct FieldReader<'a> {
    characters: &'a [char],
    at: usize,
    is_whole: bool,
}

impl FieldReader<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.characters.get(self.at).copied();
        self.at += usize::from(character.is_some());
        character
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    /// Reads up to the end of an argument.
    fn read(&mut self, depth: usize) -> String {
        let mut text = String::new();
        while let Some(character) = self.peek() {
            match character {
                ',' | ';' | ')' if depth > 0 => break,
                '\\' if depth < DEEPEST => {
                    self.at += 1;
                    let piece = self.switch(depth);
                    text.push_str(&piece);
                }
                '(' if depth > 0 && depth < DEEPEST => {
                    self.at += 1;
                    text.push('(');
                    let inside = self.arguments(depth).join(",");
                    text.push_str(&inside);
                    text.push(')');
                }
                _ => {
                    self.at += 1;
                    text.push(character);
                }
            }
        }
        text
    }

    /// Reads the arguments behind an open bracket, and the bracket behind them.
    fn arguments(&mut self, depth: usize) -> Vec<String> {
        let mut all = Vec::new();
        loop {
            all.push(self.read(depth + 1));
            if !matches!(self.next(), Some(',' | ';')) {
                return all;
            }
        }
    }

    /// Reads what a backslash begins.
    fn switch(&mut self, depth: usize) -> String {
        let Some(first) = self.next() else { return String::new() };
        if !first.is_ascii_alphabetic() && first != '*' {
            return first.to_string();
        }
        let mut name: String = first.to_ascii_lowercase().to_string();
        while let Some(letter) = self.peek().filter(char::is_ascii_alphabetic) {
            name.push(letter.to_ascii_lowercase());
            self.at += 1;
        }
        if name == "*" {
            return self.format();
        }
        // Options and lengths: `\s\up 9(…)`, `\o\ac(…)`, `\al\co2(…)`.
        let begin = self.at;
        loop {
            match self.peek().filter(|_| self.at < begin + LONGEST_OPTIONS) {
                Some('(') => {
                    self.at += 1;
                    let arguments = self.arguments(depth);
                    return self.shown(&name, &arguments);
                }
                Some('\\' | ' ' | '-') => self.at += 1,
                Some(option) if option.is_ascii_alphanumeric() => self.at += 1,
                _ => {
                    self.at = begin;
                    return String::new();
                }
            }
        }
    }

    /// Leaves out how a field looks: `\* jc2 \* "Font:宋体" \* hps10`.
    fn format(&mut self) -> String {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let is_quoted = self.peek() == Some('"');
        self.at += usize::from(is_quoted);
        while let Some(character) = self.next() {
            if if is_quoted { character == '"' } else { character.is_whitespace() } {
                break;
            }
        }
        String::new()
    }

    fn shown(&mut self, name: &str, arguments: &[String]) -> String {
        let trimmed: Vec<&str> = arguments.iter().map(|argument| argument.trim()).collect();
        match (name, trimmed.as_slice()) {
            ("o", ["○" | "〇" | "◯" | "O" | "o", inside] | [inside, "○" | "〇" | "◯"]) => {
                circled(inside).unwrap_or_else(|| {
                    self.is_whole = false;
                    (*inside).to_owned()
                })
            }
            // What lies on top of each other: the reading of a word above it, or a frame around it.
            ("o", [.., last]) => {
                self.is_whole = trimmed.len() == 1;
                (*last).to_owned()
            }
            ("f", [above, below]) => format!("{above}/{below}"),
            ("r", [base]) => format!("√{base}"),
            ("r", [degree, base]) => format!("{degree}√{base}"),
            ("s" | "x" | "b" | "d" | "l", _) => arguments.concat(),
            _ => {
                self.is_whole = false;
                arguments.join(",")
            }
        }
    }
}

/// Returns the character that is this one in a circle.
fn circled(inside: &str) -> Option<String> {
    if let Ok(number) = inside.parse::<usize>() {
        return match number {
            0 => Some("⓪".to_owned()),
            _ => CIRCLED.chars().chain(MORE_CIRCLED.chars()).nth(number - 1).map(String::from),
        };
    }
    let mut characters = inside.chars();
    let character = characters.next()?;
    if characters.next().is_some() {
        return None;
    }
    let letter =
        |first: char, circled: u32| char::from_u32(circled + (u32::from(character) - u32::from(first)));
    let found = match character {
        'A'..='Z' => letter('A', 0x24B6),
        'a'..='z' => letter('a', 0x24D0),
        '０'..='９' => return circled(&String::from(crate::text::width::fold(character))),
        _ => {
            let place = CIRCLED_HAN[0].chars().position(|han| han == character)?;
            CIRCLED_HAN[1].chars().nth(place)
        }
    };
    found.map(String::from)
}

/// Writes a formula of Office in a line.
pub(super) fn of_office(formula: &Element) -> String {
    let mut text = String::new();
    write(formula, &mut text);
    text
}

fn inside(formula: &Element, name: &str) -> String {
    formula.child(name).map(of_office).unwrap_or_default()
}

/// Puts brackets around what has several parts.
fn grouped(text: String) -> String {
    let is_one = text.chars().all(|character| character.is_alphanumeric() || character == '.');
    if is_one { text } else { format!("({text})") }
}

fn write(formula: &Element, text: &mut String) {
    for element in formula.elements() {
        match element.name() {
            "t" => text.push_str(&element.text()),
            "f" => {
                let (above, below) = (inside(element, "num"), inside(element, "den"));
                text.push_str(&[&grouped(above), "/", &grouped(below)].concat());
            }
            "sSup" | "sSub" | "sSubSup" | "limLow" | "limUpp" => {
                text.push_str(&inside(element, "e"));
                limits(element, text);
            }
            "rad" => {
                let (degree, base) = (inside(element, "deg"), inside(element, "e"));
                text.push_str(&[&degree, "√", &grouped(base)].concat());
            }
            "d" => {
                let properties = element.child("dPr");
                let mark = |name: &str, usual: &'static str| {
                    properties.and_then(|all| all.value(name)).unwrap_or(usual).to_owned()
                };
                let parts: Vec<String> =
                    element.elements().filter(|part| part.is("e")).map(of_office).collect();
                text.push_str(&mark("begChr", "("));
                text.push_str(&parts.join(&mark("sepChr", "|")));
                text.push_str(&mark("endChr", ")"));
            }
            "nary" => {
                let sign = element.child("naryPr").and_then(|all| all.value("chr")).unwrap_or("∫");
                text.push_str(sign);
                limits(element, text);
                text.push_str(&inside(element, "e"));
            }
            "del" | "moveFrom" => {}
            _ => write(element, text),
        }
    }
}

/// Writes what stands below and above something.
fn limits(element: &Element, text: &mut String) {
    for (name, sign) in [("sub", "_"), ("sup", "^"), ("lim", "_")] {
        let limit = inside(element, name);
        if !limit.is_empty() {
            text.push_str(&[sign, &grouped(limit)].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read() {
        for (code, expected, is_whole) in [
            (r" \o\ac(○,1)", "①", true),
            (r"\o\ac(○,20)", "⑳", true),
            (r"\o\ac(○,21)", "㉑", true),
            (r"\o\ac(○,一)", "㊀", true),
            (r"\o(○,A)", "Ⓐ", true),
            (r"\o\ac(○,某)", "某", false),
            (r"\o\ac(□,3)", "3", false),
            (r"\f(1,2)", "1/2", true),
            (r"\r(3,x)", "3√x", true),
            (r#"\* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(pīn),拼)"#, "拼", false),
            (r"\(", "(", true),
            (r"\o\ac(○", "○", true),
            ("", "", true),
        ] {
            let shown = of_field(code);
            assert_eq!((shown.text.as_str(), shown.is_whole), (expected, is_whole), "{code}");
        }
        of_field(&r"\o(".repeat(5000)); // Ends, and does not run out of room.
    }
}
