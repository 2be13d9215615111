//! Diagnostics about the files that texts link to or show: which are not published, and what their authors should know of
//! the others.
//!
//! What stands in them has been found before, see [`crate::attachment`]; here it is put into words, once for each file, and
//! once for all authors together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Site;
use super::links::attachment_path;
use crate::attachment::{Active, Attachment, FileKind, Refusal, Trace, Unknown};
use crate::content::FOLDER;
use crate::diagnostic::{Diagnostic, Diagnostics, Language, Location, SourcePath};
use crate::text::address;

/// The most that a picture in a page should have, in bytes: a phone on a slow network waits some seconds for it.
const HEAVY: u64 = 1 << 20;

/// The most pixels: a phone of some years ago fails at more, and no page shows them.
const MOST_PIXELS: u64 = 12_000_000;

/// How many authors are named.
const MOST_NAMED: usize = 5;

/// Returns where a file is published, or why it is not; `destination` is how the text at `location` names it.
pub(super) fn check(
    site: &Site,
    path: &SourcePath,
    attachment: &Attachment,
    destination: &str,
    location: &Location,
) -> Result<String, Box<Diagnostic>> {
    let inside = path.as_str().strip_prefix(FOLDER).unwrap_or(path.as_str());
    let refusal = match (site.config.attachments.judge(inside), &attachment.contents.active) {
        (Err(refusal), _) => Some(refused_by_name(&refusal, inside, destination, location)),
        (Ok(()), Some(active)) => Some(refused_by_content(active, destination, location)),
        (Ok(()), None) => None,
    };
    match (refusal, attachment_path(path)) {
        (Some(refusal), _) => Err(Box::new(refusal)),
        (None, Some(target)) => Ok(target),
        (None, None) => Err(Box::new(is_no_address(path, destination, location))),
    }
}

fn refused_by_name(refusal: &Refusal, path: &str, destination: &str, location: &Location) -> Diagnostic {
    let active = |english: String, chinese: String| {
        Diagnostic::error("active-attachment", location.clone(), english, chinese)
    };
    match refusal {
        Refusal::Active(ending) if path.to_ascii_lowercase().ends_with(&format!(".{ending}")) => {
            let problem = active(
                format!("`{destination}` is a kind of file that servers, browsers or computers run, so it is not published"),
                format!("`{destination}` 是服务器、浏览器或电脑会运行的文件，不予发布"),
            );
            if is_office_with_macros(ending) {
                return problem.help(
                    "save it without macros, as `.docx`, `.xlsx` or `.pptx`, or publish it as PDF",
                    "请另存为不带宏的 `.docx`、`.xlsx`、`.pptx`，或改用 PDF",
                );
            }
            problem.help("publish it as PDF or as a picture", "请改用 PDF 或图片")
        }
        Refusal::Active(ending) => active(
            format!("some servers run `{destination}`, because its name has `.{ending}` in it, so it is not published"),
            format!("`{destination}` 的名称里有 `.{ending}`，有的服务器会运行它，不予发布"),
        )
        .help(
            "rename the file or its folder, with one dot before the ending only",
            "请给文件或文件夹改名，名称里只在扩展名前留一个点",
        ),
        Refusal::Unknown(ending) => Diagnostic::error(
            "attachment-not-allowed",
            location.clone(),
            format!("files that end in `.{ending}` are not published: they are not on the list of those that readers can open"),
            format!("以 `.{ending}` 结尾的文件不在可发布的附件类型之列，不予发布"),
        )
        .help(
            format!("publish it as PDF, or write `attachments: [{ending}]` into `site.yaml` if readers can open it"),
            format!("请改用 PDF；如果读者确能打开，请在 `site.yaml` 中写 `attachments: [{ending}]`"),
        ),
        Refusal::None => Diagnostic::error(
            "attachment-not-allowed",
            location.clone(),
            format!("the name `{destination}` does not end as one that says what the file is, so it is not published"),
            format!("文件名 `{destination}` 没有表明文件类型的扩展名，不予发布"),
        )
        .help(
            "give the file the ending of what it is, for example `attachment-1.pdf`",
            "请给文件加上与内容相符的扩展名，例如 `attachment-1.pdf`",
        ),
    }
}

