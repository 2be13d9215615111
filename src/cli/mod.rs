//! Arguments, printing and exit codes. Only this room prints, reads the environment and knows the time.
//!
//! Exit codes: 0 fine · 1 the content has errors · 2 could not run (arguments, disk, a folder that is not ours) · 130, 143 a
//! build was ended by Ctrl-C or SIGTERM.

#![expect(
    clippy::disallowed_methods,
    reason = "this room reads the environment and measures how long a build took"
)]

mod arguments;
mod build;
mod figures;
mod findings;
mod import;
mod init;
mod preview;
mod print;
mod refusal;
mod text;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

use crate::diagnostic::{Language, Message};

/// Chooses between an English and a Chinese text.
fn say<'a>(language: Language, english: &'a str, chinese: &'a str) -> &'a str {
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    ContentHasErrors,
    /// It was told to end; with the exit code for that.
    Ended(u8),
}

/// Runs the command with its arguments (the program's name first) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = language(&arguments);
    set_panic_message(language);
    let matches = match arguments::command(language).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) if error.use_stderr() => {
            match language {
                Language::Chinese if let Some(words) = refusal::in_chinese(&error) => print::err(&words),
                // Only plain words can be made visible where an argument hides something.
                _ if print::hides_something(&error.to_string()) => print::err(&error.to_string()),
                // What cannot be printed cannot be told: standard error is closed.
                _ => drop(error.print()),
            }
            return ExitCode::from(2);
        }
        Err(help_or_version) => {
            // As in `print::out`: a closed pipe is no error.
            drop(help_or_version.print());
            return ExitCode::SUCCESS;
        }
    };
    let result = match matches.subcommand() {
        Some(("build", matches)) => {
            let format = arguments::format(matches);
            build::run(&arguments::build_options(matches), matches.get_flag("quiet"), format, language)
        }
        Some(("figures", matches)) => figures::run(&arguments::figures_options(matches), language),
        Some(("preview", matches)) => {
            preview::run(arguments::preview_options(matches, language), matches.get_flag("open"))
        }
        Some(("text", matches)) => text::run(&arguments::text_options(matches), language),
        Some(("import", matches)) => import::run(&arguments::import_options(matches), language),
        Some(("init", matches)) => init::run(&arguments::init_folder(matches), language),
        _ => unreachable!("the parser knows the commands and asks for one"),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::ContentHasErrors) => ExitCode::from(1),
        Ok(Outcome::Ended(code)) => ExitCode::from(code),
        Err(error) => {
            let words = Message::of_error(&error);
            print::err(&format!("{}: {}", say(language, "error", "错误"), words.in_language(language)));
            ExitCode::from(2)
        }
    }
}

/// The reader's language: `--lang`, else the locale, else English.
///
/// It is wanted before the arguments are parsed, since the parser's own messages are in it.
fn language(arguments: &[OsString]) -> Language {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    let mut chosen = None;
    while let Some(argument) = texts.next() {
        if argument == "--lang" {
            chosen = texts.next().map(str::to_owned);
        } else if let Some(value) = argument.strip_prefix("--lang=") {
            chosen = Some(value.to_owned());
        }
    }
    let locale = chosen.or_else(sys_locale::get_locale).unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Language::Chinese } else { Language::English }
}

/// Tells whether colors are wanted on standard error (<https://no-color.org>).
fn has_colors() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Says, should gongkai itself be wrong, whose fault it is and how to report it.
fn set_panic_message(language: Language) {
    let standard = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        standard(info);
        print::err(say(
            language,
            "\nThis is a fault in gongkai, not in your site; the published site is as it was.\n\
                 Please report the lines above together with the command.",
            "\n这是 gongkai 自身的故障，与您的网站内容无关；已发布的网站没有改动。\n请把以上内容连同所用命令一起反馈给我们。",
        ));
    }));
}
