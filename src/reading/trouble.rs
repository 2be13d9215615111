//! Why a page may look different from how it was read: the reasons and their messages.

use crate::text;

/// Something that may keep text from being shown in its place, or after which it is not known what browsers show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    kind: TroubleKind,
    /// The tag that it is about, as written: `<dialog>`, `</p>`.
    tag: String,
    /// The element around it, or the attribute, or the text, as `kind` has it.
    other: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TroubleKind {
    /// Text stands in an element that need not show it in its place.
    TextIn,
    /// Text stands in an element whose attribute may hide or move it.
    TextUnder,
    /// The element shows words that are not text of the page.
    Words,
    /// An element is in a parent that cannot contain it.
    Misplaced,
    /// Text is in a parent that cannot contain it.
    TextMisplaced,
    /// An element is still open where another tag closes the one around it.
    Unclosed,
    /// An end tag closes nothing, but does something.
    Unopened,
    /// An element is shown elsewhere in its parent than it stands.
    Moved,
    /// Two cells of a table lie on each other.
    Overlapping,
    /// The element lies on the text.
    Covering,
    /// An attribute lets the element lie on the text.
    Spilling,
    /// A character in the element reverses the direction of the text behind it.
    Turning,
    /// What browsers make of the page behind the tag is not known.
    Unknown,
    /// A part of the frame of a page stands where browsers do not look for it.
    TooLate,
    /// The page says that it is written in another encoding than it is.
    Charset,
    /// A digit stands beside one that is raised or lowered.
    Digits,
}

/// The most characters of a text that a message quotes.
const LONGEST_TEXT: usize = 20;

/// The same of a name.
const LONGEST_NAME: usize = 40;

fn name_of(name: &[u8]) -> String {
    text::excerpt(&String::from_utf8_lossy(name), LONGEST_NAME)
}

fn begin_of(words: &str) -> String {
    text::excerpt(words.trim(), LONGEST_TEXT)
}

impl Trouble {
    fn new(kind: TroubleKind, tag: &[u8], other: String) -> Self {
        Self { kind, tag: format!("<{}>", name_of(tag)), other }
    }

    /// About the element `name` by itself.
    pub(super) fn of(kind: TroubleKind, name: &[u8]) -> Self {
        Self::new(kind, name, String::new())
    }

    pub(super) fn text_in(name: &[u8], text: &str) -> Self {
        Self::new(TroubleKind::TextIn, name, begin_of(text))
    }

    pub(super) fn text_under(name: &[u8], attribute: &[u8]) -> Self {
        Self::new(TroubleKind::TextUnder, name, name_of(attribute))
    }

    /// `name` cannot stand in `parent`, or outside of everything if that is empty.
    pub(super) fn misplaced(name: &[u8], parent: &[u8]) -> Self {
        if parent.is_empty() {
            return Self::of(TroubleKind::TooLate, name);
        }
        Self::new(TroubleKind::Misplaced, name, format!("<{}>", name_of(parent)))
    }

    pub(super) fn text_misplaced(parent: &[u8], text: &str) -> Self {
        Self::new(TroubleKind::TextMisplaced, parent, begin_of(text))
    }

    /// `name` is still open where a tag of `closing` stands.
    pub(super) fn unclosed(name: &[u8], closing: &[u8]) -> Self {
        Self::new(TroubleKind::Unclosed, name, format!("</{}>", name_of(closing)))
    }

    pub(super) fn unopened(name: &[u8]) -> Self {
        Self { kind: TroubleKind::Unopened, tag: format!("</{}>", name_of(name)), other: String::new() }
    }

    /// `name` is shown elsewhere in `parent`.
    pub(super) fn moved(name: &[u8], parent: &[u8]) -> Self {
        Self::new(TroubleKind::Moved, name, format!("<{}>", name_of(parent)))
    }

    pub(super) fn spilling(name: &[u8], attribute: &str) -> Self {
        Self::new(TroubleKind::Spilling, name, attribute.to_owned())
    }

    /// The page says that it is written in `encoding`.
    pub(super) fn charset(encoding: &[u8]) -> Self {
        Self::new(TroubleKind::Charset, b"meta", name_of(encoding))
    }

    /// `name` raises or lowers one of two digits, which are a part of `number`.
    pub(super) fn digits(name: &[u8], number: String) -> Self {
        Self::new(TroubleKind::Digits, name, number)
    }