fn is_office_with_macros(ending: &str) -> bool {
    ["doc", "dot", "xls", "xlt", "xla", "ppt", "pot", "pps"].iter().any(|format| ending.starts_with(format))
}

fn refused_by_content(active: &Active, destination: &str, location: &Location) -> Diagnostic {
    let problem = |english: String, chinese: String| {
        Diagnostic::error("active-attachment", location.clone(), english, chinese)
    };
    match active {
        Active::Disguised(kind) => {
            let [english, chinese] = kind.words();
            problem(
                format!("`{destination}` is not what its name says but {english}, so it is not published"),
                format!("`{destination}` 与扩展名不符，实际是{chinese}，不予发布"),
            )
            .help(
                "open it in the program that it is for, and save it in the format that its name says",
                "请用相应的软件打开，另存为与扩展名相符的格式",
            )
        }
        Active::Macros => problem(
            format!("`{destination}` holds macros, which run when it is opened, so it is not published"),
            format!("`{destination}` 里有宏，打开时会运行，不予发布"),
        )
        .help(
            "save it without macros, as `.docx`, `.xlsx` or `.pptx`, or publish it as PDF",
            "请另存为不带宏的 `.docx`、`.xlsx`、`.pptx`，或改用 PDF",
        ),
        Active::Svg(reason) => problem(
            format!(
                "`{destination}` is not published, because it may do more than draw: {}",
                reason.in_language(Language::English)
            ),
            format!(
                "`{destination}` 不予发布：{}，不能确认它只是图形",
                reason.in_language(Language::Chinese)
            ),
        )
        .help(
            "save it as plain SVG, without scripts, links, animation and other files, or as PNG",
            "请另存为普通 SVG（不含脚本、链接、动画和外部文件），或改用 PNG",
        ),
    }
}

/// Reports on the files that are published; `used` says where each is shown as a picture, if it is.
///
/// Pushes `not-a-picture`, `heavy-picture`, `attachment-not-as-named`, `attachment-tells-place`, `attachment-tells-more`,
/// `attachment-acts`, `unknown-attachment` and, once for all, `attachment-authors`.
pub(super) fn report(
    site: &Site,
    attachments: &BTreeMap<SourcePath, Arc<Attachment>>,
    used: &BTreeMap<SourcePath, Option<Location>>,
    diagnostics: &mut Diagnostics,
) {
    let mut authors: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
    for (path, attachment) in attachments {
        let contents = &attachment.contents;
        let shown = used.get(path).and_then(Option::as_ref);
        let mut is_named = false;
        match shown {
            Some(place) if !contents.is_picture => {
                is_named = true;
                diagnostics.push(not_a_picture(path, place));
            }
            Some(place) => diagnostics.extend(heavy_picture(path, attachment, place)),
            None => {}
        }
        if let Some(kind) = contents.instead.filter(|_| !is_named) {
            diagnostics.push(not_as_named(path, kind));
        }
        if contents.tells_place {
            diagnostics.push(tells_place(path, contents.is_picture));
        }
        if !contents.traces.is_empty() {
            diagnostics.push(tells_more(path, contents.traces.iter().copied()));
        }
        if contents.has_actions {
            diagnostics.push(acts(path));
        }
        if let Some(unknown) = contents.unknown.filter(|unknown| !is_named || *unknown != Unknown::Empty) {
            diagnostics.push(not_looked_through(path, unknown));
        }
        for author in
            contents.authors.iter().filter(|author| !is_default_name(author) && !is_unit(site, author))
        {
            authors.entry(author).or_default().push(path);
        }
    }
    diagnostics.extend(authors_named(&authors));
}

