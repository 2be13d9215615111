//! `not-finished`: what `build --strict` asks beyond what every build does.

use super::example_values::is_example_itself;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::site::Site;

/// Something that must not be left, and what to do about it, in English and Chinese.
struct Demand {
    /// How much of it is left.
    n: usize,
    /// What is asked for.
    asked: [&'static str; 2],
    help: [&'static str; 2],
}

/// Pushes an error for each kind of thing that is left to do: warnings that are not accepted, entries that nobody has looked
/// at, notices without approved text, the example of `gongkai init`, and for each file with open figures. `diagnostics` holds all that was found.
pub fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for Demand { n, asked: [english, chinese], help: [help, chinese_help] } in demands(site, diagnostics) {
        if n > 0 {
            let problem = Diagnostic::without_place(
                "not-finished",
                Severity::Error,
                format!("`--strict` asks that {english}; not so: {n}"),
                format!("`--strict` 要求{chinese}；尚缺 {n} 处"),
            );
            diagnostics.push(problem.help(help, chinese_help));
        }
    }
    for notice in site.notices.iter() {
        for (_, passage) in notice.passages() {
            let open = passage.coverage().open;
            if open > 0 {
                diagnostics.push(open_figures(&notice.id, Location::file(&passage.source), open));
            }
        }
    }
}

/// Lists what is asked of the site as a whole; `diagnostics` holds all that was found.
fn demands(site: &Site, diagnostics: &Diagnostics) -> [Demand; 4] {
    let found = diagnostics.clone().into_sorted();
    let is_missing = |one: &&Diagnostic| one.code == "no-approved-text";
    let warnings = || found.iter().filter(|one| one.severity == Severity::Warning);
    let n_missing = warnings().filter(is_missing).count();
    [
        Demand {
            n: warnings().count() - n_missing,
            asked: ["every warning is mended or accepted", "警告都已改正或写明保留"],
            help: [
                "where the text itself is so, say why in the front matter: `accepted`",
                "原文本来如此的，请在文件头的 `accepted` 中写明理由",
            ],
        },
        Demand {
            n: site.notices.iter().map(|notice| notice.n_proposed()).sum(),
            asked: ["every entry that a program proposed has been looked at", "程序拟的条目都已核对"],
            help: [
                "compare each with the text, find better names where there are, and delete `proposed: true`",
                "请逐条对照正文、核对名称，再删去 `proposed: true`",
            ],
        },
        Demand {
            n: n_missing,
            asked: ["every notice has its approved text", "每份通报都有审定稿"],
            help: [
                "put `approved.docx` or `approved.txt` beside each",
                "请把审定稿存为 `approved.docx` 或 `approved.txt`，放在同一文件夹中",
            ],
        },
        Demand {
            n: usize::from(is_example_itself(site)),
            asked: [
                "the example of `gongkai init` is replaced by a notice of yours",
                "`gongkai init` 的例子已换成本单位的通报",
            ],
            help: [
                "write what holds for your unit in `site.yaml` and `content/`",
                "请在 `site.yaml` 和 `content/` 中换成本单位的内容",
            ],
        },
    ]
}

fn open_figures(notice: &str, location: Location, n: usize) -> Diagnostic {
    Diagnostic::error(
        "not-finished",
        location,
        format!("`--strict` asks that every figure is accounted for; open in this file: {n}"),
        format!("`--strict` 要求每个数都已处理；这个文件还有 {n} 个待定"),
    )
    .help(
        format!("`gongkai figures --open {notice}` lists them; name each in `metrics` or `not_figures`"),
        format!("用 `gongkai figures --open {notice}` 列出，逐个写进 `metrics` 或 `not_figures`"),
    )
}
