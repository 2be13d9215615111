//! The text that was signed off, in the folder of its notice: `approved.txt`, or the document itself, `approved.docx`,
//! `approved.html` or `approved.md`.
//!
//! Start with [`parse`]. A document is read by [`document`], which tells what it is by its bytes, and becomes the plain text
//! that people see; so is `approved.txt` that is not written as texts of a site are. What else it holds is told, since it may
//! be that something else was signed off.

use sha2::{Digest, Sha256};

use super::is_blank;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Message, SourcePath};
use crate::disk;
use crate::document::{self, Document, Finding, FindingKind, Refusal};
use crate::markdown;
use crate::notice::{ApprovedForm, ApprovedText};
use crate::text;
use crate::text::place::bom_length;

/// The plain text.
pub(super) const PLAIN: &str = "approved.txt";

/// Its names in the folder of a notice, in small letters.
pub(crate) const NAMES: [&str; 4] = [PLAIN, "approved.docx", "approved.html", "approved.md"];

/// How many findings are listed with their words.
const MOST_FINDINGS: usize = 5;

/// The most characters of the words of a finding.
const LONGEST_WORDS: usize = 24;

/// Tells whether a file with this name is an approved text. Systems differ in whether they tell capital letters apart.
pub(crate) fn is_approved(name: &str) -> bool {
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Tells whether a file with this name is an approved text that is no plain text.
pub(super) fn is_document(name: &str) -> bool {
    is_approved(name) && !name.eq_ignore_ascii_case(PLAIN)
}

/// Tells whether a plain text is not UTF-8, or parts its lines by characters that no text of a site has: page breaks and
/// other line ends.
fn is_written_otherwise(bytes: &[u8]) -> bool {
    let is_break = |c: char| matches!(c, '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    std::str::from_utf8(bytes).ok().is_none_or(|text| text.contains(is_break))
}

/// Reads the approved text at `path`.
///
/// Pushes `approved-text-unreadable` for a document that cannot be read, `approved-document-has-more` and
/// `approved-document-partly-read` for what it holds beside its text, `empty-file`, and what is wrong with characters.
pub(super) fn parse(
    path: &SourcePath,
    bytes: &[u8],
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> ApprovedText {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    // Of text as texts of a site are, every byte has its place; a refused one is told with the place, too.
    let document =
        if is_document(name) || is_written_otherwise(bytes) { Some(document::read(bytes)) } else { None };
    let mut approved = match document {
        Some(Ok(document)) => of_document(path, &document, options, diagnostics),
        Some(Err(refusal)) if is_document(name) => {
            diagnostics.push(unreadable(path, &refusal));
            unread(path)
        }
        _ => of_plain_text(path, bytes, options, diagnostics),
    };
    approved.sha256 = text::hex(&Sha256::digest(bytes));
    approved
}

/// What stands for an approved text that cannot be read; that has been reported.
pub(super) fn unread(path: &SourcePath) -> ApprovedText {
    ApprovedText {
        source: path.clone(),
        text: String::new(),
        offset: 0,
        is_whole: false,
        form: ApprovedForm::PlainText,
        sha256: String::new(),
    }
}

fn of_plain_text(
    path: &SourcePath,
    bytes: &[u8],
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> ApprovedText {
    let Some(text) = disk::prose(path, bytes, &options.rare_characters, diagnostics) else {
        return unread(path);
    };
    let is_whole = !is_blank(path, text, diagnostics);
    let offset = bom_length(text.as_bytes());
    let text = text.get(offset..).expect("a byte order mark ends on a boundary").to_owned();
    ApprovedText { text, offset, is_whole, ..unread(path) }
}

/// Makes the approved text of a document. Its places are bytes of the plain text until they are told as paragraphs.
fn of_document(
    path: &SourcePath,
    document: &Document,
    options: &markdown::Options,
    diagnostics: &mut Diagnostics,
) -> ApprovedText {
    let text = document.plain_text();
    let mut approved = ApprovedText { text, is_whole: true, form: ApprovedForm::Document, ..unread(path) };
    let mut found = Diagnostics::new();
    let is_text = disk::prose(path, approved.text.as_bytes(), &options.rare_characters, &mut found).is_some();
    approved.is_whole = is_text && !is_blank(path, &approved.text, &mut found);
    diagnostics.extend(found.into_iter().map(|one| approved.by_paragraph(one)));
    let (more, partly): (Vec<_>, Vec<_>) =
        document.findings.iter().filter(|finding| matters(finding.kind)).partition(|f| is_beside(f.kind));
    diagnostics.extend((!more.is_empty()).then(|| has_more(path, &more)));
    diagnostics.extend((!partly.is_empty()).then(|| partly_read(path, &partly)));
    approved
}

/// Tells whether a finding is about what was signed off, and not about how it looks.
fn matters(kind: FindingKind) -> bool {
    is_beside(kind)
        || matches!(
            kind,
            FindingKind::Object
                | FindingKind::Formula
                | FindingKind::NumeralDiffers
                | FindingKind::NumberingUnknown
                | FindingKind::SymbolUnknown
                | FindingKind::PartMissing
        )
}

/// Tells whether a finding stands beside the text: whoever signed may have seen something else.
fn is_beside(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::Inserted
            | FindingKind::Deleted
            | FindingKind::MovedAway
            | FindingKind::Comment
            | FindingKind::Hidden
            | FindingKind::SecrecyMark
    )
}

/// Lists findings with their words.
fn listed(findings: &[&Finding]) -> [String; 2] {
    let one = |finding: &&Finding| {
        let [english, chinese] = finding.kind.message().both().map(str::to_owned);
        let words = finding.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Message::new(english, chinese);
        }
        let words = text::excerpt(&words, LONGEST_WORDS);
        Message::new(format!("{english}: `{words}`"), format!("{chinese}：`{words}`"))
    };
    let mut parts: Vec<Message> = findings.iter().take(MOST_FINDINGS).map(one).collect();
    let rest = findings.len().saturating_sub(MOST_FINDINGS);
    if rest > 0 {
        parts.push(Message::new(format!("and {rest} more"), format!("另有 {rest} 处")));
    }
    Message::join(&parts, ["; ", "；"]).both().map(str::to_owned)
}

fn has_more(path: &SourcePath, findings: &[&Finding]) -> Diagnostic {
    let [english, chinese] = listed(findings);
    Diagnostic::warning(
        "approved-document-has-more",
        Location::file(path),
        format!("beside its text the approved document has: {english}"),
        format!("审定稿除正文外还有：{chinese}"),
    )
    .help(
        "nobody can tell which of it was signed off: have a clean copy approved, with changes accepted or rejected, comments and hidden text \
         deleted; a text with a mark of secrecy must not be published",
        "无法断定这些是否在审定之列：请接受或拒绝修订、删去批注和隐藏文字，把清稿重新送审；标有密级的不得公开",
    )
}

fn partly_read(path: &SourcePath, findings: &[&Finding]) -> Diagnostic {
    let [english, chinese] = listed(findings);
    Diagnostic::warning(
        "approved-document-partly-read",
        Location::file(path),
        format!("not all of the approved document can be compared: {english}"),
        format!("审定稿有的地方无法对照：{chinese}"),
    )
    .help(
        "compare these places by eye; if the page is right, accept the warning",
        "请人工核对这些地方；确认无误的，可以写明保留这条警告",
    )
}

fn unreadable(path: &SourcePath, refusal: &Refusal) -> Diagnostic {
    let [english, chinese] = refusal.message.both();
    Diagnostic::error("approved-text-unreadable", Location::file(path), english, chinese).help(
        "put the document that was signed off here as `approved.docx`, or its text as `approved.txt`",
        "请把审定的文件存为 `approved.docx`，或把它的文字存为 `approved.txt`，放在同一文件夹中",
    )
}

/// The problem of an approved text that belongs to no notice.
pub(super) fn misplaced(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "misplaced-approved-text",
        Location::file(path),
        "this approved text belongs to no notice",
        "这份审定稿不属于任何通报",
    )
    .help("move it into the folder of its notice", "请移到通报所在的文件夹中")
}

/// The problem of a folder with more than one approved text, of which `first` and `second` are two.
pub(super) fn several(first: &SourcePath, second: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "several-approved-texts",
        Location::file(second),
        "this notice has more than one approved text",
        "这份通报有不止一份审定稿",
    )
    .related(Location::file(first), "the other one", "另一份")
    .help(
        "keep the file that was signed off, and move the others out of `content/`",
        "请只留下审定的那一份，其余的移出 `content/`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::document::{Block, Encoding, Format, Paragraph};

    fn document(lines: &[&str], findings: &[(FindingKind, &str)]) -> Document {
        let paragraph =
            |line: &&str| Block::Paragraph(Paragraph { text: (*line).to_owned(), ..Paragraph::default() });
        let finding = |(kind, words): &(FindingKind, &str)| Finding {
            kind: *kind,
            words: (*words).to_owned(),
            place: 0,
        };
        Document {
            format: Format::Html(Encoding::Utf8),
            blocks: lines.iter().map(paragraph).collect(),
            pictures: Vec::new(),
            findings: findings.iter().map(finding).collect(),
        }
    }

    /// Reads a document; returns what came of it and what was found.
    fn read(document: &Document) -> (ApprovedText, Vec<Diagnostic>) {
        let path = SourcePath::new("content/n/approved.docx");
        let mut found = Diagnostics::new();
        let approved = of_document(&path, document, &markdown::Options::default(), &mut found);
        (approved, found.into_sorted())
    }

    #[test]
    fn a_document_is_its_text() {
        let (approved, found) = read(&document(&["通报", "现予以公布。"], &[]));
        assert_eq!((approved.text.as_str(), found), ("通报\n现予以公布。\n", vec![]));
        assert!(approved.is_whole);
        let (empty, found) = read(&document(&[], &[]));
        assert_eq!((empty.is_whole, found[0].code), (false, "empty-file"));
    }

    #[test]
    fn places_are_paragraphs() {
        let (approved, found) = read(&document(&["通报", "现\u{202E}予以公布。"], &[]));
        let [found] = found.try_into().unwrap();
        assert_eq!(found.location, Some(Location::file(&approved.source)));
        assert!(
            found.message.in_language(Language::Chinese).ends_with("（第2段）"),
            "{}",
            found.message.both()[1]
        );
        assert!(found.fixes.is_empty());
        assert!(!approved.is_whole);
    }

    #[test]
    fn what_a_document_has_beside_its_text_is_told_with_its_words() {
        use FindingKind::{Comment, Deleted, HeaderOrFooter, MergedCells, Object};
        let findings = [
            (Deleted, "七千 万元"),
            (HeaderOrFooter, "页眉"),
            (Comment, ""),
            (MergedCells, ""),
            (Object, ""),
        ];
        let (_, found) = read(&document(&["通报"], &findings));
        let messages: Vec<&str> =
            found.iter().map(|one| one.message.in_language(Language::Chinese)).collect();
        assert_eq!(
            messages,
            [
                "审定稿除正文外还有：修订：删除的文字，未采用：`七千 万元`；批注，未采用",
                "审定稿有的地方无法对照：图表或嵌入对象，未采用",
            ]
        );
        let many = [(Comment, "甲"); 9];
        let (_, found) = read(&document(&["通报"], &many));
        assert!(found[0].message.in_language(Language::Chinese).ends_with("；另有 4 处"));
    }

    #[test]
    fn names_are_told_whatever_their_letters() {
        for (name, approved, document) in [
            ("approved.txt", true, false),
            ("Approved.TXT", true, false),
            ("approved.docx", true, true),
            ("APPROVED.HTML", true, true),
            ("approved.md", true, true),
            ("approved.pdf", false, false),
            ("my-approved.docx", false, false),
        ] {
            assert_eq!((is_approved(name), is_document(name)), (approved, document), "{name}");
        }
    }
}