/// The names that programs and new computers write for an unknown author; in lower case.
const DEFAULT_NAMES: [&str; 22] = [
    "administrator",
    "admin",
    "user",
    "windows user",
    "windows 用户",
    "microsoft office user",
    "microsoft",
    "anonymous",
    "unknown",
    "unspecified",
    "author",
    "python-docx",
    "openpyxl",
    "apache poi",
    "wps office",
    "pc",
    "微软用户",
    "微软中国",
    "用户",
    "管理员",
    "作者",
    "未知",
];

/// Tells whether the name of an author is only what some program writes by default.
fn is_default_name(author: &str) -> bool {
    DEFAULT_NAMES.contains(&author.to_lowercase().trim_matches(['(', ')']))
}

/// Tells whether an author is the office itself, which readers know anyway.
fn is_unit(site: &Site, author: &str) -> bool {
    // A part of a name has to be long enough to be one.
    let is_part = author.chars().count() > 2;
    let is_same =
        |unit: &str| unit == author || (is_part && (unit.contains(author) || author.contains(unit)));
    let units = site.notices.iter().map(|notice| notice.unit.as_str()).chain(site.config.unit.as_deref());
    units.filter(|unit| !unit.is_empty()).any(is_same)
}

fn name(path: &SourcePath) -> &str {
    path.as_str().rsplit('/').next().unwrap_or_default()
}

fn not_a_picture(path: &SourcePath, place: &Location) -> Diagnostic {
    let name = name(path);
    Diagnostic::warning(
        "not-a-picture",
        place.clone(),
        format!("`{name}` is no picture that browsers can show"),
        format!("`{name}` 不是浏览器能显示的图片"),
    )
    .help(
        format!("save it as PNG or JPEG, or link to it instead: `[words]({name})`, without `!`"),
        format!("请另存为 PNG 或 JPEG；不是图片的，请写成链接 `[文字]({name})`，去掉前面的 `!`"),
    )
}

fn heavy_picture(path: &SourcePath, attachment: &Attachment, place: &Location) -> Option<Diagnostic> {
    let n_pixels = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
    let pixels = attachment.contents.pixels;
    if attachment.size <= HEAVY && pixels.is_none_or(|pixels| n_pixels(pixels) <= MOST_PIXELS) {
        return None;
    }
    let name = name(path);
    let tenths = u128::from(attachment.size) * 10 / u128::from(HEAVY);
    let size = format!("{}.{} MB", tenths / 10, tenths % 10);
    let [english, chinese] = pixels.map_or_else(Default::default, |(width, height)| {
        [format!(" and {width} × {height} pixels"), format!("、{width} × {height} 像素")]
    });
    Some(
        Diagnostic::warning(
            "heavy-picture",
            place.clone(),
            format!("the picture `{name}` has {size}{english}, more than a page should carry"),
            format!("图片 `{name}` 有 {size}{chinese}，页面打开会很慢"),
        )
        .help(
            format!("make it at most 1600 pixels wide and 1 MB large, or link to it instead: `[words]({name})`"),
            format!("请缩小到宽 1600 像素以内、1 MB 以内（如用“画图”的“重新调整大小”后另存），或写成链接 `[文字]({name})`"),
        ),
    )
}

fn not_as_named(path: &SourcePath, kind: FileKind) -> Diagnostic {
    let [english, chinese] = kind.words();
    let problem = Diagnostic::warning(
        "attachment-not-as-named",
        Location::file(path),
        format!("this file is not what its name says but {english}"),
        format!("这个文件与扩展名不符，实际是{chinese}"),
    );
    match kind.ending() {
        Some(ending) => problem.help(
            format!("let its name, and the link to it, end in `.{ending}`"),
            format!("请把文件名和链接里的扩展名改为 `.{ending}`"),
        ),
        None => problem.help(
            "check that it can be opened, and save it in the format that its name says",
            "请确认它能打开，并另存为与扩展名相符的格式",
        ),
    }
}

