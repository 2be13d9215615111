//! What a start tag means for the text inside it.

use crate::document::FindingKind;
use crate::text::lists;

/// A start tag whose place nobody asks for.
pub(super) type StartTag = html5gum::StartTag<()>;

/// Elements without content.
const VOID: &str =
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr";

/// Elements that begin a new line.
const BLOCKS: &str = "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption \
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup html li listing main menu nav ol p pre search section summary table \
    tbody td tfoot th thead tr ul xmp";

/// Elements that show no text, and nobody expects any.
const SILENT: &str = "head title script style template noscript noembed noframes base link meta rp xml param";

/// Elements that show something that is no text, or a choice of texts.
const OBJECTS: &str = "svg math object applet iframe video audio canvas select textarea datalist map";

/// Elements of websites around an article.
const AROUND: &str = "nav header footer aside";

/// Where text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// What holds for the text inside an element.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) align: Option<Align>,
    pub(super) heading: Option<u8>,
    /// It is the text of a footnote.
    pub(super) is_note: bool,
    /// White space counts.
    pub(super) is_pre: bool,
    /// It fills the place of a tab.
    pub(super) is_tab: bool,
    /// It is not shown.
    pub(super) is_silent: bool,
    pub(super) is_in_article: bool,
    pub(super) is_drawing: bool,
    /// The symbol font that it is set in.
    pub(super) symbols: Option<Symbols>,
}

/// Fonts whose letters are symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    Symbol,
    Wingdings,
}

impl Symbols {
    /// Returns what is seen for `letter`.
    pub(super) fn shown(self, letter: char) -> Option<char> {
        let pairs: &[(char, char)] = match self {
            Self::Symbol => &[('·', '•'), ('\u{F0B7}', '•')],
            Self::Wingdings => &[
                ('l', '●'),
                ('n', '■'),
                ('u', '◆'),
                ('p', '□'),
                ('v', '❖'),
                ('Ø', '➢'),
                ('ü', '✓'),
                ('§', '▪'),
                ('¨', '□'),
                ('q', '❑'),
                ('þ', '☑'),
                ('o', '□'),
            ],
        };
        pairs.iter().find(|(written, _)| *written == letter).map(|(_, shown)| *shown)
    }
}

/// What an element does besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing.
    Inline,
    /// It has lines of its own.
    Block,
    /// Its text is left out, and told as a finding if it is one.
    Silent(Option<FindingKind>),
    /// It was inserted with tracking.
    Inserted,
    /// It holds the printed numeral of a list.
    Numeral,
    Table,
    Row,
    Cell,
    List,
    Item,
}

/// An element that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) name: Vec<u8>,
    pub(super) role: Role,
    pub(super) context: Context,
    pub(super) is_block: bool,
    pub(super) is_part: bool,
}

pub(super) fn is_void(name: &[u8]) -> bool {
    lists(VOID, name)
}

/// Tells whether an element stands in the head of a page, which anything else ends.
pub(super) fn is_of_head(name: &[u8]) -> bool {
    lists("base basefont bgsound head html link meta noscript script style template title", name)
}

/// Tells whether an element is a part of a table, which end tags of others do not reach over.
pub(super) fn is_part(name: &[u8]) -> bool {
    lists("table td th tr tbody thead tfoot caption", name)
}

pub(super) fn is_block(name: &[u8]) -> bool {
    lists(BLOCKS, name)
}

/// Returns an attribute of `tag`; empty if it has no value, `None` if it is not there.
pub(super) fn attribute<'t>(tag: &'t StartTag, name: &str) -> Option<&'t str> {
    tag.attributes.get(name.as_bytes()).map(|value| str::from_utf8(&value.value).unwrap_or_default())
}

/// Returns the number with which an attribute begins, as browsers read it.
pub(super) fn integer(tag: &StartTag, name: &str) -> Option<i64> {
    let value = attribute(tag, name)?.trim_ascii_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = value.strip_prefix('-').unwrap_or(value);
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    value.get(..value.len() - digits.len() + n_digits)?.parse().ok()
}

/// Returns a count that an attribute says; 0 and what is none are `None`.
pub(super) fn count(tag: &StartTag, name: &str) -> Option<usize> {
    usize::try_from(integer(tag, name)?).ok().filter(|number| *number > 0)
}

/// The declarations of an attribute `style`.
pub(super) struct Style(Vec<(String, String)>);

impl Style {
    pub(super) fn of(tag: &StartTag) -> Self {
        let declarations = attribute(tag, "style").unwrap_or_default().split(';');
        let lower = |text: &str| text.trim().to_ascii_lowercase();
        Self(declarations.filter_map(|one| one.split_once(':')).map(|(k, v)| (lower(k), lower(v))).collect())
    }

