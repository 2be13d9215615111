//! What Word can say, thing by thing.

use super::super::testing::{Word, cells, found, item, level, list, p};
use crate::document::{Block, FindingKind};

#[test]
fn lists_go_on_and_start_anew() {
    let levels =
        level(0, "chineseCountingThousand", "%1、", "") + &level(1, "decimal", "%1.%2", "<w:isLgl/>");
    let second = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let third = "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
        <w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", item(1, 0, "丙"));
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "子"),
        item(2, 0, "乙"),
        item(2, 1, "丑"),
        p("中"),
        table,
        item(3, 0, "戊"),
        item(3, 0, "己"),
        item(1, 0, "庚"),
        item(0, 0, "无"),
        item(9, 0, "无"),
    ];
    let shown =
        ["一、甲", "1.1 子", "二、乙", "2.1 丑", "中", "三、丙", "五、戊", "六、己", "七、庚", "无", "无"];
    let shown = shown.map(|line| line.replace("1 ", "1"));
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    Word::with(&body.concat()).numbering(&format!("{}{second}{third}", list(&levels))).shows(&shown);
}

#[test]
fn numerals_of_all_forms() {
    let number = |levels: &str, body: &str, expected: &[&str]| {
        Word::with(body).numbering(&list(levels)).shows(expected)
    };
    number(&level(0, "none", "%1、", ""), &item(1, 0, "甲"), &["甲"]);
    number(&level(0, "none", "附件：", ""), &item(1, 0, "甲"), &["附件：甲"]);
    number(&level(0, "bullet", "\u{F0B7}", ""), &item(1, 0, "甲"), &["•甲"]);
    number(&level(0, "bullet", "—", ""), &item(1, 0, "甲"), &["—甲"]);
    let wingdings = "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>";
    number(&level(0, "bullet", "\u{F06C}", wingdings), &item(1, 0, "甲"), &["●甲"]);
    let found_here = found(&number(&level(0, "unheard", "%1.", ""), &item(1, 0, "甲"), &["1.甲"])).len();
    assert_eq!(found_here, 1);
    // Room is kept only where numeral and text would run together.
    let tabbed = |text: &str| level(0, "decimal", text, "").replace("<w:suff w:val=\"nothing\"/>", "");
    number(&tabbed("%1."), &item(1, 0, "5个"), &["1. 5个"]);
    number(&tabbed("%1."), &item(1, 0, "甲"), &["1.甲"]);
    number(&tabbed("第%1条"), &item(1, 0, "甲"), &["第1条 甲"]);
    let upper = level(0, "upperRoman", "%1", "") + &level(1, "lowerLetter", "%1-%2)", "");
    number(&upper, &(item(1, 1, "甲") + &item(1, 0, "乙") + &item(1, 1, "丙")), &["I-a)甲", "I乙", "I-a)丙"]);
    let padded = "<mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, ...\"/>\
        </mc:Choice><mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>";
    let levels = level(0, "x", "%1.", "").replace("<w:numFmt w:val=\"x\"/>", padded);
    number(&levels, &item(1, 0, "甲"), &["001.甲"]);
}

#[test]
fn levels_restart_as_they_say() {
    let levels = |restart: &str| {
        level(0, "decimal", "%1.", "")
            + &level(1, "decimal", "%1.%2.", "")
            + &level(2, "decimal", "（%3）", restart)
    };
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 2, "c"),
        item(1, 1, "d"),
        item(1, 2, "e"),
        item(1, 0, "f"),
    ]
    .concat()
        + &item(1, 2, "g");
    let rows = |numerals: [&str; 3]| {
        let [c, e, g] = numerals;
        ["1.a", "1.1.b", c, "1.2.d", e, "2.f", g].map(str::to_owned).to_vec()
    };
    for (restart, numerals) in [
        ("", ["（1）c", "（1）e", "（1）g"]),
        ("<w:lvlRestart w:val=\"0\"/>", ["（1）c", "（2）e", "（3）g"]),
        ("<w:lvlRestart w:val=\"1\"/>", ["（1）c", "（2）e", "（1）g"]),
    ] {
        let expected = rows(numerals);
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        Word::with(&body).numbering(&list(&levels(restart))).shows(&expected);
    }
}