    /// Returns the tag that it is about, as written.
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    /// Says in English and Chinese what is wrong.
    pub(crate) fn message(&self) -> [String; 2] {
        let Self { tag, other, .. } = self;
        let [english, chinese] = match self.kind {
            TroubleKind::TextIn => [
                format!(
                    "has the text `{other}` inside `{tag}`, where browsers need not show it in its place"
                ),
                format!("把文字 `{other}` 放在 `{tag}` 里，浏览器不一定在原处显示"),
            ],
            TroubleKind::TextUnder => [
                format!("has text inside a `{tag}` whose attribute `{other}` may hide, move or change it"),
                format!("把文字放在带有属性 `{other}` 的 `{tag}` 里，该属性可能隐藏、移动或改变文字"),
            ],
            TroubleKind::Words => [
                format!("has a `{tag}`, which shows words that cannot be compared with the text"),
                format!("含有 `{tag}`，它显示的文字无法与原文核对"),
            ],
            TroubleKind::Misplaced => [
                format!("has `{tag}` inside `{other}`, where browsers move or drop it"),
                format!("在 `{other}` 里写了 `{tag}`，浏览器会将其移走或丢弃"),
            ],
            TroubleKind::TextMisplaced => [
                format!("has the text `{other}` directly in `{tag}`, where browsers move or drop it"),
                format!("把文字 `{other}` 直接写在 `{tag}` 里，浏览器会将其移走或丢弃"),
            ],
            TroubleKind::Unclosed => [
                format!("has a `{tag}` that is still open at `{other}`"),
                format!("到 `{other}` 时 `{tag}` 仍未结束"),
            ],
            TroubleKind::Unopened => {
                [format!("has `{tag}` with nothing to close"), format!("有多余的 `{tag}`，没有可结束的内容")]
            }
            TroubleKind::Moved => [
                format!("has `{tag}` where `{other}` shows it in another place or adds words to it"),
                format!("`{tag}` 在 `{other}` 中的显示位置与书写位置不同，或会另加文字"),
            ],
            TroubleKind::Overlapping => [
                format!("has a `{tag}` that lies on another cell of the table"),
                format!("表格中的 `{tag}` 与另一单元格重叠"),
            ],
            TroubleKind::Covering => [
                format!("has an open `{tag}`, which browsers lay over the text"),
                format!("含有打开的 `{tag}`，浏览器会让它盖住文字"),
            ],
            TroubleKind::Spilling => [
                format!("has a `{tag}` whose attribute `{other}` may let it lie on the text"),
                format!("含有带属性 `{other}` 的 `{tag}`，该属性可能使它盖住文字"),
            ],
            TroubleKind::Turning => [
                format!("has a `{tag}` with a character that turns the direction of the text behind it"),
                format!("`{tag}` 里有改变文字方向的字符，其后的文字会被颠倒"),
            ],
            TroubleKind::Unknown => [
                format!("has a `{tag}`, behind which it is not known what browsers show"),
                format!("含有 `{tag}`，其后的内容浏览器如何显示无法确定"),
            ],
            TroubleKind::TooLate => [
                format!("has a `{tag}` in a place where browsers take it otherwise"),
                format!("`{tag}` 的位置不对，浏览器会另作理解"),
            ],
            TroubleKind::Charset => [
                format!("says that it is written in `{other}`, but is written in UTF-8"),
                format!("声明的编码是 `{other}`，而实际编码是 UTF-8"),
            ],
            TroubleKind::Digits => [
                format!("shows a digit beside one that `{tag}` raises, lowers or sets apart: `{other}`"),
                format!("数字紧挨着由 `{tag}` 升高、降低或分开的数字：`{other}`"),
            ],
        };
        [english, chinese]
    }

    /// Says what to write instead.
    pub(crate) fn help(&self) -> [&'static str; 2] {
        match self.kind {
            TroubleKind::TextIn => [
                "put the text into elements that show it as it stands, such as `<div>`, `<p>`, `<span>`, `<section>`, or mark words that are not the text's with `data-generated`",
                "请用原样显示文字的元素，例如 `<div>`、`<p>`、`<span>`、`<section>`；不属于原文的文字请用 `data-generated` 标明",
            ],
            TroubleKind::Turning => [
                "remove the character (U+202A to U+202E, U+2066 to U+2069); for words of another direction write `<bdi>`",
                "请删除该字符（U+202A 至 U+202E、U+2066 至 U+2069）；书写方向不同的文字请用 `<bdi>`",
            ],
            TroubleKind::TextUnder | TroubleKind::Spilling => [
                "remove the attribute; what only changes the look is for a class and the style sheet",
                "请删除该属性；只改变外观的，请用 class 和样式表",
            ],
            TroubleKind::Words => [
                "remove it, or put it into an element marked with `data-generated`",
                "请删除，或放进用 `data-generated` 标明的元素里",
            ],
            TroubleKind::Misplaced | TroubleKind::TextMisplaced => [
                "close the outer element first, or put this where it belongs: in a table, everything into cells (`<td>`, `<th>`) of rows (`<tr>`)",
                "请先结束外层元素，或写到该写的位置：表格里的内容都应放在行（`<tr>`）的单元格（`<td>`、`<th>`）里",
            ],
            TroubleKind::Unclosed => [
                "write its end tag before that one; in HTML a `/` at the end of a tag closes nothing",
                "请先写它的结束标签；HTML 中标签末尾的 `/` 不表示结束",
            ],
            TroubleKind::Unopened => ["remove this end tag", "请删除这个结束标签"],
            TroubleKind::Moved => [
                "in a table `<caption>` comes first, then `<colgroup>`, `<thead>`, rows, and `<tfoot>` last; in `<details open>` a `<summary>` comes first",
                "表格中依次为 `<caption>`、`<colgroup>`、`<thead>`、各行，最后是 `<tfoot>`；`<details open>` 中 `<summary>` 应在最前",
            ],
            TroubleKind::Overlapping => [
                "correct `colspan` and `rowspan`, so that every cell has a place of its own",
                "请改正 `colspan` 和 `rowspan`，使每个单元格各占其位",
            ],
            TroubleKind::Unknown | TroubleKind::Covering => {
                ["remove it, or use another element", "请删除，或改用其他元素"]
            }
            TroubleKind::TooLate => [
                "write `<html>`, `<head>` and `<body>` once each and in this order, all of the page in `<body>`, and table parts in a `<table>`",
                "`<html>`、`<head>`、`<body>` 依次各写一次，页面内容都在 `<body>` 之内，表格的各部分都在 `<table>` 之内",
            ],
            TroubleKind::Charset => ["write `<meta charset=\"utf-8\">`", "请写 `<meta charset=\"utf-8\">`"],
            TroubleKind::Digits => [
                "do not put digits into such an element beside other digits",
                "不要在数字旁边用这类元素写数字",
            ],
        }
    }
}