    /// Returns the value of the last declaration of `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())?;
        Some(value.strip_suffix("!important").unwrap_or(value).trim_end())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    fn begins(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|found| found.starts_with(value))
    }
}

/// Tells what `tag`, which stands in `context`, means; `has_article` tells whether the page marks its article.
pub(super) fn open(tag: &StartTag, context: Context, has_article: bool) -> Open {
    let name = tag.name.to_vec();
    let style = Style::of(tag);
    let inner = inner_context(&name, tag, &style, context);
    let (is_block, is_part) = (is_block(&name), is_part(&name));
    let mut open = Open { name, role: Role::Inline, context: inner, is_block, is_part };
    if context.is_silent {
        return open;
    }
    open.role = role(&open, tag, &style, has_article);
    open.context.is_silent = matches!(open.role, Role::Silent(_));
    open
}

fn inner_context(name: &[u8], tag: &StartTag, style: &Style, mut context: Context) -> Context {
    let align = style.get("text-align").or_else(|| attribute(tag, "align")).map(str::trim);
    let is_aligned = is_block(name) && name != b"table";
    match align {
        Some(align) if is_aligned && align.eq_ignore_ascii_case("center") => {
            context.align = Some(Align::Center);
        }
        Some(align) if is_aligned && matches!(align.to_ascii_lowercase().as_str(), "right" | "end") => {
            context.align = Some(Align::Right);
        }
        Some(_) if is_aligned => context.align = Some(Align::Left),
        _ if name == b"center" => context.align = Some(Align::Center),
        _ if name == b"table" => context.align = None,
        _ => {}
    }
    match name {
        [b'h', level @ b'1'..=b'6'] => context.heading = Some(level - b'0'),
        b"td" | b"th" => context.heading = None,
        b"pre" | b"listing" | b"xmp" => context.is_pre = true,
        b"article" | b"main" => context.is_in_article = true,
        b"svg" | b"math" => context.is_drawing = true,
        _ => {}
    }
    match style.get("white-space") {
        Some("pre" | "pre-wrap" | "break-spaces" | "pre-line") => context.is_pre = true,
        Some("normal" | "nowrap") => context.is_pre = false,
        _ => {}
    }
    context.is_note |= style.is("mso-element", "footnote") || style.is("mso-element", "endnote");
    context.is_tab |= style.get("mso-tab-count").is_some();
    if let Some(family) = style.get("font-family").or_else(|| attribute(tag, "face")) {
        let family = family.trim_start_matches(['"', '\'']).to_ascii_lowercase();
        context.symbols = match family {
            _ if family.starts_with("wingdings") => Some(Symbols::Wingdings),
            _ if family == "symbol" || family.starts_with("symbol,") => Some(Symbols::Symbol),
            _ => None,
        };
    } else if style.begins("font", "7.0pt") {
        context.symbols = None;
    }
    context
}

fn role(open: &Open, tag: &StartTag, style: &Style, has_article: bool) -> Role {
    let name = open.name.as_slice();
    let class = attribute(tag, "class").unwrap_or_default().to_ascii_lowercase();
    let has_class = |word: &str| class.split_ascii_whitespace().any(|one| one == word);
    if lists(SILENT, name) || has_class("msocomanchor") {
        return Role::Silent(None);
    }
    if lists(OBJECTS, name) {
        return Role::Silent(Some(FindingKind::Object));
    }
    let is_closed = name == b"dialog" && attribute(tag, "open").is_none();
    let is_hidden = attribute(tag, "hidden").is_some()
        || style.is("display", "none")
        || style.is("visibility", "hidden")
        || style.begins("mso-hide", "all")
        || is_closed;
    if style.is("mso-element", "comment") || style.is("mso-element", "comment-list") {
        return Role::Silent(Some(FindingKind::Comment));
    }
    if style.is("mso-element", "header") || style.is("mso-element", "footer") {
        return Role::Silent(Some(FindingKind::HeaderOrFooter));
    }
    if is_hidden {
        return Role::Silent(Some(FindingKind::Hidden));
    }
    if name == b"del" || has_class("msodel") {
        return Role::Silent(Some(FindingKind::Deleted));
    }
    let is_around = lists(AROUND, name) && !(open.context.is_in_article && name != b"nav");
    if has_article && is_around {
        return Role::Silent(Some(FindingKind::HeaderOrFooter));
    }
    match name {
        b"ins" => Role::Inserted,
        _ if has_class("msoins") => Role::Inserted,
        _ if style.begins("mso-list", "ignore") => Role::Numeral,
        b"table" => Role::Table,
        b"tr" => Role::Row,
        b"td" | b"th" => Role::Cell,
        b"ol" | b"ul" | b"menu" | b"dir" => Role::List,
        b"li" => Role::Item,
        _ if is_block(name) => Role::Block,
        _ => Role::Inline,
    }
}
