//! `gongkai text`: a notice of the site, or a document, as plain text.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Outcome, figures, print};
use crate::build;
use crate::content::{self, Drafts};
use crate::diagnostic::{Diagnostic, Diagnostics, Language, Message, Severity};
use crate::disk;
use crate::document;
use crate::fidelity;
use crate::notice::Notice;

/// The most that a document may have.
pub(super) const LARGEST_DOCUMENT: u64 = 64 * 1024 * 1024;

/// The name of standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// What to print.
#[derive(Debug)]
pub(super) struct Options {
    /// The folder with `site.yaml`.
    pub(super) root: PathBuf,
    /// The name of a notice's folder, or a file.
    pub(super) source: PathBuf,
}

/// Prints the text on standard output, and on standard error what is wrong or left out.
pub(super) fn run(options: &Options, language: Language) -> anyhow::Result<Outcome> {
    let source = &options.source;
    if source == Path::new(STANDARD_INPUT) {
        let bytes = disk::read_bounded(std::io::stdin().lock(), STANDARD_INPUT, LARGEST_DOCUMENT)?;
        return of_document(&bytes, language);
    }
    if disk::is_file(source) {
        return of_document(&disk::read_given(source, LARGEST_DOCUMENT)?, language);
    }
    of_notice(&options.root, &source.to_string_lossy(), language)
}

fn of_document(bytes: &[u8], language: Language) -> anyhow::Result<Outcome> {
    let document = document::read(bytes).map_err(|refusal| refusal.message)?;
    write(&document.plain_text());
    for finding in &document.findings {
        let kind = finding.kind.message();
        let words = print::in_one_line(&finding.words);
        let separator = if words.is_empty() { "" } else { super::say(language, ": ", "：") };
        print::err(&format!("{}{separator}{words}", kind.in_language(language)));
    }
    Ok(Outcome::Fine)
}

fn of_notice(root: &Path, name: &str, language: Language) -> anyhow::Result<Outcome> {
    let mut diagnostics = Diagnostics::new();
    let contents = build::read_contents(root, None, Drafts::Shown, &mut diagnostics)?;
    let folder = name.trim_end_matches('/');
    let id = folder.rsplit_once(content::FOLDER).and_then(|(_, id)| id.strip_prefix('/')).unwrap_or(folder);
    let notices = &contents.content.notices;
    let Some(notice) = notices.iter().find(|notice| notice.id == id) else {
        return Err(no_such_source(id, notices).into());
    };
    let is_of_notice = |found: &Diagnostic| {
        let part = found.location.as_ref().map(|location| content::part_of(&location.path));
        found.severity == Severity::Error && part.is_none_or(|part| part == id)
    };
    let errors: Vec<Diagnostic> = diagnostics.into_sorted().into_iter().filter(is_of_notice).collect();
    print::diagnostics(&errors, &contents.sources, language);
    write(&fidelity::plain_text(notice));
    Ok(if errors.is_empty() { Outcome::Fine } else { Outcome::ContentHasErrors })
}

fn no_such_source(id: &str, notices: &[Arc<Notice>]) -> Message {
    if id.contains(['.', '/', '\\']) {
        return Message::new(
            format!("there is no file and no notice `{id}`"),
            format!("没有文件或通报 `{id}`"),
        );
    }
    figures::no_such_notice(id, notices)
}

/// Prints text: on a terminal so that it cannot be obeyed, elsewhere byte for byte.
fn write(text: &str) {
    let mut out = std::io::stdout();
    if out.is_terminal() {
        print::out(text.trim_end_matches('\n'));
    } else {
        // A closed pipe is no error, as in `print::out`.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use crate::content::{self, Drafts, Loaded};
    use crate::diagnostic::{Diagnostics, SourcePath};
    use crate::fidelity;
    use crate::markdown;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &str) {
        let mut loaded = Loaded::default();
        for (name, text) in files {
            loaded.sources.insert(SourcePath::new(format!("content/n/{name}")), text.as_bytes().to_vec());
        }
        let mut found = Diagnostics::new();
        let options =
            markdown::Options { allowed_tags: ["br".to_owned()].into(), ..markdown::Options::default() };
        let content = content::parse(&loaded, &options, Drafts::Shown, &mut found);
        assert_eq!(fidelity::plain_text(&content.notices[0]), expected);
    }

    const NOTICE: &str =
        "---\ntitle: 通报\nunit: 甲\ndate: 2025-08-28\nsignature: 甲\n---\n现予**公布**。\n\n如下：\n";

    #[test]
    fn lines_come_in_the_order_of_the_page() {
        let files = [
            ("notice.md", NOTICE),
            ("01.md", "---\nheading: 一、乙\n---\n（一）改进。已经\\*改进。\n"),
            ("02.md", "---\nkind: annex\nheading: 附件\n---\n丙。\n"),
        ];
        let text = "现予公布。\n如下：\n一、乙\n（一）改进。已经*改进。\n甲\n2025年8月28日\n附件\n丙。\n";
        check(&files, &format!("通报\n{text}"));
        check(&[&files[..], &[("approved.txt", "现予公布。\n")]].concat(), text);
        check(&[&files[..], &[("approved.txt", "通报\n现予公布。\n")]].concat(), &format!("通报\n{text}"));
    }

    #[test]
    fn rows_have_a_tab_between_cells() {
        let table = "| 片区 | 户数 | 备注 |\n|---|---|---|\n| 城关 | 52 | |\n| | 3<br>4 | 补 |\n";
        check(
            &[("notice.md", NOTICE), ("01.md", &format!("---\nheading: 一、乙\n---\n{table}\n完。\n"))],
            "通报\n现予公布。\n如下：\n一、乙\n片区\t户数\t备注\n城关\t52\t\n\t3 4\t补\n完。\n甲\n2025年8月28日\n",
        );
    }
}
