//! `gongkai build`.

use std::time::Instant;

use super::{Outcome, print, say};
use crate::build::{self, Options, Report};
use crate::diagnostic::Language;
use crate::output::Summary;

/// Builds the site and tells what came of it.
pub(super) fn run(options: &Options, is_quiet: bool, language: Language) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let report = build::build(options)?;
    print::diagnostics(&report.diagnostics, &report.sources, language);
    let Some(summary) = &report.summary else {
        print::err(say(
            language,
            "Nothing was written: mend the errors above and build again.",
            "没有写任何文件：请改正以上错误后重新生成。",
        ));
        return Ok(Outcome::ContentHasErrors);
    };
    if !is_quiet {
        let seconds = start.elapsed();
        let time = format!("{}.{:02} s", seconds.as_secs(), seconds.subsec_millis() / 10);
        print::out(&success(&report, summary, options, &time, language));
    }
    Ok(Outcome::Fine)
}

fn success(report: &Report, summary: &Summary, options: &Options, time: &str, language: Language) -> String {
    let counts = report.counts;
    let index = options.output.join("index.html");
    let index = index.display();
    let Summary { written, unchanged, removed, .. } = summary;
    match language {
        Language::English => {
            let notices = plural(counts.notices, "notice");
            let items = plural(counts.items, "item");
            let pages = plural(counts.pages, "page");
            let (bound, all) = (counts.coverage.bound, counts.coverage.all());
            format!(
                "Built {notices} with {items}: {pages} in {time}\n\
                 Figures: {bound} of {all} carry data\n\
                 Files: {written} written, {unchanged} unchanged, {removed} removed\n\
                 Open {index}"
            )
        }
        Language::Chinese => format!(
            "已生成：{} 份通报，{} 项整改，{} 个页面，用时 {time}\n\
             数据：正文 {} 个数中，{} 个已绑定指标\n\
             文件：写入 {written}，未变 {unchanged}，删除 {removed}\n\
             请打开 {index}",
            counts.notices,
            counts.items,
            counts.pages,
            counts.coverage.all(),
            counts.coverage.bound
        ),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
