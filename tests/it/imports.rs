//! What is made of documents: the outlines of notices in the forms of many offices, of each beside its text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gongkai::document;
use gongkai::import::{self, Import, Piece, Proof};
use gongkai::markdown::Options;
use gongkai::notice::{Contact, Day, Kind, Section};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/notices")
}

fn read(name: &str) -> (document::Document, Import, Proof) {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    let document = document::read(&bytes).unwrap_or_else(|refusal| panic!("{name}: {:?}", refusal.message));
    let import = import::import(&document, "n", &Options::default());
    let proof = import::prove(&document, &import.files, "n", &Options::default());
    (document, import, proof)
}

/// Writes what was recognized in the form of `tests/import/notices/*.outline.txt`.
fn outline(import: &Import, proof: &Proof) -> String {
    let notice = proof.notice.as_ref().unwrap();
    let recognized = &import.outline;
    let facts = &recognized.facts;
    let mut out = String::new();
    let or_none = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let title = recognized.title.concat();
    writeln!(out, "title: {}", or_none(title)).unwrap();
    writeln!(out, "unit: {}", or_none(facts.unit.clone().unwrap_or_default())).unwrap();
    let keys = [
        ("kind", &facts.kind),
        ("group", &facts.group),
        ("from", &facts.from),
        ("to", &facts.to),
        ("findings", &facts.findings),
    ];
    let said: Vec<String> =
        keys.iter().filter_map(|(key, value)| Some(format!("{key}: {}", day(value.as_ref()?)))).collect();
    writeln!(out, "{}", said.join(" ; ")).unwrap();
    writeln!(out, "opening: {} paragraphs", paragraphs(&recognized.opening)).unwrap();
    let mut groups: Vec<u8> = Vec::new();
    for section in &notice.sections {
        groups.retain(|level| *level < section.level);
        let indent = "  ".repeat(groups.len() + usize::from(section.row.is_some()));
        let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
        match section.kind {
            Kind::Group => {
                writeln!(out, "{indent}group {heading}").unwrap();
                groups.push(section.level);
            }
            Kind::Ledger => writeln!(out, "{indent}ledger {heading}").unwrap(),
            Kind::Prose if heading.is_empty() => {
                let body = recognized.sections.iter().find(|one| one.name == section.id).unwrap();
                let is_list =
                    |piece: &&Piece| !matches!(piece, Piece::Text(line) if line.words.starts_with("附件"));
                let n = body.body.iter().take_while(is_list).count();
                if n > 0 {
                    writeln!(out, "closing: {n} paragraphs").unwrap();
                }
            }
            Kind::Prose => {
                writeln!(out, "{indent}prose {heading}").unwrap();
                let body = &recognized.sections.iter().find(|one| one.name == section.id).unwrap().body;
                for piece in body {
                    if let Piece::Table(rows) = piece {
                        writeln!(out, "{indent}  table: {} rows", rows.len()).unwrap();
                    }
                }
            }
            Kind::Annex => {}
            Kind::Item => item(&mut out, &indent, heading, section),
        }
    }
    let contacts: Vec<String> = facts.contacts.iter().map(contact).collect();
    writeln!(out, "contacts: {}", or_none(contacts.join("; "))).unwrap();
    if let Some(number) = &facts.document_number {
        writeln!(out, "document_number: {number}").unwrap();
    }
    if let Some(day) = &facts.open_until {
        writeln!(out, "open_until: {day}").unwrap();
    }
    writeln!(out, "signers: {}", or_none(recognized.signers.join("; "))).unwrap();
    let date = recognized.date.clone().or(facts.date.clone()).unwrap_or_default();
    writeln!(out, "date: {}", Day::parse(&date).and_then(|day| day.iso()).unwrap_or(date)).unwrap();
    writeln!(out, "annexes: {}", facts.n_annexes).unwrap();
    out
}

/// A month is shown in words, as the text has it.
fn day(written: &str) -> String {
    let is_month = written.len() == "2025-03".len() && written.starts_with("20");
    Day::parse(written)
        .filter(|_| is_month)
        .map_or_else(|| written.to_owned(), |day| day.printed().to_owned())
}

