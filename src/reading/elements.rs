//! What browsers do with each element and attribute: which show the text in them in its place, which may stand where.
//!
//! These are lists of what is known. Text in an element, or under an attribute, that is not known to show it counts as not
//! shown; an element whose effect on what follows is not known ends all knowledge of the page. Sources: the HTML standard,
//! 13.2.6 (how tags become a tree) and 15 (how elements are shown); `tests/browser/reading.mjs` holds them to Chromium.

/// What is known of an element: a set of the constants below.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits(u32);

impl Traits {
    /// Shows its text in its place, in the order of the source.
    pub(super) const SHOWS: Self = Self(1);
    /// Stands within a line.
    pub(super) const INLINE: Self = Self(1 << 1);
    /// Has neither content nor an end tag.
    pub(super) const VOID: Self = Self(1 << 2);
    /// Its start tag closes a paragraph.
    pub(super) const CLOSES_P: Self = Self(1 << 3);
    /// Its end tag may be left out.
    pub(super) const OPTIONAL: Self = Self(1 << 4);
    /// Its end tag closes what is left open in it, if that may be left out.
    pub(super) const ENDS: Self = Self(1 << 5);
    /// A paragraph outside is not closed by its content.
    pub(super) const SCOPE: Self = Self(1 << 6);
    /// An entry of a list outside is not closed by an entry in it.
    pub(super) const SPECIAL: Self = Self(1 << 7);
    /// Holds parts of its own and nothing else: text and other elements are moved out of it, or dropped.
    pub(super) const HOLDS_PARTS: Self = Self(1 << 8);
    /// Such a part.
    pub(super) const PART: Self = Self(1 << 9);
    /// May stand everywhere, between such parts and in the head, too.
    pub(super) const ANYWHERE: Self = Self(1 << 10);
    /// Belongs to the head, and shows nothing in the body.
    pub(super) const METADATA: Self = Self(1 << 11);
    /// Its content is never shown.
    pub(super) const HIDDEN: Self = Self(1 << 12);
    /// An entry of a list: it closes the one before it.
    pub(super) const ENTRY: Self = Self(1 << 13);
    /// A heading.
    pub(super) const HEADING: Self = Self(1 << 14);
    /// Cannot stand in another of its kind.
    pub(super) const SINGLE: Self = Self(1 << 15);
    /// Shows words that are not text of the page.
    pub(super) const WORDS: Self = Self(1 << 16);
    /// `html`, `head` and `body`.
    pub(super) const ROOT: Self = Self(1 << 17);
    /// Makes its text smaller.
    pub(super) const SMALLER: Self = Self(1 << 18);
    /// Holds drawings, by other rules than those of HTML.
    pub(super) const DRAWING: Self = Self(1 << 19);
    /// What browsers make of the page behind it is not known here.
    pub(super) const STRANGE: Self = Self(1 << 20);
    /// A list, which may number its entries.
    pub(super) const LIST: Self = Self(1 << 21);
    /// Readers can open and close it.
    pub(super) const FOLDS: Self = Self(1 << 22);
    /// Is HTML only to browsers without scripts.
    pub(super) const FALLBACK: Self = Self(1 << 23);

