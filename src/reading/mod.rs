//! A finished page → what browsers show of it: the lines of its text, its links, its anchors.
//!
//! Start with [`read`]. Elements with the attribute `data-generated` are gongkai's own words and do not count as the page's
//! text. A block begins a new line; an element with `data-run-in` shares its line with the block behind it. Text that is not
//! known to be shown in its place is left out and reported as [`Trouble`]. `elements` lists what shows text, `nesting` says how
//! tags nest, `reader` puts both together. Rules about tags are not here: they see the tags in the same pass, as a
//! [`TagVisitor`].

mod elements;
mod nesting;
mod reader;
mod table;
mod tokens;
mod trouble;

use std::borrow::Cow;

pub(crate) use tokens::Tag;
pub(crate) use trouble::Trouble;

use reader::Reader;

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The visible text outside generated parts, a line for each block; white space is single spaces.
    pub(crate) lines: Vec<String>,
    /// What browsers may show differently from how it was read.
    pub(crate) troubles: Vec<Trouble>,
    /// The `id`s.
    pub(crate) anchors: Vec<String>,
    /// The values of `href` and `src`.
    pub(crate) links: Vec<String>,
}

/// Sees the tags of a page while it is read; by default ignores them.
pub(crate) trait TagVisitor {
    /// Takes a start tag.
    fn start(&mut self, _: &Tag) {}

    /// Takes an end tag; without a name, the end of the page.
    fn end(&mut self, _: &[u8]) {}

    /// Tells whether text that comes now is to be handed over.
    fn wants_text(&self) -> bool {
        false
    }

    /// Takes a piece of text.
    fn text(&mut self, _: &[u8]) {}
}

impl TagVisitor for () {}

/// Reads a page.
pub(crate) fn read(html: &[u8]) -> Reading {
    read_with(html, &mut ())
}

/// Reads a page; `visitor` sees all its tags.
pub(crate) fn read_with(html: &[u8], visitor: &mut impl TagVisitor) -> Reading {
    Reader::read(html, visitor).reading
}

/// Shows all tags of `html` to `visitor`.
pub(crate) fn visit(html: &[u8], visitor: &mut impl TagVisitor) {
    Reader::read(html, visitor);
}

/// Tells whether a character is white space to a reader.
pub(crate) fn is_space(character: char) -> bool {
    character.is_ascii_whitespace() || character == '\u{3000}'
}