fn paragraphs(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| matches!(piece, Piece::Text(_))).count()
}

fn item(out: &mut String, indent: &str, heading: &str, section: &Section) {
    let row = if section.row.is_some() {
        format!("{} ", section.id.rsplit('-').next().unwrap_or_default())
    } else {
        String::new()
    };
    writeln!(out, "{indent}item {row}{heading}").unwrap();
    if section.row.is_none() {
        writeln!(out, "{indent}  measures: {}", section.n_measures()).unwrap();
    }
    if let Some(status) = &section.status {
        writeln!(out, "{indent}  status: {}", status.is.id()).unwrap();
    }
    if !section.responsible.is_empty() {
        writeln!(out, "{indent}  responsible: {}", section.responsible.join("、")).unwrap();
    }
    if let Some(due) = &section.due {
        writeln!(out, "{indent}  due: {}", due.iso().unwrap_or_else(|| due.printed().to_owned())).unwrap();
    }
}

fn contact(contact: &Contact) -> String {
    match contact {
        Contact::Phone { number, hours } => {
            let hours = hours.as_ref().map(|hours| format!(" ({hours})")).unwrap_or_default();
            format!("phone {number}{hours}")
        }
        Contact::Post { address, postcode } => {
            let postcode = postcode.as_ref().map(|code| format!(" 邮编 {code}")).unwrap_or_default();
            format!("post {address}{postcode}")
        }
        Contact::Email { address } => format!("email {address}"),
        Contact::Platform { name, path, .. } => {
            let path = path.iter().fold(String::new(), |path, step| path + " > " + step);
            format!("platform {name}{path}")
        }
    }
}

/// The names of the notices with an outline, without ending.
fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            Some(entry.unwrap().file_name().to_str()?.strip_suffix(".outline.txt")?.to_owned())
        })
        .collect();
    names.sort();
    names
}

#[test]
fn outlines_of_texts_and_documents() {
    for name in names() {
        let expected = std::fs::read_to_string(folder().join(format!("{name}.outline.txt"))).unwrap();
        let (_, import, proof) = read(&format!("{name}.txt"));
        assert_eq!(outline(&import, &proof).trim(), expected.trim(), "{name}");
        // Its lines are not broken in the document.
        if documents().contains(&name) && name != "zhujian" {
            let (_, import, proof) = read(&format!("{name}.docx"));
            assert_eq!(outline(&import, &proof).trim(), expected.trim(), "{name}.docx");
        }
    }
}

#[test]
fn every_character_is_there_once_and_in_order() {
    for name in names() {
        let (_, _, proof) = read(&format!("{name}.txt"));
        assert_eq!(proof.difference, None, "{name}");
        assert_eq!(proof.n_errors(), 0, "{name}: {:?}", proof.problems);
    }
}

#[test]
fn many_annexes_keep_their_order() {
    let mut text = "某县水务局关于巡察整改情况的通报\n已经整改。\n某县水务局\n2025年8月28日\n".to_owned();
    for number in 1..=12 {
        writeln!(text, "附件{number}\n第{number}份").unwrap();
    }
    let document = document::read(text.as_bytes()).unwrap();
    let import = import::import(&document, "n", &Options::default());
    let proof = import::prove(&document, &import.files, "n", &Options::default());
    assert_eq!(proof.difference, None, "{:?}", import.files);
    assert_eq!(import.outline.n_of(Kind::Annex), 12);
}

/// The names of the notices that are Word documents, too.
fn documents() -> Vec<String> {
    names().into_iter().filter(|name| folder().join(format!("{name}.docx")).exists()).collect()
}

#[test]
fn word_documents_say_what_people_see() {
    let folded = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for name in documents() {
        let (document, _, proof) = read(&format!("{name}.docx"));
        let expected = std::fs::read_to_string(folder().join(format!("{name}.docx.txt"))).unwrap();
        assert_eq!(folded(&document.plain_text()), folded(&expected), "{name}");
        assert_eq!(proof.difference, None, "{name}");
    }
}