#[test]
fn styles_number_and_make_headings() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
        <w:numId w:val=\"1\"/></w:numPr><w:jc w:val=\"center\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/>\
        </w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/>\
        </w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>";
    let levels = level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"1\"/>")
        + &level(1, "decimal", "%2.", "<w:pStyle w:val=\"2\"/>");
    let styled = |style: &str, text: &str, more: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("1", "甲", ""),
        styled("b", "乙", ""),
        styled("c", "无", ""),
        styled("2", "子", ""),
        styled("1", "无", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
        styled("1", "丙", "<w:outlineLvl w:val=\"9\"/><w:jc w:val=\"end\"/>"),
        // The list is the paragraph's own, the level that of its style.
        styled("2", "丑", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>"),
    ];
    let word = Word::with(&body.concat()).numbering(&list(&levels)).styles(styles);
    let document = word.shows(&["一、甲", "二、乙", "无", "1.子", "无", "三、丙", "1.丑"]);
    let look = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => (paragraph.heading, paragraph.is_centered, paragraph.is_right),
        _ => (None, false, false),
    });
    assert_eq!(
        look.collect::<Vec<_>>(),
        [
            (Some(1), true, false),
            (Some(1), true, false),
            (Some(1), true, false),
            (Some(2), true, false),
            (Some(1), true, false),
            (None, false, true),
            (Some(2), true, false)
        ]
    );
}

#[test]
fn controls_and_tags_are_unwrapped_everywhere() {
    let sdt = |inside: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>");
    let run = "<w:r><w:t>甲</w:t></w:r>";
    let cell = sdt(&format!("<w:tc>{}</w:tc>", sdt(&p("丙"))));
    let body = [
        sdt(&p("外")),
        format!("<w:p>{}<w:smartTag>{run}</w:smartTag><w:customXml>{run}</w:customXml></w:p>", sdt(run)),
        format!("<w:tbl>{}</w:tbl>", sdt(&format!("<w:tr>{cell}<w:tc>{}</w:tc></w:tr>", p("丁")))),
        format!("<w:p><w:hyperlink>{run}</w:hyperlink><w:bdo><w:dir>{run}</w:dir></w:bdo></w:p>"),
        sdt(&format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("戊"))),
    ];
    Word::with(&body.concat()).shows(&["外", "甲甲甲", "丙\t丁", "甲甲", "戊"]);
}

#[test]
fn changes_that_are_tracked() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = [
        format!("<w:p>{}<w:moveFrom>{}</w:moveFrom></w:p>", run("前"), run("移")),
        format!("<w:p><w:moveTo>{}</w:moveTo>{}</w:p>", run("移"), run("后")),
        format!(
            "<w:p><w:ins>{}<w:del><w:r><w:delText>又删</w:delText></w:r></w:del></w:ins></w:p>",
            run("增")
        ),
        format!(
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc><w:tcPr><w:cellDel/>\
             </w:tcPr>{}</w:tc></w:tr></w:tbl>",
            p("删行"),
            p("留"),
            p("删格")
        ),
        format!(
            "<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{}</w:moveFrom></w:p>",
            run("整段")
        ),
        p("尾"),
    ];
    let document = Word::with(&body.concat()).shows(&["前", "移后", "增", "留", "尾"]);
    assert_eq!(
        found(&document),
        [
            (FindingKind::MovedAway, "移"),
            (FindingKind::Inserted, "增"),
            (FindingKind::Deleted, "又删"),
            (FindingKind::Deleted, "删行"),
            (FindingKind::Deleted, "删格"),
            (FindingKind::MovedAway, "整段")
        ]
    );
}

#[test]
fn hidden_text_of_all_kinds() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"c\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let styled = |style: &str, run: &str, text: &str| {
        format!(
            "<w:p><w:pPr>{style}<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
             <w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let hidden = "<w:pStyle w:val=\"h\"/>";
    let body = [
        styled("", "", "甲"),
        styled(hidden, "", "藏"),
        styled("", "<w:webHidden/>", "乙"),
        // A style of a hidden paragraph and one of a hidden run switch each other; the mark of the paragraph stays hidden.
        styled(hidden, "<w:rStyle w:val=\"c\"/>", "丙"),
        p("接"),
        styled("", "<w:vanish w:val=\"false\"/>", "丁"),
    ];
    let word = Word::with(&body.concat()).styles(styles).numbering(&list(&level(0, "decimal", "%1.", "")));
    let document = word.shows(&["1.甲", "2.乙", "3.丙接", "4.丁"]);
    assert_eq!(found(&document), [(FindingKind::Hidden, "藏")]);
}