    /// Tells whether one of the traits `other` is there.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Tells whether all of the traits `other` are there.
    pub(super) fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Joins two sets of traits.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Joins traits.
macro_rules! all {
    ($first:ident $($more:ident)*) => { Traits::$first$(.with(Traits::$more))* };
}

/// What is known of a paragraph, and of no other element.
pub(super) const PARAGRAPH: Traits = all!(SHOWS CLOSES_P OPTIONAL ENDS);

/// Returns what is known of the element `name`.
pub(super) fn traits_of(name: &[u8]) -> Traits {
    match name {
        b"p" => PARAGRAPH,
        b"address" | b"div" => all!(SHOWS CLOSES_P ENDS),
        b"article" | b"aside" | b"blockquote" | b"center" | b"dl" | b"figcaption" | b"figure" | b"footer"
        | b"header" | b"hgroup" | b"main" | b"nav" | b"pre" | b"search" | b"section" | b"summary" => {
            all!(SHOWS CLOSES_P ENDS SPECIAL)
        }
        b"details" => all!(SHOWS CLOSES_P ENDS SPECIAL FOLDS),
        b"ol" | b"ul" | b"menu" => all!(SHOWS CLOSES_P ENDS SPECIAL LIST),
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => all!(SHOWS CLOSES_P ENDS SPECIAL HEADING),
        b"form" => all!(SHOWS CLOSES_P ENDS SPECIAL SINGLE),
        b"dd" | b"dt" | b"li" => all!(SHOWS CLOSES_P OPTIONAL ENDS SPECIAL ENTRY),
        b"a" => all!(SHOWS INLINE SINGLE),
        b"abbr" | b"b" | b"big" | b"cite" | b"code" | b"data" | b"dfn" | b"em" | b"font" | b"i" | b"ins"
        | b"kbd" | b"label" | b"mark" | b"samp" | b"span" | b"strong" | b"time" | b"tt" | b"u" | b"var" => {
            all!(SHOWS INLINE)
        }
        b"small" | b"sub" | b"sup" => all!(SHOWS INLINE SMALLER),
        b"ruby" => all!(SHOWS INLINE ENDS),
        b"rt" => all!(SHOWS INLINE OPTIONAL SMALLER),
        b"rp" => all!(INLINE OPTIONAL),
        b"table" => all!(SHOWS CLOSES_P ENDS SPECIAL SCOPE HOLDS_PARTS),
        b"tbody" | b"tfoot" | b"thead" | b"tr" => all!(SHOWS OPTIONAL ENDS SPECIAL PART HOLDS_PARTS),
        b"td" | b"th" | b"caption" => all!(SHOWS OPTIONAL ENDS SPECIAL PART SCOPE),
        b"colgroup" => all!(OPTIONAL ENDS SPECIAL PART HOLDS_PARTS),
        b"col" => all!(VOID SPECIAL PART),
        b"select" => all!(INLINE ENDS SPECIAL HOLDS_PARTS WORDS),
        b"optgroup" | b"option" => all!(OPTIONAL ENDS PART),
        b"br" => all!(VOID SPECIAL),
        b"hr" => all!(VOID SPECIAL CLOSES_P),
        b"img" | b"wbr" | b"area" | b"source" | b"track" | b"param" => all!(INLINE VOID SPECIAL),
        b"embed" | b"input" => all!(INLINE VOID SPECIAL WORDS),
        b"base" | b"link" | b"meta" => all!(INLINE VOID SPECIAL METADATA),
        b"script" | b"style" => all!(HIDDEN INLINE SPECIAL METADATA ANYWHERE),
        b"template" => all!(HIDDEN INLINE SPECIAL METADATA ANYWHERE SCOPE ENDS),
        b"title" => all!(HIDDEN INLINE SPECIAL METADATA),
        b"noscript" => all!(INLINE SPECIAL METADATA FALLBACK),
        b"html" | b"body" => all!(SHOWS ROOT SPECIAL ENDS SCOPE),
        b"head" => all!(HIDDEN ROOT SPECIAL ENDS),
        b"dialog" | b"dir" | b"fieldset" => all!(CLOSES_P ENDS SPECIAL),
        b"button" => all!(INLINE ENDS SPECIAL SCOPE SINGLE),
        b"object" => all!(INLINE ENDS SPECIAL SCOPE WORDS),
        b"marquee" => all!(ENDS SPECIAL SCOPE),
        b"iframe" | b"textarea" => all!(INLINE SPECIAL WORDS),
        b"svg" => all!(INLINE DRAWING),
        b"applet" | b"basefont" | b"bgsound" | b"frame" | b"frameset" | b"image" | b"isindex" | b"keygen"
        | b"listing" | b"math" | b"nextid" | b"nobr" | b"noembed" | b"noframes" | b"plaintext" | b"rb"
        | b"rtc" | b"xmp" => all!(STRANGE),
        // No browser will ever give names with a hyphen a meaning of its own.
        _ if name.contains(&b'-') => all!(SHOWS INLINE),
        _ => all!(INLINE),
    }
}

/// Returns what is known of the element `name` in a drawing: there text stands anywhere.
pub(super) fn traits_in_drawing(name: &[u8]) -> Traits {
    match name {
        b"desc" | b"metadata" | b"style" | b"title" => all!(DRAWING INLINE HIDDEN),
        b"a" | b"animate" | b"animatemotion" | b"animatetransform" | b"circle" | b"clippath" | b"defs"
        | b"ellipse" | b"filter" | b"g" | b"image" | b"line" | b"lineargradient" | b"marker" | b"mask"
        | b"mpath" | b"path" | b"pattern" | b"polygon" | b"polyline" | b"radialgradient" | b"rect"
        | b"set" | b"stop" | b"svg" | b"switch" | b"symbol" | b"text" | b"textpath" | b"tspan" | b"use"
        | b"view" => all!(DRAWING INLINE),
        // Those of drawing programs have a colon; browsers draw nothing of them.
        _ if name.starts_with(b"fe") || name.contains(&b':') => all!(DRAWING INLINE),
        _ => all!(STRANGE),
    }
}

/// Tells whether `parent` is an element in which the part `name` of a table or of a choice stands.
pub(super) fn holds_part(parent: &[u8], name: &[u8]) -> bool {
    match name {
        b"td" | b"th" => matches!(parent, b"tr" | b"template"),
        b"tr" => matches!(parent, b"table" | b"tbody" | b"tfoot" | b"thead" | b"template"),
        b"col" => matches!(parent, b"colgroup" | b"table" | b"template"),
        b"optgroup" => parent == b"select",
        b"option" => matches!(parent, b"select" | b"optgroup" | b"datalist"),
        _ => matches!(parent, b"table" | b"template"),
    }
}

/// Tells whether the attribute `name` leaves the text of its element where it is; for `type`, `reversed` and `name` that
/// depends on the element.
pub(super) fn is_plain_attribute(name: &[u8], value: &[u8]) -> bool {
    match name {
        b"class" | b"id" | b"href" | b"lang" | b"value" | b"scope" | b"title" | b"role" | b"tabindex"
        | b"hidden" | b"open" | b"start" | b"colspan" | b"rowspan" | b"abbr" | b"about" | b"accesskey"
        | b"action" | b"autocomplete" | b"autofocus" | b"cite" | b"content" | b"datatype" | b"datetime"
        | b"download" | b"draggable" | b"enctype" | b"for" | b"form" | b"headers" | b"hreflang"
        | b"inlist" | b"itemid" | b"itemprop" | b"itemref" | b"itemscope" | b"itemtype" | b"method"
        | b"name" | b"novalidate" | b"part" | b"ping" | b"prefix" | b"property" | b"referrerpolicy"
        | b"rel" | b"resource" | b"rev" | b"reversed" | b"span" | b"spellcheck" | b"target"
        | b"translate" | b"type" | b"typeof" | b"vocab" | b"xmlns" => true,
        b"dir" => value.eq_ignore_ascii_case(b"ltr"),
        // Those of scripts and of other languages mean nothing to browsers.
        _ => name.starts_with(b"on") || name.iter().any(|byte| matches!(byte, b'-' | b':' | b'@' | b'.')),
    }
}

/// Reads a number as browsers do, without what follows its digits.
pub(super) fn integer(value: &[u8]) -> Option<i32> {
    let value = value.trim_ascii_start();
    let (sign, digits) = match value {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, value),
    };
    let n_digits = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = digits.get(..n_digits).filter(|digits| !digits.is_empty())?;
    digits
        .iter()
        .try_fold(0_i32, |number, digit| number.checked_mul(10)?.checked_add(sign * i32::from(digit - b'0')))
}