#[test]
fn the_text_of_a_notice_is_imported_as_the_same_notice() {
    for name in names() {
        let (_, import, proof) = read(&format!("{name}.txt"));
        let text = proof.text();
        let again = document::read(text.as_bytes()).unwrap();
        let import_again = import::import(&again, "n", &Options::default());
        let proof_again = import::prove(&again, &import_again.files, "n", &Options::default());
        assert_eq!(proof_again.text(), text, "{name}");
        assert_eq!(outline(&import_again, &proof_again), outline(&import, &proof), "{name}");
    }
}

/// Checks what is made of a page: `1 甲` is a heading of that level, any other line a paragraph.
#[track_caller]
fn check_styles(lines: &str, expected: &str) {
    let block = |line: &str| match line.split_once(' ') {
        Some((level @ ("1" | "2" | "3" | "4"), words)) => format!("<h{level}>{words}</h{level}>\n"),
        _ => format!("<p>{line}</p>\n"),
    };
    let body: String = lines.lines().map(str::trim).map(block).collect();
    let page = format!(
        "<html><body><h1>某局关于巡察整改情况的通报</h1>\n<p>现予公布。</p>\n{body}<p>某局</p>\n<p>2025年9月1日</p></body></html>"
    );
    let document = document::read(page.as_bytes()).unwrap();
    let import = import::import(&document, "n", &Options::default());
    let proof = import::prove(&document, &import.files, "n", &Options::default());
    assert_eq!((&proof.difference, proof.n_errors()), (&None, 0), "{lines}");
    let shown = outline(&import, &proof);
    let is_head =
        |line: &&str| ["group ", "item ", "prose "].iter().any(|kind| line.trim_start().starts_with(kind));
    let heads: Vec<&str> = shown.lines().filter(is_head).collect();
    let expected: Vec<&str> = expected.lines().collect();
    assert_eq!(heads, expected, "{lines}");
}

#[test]
fn headings_without_numbers_are_told_by_their_styles() {
    let frames = "2 整改组织情况\n开会6次。\n2 整改落实情况\n";
    // One names a problem, and so the others beside it are some.
    check_styles(
        &format!(
            "{frames}3 学习教育\n学习12次。\n3 管护机制没有形成\n整改措施：明确管护员31名。\n2 下一步打算\n将持续用力。"
        ),
        "prose 整改组织情况\ngroup 整改落实情况\n  item 学习教育\n  item 管护机制没有形成\nprose 下一步打算",
    );
    // Groups in groups; a heading inside an item is text, and its numbers are measures.
    check_styles(
        &format!(
            "{frames}3 党的领导方面\n4 关于甲的问题\n（一）学习。学习1次。\n（二）开展宣讲。宣讲3场。\n4 关于乙的问题\n已改。\n3 党的建设方面\n4 关于丙的问题\n已改。"
        ),
        "prose 整改组织情况\ngroup 整改落实情况\n  group 党的领导方面\n    item 关于甲的问题\n    item 关于乙的问题\n  group 党的建设方面\n    item 关于丙的问题",
    );
    // Numbers stand below styles.
    check_styles(
        &format!("{frames}1.关于甲的问题\n已改。\n2.关于乙的问题\n已改。\n2 下一步打算\n将持续用力。"),
        "prose 整改组织情况\ngroup 整改落实情况\n  item 1.关于甲的问题\n  item 2.关于乙的问题\nprose 下一步打算",
    );
    // Nothing names a problem.
    check_styles(
        "2 整改组织情况\n开会6次。\n2 党的建设\n学习12次。\n2 作风建设\n走访3次。",
        "prose 整改组织情况\nprose 党的建设\nprose 作风建设",
    );
}