#[test]
fn fields_show_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |code: &str| format!("{}<w:r><w:instrText>{code}</w:instrText></w:r>", mark("begin"));
    let check = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/>\
        </w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>";
    let body = [
        format!("<w:p>{}{}<w:r><w:t>甲</w:t></w:r></w:p>", code(r" eq \o\ac(○,1)"), mark("end")),
        format!("<w:p>{}{}{}</w:p>", code(r"EQ \o\ac(○,12)"), mark("separate"), mark("end")),
        format!("<w:p>{check}{}<w:r><w:t>是</w:t></w:r></w:p>", mark("end")),
        "<w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>".to_owned(),
        format!("<w:p>{}{}<w:r><w:t>上</w:t></w:r></w:p>", code("TOC"), mark("separate")),
        format!("<w:p><w:r><w:t>下</w:t></w:r>{}{}</w:p>", mark("end"), mark("end")),
    ];
    Word::with(&body.concat()).shows(&["①甲", "⑫", "☑是", "7", "上", "下"]);
}

#[test]
fn notes_stand_behind_what_refers_to_them() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:endnoteReference w:id=\"2\"/><w:t>乙</w:t><w:footnoteReference w:id=\"1\"/>\
        <w:footnoteReference w:id=\"8\" w:customMarkFollows=\"1\"/><w:t>*</w:t><w:footnoteReference w:id=\"9\"/></w:r></w:p>";
    let again = body.replace("w:id=\"1\"", "w:id=\"6\"");
    let table = format!("<w:tbl><w:tr><w:tc>{again}{}</w:tc></w:tr></w:tbl>", p("格"));
    let refers = p("脚").replace("</w:r>", "<w:footnoteReference w:id=\"6\"/></w:r>");
    let foot = format!(
        "<w:footnotes><w:footnote w:id=\"1\">{}{}</w:footnote><w:footnote w:id=\"8\">{}</w:footnote>\
         <w:footnote w:id=\"6\">{}</w:footnote><w:footnote w:id=\"7\">{}</w:footnote></w:footnotes>",
        p(" 脚"),
        p("续"),
        p("*星"),
        refers.replace('脚', "又"),
        p("无人提及")
    );
    let end = format!("<w:endnotes><w:endnote w:id=\"2\">{}</w:endnote></w:endnotes>", p("尾"));
    let word = |body: &str| {
        let word = Word::with(body).part("f", "footnotes", "footnotes.xml", &foot);
        word.part("e", "endnotes", "e.xml", &end)
    };
    let document =
        word(&format!("{body}{}", p("后"))).shows(&["甲[1]乙[2]*[4]", "[1] 尾", "[2] 脚", "续", "*星", "后"]);
    let told = [("尾", 1), ("脚 续", 2), ("*星", 4)].map(|(words, place)| (FindingKind::Note, words, place));
    let found = document.findings.iter().map(|finding| (finding.kind, finding.words.as_str(), finding.place));
    assert_eq!(found.collect::<Vec<_>>(), [&told[..], &[(FindingKind::PartMissing, "[4]", 5)]].concat());
    word(&format!("{table}{}", p("后"))).shows(&["甲[1]乙[2]*[4] 格", "[1] 尾", "[2] 又[2]", "*星", "后"]);
}

#[test]
fn boxes_stand_behind_their_paragraph_once() {
    let vml = "<w:p><w:r><w:t>前</w:t><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p>\
        </w:txbxContent></v:textbox></v:shape></w:pict><w:t>后</w:t></w:r></w:p>";
    let drawn = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"艺术字\"/></v:shape></w:pict></w:r></w:p>";
    let cell = format!("<w:tbl><w:tr><w:tc>{vml}</w:tc></w:tr></w:tbl>");
    Word::with(&format!("{vml}{drawn}{cell}")).shows(&["前后", "框", "艺术字", "前后 框"]);
}

