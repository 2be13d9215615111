//! Pages, and what is read of them.

use proptest::prelude::*;

use super::*;
use crate::document::{Block, FindingKind};

fn document(html: &str) -> Document {
    read(html.as_bytes(), Encoding::Utf8).unwrap()
}

/// Checks the text of a page; lines are parted by `/`, cells by `|`.
#[track_caller]
fn check(html: &str, expected: &str) {
    let text = document(html).plain_text();
    assert_eq!(text.trim_end_matches('\n').replace('\n', "/").replace('\t', "|"), expected, "{html}");
}

/// Checks the text of a page and what is told beside it, with its place.
#[track_caller]
fn check_found(html: &str, expected: &str, findings: &[(FindingKind, &str, usize)]) {
    check(html, expected);
    let document = document(html);
    let found: Vec<_> = document.findings.iter().map(|f| (f.kind, f.words.as_str(), f.place)).collect();
    assert_eq!(found, findings, "{html}");
}

#[test]
fn blocks_are_lines() {
    check("<p>甲</p><p>乙<p>丙", "甲/乙/丙");
    check("<div>甲<p>乙</p>丙</div>", "甲/乙/丙");
    check("<p>甲<b>乙</b><i>丙</i>", "甲乙丙");
    check("<p> 甲\n 乙 a\n b </p>", "甲乙 a b");
    check("<p>，\n“甲", "，“甲");
    check("<p>甲&nbsp;&amp;&#12290;&ldquo;乙&rdquo;", "甲 &。“乙”");
    check("甲<br>乙<br><br>　　丙<br/>一、丁", "甲/乙/丙/一、丁");
    check("<p>甲<!-- 乙 --><!--[if gte mso 9]>丙<![endif]--></p>", "甲");
    check(
        "<html><head><title>题</title><style>p{}</style></head><body>甲<script>乙</script></body></html>",
        "甲",
    );
    check("<pre>甲  乙\n丙</pre>", "甲  乙/丙");
    check("<pre>甲\t乙\n丙\t丁</pre>", "甲|乙/丙|丁");
    check("<p>甲<o:p></o:p></p><p><o:p>&nbsp;</o:p></p><p>乙", "甲/乙");
    check("<h1>甲<br>乙</h1><h2>丙</h2>", "甲/乙/丙");
    check("Version:0.9\r\nStartHTML:01\r\n<html><!--StartFragment--><p>甲<!--EndFragment--></html>", "甲");
    check("<noscript>甲</noscript><template>乙</template>丙", "丙");
    check("<p>甲</br>乙</x></p>丙", "甲/乙/丙");
    check("<dl><dt>甲<dd>乙</dl>", "甲/乙");
}

#[test]
fn a_line_break_stays_in_its_paragraph() {
    let blocks = document("<p>甲<br>乙<br>　　丙</p>").blocks;
    let texts: Vec<_> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(texts, ["甲\n乙", "丙"]);
}

#[test]
fn printed_numbers_are_kept() {
    check("<ol><li>甲</li><li value=5>乙<li>丙</ol>", "1.甲/5.乙/6.丙");
    check("<ol start=3 type=a><li>甲<ul><li>乙</ul><li>丙</ol>", "c.甲/乙/d.丙");
    check("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", "一、甲/二、乙");
    check("<ol style='list-style:none'><li>一、甲</ol>", "一、甲");
    check("<ol type=I><li>甲<li>乙<li>丙<li>丁</ol>", "I.甲/II.乙/III.丙/IV.丁");
    check("<ol><li><p>甲</p><li></li><li>乙</ol>", "1.甲/3.乙");
    check(
        "<p class=MsoListParagraph><![if !supportLists]><span style='font-family:宋体'><span style='mso-list:Ignore'>一、\
         <span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]><span>关于甲</span></p>",
        "一、关于甲",
    );
    check(
        "<p><!--[if !supportLists]--><span style=\"mso-list:Ignore\">1.</span><!--[endif]-->乙</p>",
        "1.乙",
    );
    check(
        "<p><span style='font-family:Wingdings;mso-list:Ignore'>l<span style='font:7.0pt'>&nbsp;</span></span>乙",
        "●乙",
    );
    check_found(
        "<ol style='list-style-type:hebrew'><li>甲</ol>",
        "1.甲",
        &[(FindingKind::NumberingUnknown, "hebrew 1", 0)],
    );
    check("<p>甲<span style='mso-tab-count:1'>&nbsp;&nbsp; </span>乙", "甲|乙");
}

