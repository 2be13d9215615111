//! The keys of `site.yaml`.

use super::contact;
use crate::yaml::{Choice, Key, Keys, Kind};

pub const TITLE: Key = Key::new("title", Kind::Text, "the name of the site")
    .required("舟山市公安局巡察整改公开")
    .chinese(&["标题", "题目"]);

pub const DESCRIPTION: Key = Key::new("description", Kind::Text, "one sentence about the site")
    .without("none is shown")
    .chinese(&["说明"]);

pub const UNIT: Key =
    Key::new("unit", Kind::Text, "the unit that runs the site").without("none is shown").chinese(&["单位"]);

pub const LANGUAGE: Key = Key::new(
    "language",
    Kind::Text,
    "the language of the interface: `zh-CN`, `en`, or one that the theme has",
)
.without("`zh-CN`");

pub const THEME: Key =
    Key::new("theme", Kind::Text, "a folder in `themes/`, see [Themes](themes.md)").without("`default`");

pub const BASE_URL: Key = Key::new(
    "base_url",
    Kind::Text,
    "the address of the folder where the site will be found, without `index.html`; a name in Chinese is written as `xn--…`",
)
.without("no `sitemap.xml`, no canonical addresses");

pub const SITE_CODE: Key =
    Key::new("site_code", Kind::Text, "网站标识码: `bm` and 8 digits, or 10 digits").without("none is shown");

pub const ICP: Key = Key::new("icp", Kind::Text, "ICP 备案号").without("none is shown");

pub const POLICE_RECORD: Key = Key::new("police_record", Kind::Text, "公安备案号").without("none is shown");

pub const CONAC: Key = Key::new(
    "conac",
    Kind::Text,
    "the number of 党政机关网站标识: the 32 digits and letters behind `id=` in the address that the mark leads to",
)
.without("none is shown");

pub const FEEDBACK_ACTION: Key =
    Key::new("action", Kind::Text, "the address that the feedback form posts to")
        .without("the pages show the contacts and a paper sheet in place of a form");

pub const FEEDBACK_ANSWER_WITHIN: Key = Key::new(
    "answer_within",
    Kind::Text,
    "how soon messages are answered, in the words that readers see: `收到后15个工作日内`",
)
.without("the page that says thank you promises no time");

pub const FEEDBACK: Key =
    Key::new("feedback", Kind::Mapping(&[&FEEDBACK_ACTION, &FEEDBACK_ANSWER_WITHIN]), "");

pub const CONTACTS: Key = Key::new(
    "contacts",
    Kind::List(contact::FORMS),
    "the contacts for every notice that names none, see [Contacts](#contacts)",
)
.without("notices have only their own")
.chinese(&["联系方式"]);

pub const GLOSSARY: Key = Key::new(
    "glossary",
    Kind::Named,
    "words with what they mean: where a word first stands on the page of a notice or item it leads to its meaning, below \
     the text; one that stands in a heading alone is explained without such a link; the text stays as it is",
)
.without("nothing is explained");

pub const UNITS: Key = Key::new(
    "units",
    Kind::Named,
    "units with the last part of the address of the page that lists their notices: `舟山市普陀区民政局: minzheng` is found at \
     `unit/minzheng/`",
)
.without("a part that follows from the name of the unit: `unit/u1f2e3d4c/`");

pub const TRUSTED_SITES: Key = Key::new(
    "trusted_sites",
    Kind::Texts,
    "hosts that links lead to at once, see [Links to other sites](#links-to-other-sites); those below them are trusted, too",
)
.without("only sites of the government");

pub const HTML_ALLOW: Key = Key::new("allow", Kind::Texts, "HTML tags that may stand in the texts")
    .without("tags are shown as text, with a warning");

pub const HTML: Key = Key::new("html", Kind::Mapping(&[&HTML_ALLOW]), "");

pub const READABLE_BY: Key = Key::new(
    "readable_by",
    Kind::Choice(&[
        Choice { word: "all", instead: &["everyone", "644"] },
        Choice { word: "group", instead: &["640"] },
        Choice { word: "owner", instead: &[] },
    ]),
    "who may read the published files on the machine where they lie: `all`, `group` or `owner`; see [Rights](#rights)",
)
.without("`all`");

pub const ATTACHMENTS: Key = Key::new(
    "attachments",
    Kind::Texts,
    "more endings of files that may be published, see [Attachments](#attachments)",
)
.without("only those listed there");

pub const RARE_CHARACTERS: Key = Key::new(
    "rare_characters",
    Kind::Named,
    "code points, or the characters themselves, each with the reason why it stands, see [Characters](#characters)",
)
.without("such characters are warned of");

/// The keys of `site.yaml`.
pub const KEYS: Keys = &[
    &TITLE,
    &DESCRIPTION,
    &UNIT,
    &LANGUAGE,
    &THEME,
    &BASE_URL,
    &SITE_CODE,
    &ICP,
    &POLICE_RECORD,
    &CONAC,
    &FEEDBACK,
    &CONTACTS,
    &GLOSSARY,
    &UNITS,
    &TRUSTED_SITES,
    &HTML,
    &READABLE_BY,
    &ATTACHMENTS,
    &RARE_CHARACTERS,
];
