//! The commands and their options, in both languages.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::findings::Format;
use super::{figures, import, print, say, text};
use crate::build::Options;
use crate::content::Drafts;
use crate::diagnostic::Language;
use crate::preview;

/// Places what every command has below what is its own.
const LAST: usize = 100;

/// The shape of a help page in Chinese; the parser's own has English headings.
const CHINESE_COMMANDS: &str =
    "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";
const CHINESE_COMMAND: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}{after-help}";
const CHINESE_COMMAND_WITH_ARGUMENTS: &str =
    "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}";

/// Gives a command help in the reader's language: headings, usage, and the help flag itself.
fn localized(command: Command, language: Language, template: &'static str, usage: &'static str) -> Command {
    let help = say(language, "Print help", "显示帮助").to_owned();
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST).help(help));
    match language {
        Language::English => command,
        Language::Chinese => command.help_template(template).override_usage(usage),
    }
}

/// Describes the whole command line.
pub(super) fn command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let version = text("Print version", "显示版本");
    let command = Command::new("gongkai")
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(LAST).help(version))
        .version(env!("CARGO_PKG_VERSION"))
        .about(text(
            "Turns the signed-off text of a notice into a public site",
            "把审定的整改情况通报做成公开网站",
        ))
        .after_help(text(
            "Examples:\n  gongkai init my-site      start a site with a small example\n  gongkai build             build the site in this folder\n  gongkai build --help      all options of a command\n\nExit codes: 0 fine, 1 the content has errors, 2 could not run",
            "示例：\n  gongkai init my-site      新建一个带小例子的网站\n  gongkai build             生成当前文件夹中的网站\n  gongkai build --help      查看命令的全部选项\n\n退出码：0 正常，1 内容有错误，2 无法运行",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name("zh|en")
                .value_parser(["zh", "en", "zh-CN"])
                .hide_possible_values(true)
                .global(true)
                .display_order(LAST - 1)
                .help(text("Language of the messages [default: your locale]", "消息语言 [默认：系统语言]")),
        )
        .subcommand(build_command(language))
        .subcommand(figures_command(language))
        .subcommand(preview_command(language))
        .subcommand(import_command(language))
        .subcommand(text_command(language))
        .subcommand(init_command(language));
    localized(command, language, CHINESE_COMMANDS, "gongkai [选项] <命令>")
}

fn build_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let command = Command::new("build")
        .about(text("Build the site; write nothing if the content has errors", "生成网站；内容有错误时不写任何文件"))
        .after_help(text(
            "Examples:\n  gongkai build\n  gongkai build --root my-site --output /srv/www/site\n  gongkai build --base-url https://www.example.gov.cn/zg/",
            "示例：\n  gongkai build\n  gongkai build --root my-site --output /srv/www/site\n  gongkai build --base-url https://www.example.gov.cn/zg/",
        ))
        .arg(root_argument(language))
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(text("Where the site is written [default: output in the root]", "网站写到哪里 [默认：网站文件夹中的 output]")),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .help(text("Address of the published site; wins over site.yaml", "网站的网址，优先于 site.yaml")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("NAME")
                .value_parser(Format::NAMES)
                .hide_possible_values(true)
                .help(text(
                    "How problems are told: human, short, json, sarif or github [default: human]",
                    "问题的输出格式：human、short、json、sarif 或 github [默认：human]",
                )),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help(text(
                    "Fail on warnings, open figures, proposed entries and missing approved texts, too",
                    "有警告、待定的数、待核对的条目，或缺审定稿时，也不生成",
                )),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .action(ArgAction::SetTrue)
                .help(text("Print problems only", "只显示问题")),
        );
    localized(command, language, CHINESE_COMMAND, "gongkai build [选项]")
}

fn figures_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let flag =
        |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let command = Command::new("figures")
        .about(text(
            "List every figure of the notices, and what is said about it",
            "列出通报中的每一个数，以及是否已绑定指标",
        ))
        .after_help(text(
            "Examples:\n  gongkai figures                        every figure, with its place and value\n  gongkai figures --open zhoushan-2025   those of which nothing is said\n  gongkai figures --suggest              entries to paste into the front matter\n  gongkai figures --suggest --write      put them into the files",
            "示例：\n  gongkai figures                        每一个数及其位置、数值\n  gongkai figures --open zhoushan-2025   尚未处理的数\n  gongkai figures --suggest              可以粘贴到文件头的条目\n  gongkai figures --suggest --write      直接写入各文件",
        ))
        .arg(
            Arg::new("notice")
                .value_name("NOTICE")
                .help(text("Folder of a notice in content/ [default: all]", "通报在 content/ 中的文件夹名 [默认：全部]")),
        )
        .arg(root_argument(language))
        .arg(flag("open", text("List only figures of which nothing is said", "只列出尚未处理的数")))
        .arg(flag(
            "suggest",
            text("Print YAML for these, with names taken from the text", "为尚未处理的数给出可粘贴的 YAML，名称取自正文"),
        ))
        .arg(
            flag(
                "write",
                text("With --suggest: put it into the files, each entry marked `proposed: true`", "与 --suggest 同用：直接写入各文件头，每条注明 proposed: true"),
            )
            .requires("suggest")
            .conflicts_with("open"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("human|json")
                .value_parser(["human", "json"])
                .hide_possible_values(true)
                .help(text("For people or for programs [default: human]", "给人看还是给程序用 [默认：human]")),
        );
    localized(command, language, CHINESE_COMMAND_WITH_ARGUMENTS, "gongkai figures [选项] [NOTICE]")
}