#[test]
fn tables_have_rows_and_columns() {
    check("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>后", "甲|乙/丙|丁/后");
    check(
        "<table><caption>题</caption><thead><tr><th>甲<th>乙<tbody><tr><td>丙<td>丁</table>",
        "题/甲|乙/丙|丁",
    );
    check("<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>", "甲 乙|丙");
    check_found(
        "<p>前<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table>",
        "前/甲|乙|/|丙|丁",
        &[(FindingKind::MergedCells, "甲", 1)],
    );
    check("<table><tr><td>一<td rowspan=0>甲<tr><td>二<tr><td>三</table>", "一|甲/二|/三|");
    check("<table><tr><td rowspan=3>一<td>甲<tr><td>二<tr></table>", "一|甲/|二");
    check_found(
        "<table><tr><td>外<table><tr><td>内<td>里</table>尾<td>乙<tr><td>丙<td>丁</table>",
        "外 内 里 尾|乙/丙|丁",
        &[(FindingKind::NestedTable, "外\n内\t里\n尾", 0)],
    );
    // Tables that only set a page in order.
    check("<table><tr><td><p>甲</p><p>乙</p></table>", "甲/乙");
    check(
        "<table><tr><td><td><h1>题</h1><p>甲</p><table><tr><td>乙<td>丙<tr><td>一<td>二</table></table>",
        "题/甲/乙|丙/一|二",
    );
    check("<table><tr><td>甲<table><tr><td>乙<td>丙</table><tr><td>丁</table>", "甲/乙|丙/丁");
    check("<table>甲<tr><td>乙<td>丙</table>", "甲/乙|丙");
    check("<table><tr><td hidden>甲<td>乙<td>丙</table>", "乙|丙");
    check("<td>甲</td><tr>乙", "甲/乙");
}

#[test]
fn what_is_not_shown_is_told() {
    use FindingKind::{Comment, Deleted, HeaderOrFooter, Hidden, Inserted, Object};
    check_found("<p>甲<span style='display:none'>乙</span>丙", "甲丙", &[(Hidden, "乙", 0)]);
    check_found("<p>甲<p hidden>乙<b>丁</b><p>丙", "甲/丙", &[(Hidden, "乙丁", 1)]);
    check_found("<p>甲<span style='mso-hide:all'>乙</span>", "甲", &[(Hidden, "乙", 0)]);
    check_found(
        "<p>清退<del>9</del><ins>102</ins>万元",
        "清退102万元",
        &[(Deleted, "9", 0), (Inserted, "102", 0)],
    );
    check_found("<p>甲<s class=msoDel>乙</s><s>丙</s>", "甲丙", &[(Deleted, "乙", 0)]);
    check_found(
        "<p>甲<a class=msocomanchor href=x>[A1]</a><div style='mso-element:comment-list'>批注<div>乙</div></div>",
        "甲",
        &[(Comment, "批注 乙", 1)],
    );
    check_found("<svg><path/><path/></svg>甲<svg><text>乙</text></svg>", "甲", &[(Object, "乙", 0)]);
    check_found(
        "<iframe src=x>甲</iframe>乙<select><option>丙</select>",
        "乙",
        &[(Object, "甲", 0), (Object, "丙", 0)],
    );
    check_found(
        "<header>站名</header><nav>首页</nav><main><header>题</header><p>甲</p><nav>页</nav></main><footer>备案</footer>",
        "题/甲",
        &[
            (HeaderOrFooter, "站名", 0),
            (HeaderOrFooter, "首页", 0),
            (HeaderOrFooter, "页", 2),
            (HeaderOrFooter, "备案", 2),
        ],
    );
    check_found("<header>站名</header><p>甲</p><footer>备案</footer>", "站名/甲/备案", &[]);
}

