//! What holds for any text, however odd.

use proptest::prelude::*;

use crate::text::characters;

use super::testing::{blocks_html, parse_text, parse_with};
use super::{Block, BlockKind, Inline, LinkUse, Span, for_each_link};

const TAGS: [&str; 12] = ["a", "b", "p", "ul", "li", "table", "tr", "td", "script", "div", "img", "hr"];

/// Pieces that have a meaning, in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "甲",
        "乙",
        "，",
        "“",
        "”",
        "（一）",
        "1.",
        "1. ",
        "34. ",
        "一、",
        "整改情况：",
        "　",
        " ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "*",
        "**",
        "***",
        "_",
        "~~",
        "`",
        "```\n",
        "> ",
        "- ",
        "# ",
        "===",
        "---",
        "|",
        "|-|-|\n",
        "[",
        "](",
        ")",
        "](/a)",
        "![",
        "![图](b.png)",
        "<",
        ">",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<a href=\"javascript:x\">",
        "</a>",
        "<li>",
        "<ul>",
        "</ul>",
        "<td onclick=x>",
        "<table>",
        "</table>",
        "<!--",
        "-->",
        "<?",
        "&lt;",
        "&#42;",
        "\\",
        "[^a]",
        "[^a]: ",
        "[甲]: /b\n",
        "](javascript:x)",
        "data:",
        "\"",
        "'",
        "=",
        "a",
        "b",
        "5",
        "€",
        "𠀀",
        "\u{1}",
        "\u{c}",
        "\r",
        "<div>\n",
        "</div>",
        "<hr>",
        "<p>",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// Visits every line of text in `blocks`, and their ranges.
fn each_inline(blocks: &[Block], visit: &mut dyn FnMut(&Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Html(text) | BlockKind::Heading { text, .. } => {
                visit(text);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| each_inline(&item.blocks, visit)),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(&mut *visit);
            }
            BlockKind::Quote(blocks) | BlockKind::FootnoteDefinition { blocks, .. } => {
                each_inline(blocks, visit);
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

fn each_span(inline: &Inline, visit: &mut dyn FnMut(&Span)) {
    for span in inline.spans() {
        visit(span);
        if let Span::Element { children, .. } = span {
            each_span(children, visit);
        }
    }
}

/// Checks that `html` is a sequence of properly nested elements without anything that runs.
fn assert_harmless(html: &str) {
    let mut open = Vec::new();
    for markup in html.split('<').skip(1) {
        let (tag, _) = markup.split_once('>').expect("`<` begins a tag");
        let name: &str = tag.split(' ').next().unwrap();
        assert_ne!(name, "script");
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html:?}");
        } else if !["br", "hr", "img", "col", "wbr"].contains(&name) {
            open.push(name);
        }
        for (index, outside) in tag.split('"').enumerate() {
            let is_value = index % 2 == 1;
            assert!(is_value || !outside.trim_start().starts_with("on"), "{html:?}");
            assert!(!is_value || !outside.to_lowercase().starts_with("javascript:"), "{html:?}");
        }
    }
    assert!(open.is_empty(), "{html:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::trials::trials(1500)))]

    #[test]
    fn any_text_becomes_harmless_html(source in soup()) {
        for tags in [&[][..], &TAGS[..]] {
            assert_harmless(&blocks_html(&parse_with(&source, 0..source.len(), tags).0));
        }
    }

    #[test]
    fn ranges_and_offsets_lie_in_the_file(source in soup()) {
        let file = format!("---\n甲\n---\n{source}");
        let (blocks, diagnostics) = parse_with(&file, 12..file.len(), &TAGS);
        let check = |range: std::ops::Range<usize>| assert!(file.get(range.clone()).is_some(), "{range:?}");
        for diagnostic in diagnostics {
            check(diagnostic.location.unwrap().range.unwrap());
        }
        for block in &blocks {
            check(block.range.clone());
        }
        for_each_link(&blocks, &mut |link: &LinkUse<'_>| check(link.range.clone()));
        each_inline(&blocks, &mut |text| {
            check(text.range());
            each_span(text, &mut |span| {
                check(span.range());
                if let Span::Text { text, range } = span
                    && text.len() == range.len() && !file.get(range.clone()).unwrap().contains('&')
                {
                    let written = file.get(range.clone()).unwrap();
                    if written.chars().any(|c| characters::class(c).is_some()) {
                        return;
                    }
                    assert_eq!(text.replace(['\n', '\r'], " "), written.replace(['\n', '\r'], " "));
                }
            });
            for (offset, _) in text.plain_text().char_indices() {
                assert!(file.is_char_boundary(text.source_offset(offset)), "{offset}");
                let (first, second) = text.clone().split_at(offset);
                assert_eq!(first.plain_text() + &second.plain_text(), text.plain_text());
                assert_eq!(first.plain_length(), offset);
            }
        });
    }

    #[test]
    fn plain_prose_is_kept_character_for_character(source in "[甲乙丙，。“”（）《》—…a%:：]([甲乙，。“”（）《》—…a1%:： .、-]{0,30}[甲乙。a])?") {
        let (blocks, diagnostics) = parse_text(&source);
        prop_assert!(diagnostics.is_empty());
        let [Block { kind: BlockKind::Paragraph(text), .. }] = blocks.as_slice() else { panic!("{blocks:?}") };
        prop_assert_eq!(text.plain_text(), source.clone());
        for (offset, _) in source.char_indices() {
            prop_assert_eq!(text.source_offset(offset), offset);
        }
    }

    #[test]
    fn every_numbered_line_is_kept(lines in prop::collection::vec("(（[一二三]）|[1-9]\\.甲|[一二三]、|整改情况：|　　)[甲乙丙，。“”《》]{0,9}[甲乙。]", 1..9)) {
        let (blocks, _) = parse_text(&lines.join("\n"));
        let mut texts = Vec::new();
        each_inline(&blocks, &mut |text| texts.push(text.plain_text()));
        let expected: Vec<&str> = lines.iter().map(|line| line.trim_start_matches('　')).collect();
        prop_assert_eq!(texts, expected);
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let n = 50_000;
    for piece in [
        "> ",
        "[",
        "![",
        "*",
        "**a ",
        "*a _b ",
        "a**",
        "`",
        "<b>",
        "<i></b>",
        "- ",
        "1. ",
        "<!--",
        "<!-- a\n",
        "    a\n\n",
        "甲\n（一）",
        "> 甲\n（一）",
        "[a]: b\n",
        "|",
        "a|b\n",
        "~~a",
        "&",
        "\\",
        "<div>\n",
        "<div>\n\n",
        "a\n===\n",
        "\r",
        "[^a]",
        "[^a]: b\n",
        "*\n",
        "　\n",
        "<a ",
        "](",
        "![a](b)",
        "*a**b",
        "_a*",
        "\u{1}",
        "- a\n    b\n",
        "``` \n",
        "<b>*</b>",
    ] {
        let source = piece.repeat(n);
        let start = std::hint::black_box(timer());
        let html = blocks_html(&parse_with(&source, 0..source.len(), &["b", "div"]).0);
        std::hint::black_box(html);
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 20, "{piece:?} takes {seconds} s");
    }
    let nested = format!("{}甲{}", "*".repeat(n), "*".repeat(n));
    assert_harmless(&blocks_html(&parse_text(&nested).0));
}

#[expect(clippy::disallowed_methods, reason = "a test that measures time")]
fn timer() -> std::time::Instant {
    std::time::Instant::now()
}
