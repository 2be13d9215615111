//! `gongkai build`.

use std::sync::atomic::Ordering;
use std::time::Instant;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::findings::{Findings, Format};
use super::{Outcome, print, say};
use crate::build::{self, Options, Report};
use crate::diagnostic::Language;
use crate::output::{Stop, Stopped, Summary};

/// The exit code of what a signal ended is this and the number of the signal, as shells have it.
const SIGNALLED: u8 = 128;

/// Builds the site and tells what came of it.
///
/// A program finds nothing but what it asked for on standard output; what is for people goes to standard error.
pub(super) fn run(
    options: &Options,
    is_quiet: bool,
    format: Format,
    language: Language,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let stop = Stop::default();
    heed_signals(&stop)?;
    let report = match build::build_until(options, &stop) {
        Err(error) if error.chain().any(<dyn std::error::Error>::is::<Stopped>) => {
            print::err(say(
                language,
                "Ended before it was done; the published site is as it was.",
                "生成已中止；已发布的网站没有改动。",
            ));
            let signal = u8::try_from(stop.request().load(Ordering::SeqCst)).unwrap_or_default();
            return Ok(Outcome::Ended(SIGNALLED.saturating_add(signal)));
        }
        report => report?,
    };
    let Report { diagnostics, sources, .. } = &report;
    if format == Format::Human {
        print::diagnostics(diagnostics, sources, language);
    } else {
        let text = Findings::new(diagnostics, sources, &options.root, language).text(format);
        if !text.is_empty() {
            print::out(text.trim_end());
        }
    }
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
        let words = success(&report, summary, options, &time, language);
        if format == Format::Human { print::out(&words) } else { print::err(&words) }
    }
    Ok(Outcome::Fine)
}

/// Lets Ctrl-C and a friendly `kill` end the build: at once while nothing has been written, else as soon as what has been
/// written aside is removed. They come too late for a build that is putting its files in place, which takes a moment.
fn heed_signals(stop: &Stop) -> anyhow::Result<()> {
    for (signal, number) in [(SIGINT, 2), (SIGTERM, 15)] {
        let code = i32::from(SIGNALLED) + signal;
        flag::register_conditional_shutdown(signal, code, stop.may_end_at_once().clone())?;
        flag::register_usize(signal, stop.request().clone(), number)?;
    }
    Ok(())
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
