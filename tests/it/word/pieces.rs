//! The pieces of a line: each writes itself, and what is seen of it.

use gongkai::document::FindingKind::{Deleted, Hidden, MovedAway, Object};

use super::composer::Composer;

/// A kind of piece.
pub(super) type Piece = fn(&mut Composer<'_>) -> String;

/// Words of notices, among them what Markdown, YAML and XML take for signs; a number of their own is put behind them.
pub(super) const WORDS: &[&str] = &[
    "措施",
    "一、关于学习不深入问题的整改情况",
    "（一）关于“检查不够”问题。一是加强学习",
    "反馈问题一：关于记录不全的问题",
    "下一步，继续抓好整改",
    "附件：1.清单",
    "某县水务局",
    "2025年8月28日",
    "整改情况：已完成整改。责任单位：办公室",
    "联系电话：0000-1234567；邮编000000，信箱",
    "1. 甲 2. 乙",
    "*星* _线_ `码`",
    "# 井 > 引 - 减",
    "<b>粗</b> &amp; [链](x) ![图](y)",
    "[^1]: 注 | 竖线 \\ ~波~",
    "http://example.com/a_b*c",
    "序号",
    "The Office",
];

/// How a run may look that is seen.
const LOOKS: &[&str] = &[
    "",
    "",
    "<w:rPr><w:b/><w:caps/><w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\"/></w:rPr>",
    "<w:rPr><w:webHidden/></w:rPr>",
    "<w:rPr><w:vanish w:val=\"0\"/></w:rPr>",
    "<w:rPr><w:strike/><w:smallCaps/></w:rPr>",
    "<w:rPr><w:rPrChange w:id=\"1\" w:author=\"a\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>",
    "<w:rPr><w:rStyle w:val=\"GoneRun\"/><w:vanish w:val=\"false\"/></w:rPr>",
];

/// How one looks that is not seen.
const HIDDEN_LOOKS: &[&str] = &[
    "<w:vanish/>",
    "<w:vanish w:val=\"1\"/>",
    "<w:vanish w:val=\"on\"/><w:b/>",
    "<w:rStyle w:val=\"GoneRun\"/>",
];

/// What else the properties of a paragraph may say.
pub(super) const PARAGRAPH_MARKS: &[&str] = &[
    "",
    "",
    "<w:jc w:val=\"center\"/>",
    "<w:outlineLvl w:val=\"1\"/>",
    "<w:rPr><w:ins w:id=\"2\" w:author=\"a\"/></w:rPr>",
    "<w:rPr><w:b/></w:rPr><w:sectPr/>",
    "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:pPrChange w:id=\"1\" w:author=\"a\"><w:pPr><w:numPr><w:numId w:val=\"2\"/>\
     </w:numPr></w:pPr></w:pPrChange>",
];

/// What stands around pieces without changing what is seen.
const AROUND: &[(&str, &str)] = &[
    ("<w:hyperlink w:anchor=\"x\" w:history=\"1\">", "</w:hyperlink>"),
    ("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:ins w:id=\"1\" w:author=\"a\">", "</w:ins>"),
    ("<w:moveTo w:id=\"1\" w:author=\"a\">", "</w:moveTo>"),
    ("<w:smartTag w:uri=\"x\" w:element=\"y\">", "</w:smartTag>"),
    ("<w:customXml w:element=\"y\">", "</w:customXml>"),
    ("<w:bdo w:val=\"ltr\">", "</w:bdo>"),
    ("<w:dir w:val=\"ltr\">", "</w:dir>"),
    ("<w:fldSimple w:instr=\" REF _Ref1 \\h \">", "</w:fldSimple>"),
];

/// Codes of fields with results.
const CODES: &[&str] = &[
    "PAGE",
    "HYPERLINK \"http://x.example/\"",
    "SEQ 表 \\* ARABIC",
    "REF _Ref2 \\r",
    "DATE \\@ \"yyyy年M月d日\"",
    "FORMTEXT",
];

/// Codes of fields without, and what is seen of them all the same.
const BARE_CODES: &[(&str, &str)] = &[
    ("EQ \\o\\ac(○,3)", "③"),
    ("eq \\o\\ac(○,12)", "⑫"),
    ("SYMBOL 254 \\f Wingdings", "☑"),
    ("TC \"目录\"", ""),
    ("XE \"索引\"", ""),
    ("REF _Ref3 \\h", ""),
];

/// What stands in runs, and is seen otherwise than it stands there.
const CONTENTS: &[(&str, &str)] = &[
    ("<w:tab/>", ""),
    ("<w:br/>", ""),
    ("<w:cr/>", ""),
    ("<w:br w:type=\"page\"/>", ""),
    ("<w:ptab w:relativeTo=\"margin\" w:alignment=\"right\" w:leader=\"none\"/>", ""),
    ("<w:noBreakHyphen/>", "\u{2011}"),
    ("<w:softHyphen/>", ""),
    ("<w:lastRenderedPageBreak/>", ""),
    ("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>", "☑"),
    ("<w:sym w:font=\"Wingdings\" w:char=\"00A8\"/>", "☐"),
    ("<w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/>", "☑"),
    ("<w:sym w:font=\"Symbol\" w:char=\"F061\"/>", "α"),
    ("<w:sym w:font=\"宋体\" w:char=\"2460\"/>", "①"),
    ("<w:annotationRef/>", ""),
];

/// What stands between runs and says nothing.
const NOISE: &[&str] = &[
    "<w:bookmarkStart w:id=\"1\" w:name=\"x\"/><w:bookmarkEnd w:id=\"1\"/>",
    "<w:proofErr w:type=\"gramStart\"/>",
    "<w:permStart w:id=\"1\" w:edGrp=\"everyone\"/><w:permEnd w:id=\"1\"/>",
    "<w:r><w:rPr><w:b/></w:rPr></w:r>",
    "<w:r><w:t/></w:r>",
    "<!-- nobody --><?nothing at all?>",
];

/// The pieces; those in front stand in text boxes and notes, too.
pub(super) const PIECES: &[Piece] = &[
    seen,
    seen,
    |c| {
        let (begin, end) = c.choose(AROUND);
        let inside = c.inside(3);
        format!("{begin}{inside}{end}")
    },
    |c| {
        let (content, seen) = c.choose(CONTENTS);
        c.line += seen;
        run("", content)
    },
    |c| c.choose(NOISE).to_owned(),
    hidden,
    |c| {
        let words = c.unseen(Deleted);
        format!(
            "<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText xml:space=\"preserve\">{words}</w:delText></w:r></w:del>"
        )
    },
    |c| {
        let words = c.unseen(MovedAway);
        format!("<w:moveFrom w:id=\"1\" w:author=\"a\">{}</w:moveFrom>", text(&words))
    },
    // Deleted again after it was put in.
    |c| {
        let words = c.unseen(Deleted);
        format!(
            "<w:ins w:id=\"1\"><w:del w:id=\"2\"><w:r><w:delText>{words}</w:delText></w:r></w:del></w:ins>"
        )
    },
    |c| {
        let code = c.choose(CODES);
        let inside = c.inside(3);
        format!("{}{inside}{FIELD_END}", field_begin(code))
    },
    |c| {
        let (code, seen) = c.choose(BARE_CODES);
        c.line += seen;
        format!("{}{FIELD_END}", field_begin(code))
    },
    // A field in the code of another one, whose result is no text either.
    |c| {
        let inner = format!("{}{}{FIELD_END}", field_begin("PAGE"), text("无人见码"));
        let inside = c.inside(2);
        let [begin, code, separate] = ["begin", "", "separate"].map(mark);
        let code = code + &run("", "<w:instrText> IF </w:instrText>");
        format!("{begin}{code}{inner}{separate}{inside}{FIELD_END}")
    },
    reading,
    |c| c.comment(),
    |c| c.note(),
    boxed,
];

/// How many of the pieces stand in text boxes and notes.
pub(super) const N_BESIDE: usize = PIECES.len() - 3;

pub(super) const FIELD_END: &str = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

fn mark(kind: &str) -> String {
    if kind.is_empty() { String::new() } else { run("", &format!("<w:fldChar w:fldCharType=\"{kind}\"/>")) }
}

/// Begins a field with this code, and its result.
pub(super) fn field_begin(code: &str) -> String {
    let code = format!("<w:instrText xml:space=\"preserve\"> {} </w:instrText>", code.replace('"', "&quot;"));
    mark("begin") + &run("", &code) + &mark("separate")
}

fn run(look: &str, content: &str) -> String {
    format!("<w:r>{look}{content}</w:r>")
}

/// Writes words as a run.
pub(super) fn text(words: &str) -> String {
    looking("", words)
}

fn looking(look: &str, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&#x3E;");
    run(look, &format!("<w:t xml:space=\"preserve\">{words}</w:t>"))
}

/// Writes words that are seen, parted into several runs as programs do.
fn seen(c: &mut Composer<'_>) -> String {
    let words = c.words();
    c.line += &words;
    let mut runs = String::new();
    let mut rest = words.as_str();
    while !rest.is_empty() {
        let n = 1 + c.pick(12);
        let (piece, behind) = rest.split_at(rest.char_indices().nth(n).map_or(rest.len(), |(at, _)| at));
        runs += &looking(c.choose(LOOKS), piece);
        rest = behind;
    }
    runs
}

fn hidden(c: &mut Composer<'_>) -> String {
    let words = c.unseen(Hidden);
    let look = c.choose(HIDDEN_LOOKS);
    looking(&format!("<w:rPr>{look}</w:rPr>"), &words)
}

/// A word with its reading above it, of which the word is seen.
fn reading(c: &mut Composer<'_>) -> String {
    let (reading, word) = (c.unseen(Object), c.words());
    c.line += &word;
    let (reading, word) = (text(&reading), text(&word));
    run("", &format!("<w:ruby><w:rt>{reading}</w:rt><w:rubyBase>{word}</w:rubyBase></w:ruby>"))
}

/// A text box as Word writes it: for itself and for others, of which one is read.
fn boxed(c: &mut Composer<'_>) -> String {
    let inside = c.boxed();
    let inside = format!("<w:txbxContent>{inside}</w:txbxContent>");
    let drawn = format!(
        "<w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"x\"/><a:graphic><a:graphicData uri=\"x\"><wps:wsp><wps:txbx>{inside}\
         </wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    );
    let old = format!("<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>");
    let both = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"wps\">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    );
    let way = c.pick(3);
    run("", [drawn, old, both][way].as_str())
}