#[test]
fn pictures_are_taken_out() {
    let drawing = |id: &str, words: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"{words}\"/><pic:pic><a:blip r:embed=\"{id}\"/>\
             </pic:pic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let vml =
        "<w:p><w:r><w:pict><v:shape alt=\"旧图\"><v:imagedata r:id=\"c\"/></v:shape></w:pict></w:r></w:p>";
    let body = [
        drawing("a", "现场"),
        drawing("a", "现场"),
        drawing("b", ""),
        vml.to_owned(),
        drawing("d", "外"),
        drawing("e", "无"),
    ];
    let document = Word::with(&body.concat())
        .part("a", "image", "media/Bild ä1.png", b"\x89PNGa")
        .part("b", "image", "other/Bild1.jpeg", b"\xFF\xD8\xFFb")
        .part("c", "image", "media/c.emf", b"\x01\0\0\0")
        .outside("d", "image", "http://x.example/d.png")
        .shows(&[]);
    let pictures = document
        .pictures
        .iter()
        .map(|picture| (picture.name.as_str(), picture.bytes.len(), picture.alternative.as_str()));
    assert_eq!(
        pictures.collect::<Vec<_>>(),
        [("bild1.png", 5, "现场"), ("bild1.jpg", 4, ""), ("c.emf", 0, "旧图"), ("d.png", 0, "外")]
    );
    assert_eq!(document.blocks.len(), 5);
    assert_eq!(
        found(&document),
        [
            (FindingKind::PictureWithoutWords, "bild1.jpg"),
            (FindingKind::PictureMissing, "旧图"),
            (FindingKind::PictureMissing, "外"),
            (FindingKind::PictureMissing, "无")
        ]
    );
}

#[test]
fn tables_keep_their_columns() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:hMerge w:val=\"restart\"/>", "宽"),
        cell("<w:hMerge/>", ""),
        cell("<w:vMerge w:val=\"restart\"/>", "甲"),
        cell("<w:gridSpan w:val=\"2\"/>", "乙"),
        cell("<w:vMerge/>", ""),
    );
    let document = Word::with(&body).read().unwrap();
    assert_eq!(
        cells(&document),
        [("", 1, false), ("宽", 2, false), ("甲", 1, false), ("乙", 2, false), ("", 1, true)]
    );
}

#[test]
fn symbols_readings_and_formulas() {
    let body = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>\
        </w:ruby></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/><w:sym w:font=\"宋体\" w:char=\"2460\"/>\
        <w:sym w:font=\"Wingdings\" w:char=\"F021\"/></w:r><w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>\
        <w:t>þ好</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den>\
        </m:f></m:oMath></w:p>";
    let document = Word::with(body).shows(&["拼☐①☑好(a+1)/2"]);
    assert_eq!(
        found(&document),
        [
            (FindingKind::Object, "pīn"),
            (FindingKind::SymbolUnknown, "Wingdings F021"),
            (FindingKind::Formula, "(a+1)/2")
        ]
    );
}

#[test]
fn a_large_first_letter_belongs_to_its_word() {
    let initial = p("首").replace("<w:p>", "<w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>");
    Word::with(&(initial + &p("字下沉"))).shows(&["首字下沉"]);
}

#[test]
fn charts_and_embedded_files_are_told() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:drawing><c:chart r:id=\"c\"/></w:drawing><w:object><o:OLEObject \
        ProgID=\"Excel.Sheet.12\"/></w:object></w:r></w:p>";
    let chart = "<c:chartSpace><a:t>标题</a:t><c:v>12</c:v></c:chartSpace>";
    let document = Word::with(body).part("c", "chart", "charts/chart1.xml", chart).shows(&["甲"]);
    assert_eq!(found(&document), [(FindingKind::Object, "标题 12"), (FindingKind::Object, "Excel.Sheet.12")]);
}

#[test]
fn documents_inside_documents() {
    let chunk = "<w:altChunk r:id=\"a\"/>";
    let inner = Word::with(&p("内")).bytes();
    let nested = Word::with(&format!("{}{chunk}", p("中"))).part("a", "aFChunk", "a.docx", &inner).bytes();
    let body = format!("{}{chunk}{}", p("前"), p("后"));
    Word::with(&body).part("a", "aFChunk", "a.docx", nested).shows(&["前", "中", "内", "后"]);
    Word::with(&body).part("a", "aFChunk", "a.txt", "文字\n").shows(&["前", "文字", "后"]);
    let missing = Word::with(&body).shows(&["前", "后"]);
    assert_eq!(found(&missing), [(FindingKind::PartMissing, "altChunk")]);
}

#[test]
fn pages_inside_documents() {
    let body = format!("{}<w:altChunk r:id=\"a\"/>{}", p("前"), p("后"));
    let page = "<html><body><p>网页</p><p>二</p></body></html>";
    Word::with(&body).part("a", "aFChunk", "a.html", page).shows(&["前", "网页", "二", "后"]);
    Word::with(&body).part("a", "aFChunk", "a.html", "<p>网页</p>").shows(&["前", "网页", "后"]);
}