fn tells_place(path: &SourcePath, is_picture: bool) -> Diagnostic {
    let problem = |english: &str, chinese: &str| {
        Diagnostic::warning("attachment-tells-place", Location::file(path), english, chinese)
    };
    if is_picture || matches!(path.extension(), Some("heic" | "heif" | "tif" | "tiff")) {
        return problem("this picture says where it was taken", "这张图片里有拍摄地点（GPS 定位）").help(
            "remove it: in Windows right-click, `Properties`, `Details`, `Remove Properties and Personal Information`; on a phone export it without location; or save it as PNG with another program",
            "请去掉后再放回来：在 Windows 中右键“属性—详细信息—删除属性和个人信息”；iPhone 导出时点“选项”关闭“位置”，安卓分享时选“去除位置信息”；或用“画图”另存为 PNG",
        );
    }
    problem("this file says where a photo or film in it was taken", "这个文件里有照片或视频的拍摄地点（GPS 定位）").help(
        "export the film without location; in office files insert the photos anew after their location was removed, or publish a PDF",
        "视频请在手机上关闭“位置”后重新导出；办公文件请先去掉照片的定位再插入，或导出为 PDF 发布",
    )
}

fn tells_more(path: &SourcePath, traces: impl Iterator<Item = Trace>) -> Diagnostic {
    let words = traces.map(|trace| match trace {
        Trace::Comments => ["comments", "批注"],
        Trace::Revisions => ["tracked changes", "修订记录"],
        Trace::HiddenText => ["hidden text", "隐藏文字"],
        Trace::HiddenSheets => ["hidden sheets", "隐藏的工作表"],
        Trace::HiddenSlides => ["hidden slides", "隐藏的幻灯片"],
        Trace::Notes => ["notes for the speaker", "演讲者备注"],
    });
    let is_pdf = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    let (english, chinese): (Vec<&str>, Vec<&str>) =
        words.map(|[english, chinese]| (english, chinese)).unzip();
    let problem = Diagnostic::warning(
        "attachment-tells-more",
        Location::file(path),
        format!("this file has {} in it, which all readers can see", english.join(", ")),
        format!("这个文件里有{}，读者都能看到", chinese.join("、")),
    );
    if is_pdf {
        return problem.help(
            "delete all comments in the program that made them, and save it as a new file; or export the PDF anew from the text",
            "请在 PDF 软件的批注（注释）列表中全部删除，再“另存为”新文件；或从原文档重新导出 PDF",
        );
    }
    problem.help(
        "in Word, Excel or PowerPoint accept all changes and delete all comments (`Review`), then `File`, `Info`, `Check for Issues`, `Inspect Document`, `Remove All`; or publish a PDF made without them",
        "请在 Word 或 WPS 的“审阅”中接受全部修订、删除全部批注；隐藏的内容和备注用“文件—信息—检查问题—检查文档—全部删除”去掉（WPS 表格可取消隐藏后删除工作表）；或导出不带这些内容的 PDF 发布",
    )
}

fn acts(path: &SourcePath) -> Diagnostic {
    Diagnostic::warning(
        "attachment-acts",
        Location::file(path),
        "this PDF does something of its own: it runs JavaScript or starts a program",
        "这个 PDF 里有会自动运行的内容（JavaScript 或启动程序）",
    )
    .help(
        "print it into a new PDF, for example with `Microsoft Print to PDF`",
        "请用“打印—Microsoft Print to PDF”或 WPS 的“输出为 PDF”重新生成一份",
    )
}