fn preview_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let flag =
        |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let command = Command::new("preview")
        .about(text(
            "Show the site in a browser, and follow every save",
            "在浏览器中预览网站，保存文件后页面自动更新",
        ))
        .after_help(text(
            "Examples:\n  gongkai preview --open\n  gongkai preview --root my-site --port 8000\n  gongkai preview --editor 'vscode://file/{path}:{line}:{column}'",
            "示例：\n  gongkai preview --open\n  gongkai preview --root my-site --port 8000\n  gongkai preview --editor 'vscode://file/{path}:{line}:{column}'",
        ))
        .arg(root_argument(language))
        .arg(
            Arg::new("port")
                .long("port")
                .short('p')
                .value_name("PORT")
                .value_parser(value_parser!(u16))
                .help(text("Port to listen at [default: 4000, or the next free one]", "端口 [默认：4000，被占用时自动换一个]")),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("HOST")
                .default_value("127.0.0.1")
                .hide_default_value(true)
                .help(text(
                    "Who may look: 127.0.0.1 this machine, 0.0.0.0 the whole network [default: 127.0.0.1]",
                    "谁能访问：127.0.0.1 仅本机，0.0.0.0 整个网络 [默认：127.0.0.1]",
                )),
        )
        .arg(flag("open", text("Open the browser", "打开浏览器")))
        .arg(flag("drafts", text("Show notices that say `draft: true`, too", "也显示标明 draft: true 的草稿")))
        .arg(flag("poll", text("Look at all files twice a second; for network drives", "每秒查看两次所有文件，用于网络驱动器")))
        .arg(
            Arg::new("editor")
                .long("editor")
                .value_name("URL")
                .env("GONGKAI_EDITOR")
                .hide_env_values(true)
                .help(text(
                    "Address that opens a place in your editor, with {path}, {line}, {column}",
                    "在编辑器中打开某处的网址，含 {path}、{line}、{column}",
                )),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .help(text("Address of the published site; wins over site.yaml", "网站的网址，优先于 site.yaml")),
        );
    localized(command, language, CHINESE_COMMAND, "gongkai preview [选项]")
}

fn text_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let command = Command::new("text")
        .about(text(
            "Print a notice, or what people see of a document, as plain text",
            "把通报或文件中能看到的文字输出为纯文本",
        ))
        .after_help(text(
            "Examples:\n  gongkai text zhoushan-2025      the notice in content/zhoushan-2025\n  gongkai text 通报.docx           a Word document as gongkai reads it\n  gongkai text - < 通报.docx       the same from standard input",
            "示例：\n  gongkai text zhoushan-2025      content/zhoushan-2025 中的通报\n  gongkai text 通报.docx           gongkai 读到的 Word 文件内容\n  gongkai text - < 通报.docx       从标准输入读取",
        ))
        .arg(
            Arg::new("source").value_name("NOTICE|FILE").required(true).value_parser(value_parser!(PathBuf)).help(text(
                "Folder of a notice in content/, or a file; - is standard input",
                "通报在 content/ 中的文件夹名，或文件；- 表示标准输入",
            )),
        )
        .arg(root_argument(language));
    localized(command, language, CHINESE_COMMAND_WITH_ARGUMENTS, "gongkai text [选项] <NOTICE|FILE>")
}

fn import_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let flag =
        |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let command = Command::new("import")
        .about(text(
            "Make a notice of a document: Word, WPS, a web page, text; without --write only show what would come out",
            "把文件（Word、WPS、网页、文本）做成通报；不加 --write 时只显示结果",
        ))
        .after_help(text(
            "Examples:\n  gongkai import notice.docx                                what would come out\n  gongkai import notice.docx --into content/n-2025 --write   write the folder\n  gongkai import - --into content/n-2025 < notice.txt        from standard input",
            "示例：\n  gongkai import 通报.docx                                看看会得到什么\n  gongkai import 通报.docx --into content/n-2025 --write   写入文件夹\n  gongkai import - --into content/n-2025 < 通报.txt        从标准输入读取",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(text("The document; - for standard input", "文件；- 表示标准输入")),
        )
        .arg(
            Arg::new("into")
                .long("into")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(text("Folder of the notice, content/NAME [default: by the date]", "通报的文件夹 content/名称 [默认：按日期取名]")),
        )
        .arg(root_argument(language))
        .arg(flag("write", text("Write the folder", "写入文件夹")))
        .arg(flag("restore-width", text("List every half-width mark in Chinese text, and make it full-width", "列出中文里的每一个半角标点，并改为全角")))
        .arg(flag("join-lines", text("Join lines that end inside a sentence, as PDF and mail break them", "把句子中间断开的行（PDF、邮件所致）接起来")))
        .arg(flag("force", text("Also change files that are there; their front matter is kept", "也改动已有的文件；其文件头保持不变")));
    localized(command, language, CHINESE_COMMAND_WITH_ARGUMENTS, "gongkai import [选项] <FILE>")
}