/// Returns bytes as text, without a copy if they are UTF-8, as nearly always.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert_eq!(read(html.as_bytes()).lines, expected, "{html}");
    }

    #[test]
    fn visible_text() {
        check("<p>甲</p><p>乙</p>", &["甲", "乙"]);
        check("<p>甲<strong>乙</strong>丙</p>", &["甲乙丙"]);
        check("<p> 甲\n 乙 </p>\n", &["甲 乙"]);
        check("<p>甲&amp;乙&#12290;</p>", &["甲&乙。"]);
        check("<p>甲&乙<丙</丁 戊", &["甲&乙<丙"]);
        check("<p>甲</p id=x><p>乙</p hidden>丙", &["甲", "乙", "丙"]);
        check("<div>甲<p>乙</p>丙</div>", &["甲", "乙", "丙"]);
        check("甲<br>乙", &["甲", "乙"]);
        check("<p>甲<!-- 乙 --></p>", &["甲"]);
        check("<head><title>甲</title></head><p>乙", &["乙"]);
        check("<script>甲</script><style>乙</style><p>丙</p>", &["丙"]);
        check("<p hidden>甲</p>乙", &["乙"]);
        check("<details><summary>甲</summary><p>乙</p></details><p>丙</p>", &["丙"]);
        check("<details open><summary>甲</summary><p>乙</p></details><p>丙</p>", &["甲", "乙", "丙"]);
    }

    #[test]
    fn generated_parts_are_skipped() {
        check("<p data-generated>甲</p><p>乙</p>", &["乙"]);
        check("<div data-generated><p>甲</p><p>丙</p></div>乙", &["乙"]);
        check("<p>甲<span data-generated>乙</span>丙</p>", &["甲丙"]);
        check("<p>甲<img data-generated>乙</p>", &["甲乙"]);
    }

    #[test]
    fn a_lead_runs_in() {
        check("<h3 data-run-in>甲。</h3>\n<p>乙</p>", &["甲。乙"]);
        check("<h3 data-run-in>甲。</h3><p>乙</p><p>丙</p>", &["甲。乙", "丙"]);
        check("<h3 data-run-in>甲。 </h3>\n<p>乙</p>", &["甲。 乙"]);
        check("<h3 data-run-in>甲。</h3></section><h3>乙</h3>", &["甲。乙"]);
    }

    #[test]
    fn lists_show_their_numbers() {
        check("<ol><li>甲</li><li>乙</li></ol>", &["1.甲", "2.乙"]);
        check("<ol><li value=\"4\">甲</li><li>乙</li></ol>", &["4.甲", "5.乙"]);
        check("<ol start=\"5\"><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>", &["5.甲", "乙", "6.丙"]);
    }

    #[test]
    fn links_and_anchors() {
        let reading = read(b"<p id=a><a href='x.html#b'>x</a><img src=y.png>");
        assert_eq!(
            (reading.anchors, reading.links),
            (vec!["a".into()], vec!["x.html#b".into(), "y.png".into()])
        );
    }

    /// What is read of HTML, row by row; `tests/browser/reading.mjs` compares the same rows with Chromium.
    const TABLE: &str = include_str!("../../tests/reading.md");

    #[test]
    fn pages_are_read_as_the_table_says() {
        let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
        let mut n_rows = 0;
        for row in rows {
            n_rows += 1;
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [html, lines, refused] = cells.as_slice() else { panic!("not three cells: {row}") };
            let reading = read(html.trim_end_matches('`').as_bytes());
            let tag = reading.troubles.first().map_or("", |trouble| trouble.tag());
            assert_eq!(
                (reading.lines.join(" / ").as_str(), tag),
                (*lines, refused.trim_matches('`')),
                "{row}"
            );
        }
        assert!(n_rows > 100, "the table was read");
    }

    #[test]
    fn generated_parts_may_hold_anything_that_ends_with_them() {
        let html = "<header data-generated style=color:red><select><option>甲</select><button>乙</button>\
            <iframe src=x></iframe><input value=丙><dialog>丁</dialog><s>戊</s><table align=right><tfoot><tr><td>己\
            </table><svg><text>庚</text></svg><details name=x>辛</details><noscript><img src=//a/b></noscript></header>";
        let reading = read(html.as_bytes());
        assert_eq!((reading.lines, reading.troubles), (vec![], vec![]));
    }

    proptest::proptest! {
        /// Whatever tags come, in whatever order, reading ends, and what it believes is in the page.
        #[test]
        fn any_tags_can_be_read(parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "甲", "1", " ", "<p>", "</p>", "<div hidden>", "</div>", "<table>", "<tr>", "<td rowspan=0>", "</table>",
                "<caption>", "<li value=-1>", "<ol start=9>", "</ol>", "<details open>", "<summary>", "</details>",
                "<svg>", "</svg>", "<title>", "</title>", "<noscript>", "</noscript>", "<sup>", "</sup>", "<head>",
                "<body>", "</body>", "<html>", "<select>", "<option>", "<template>", "</template>", "<span style=a>",
                "</span>", "<ruby>", "<rt>", "<a>", "</a>", "<!--", "-->", "<x-y/", ">", "<script>", "</script>",
            ]),
            0..40,
        )) {
            let html = parts.concat();
            for line in read(html.as_bytes()).lines {
                let text: String = line.chars().filter(|c| *c == '甲').collect();
                proptest::prop_assert!(text.len() <= html.matches('甲').count() * '甲'.len_utf8());
            }
        }
    }
}
