//! The keys of `notice.md`.

use super::{ACCEPTED, FORMERLY, METRICS, NOT_FIGURES, RELATIONS, contact};
use crate::yaml::{Key, Keys, Kind};

pub const TITLE: Key =
    Key::new("title", Kind::Text, "the title").required("……关于……整改情况的通报").chinese(&["标题", "题目"]);

pub const UNIT: Key = Key::new("unit", Kind::Text, "the unit that was inspected and that publishes")
    .required("中共……委员会")
    .chinese(&["单位"]);

pub const INDEX_NUMBER: Key = Key::new(
    "index_number",
    Kind::Text,
    "索引号, the number under which the catalogue of the government's information lists it: `001008003015009/2021-00130`",
)
.without("none is shown")
.chinese(&["索引号"]);

pub const DOCUMENT_NUMBER: Key =
    Key::new("document_number", Kind::Text, "发文字号, the number of the document: `舟公党〔2025〕12号`")
        .without("none is shown")
        .chinese(&["发文字号", "文号"]);

pub const INSPECTION_KIND: Key =
    Key::new("kind", Kind::Text, "what it is called: 巡察, 巡视回头看, 审计, 生态环境保护督察 or any other; the words of the page follow it").chinese(&["类型"]);

pub const INSPECTION_GROUP: Key = Key::new("group", Kind::Text, "who inspected");

pub const INSPECTION_FROM: Key = Key::new("from", Kind::Day, "its first day");

pub const INSPECTION_TO: Key = Key::new("to", Kind::Day, "its last day");

pub const INSPECTION_FINDINGS: Key =
    Key::new("findings", Kind::Day, "the day on which the findings were delivered");

/// The keys of the inspection.
pub const INSPECTION_KEYS: Keys =
    &[&INSPECTION_FROM, &INSPECTION_TO, &INSPECTION_FINDINGS, &INSPECTION_KIND, &INSPECTION_GROUP];

pub const INSPECTION: Key = Key::new(
    "inspection",
    Kind::Mapping(INSPECTION_KEYS),
    "who inspected and when: `kind` (巡察, 巡视, 审计, 督察 and others; the words of the page follow it), `group`, `from`, `to`, `findings` (the day on which the findings were delivered); each \
     optional",
)
.without("none is shown");

pub const DATE: Key = Key::new(
    "date",
    Kind::Day,
    "成文日期, the date under the signature; `2025-08` where the text names the month alone",
)
.example("2025-08-28")
.without("the day of `published` stands for it; an error without both")
.chinese(&["日期", "成文日期"]);

pub const DRAFT: Key = Key::new(
    "draft",
    Kind::Flag,
    "`true` while the notice is not to be published: the build leaves its folder out, `gongkai preview --drafts` shows it",
)
.without("it is published");

pub const PUBLISHED: Key = Key::new(
    "published",
    Kind::Time,
    "when it was first put online, with the time; without an offset it is Beijing time, and with any other offset the pages \
     tell it in Beijing time",
)
.example("2025-08-28 09:00")
.without("none is told")
.chinese(&["发布时间", "发布日期"]);

pub const SIGNATURE: Key =
    Key::new("signature", Kind::Text, "the signature; gongkai sets it and the date under the text")
        .without("leave it out if the text itself ends with it")
        .chinese(&["落款"]);

pub const SIGNERS: Key = Key::new(
    "signers",
    Kind::Texts,
    "in place of `signature`, where several bodies sign: a list; each has a line of its own, in this order",
)
.without("one signs, or none")
.chinese(&["署名", "联合落款"]);

pub const CONTACTS: Key = Key::new(
    "contacts",
    Kind::List(contact::FORMS),
    "how citizens reach the unit about this notice, see [Contacts](#contacts)",
)
.without("those of `site.yaml`")
.chinese(&["联系方式"]);

pub const AS_OF: Key =
    Key::new("as_of", Kind::Day, "the day that 截至目前, 今年以来 and the like mean, if it is not `date`")
        .without("it is `date`, or the day of `published` where there is none")
        .chinese(&["截至"]);

pub const OPEN_UNTIL: Key =
    Key::new("open_until", Kind::Day, "the day until which it is to be public; the page stays afterwards")
        .without("none is shown")
        .chinese(&["公开期限"]);

pub const CORRECTION_DATE: Key =
    Key::new("date", Kind::Day, "when it was made").required("2025-08-28").chinese(&["日期", "成文日期"]);

pub const CORRECTION_NOTE: Key = Key::new("note", Kind::Text, "what was changed")
    .required("第六项“27篇”更正为“28篇”。")
    .chinese(&["说明", "备注"]);

/// The keys of a correction.
pub const CORRECTION: Keys = &[&CORRECTION_DATE, &CORRECTION_NOTE];

pub const CORRECTIONS: Key = Key::new(
    "corrections",
    Kind::List(&[CORRECTION]),
    "what was changed after it was published, the first change first: `- {date: 2025-09-10, note: \
     第六项“27篇”更正为“28篇”。}`; each makes a new edition, which the page says at its top",
)
.without("it is as it was first published")
.chinese(&["更正"]);

pub const APPROVAL_SHA256: Key = Key::new(
    "sha256",
    Kind::Text,
    "the SHA-256 hash of the approved file, in hexadecimal digits; the first 12 are enough. The build tells it",
)
.chinese(&["哈希", "校验值"]);

pub const APPROVAL_DRAFTED: Key =
    Key::new("drafted", Kind::Text, "who drafted the text, and the day: `张某 2025-08-20`")
        .chinese(&["起草", "拟稿"]);

pub const APPROVAL_REVIEWED: Key =
    Key::new("reviewed", Kind::Texts, "who reviewed it (三审), a list in the order in which it was done")
        .chinese(&["审核", "审稿", "三审"]);

pub const APPROVAL_SECRECY: Key =
    Key::new("secrecy", Kind::Text, "who did the secrecy review (保密审查)").chinese(&["保密审查", "保密"]);

pub const APPROVAL_SIGNED: Key =
    Key::new("signed", Kind::Text, "who signed it off for publication").chinese(&["签发", "审定"]);

/// The keys of an approval.
pub const APPROVAL_KEYS: Keys =
    &[&APPROVAL_SHA256, &APPROVAL_DRAFTED, &APPROVAL_REVIEWED, &APPROVAL_SECRECY, &APPROVAL_SIGNED];

pub const APPROVAL: Key = Key::new(
    "approval",
    Kind::Mapping(APPROVAL_KEYS),
    "who drafted, reviewed and signed the approved text, when, and for which file that holds, see [Approval](#approval); never \
     published",
)
.without("nothing is checked")
.chinese(&["审批", "审签"]);

/// The keys of `notice.md`.
pub const KEYS: Keys = &[
    &TITLE,
    &UNIT,
    &INDEX_NUMBER,
    &DOCUMENT_NUMBER,
    &INSPECTION,
    &DATE,
    &DRAFT,
    &PUBLISHED,
    &SIGNATURE,
    &SIGNERS,
    &CONTACTS,
    &AS_OF,
    &OPEN_UNTIL,
    &CORRECTIONS,
    &APPROVAL,
    &FORMERLY,
    &METRICS,
    &NOT_FIGURES,
    &RELATIONS,
    &ACCEPTED,
];