#[test]
fn pictures_stand_behind_their_paragraph() {
    let document = document(
        "<p>甲<img src='data:image/png;base64,iVBORw==' alt=图一>乙</p><p>丙</p><img src=b.jpg><img src=c.gif width=1 height=1>",
    );
    let kinds: Vec<bool> = document.blocks.iter().map(|block| matches!(block, Block::Picture(_))).collect();
    assert_eq!(kinds, [false, true, false, true]);
    let pictures: Vec<_> =
        document.pictures.iter().map(|p| (p.name.as_str(), p.bytes.len(), p.alternative.as_str())).collect();
    assert_eq!(pictures, [("image1.png", 4, "图一"), ("image2.png", 0, "")]);
    let found: Vec<_> = document.findings.iter().map(|f| (f.kind, f.words.as_str(), f.place)).collect();
    let expected =
        [(FindingKind::PictureMissing, "b.jpg", 3), (FindingKind::PictureWithoutWords, "b.jpg", 3)];
    assert_eq!(found, expected);
}

#[test]
fn headings_and_places_are_told() {
    let paragraph = |html: &str| match document(html).blocks.into_iter().next() {
        Some(Block::Paragraph(paragraph)) => paragraph,
        other => panic!("{other:?}"),
    };
    assert_eq!(paragraph("<h3><span>甲</span></h3>").heading, Some(3));
    assert!(paragraph("<p align=center>甲").is_centered);
    assert!(paragraph("<p style='text-align: center;'><b>甲</b>").is_centered);
    assert!(paragraph("<center><p>甲").is_centered);
    assert!(paragraph("<div align=right>甲").is_right);
    assert!(!paragraph("<div align=center><p align=left>甲").is_centered);
    assert!(paragraph("<div style='mso-element:footnote'><p>[1] 甲").is_note);
    let Some(Block::Paragraph(second)) = document("<p align=center>甲<p>乙").blocks.into_iter().nth(1)
    else {
        panic!()
    };
    assert!(!second.is_centered, "a paragraph ends where the next one begins");
}

#[test]
fn deep_pages_are_refused() {
    let refusal = read("<div>".repeat(600).as_bytes(), Encoding::Utf8).unwrap_err();
    assert!(refusal.message.both()[0].contains("512"));
    check(&format!("{}甲", "<p><b>".repeat(2000)), "甲");
    check(&format!("{}甲", "<br>".repeat(2000)), "甲");
}

#[test]
fn merged_cells_stay_within_bounds() {
    let row = "<tr>".to_owned() + &"<td rowspan=65534 colspan=1000>甲".repeat(200);
    let html = format!("<table>{}</table>", row.repeat(20));
    assert!(document(&html).plain_text().len() < 1_000_000);
}

/// What our own pages are read as, which Chromium was compared with.
const TABLE: &str = include_str!("../../../tests/reading.md");