fn not_looked_through(path: &SourcePath, unknown: Unknown) -> Diagnostic {
    let [english, chinese] = match unknown {
        Unknown::Empty => ["this file is empty", "这个文件是空的"],
        Unknown::Damaged => [
            "this file is damaged or locked with a password, so nobody knows what is in it",
            "这个文件已损坏或加了密码，无法检查其中的内容",
        ],
        Unknown::TooLarge => {
            ["there is too much in this file to look through it", "这个文件内容太多，无法全部检查"]
        }
        Unknown::Metadata => [
            "what the camera wrote into this picture cannot be read, so nobody knows whether it says where it was taken",
            "这张图片的拍摄信息无法读取，不能确认其中有没有定位",
        ],
    };
    let problem = Diagnostic::warning("unknown-attachment", Location::file(path), english, chinese);
    match unknown {
        Unknown::Metadata => problem.help(
            "open the picture in a program for pictures, and save it anew as PNG",
            "请用“画图”等软件打开，另存为 PNG",
        ),
        Unknown::Empty => problem.help(
            "put the whole file here again; it was probably not copied to its end",
            "请重新放入完整的文件，可能是复制时中断了",
        ),
        Unknown::Damaged | Unknown::TooLarge => problem.help(
            "open it and save it anew without a password, as PDF if it is a text or a table; make pictures smaller",
            "请打开后不加密码另存一份，文稿和表格最好导出为 PDF；图片请缩小",
        ),
    }
}

/// Returns one line about all authors that are named in files.
fn authors_named(authors: &BTreeMap<&str, Vec<&SourcePath>>) -> Option<Diagnostic> {
    let (_, first) = authors.first_key_value()?;
    let named: Vec<String> = authors
        .iter()
        .take(MOST_NAMED)
        .map(|(author, paths)| {
            let more = if paths.len() > 1 { format!(" +{}", paths.len() - 1) } else { String::new() };
            format!("`{author}` ({}{more})", name(paths[0]))
        })
        .collect();
    let named = named.join(", ");
    let [english, chinese] = match authors.len().saturating_sub(MOST_NAMED) {
        0 => Default::default(),
        more => [format!(" and {more} more"), format!(" 等 {} 个", more + MOST_NAMED)],
    };
    Some(
        Diagnostic::warning(
            "attachment-authors",
            Location::file(first.first()?),
            format!("published files name who wrote them: {named}{english}"),
            format!("要公开的附件里有作者姓名：{named}{chinese}"),
        )
        .help(
            "if readers need not know, remove them: `File`, `Info`, `Check for Issues`, `Inspect Document`, `Document Properties and Personal Information`; then make PDFs anew; or write the unit as the author",
            "不需要公开的，请在 Word 中用“文件—信息—检查问题—检查文档—文档属性和个人信息—全部删除”（WPS：“文件—文档加密—属性—摘要”）去掉，PDF 请在去掉后重新导出；也可以把作者改为单位名称",
        ),
    )
}

/// The problem of a file at `path` that is to be published and is called `destination`.
pub(super) fn is_no_address(path: &SourcePath, destination: &str, location: &Location) -> Diagnostic {
    let inside = path.as_str().split_once('/').map_or("", |(_, inside)| inside);
    let [english, chinese] = address::fault_of_path(inside).unwrap_or_default();
    Diagnostic::error(
        "name-is-no-address",
        location.clone(),
        format!("the file name `{destination}` cannot be an address: {english}"),
        format!("文件名 `{destination}` 不能用作网址：{chinese}"),
    )
    .help(
        "rename the file: letters a–z, digits, `-` and `_` only, for example `attachment-1.pdf`",
        "请给文件改名，只用英文字母、数字、`-` 和 `_`，例如 `attachment-1.pdf`",
    )
}

pub(super) fn unused(path: &SourcePath) -> Diagnostic {
    Diagnostic::warning(
        "unused-attachment",
        Location::file(path),
        "no text links to this file, so it is not published",
        "没有正文链接到这个文件，因此不会发布",
    )
    .help(
        "link to it if the public may read it; else move it out of `content/`",
        "确实要公开的，请在正文中链接它；内部文件请移出 `content/`",
    )
}