#[test]
fn points_and_statuses_tell_items() {
    let document = |text: &str| {
        document::read(format!("某局关于巡察整改情况的通报\n现予公布。\n{text}").as_bytes()).unwrap()
    };
    let n_items = |text: &str| {
        let import = import::import(&document(text), "n", &Options::default());
        import.outline.n_of(Kind::Item)
    };
    for (text, expected) in [
        (
            "（一）学习方面\n一是学习不深入。\n学习12次。\n二是检查不严格。\n检查3次。\n（二）作风方面\n一是调研不深入。\n调研3次。",
            3,
        ),
        // What has a status is an item.
        (
            "一、关于甲的问题\n1.学习不深入。（已完成）\n学习12次。\n2.检查不严格。（整改中）\n检查3次。\n二、关于乙的问题\n1.调研不深入。（已完成）\n调研3次。",
            3,
        ),
        // A list of what was found, in an item.
        (
            "1.关于甲的问题\n存在问题：\n一是学习不深入。\n二是检查不严格。\n整改情况：已改。\n2.关于乙的问题\n已改。",
            2,
        ),
        // Measures that are paragraphs.
        ("1.关于甲的问题\n一是开展学习。\n学习12次。\n二是开展检查。\n检查3次。\n2.关于乙的问题\n已改。", 2),
    ] {
        assert_eq!(n_items(text), expected, "{text}");
    }
}

/// Pieces of notices, among them what Markdown and YAML take for signs.
const PIECES: &[&str] = &[
    "某县水务局关于巡察整改情况的通报",
    "一、整改组织情况",
    "二、具体整改情况",
    "（一）关于“学习不深入”问题的整改情况",
    "（二）关于“检查不够”问题。一是加强学习。二是加强检查。",
    "一、关于“甲: 乙 #丙”问题的整改情况",
    "反馈问题一：关于记录不全的问题",
    "1.制定*制度*3项。",
    "1. 甲 2. 乙",
    "- 减号开头",
    "# 井号开头",
    "> 引用 `代码` <b>粗</b> &amp; [链接](x) ![图](y)",
    "_下划线_ ~~删~~ \\反斜线\\ | 竖线 | $x$",
    "---",
    "===",
    "2025年8月28日",
    "2025.8.28起，1.5倍。",
    "整改情况：已完成整改。",
    "责任单位：办公室",
    "整改时限：2025年6月底",
    "联系电话：0000-1234567（工作日8:30—17:30）；地址：某县某路1号，邮编000000。",
    "下一步，继续抓好整改。",
    "附件：1.清单",
    "某县水务局",
    "    缩进的文字",
    "【整改结果】甲\u{200B}乙",
    "[^1]: 注",
    "http://example.com/a_b*c",
    "'单引号' \"双引号\"",
    "① 圈号",
    "序号\t问题\t整改情况\t状态",
    "1\t甲|乙\t*丙*\t已完成",
    "2\t丁\t戊\t",
];

/// The same random documents each time; `PROPTEST_CASES` says how many, for longer runs.
#[test]
fn nothing_is_lost_of_any_document() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let picks = prop::collection::vec(0..PIECES.len(), 1..40);
    let result = runner.run(&picks, |picks| {
        let text: Vec<&str> = picks.iter().map(|pick| PIECES[*pick]).collect();
        let document = document::read(format!("甲\n{}", text.join("\n")).as_bytes()).unwrap();
        let import = import::import(&document, "n", &Options::default());
        let proof = import::prove(&document, &import.files, "n", &Options::default());
        prop_assert_eq!(&proof.difference, &None, "{:?}", import.files);
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

#[test]
fn the_number_of_a_document_is_taken_from_its_head() {
    let title = "中共甲市乙局委员会关于巡察整改情况的通报";
    for (head, number) in [
        (format!("乙局党〔2025〕12号\n{title}"), Some("乙局党〔2025〕12号")),
        (format!("{title}\n乙局党[2025]12号"), Some("乙局党[2025]12号")),
        (format!("{title}\n根据乙局党〔2025〕12号文件要求，现予以公布。"), None),
        (title.to_owned(), None),
    ] {
        let text = format!("{head}\n一、关于“甲”问题的整改情况\n（一）改进工作。已经改进。\n");
        let document = document::read(text.as_bytes()).unwrap();
        let import = import::import(&document, "n", &Options::default());
        assert_eq!(import.outline.facts.document_number.as_deref(), number, "{head}");
        let proof = import::prove(&document, &import.files, "n", &Options::default());
        assert_eq!(proof.notice.unwrap().document_number.as_deref(), number, "{head}");
        assert_eq!(proof.difference, None, "{head}");
    }
}
