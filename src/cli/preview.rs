//! `gongkai preview`.

use super::{Outcome, print, say};
use crate::diagnostic::{Language, Message};
use crate::preview::{self, News, PreviewOptions};

/// Serves the preview until it is interrupted; opens the browser first, if `opens_browser`.
pub(super) fn run(options: PreviewOptions, opens_browser: bool) -> anyhow::Result<Outcome> {
    let language = options.language;
    preview::run(options, move |news| match news {
        News::Ready { address, on_network } => {
            print::out(&ready(address, on_network, language));
            if opens_browser && !open(address) {
                print::err(say(
                    language,
                    "The browser could not be opened; open the address yourself.",
                    "无法打开浏览器，请自行打开以上网址。",
                ));
            }
        }
        News::Polling(reason) => print::err(&match language {
            Language::English => {
                format!(
                    "Note: {}; all files are looked at twice a second instead.",
                    reason.in_language(language)
                )
            }
            Language::Chinese => {
                format!("注意：{}；改为每秒查看两次所有文件。", reason.in_language(language))
            }
        }),
        News::Problems([], _) => {
            print::err(say(language, "Nothing is wrong any more.", "问题已全部解决。"));
        }
        News::Problems(problems, sources) => print::diagnostics(problems, sources, language),
        News::Failed(error) => {
            let words = Message::of_error(error);
            let words = words.in_language(language);
            print::err(&format!("{}: {words}", say(language, "error", "错误")));
        }
    })?;
    Ok(Outcome::Fine)
}

fn ready(address: &str, on_network: Option<&[String]>, language: Language) -> String {
    let elsewhere = match on_network {
        None => String::new(),
        Some([]) => say(
            language,
            "\nThis machine is on no network at the moment, so no phone can look.",
            "\n本机目前没有连接网络，手机无法访问。",
        )
        .to_owned(),
        Some(addresses) => {
            let addresses = addresses.join(say(language, "  or  ", "  或  "));
            format!(
                "{}{addresses}",
                say(language, "\nOn a phone in the same network: ", "\n同一网络中的手机请输入：")
            )
        }
    };
    match language {
        Language::English => format!(
            "Preview at {address}{elsewhere}\nWhat would be published, proof sheets: {address}__gongkai/\nSave a file, and the page follows. Ctrl-C ends."
        ),
        Language::Chinese => format!(
            "预览网址：{address}{elsewhere}\n发布情况、对照审定稿：{address}__gongkai/\n保存文件后，页面会自动更新。按 Ctrl-C 结束。"
        ),
    }
}

/// Opens an address in the browser; tells whether the system knew how.
fn open(address: &str) -> bool {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    std::process::Command::new(program).args(first).arg(address).spawn().is_ok()
}
