//! `gongkai figures --suggest --write`: puts what is suggested into the files, and says what it did.

use std::fmt::Write;

use super::super::findings::Format;
use super::super::{Outcome, print, say};
use super::{Options, human};
use crate::diagnostic::{Language, Message, SourcePath};
use crate::disk::{self, Replacement, Sources};
use crate::markdown;
use crate::notice::Notice;
use crate::suggest::{self, Doubt, Written};

/// Says why nothing is written.
pub(super) fn not_written() -> Message {
    Message::new(
        "nothing is written, because the content has errors; correct them and run this again",
        "内容有错误，什么都没有写入；请先改正，再重新运行",
    )
}

/// Writes the entries for `notices` into their files.
pub(super) fn run(
    options: &Options,
    notices: &[&Notice],
    sources: &Sources,
    markdown_options: &markdown::Options,
    language: Language,
) -> anyhow::Result<Outcome> {
    let mut written: Vec<Written> = Vec::new();
    let mut left: Vec<(SourcePath, Vec<Doubt>, usize)> = Vec::new();
    for notice in notices {
        written.extend(suggest::written(notice, sources, markdown_options).0);
        left.extend(suggest::suggest(notice, sources, markdown_options).into_iter().map(|file| {
            let n_unbound = file.metrics.iter().filter(|metric| !metric.is_bound).count();
            (file.source, file.doubts, n_unbound + file.left_out)
        }));
    }
    let files: Vec<Replacement<'_>> = written
        .iter()
        .map(|file| Replacement {
            path: options.root.join(file.path.as_str()),
            old: sources.get(&file.path),
            new: file.text.as_bytes(),
        })
        .collect();
    disk::replace_all(&files)?;
    let mut out = String::new();
    for file in &written {
        push_line(&mut out, &file.path, &done(file, language));
    }
    if written.is_empty() {
        out.push_str(say(language, "nothing to write\n", "没有可以写入的条目\n"));
    }
    for (source, doubts, n_left) in &left {
        for doubt in doubts {
            let words = format!("{}{}", say(language, ": ", "："), human::doubt(doubt, language));
            push_line(&mut out, source, &words);
        }
        if *n_left > 0 {
            push_line(&mut out, source, &still_open(*n_left, language));
        }
    }
    match options.format {
        Format::Human => print::out(out.trim_end()),
        // Programs read the files, or ask again without `--write`.
        _ => print::err(out.trim_end()),
    }
    Ok(Outcome::Fine)
}

fn push_line(out: &mut String, source: &SourcePath, words: &str) {
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{source}{words}");
}

/// Says what was put into a file.
fn done(file: &Written, language: Language) -> String {
    let summary = file.summary;
    let parts: Vec<String> = [
        (summary.metrics, "metrics", "个指标"),
        (summary.not_figures, "entries of `not_figures`", "条 `not_figures`"),
        (summary.relations, "relations", "条勾稽关系"),
    ]
    .iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, english, chinese)| match language {
        Language::English => format!("{english}: {n}"),
        Language::Chinese => format!("{n} {chinese}"),
    })
    .collect();
    match (language, summary.doubtful) {
        (Language::English, 0) => format!(": written, {}", parts.join(", ")),
        (Language::English, n) => format!(": written, {}; names to improve: {n}", parts.join(", ")),
        (Language::Chinese, 0) => format!("：已写入 {}", parts.join("、")),
        (Language::Chinese, n) => format!("：已写入 {}，其中 {n} 个请改写名称", parts.join("、")),
    }
}

fn still_open(n: usize, language: Language) -> String {
    match language {
        Language::English => {
            format!(": no entry leads to one place for {n} figures; see `gongkai figures --open`")
        }
        Language::Chinese => format!("：还有 {n} 个数没有写入，请用 `gongkai figures --open` 查看后手工填写"),
    }
}