#[test]
fn pages_are_read_as_browsers_show_them() {
    let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let mut wrong = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [html, lines, refused] = cells.as_slice() else { panic!("not three cells: {row}") };
        if !refused.is_empty() || html.contains("data-") {
            continue;
        }
        let seen = document(html.trim_end_matches('`')).plain_text();
        let without_spaces = |text: &str| text.replace(['/', ' ', '\n', '\t'], "");
        if without_spaces(&seen) != without_spaces(lines) {
            wrong.push(format!("{html}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A page as Word saves it, in short.
#[test]
fn a_page_of_word_is_read() {
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n<meta http-equiv=Content-Type \
        content=\"text/html; charset=utf-8\">\r\n<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->\r\n\
        <style>\r\n<!--\r\n p.MsoNormal {margin:0cm;}\r\n-->\r\n</style>\r\n</head>\r\n\
        <body lang=ZH-CN style='tab-interval:21.0pt'>\r\n<div class=Section1 style='layout-grid:15.6pt'>\r\n\
        <p class=MsoNormal align=center style='text-align:center'><span style='font-size:22.0pt;font-family:方正小标宋简体'>\
        关于巡察整改\r\n情况的通报<span lang=EN-US><o:p></o:p></span></span></p>\r\n\
        <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\r\n\
        <p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US style='font-family:\"Times New Roman\",\"serif\"'>2025</span>\
        <span style='font-family:仿宋'>年</span><span lang=EN-US>1</span>月，共<span lang=EN-US>\r\n10</span>件。</p>\r\n\
        <table class=MsoTableGrid border=1><tr style='height:1'><td width=99 valign=top><p class=MsoNormal>问题</p></td>\r\n\
        <td><p class=MsoNormal>状态</p></td></tr><tr><td><p>甲</p></td><td><p>已完成</p></td></tr></table>\r\n\
        <p class=MsoNormal align=right style='text-align:right'>中共舟山市公安局委员会</p></div></body></html>";
    check(html, "关于巡察整改情况的通报/2025年1月，共 10件。/问题|状态/甲|已完成/中共舟山市公安局委员会");
    let blocks = document(html).blocks;
    assert!(matches!(blocks.first(), Some(Block::Paragraph(paragraph)) if paragraph.is_centered));
    assert!(matches!(blocks.last(), Some(Block::Paragraph(paragraph)) if paragraph.is_right));
}

proptest! {
    /// The words of a page that is put together from blocks come out once and in order.
    #[test]
    fn words_come_out_once_and_in_order(
        parts in proptest::collection::vec(("[一-龥]{1,5}", 0_usize..14), 1..20),
    ) {
        let mut words = String::new();
        let mut html = String::new();
        for (word, kind) in parts {
            words.push_str(&word);
            let piece = match kind {
                0 => format!("<p>{word}</p>"),
                1 => format!("<p>{word}"),
                2 => format!("<div><span>{word}</span></div>"),
                3 => format!("<h2>{word}</h2>"),
                4 => format!("<table><tr><td>{word}<td><p></table>"),
                5 => format!("<table><tr><td rowspan=2>{word}</td><td></td></tr><tr><td></td></tr></table>"),
                6 => format!("<ul><li>{word}<li></ul>"),
                7 => format!("{word}<br>"),
                8 => format!("<b><p>{word}</b></p>"),
                9 => format!("<script>x</script>{word}<!-- x -->"),
                10 => format!("<pre>\n{word}\n</pre>"),
                11 => format!("<table><tr><td><table><tr><td>{word}</table></table>"),
                12 => format!("</div></p>{word}</td>"),
                _ => format!("<p align=right><font face=x>{word}<p>"),
            };
            html.push_str(&piece);
        }
        let seen: String = document(&html).plain_text().chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(seen, words);
    }

    /// Whatever tags come, each word is shown or told at most once, and nothing is invented.
    #[test]
    fn any_tags_can_be_read(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "甲", "乙 ", "\n", "<p>", "</p>", "<div hidden>", "</div>", "<table>", "<tr>", "<td rowspan=0>", "<td colspan=3>",
            "</td>", "</tr>", "</table>", "<caption>", "<li value=-1>", "<ol start=9>", "</ol>", "<ul>", "<svg>", "</svg>",
            "<title>", "</title>", "<noscript>", "</noscript>", "<body>", "</body>", "<select>", "<option>", "</select>",
            "<span style='display:none'>", "</span>", "<a>", "</a>", "<!--", "-->", "<del>", "</del>", "<ins>", "</ins>",
            "<main>", "</main>", "<nav>", "</nav>", "<h1>", "</h1>", "<pre>", "</pre>", "<br>", "<img src=甲 alt=x>", ">",
            "<span style='mso-list:Ignore'>", "<tbody>", "<center>", "<script>", "</script>", "<![if x]>", "<th>",
        ]),
        0..50,
    )) {
        let html = parts.concat();
        let document = document(&html);
        let shown = document.plain_text().matches('甲').count();
        let told: usize = document
            .findings
            .iter()
            .filter(|f| {
                !matches!(f.kind, FindingKind::Inserted | FindingKind::MergedCells | FindingKind::NestedTable
                    | FindingKind::PictureMissing)
            })
            .map(|f| f.words.matches('甲').count())
            .sum();
        prop_assert!(shown + told <= html.matches('甲').count(), "{html}");
        for finding in &document.findings {
            prop_assert!(finding.place <= document.blocks.len(), "{html}");
        }
        let n_pictures = document.blocks.iter().filter(|block| matches!(block, Block::Picture(_))).count();
        prop_assert_eq!(n_pictures, document.pictures.len(), "{}", html);
        for block in &document.blocks {
            if let Block::Paragraph(paragraph) = block {
                prop_assert_eq!(paragraph.text.trim(), paragraph.text.as_str());
                prop_assert!(!paragraph.text.is_empty());
            }
        }
    }
}