/// Reads the arguments of `import`.
pub(super) fn import_options(matches: &ArgMatches) -> import::Options {
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    import::Options {
        file: path("file").expect("it is required"),
        into: path("into"),
        root: path("root").expect("it has a default"),
        writes: matches.get_flag("write"),
        restores_width: matches.get_flag("restore-width"),
        joins_lines: matches.get_flag("join-lines"),
        forces: matches.get_flag("force"),
    }
}

fn init_command(language: Language) -> Command {
    let text = |english: &'static str, chinese: &'static str| say(language, english, chinese).to_owned();
    let command = Command::new("init")
        .about(text("Start a site with a small example of two items", "新建网站，内含一个有两项整改的小例子"))
        .after_help(text("Example:\n  gongkai init my-site", "示例：\n  gongkai init my-site"))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(text("A new or empty folder", "新文件夹或空文件夹")),
        );
    localized(command, language, CHINESE_COMMAND_WITH_ARGUMENTS, "gongkai init [选项] <DIR>")
}

fn root_argument(language: Language) -> Arg {
    Arg::new("root")
        .long("root")
        .short('r')
        .value_name("DIR")
        .default_value(".")
        .hide_default_value(true)
        .value_parser(value_parser!(PathBuf))
        .help(
            say(language, "Folder of the site [default: this folder]", "网站文件夹 [默认：当前文件夹]")
                .to_owned(),
        )
}

/// Reads the options of `build`.
pub(super) fn build_options(matches: &ArgMatches) -> Options {
    let root = matches.get_one::<PathBuf>("root").expect("it has a default").clone();
    let output = matches.get_one::<PathBuf>("output").cloned().unwrap_or_else(|| default_output(&root));
    let base_url = matches.get_one::<String>("base-url").cloned();
    Options { root, output, base_url, is_strict: matches.get_flag("strict") }
}

/// Reads who reads what a command says.
pub(super) fn format(matches: &ArgMatches) -> Format {
    Format::named(matches.get_one::<String>("format").map(String::as_str))
}

/// Reads the options of `figures`.
pub(super) fn figures_options(matches: &ArgMatches) -> figures::Options {
    let shown = if matches.get_flag("suggest") {
        figures::Shown::Suggestions
    } else if matches.get_flag("open") {
        figures::Shown::Open
    } else {
        figures::Shown::All
    };
    figures::Options {
        root: matches.get_one::<PathBuf>("root").expect("it has a default").clone(),
        notice: matches.get_one::<String>("notice").cloned(),
        shown,
        is_written: matches.get_flag("write"),
        format: format(matches),
    }
}

/// Reads the options of `text`.
pub(super) fn text_options(matches: &ArgMatches) -> text::Options {
    text::Options {
        root: matches.get_one::<PathBuf>("root").expect("it has a default").clone(),
        source: matches.get_one::<PathBuf>("source").expect("it is required").clone(),
    }
}

/// Reads the options of `preview`.
pub(super) fn preview_options(matches: &ArgMatches, language: Language) -> preview::PreviewOptions {
    preview::PreviewOptions {
        root: matches.get_one::<PathBuf>("root").expect("it has a default").clone(),
        base_url: matches.get_one::<String>("base-url").cloned(),
        host: matches.get_one::<String>("host").expect("it has a default").clone(),
        port: matches.get_one::<u16>("port").copied(),
        drafts: if matches.get_flag("drafts") { Drafts::Shown } else { Drafts::LeftOut },
        poll: matches.get_flag("poll"),
        editor: matches.get_one::<String>("editor").cloned(),
        language,
        draw: print::frame_for_page,
    }
}

/// The folder `output` of a site, named as briefly as the site itself.
fn default_output(root: &Path) -> PathBuf {
    if root == Path::new(".") { PathBuf::from("output") } else { root.join("output") }
}

/// Reads the folder of `init`.
pub(super) fn init_folder(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("dir").expect("it is required").clone()
}

#[cfg(test)]
mod tests {
    use super::command;
    use crate::diagnostic::Language;

    #[test]
    fn the_description_is_consistent() {
        command(Language::English).debug_assert();
        command(Language::Chinese).debug_assert();
    }
}
