//! What is offered about punctuation and broken lines.

use super::{Options, say};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::import::{self, Restorations};

/// Returns the document with what is to be put right.
pub(super) fn document(original: Document, found: &Restorations, options: &Options) -> Document {
    let document = if options.restores_width { import::with_restored_width(original) } else { original };
    if options.joins_lines { import::with_joined_lines(document, &found.joins) } else { document }
}

/// Tells what can be put right; with its option every change is listed.
pub(super) fn shown(found: &Restorations, options: &Options, language: Language) -> String {
    let mut lines = Vec::new();
    let (widths, others): (Vec<_>, Vec<_>) = found.marks.iter().partition(|mark| mark.is_width);
    let line = |mark: &&import::Restoration| {
        let [english, chinese] = mark.reason.words();
        let (block, around) = (mark.block, &mark.around);
        let (written, replacement) = (mark.written, mark.replacement);
        match language {
            Language::English => {
                format!("  paragraph {block}  …{around}…  {written} → {replacement}  {english}")
            }
            Language::Chinese => format!("  第 {block} 段  …{around}…  {written} → {replacement}  {chinese}"),
        }
    };
    let (n, n_joins) = (widths.len(), found.joins.len());
    if n > 0 && !options.restores_width {
        lines.push(match language {
            Language::English => {
                format!("half-width marks in Chinese text: {n}; `--restore-width` lists and changes them")
            }
            Language::Chinese => {
                format!("中文里有 {n} 个半角标点；加 `--restore-width` 可逐个列出并改为全角")
            }
        });
    } else if n > 0 {
        lines.push(
            say(language, "Changed to full width, look through them:", "已改为全角，请过目：").to_owned(),
        );
        lines.extend(widths.iter().map(line));
    }
    if !others.is_empty() {
        lines.push(say(
            language,
            "Left as they are, since they are other characters than in the document; correct the document if they are slips:",
            "以下标点未改（改了就与原文不同）；如属笔误，请在原文件中改正：",
        ).to_owned());
        lines.extend(others.iter().map(line));
    }
    if !found.broken_numbers.is_empty() {
        let places: Vec<String> = found.broken_numbers.iter().map(usize::to_string).collect();
        lines.push(match language {
            Language::English => format!("a line ends inside a number behind paragraph {}; mend the document, a build refuses such numbers", places.join(", ")),
            Language::Chinese => format!("第 {} 段末尾的数被换行断开；请在原文件中接好，否则生成时会报错", places.join("、")),
        });
    }
    if n_joins > 0 {
        lines.push(match (language, options.joins_lines) {
            (Language::English, false) => {
                format!("{n_joins} lines end inside a sentence; `--join-lines` joins them")
            }
            (Language::English, true) => format!("{n_joins} lines were joined to the next one"),
            (Language::Chinese, false) => {
                format!("有 {n_joins} 行在句子中间断开；加 `--join-lines` 可接起来")
            }
            (Language::Chinese, true) => format!("已把 {n_joins} 行与下一行接起来"),
        });
    }
    lines.join("\n")
}
