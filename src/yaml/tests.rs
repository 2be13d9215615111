//! Cases of the whole room: values with their places, and faults with theirs.

use std::fmt::Write as _;

use super::{Entry, Node, Value, parse};
use crate::diagnostic::{Diagnostics, Language, Located, Location, SourcePath};

/// Parses `yaml` as the front matter of a file, so that its places are not those of the file.
pub(super) fn parse_front_matter(yaml: &str) -> (String, Option<Node>, Diagnostics) {
    let file = format!("---\n{yaml}\n---\n正文\n");
    let mut diagnostics = Diagnostics::new();
    let node = parse(&SourcePath::new("a.md"), &file, 4..4 + yaml.len(), &mut diagnostics);
    (file, node, diagnostics)
}

pub(super) fn slice<'a>(file: &'a str, location: &Location) -> &'a str {
    file.get(location.range.clone().unwrap()).unwrap()
}

/// Shows a tree as `{key: value, key: [value]}`, with `@place` where the text at the place is not the value.
fn show(file: &str, node: &Node) -> String {
    let place = slice(file, &node.location);
    match &node.value {
        Value::Null => format!("~@{place}"),
        Value::Scalar(text) if text == place => text.clone(),
        Value::Scalar(text) => format!("{text}@{place}"),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(|item| show(file, item)).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(entries) => {
            let mut shown = String::new();
            for Entry { key: Located { value, location }, node } in entries {
                let separator = if shown.is_empty() { "" } else { ", " };
                let place = slice(file, location);
                let key = if value == place { value.clone() } else { format!("{value}@{place}") };
                write!(shown, "{separator}{key}: {}", show(file, node)).unwrap();
            }
            format!("{{{shown}}}")
        }
    }
}

#[track_caller]
fn check(yaml: &str, expected: &str) {
    for yaml in [yaml.to_owned(), yaml.replace('\n', "\r\n")] {
        let (file, node, diagnostics) = parse_front_matter(&yaml);
        assert!(diagnostics.is_empty(), "{yaml:?} {diagnostics:#?}");
        let shown = show(&file, &node.unwrap()).replace("\r\n", "\n");
        assert_eq!(shown, expected, "{yaml:?}");
    }
}

/// Checks the codes and places of all faults; a fault that leaves no tree behind is followed by `!`.
#[track_caller]
fn check_faults(yaml: &str, expected: &[&str]) {
    let (file, node, diagnostics) = parse_front_matter(yaml);
    let mut found = Vec::new();
    for diagnostic in diagnostics.iter() {
        found.push(format!("{} {}", diagnostic.code, slice(&file, diagnostic.location.as_ref().unwrap())));
        for message in [Some(&diagnostic.message), diagnostic.help.as_ref()] {
            for language in [Language::English, Language::Chinese] {
                assert!(!message.unwrap().in_language(language).contains('\n'), "{yaml:?}");
            }
        }
    }
    if node.is_none() {
        found.push("!".to_owned());
    }
    assert_eq!(found, expected, "{yaml:?}");
}

#[test]
fn plain_texts() {
    check("a: b\n", "{a: b}");
    check("a:   b  \n", "{a: b}");
    check("推文: 27篇\n率: 100%\n", "{推文: 27篇, 率: 100%}");
    check(
        "a: 001234\nb: 1e3\nc: true\nd: 2025-06-30\ne: 0x1F\nf: +1_0\ng: .inf\n",
        "{a: 001234, b: 1e3, c: true, d: 2025-06-30, e: 0x1F, f: +1_0, g: .inf}",
    );
    check(
        "a: 99999999999999999999999999999999999999999999\n",
        "{a: 99999999999999999999999999999999999999999999}",
    );
    check("status: completed   # comment\n", "{status: completed}");
    check("a: b#c http://x.cn:80/y?z=1\n", "{a: b#c http://x.cn:80/y?z=1}");
    check("a: 六、关于“打击”问题：整改，情况\n", "{a: 六、关于“打击”问题：整改，情况}");
    check("a: b\n   c\n\n   d\nx: y\n", "{a: b c\nd@b\n   c\n\n   d, x: y}");
    check("a:\n  b\n  c # d\nx: y\n", "{a: b c@b\n  c, x: y}");
    check("a: -b\nc: ?d\ne: :f\n", "{a: -b, c: ?d, e: :f}");
    check("a:\tb\n", "{a: b}");
    check("a: 2025年12月 ：x\n", "{a: 2025年12月 ：x}");
}

#[test]
fn nothing() {
    check("", "{}");
    check("\n# only a comment\n", "{}");
    check("a:\nb: ~\nc: null\nd: # x\n", "{a: ~@a, b: ~@~, c: ~@null, d: ~@d}");
    check("a:\n- \n- x\n", "{a: [~@-, x]}");
    check("{}\n", "{}");
    check("a: {}\nb: []\n", "{a: {}, b: []}");
}

#[test]
fn keys() {
    check(
        "\"a b\": c\n'd': e\n2025: f\ntrue: g\n1.0: h\n",
        "{a b@\"a b\": c, d@'d': e, 2025: f, true: g, 1.0: h}",
    );
    check("a b : c\n", "{a b: c}");
    check("http://x: y\n", "{http://x: y}");
    check("关于：问题: y\n", "{关于：问题: y}");
}

#[test]
fn quoted_texts() {
    check("a: \"b # c\" # d\n", "{a: b # c@\"b # c\"}");
    check("a: 'it''s: x'\n", "{a: it's: x@'it''s: x'}");
    check("a: \"\\\"\\u4e2d\\\\\"\n", "{a: \"中\\@\"\\\"\\u4e2d\\\\\"}");
    check("a: \"b\n   c\"\nd: e\n", "{a: b c@\"b\n   c\", d: e}");
    check("a: \"b\nc\"\nd: e\n", "{a: b c@\"b\nc\", d: e}");
    check("a: \"316021\"\n", "{a: 316021@\"316021\"}");
    check("a: ''\n", "{a: @''}");
}

#[test]
fn block_texts() {
    check("a: |\n  b\n   c\n\nd: e\n", "{a: b\n c\n@b\n   c, d: e}");
    check("a: >-\n  b: c\n  d # e\nf: g\n", "{a: b: c d # e@b: c\n  d # e, f: g}");
    check("a: |2-\n    b\nc: d\n", "{a:   b, c: d}");
    check("a: |\n\n  b\n# c\nd: e\n", "{a: \nb\n@b, d: e}");
    check("a: |", "{a: @|}");
    check("a: |\nb: c\n", "{a: @|, b: c}");
    check("- |\n b\n- c\n", "[b\n@b, c]");
    check("a:\n  - b: >\n      c\n    d: e\n", "{a: [{b: c\n@c, d: e}]}");
}

#[test]
fn lists() {
    check("a:\n  - b\n  - c\nd: e\n", "{a: [b, c], d: e}");
    check("a:\n- b\n-   c\nd: e\n", "{a: [b, c], d: e}");
    check("- - a\n  - b\n- c\n", "[[a, b], c]");
    check("a:\n  - b: c\n    d: e\n  - f: g\n", "{a: [{b: c, d: e}, {f: g}]}");
    check("a:\n  -\n    b: c\n  - d\n", "{a: [{b: c}, d]}");
    check("a:\n  - 追赃率 = 追赃金额 / ?     # x\n", "{a: [追赃率 = 追赃金额 / ?]}");
    check("a:\n  - 电话:0580\n  - 备注：x\n", "{a: [电话:0580, 备注：x]}");
}

#[test]
fn brackets() {
    check("a: [b, 'c', [d]]\n", "{a: [b, c@'c', [d]]}");
    check(
        "a: {kind: 巡察, group: 市委 第一, from: 2024-09-09}\n",
        "{a: {kind: 巡察, group: 市委 第一, from: 2024-09-09}}",
    );
    check("a: [\n  b, # c\n  d\n  e,\n]\nf: g\n", "{a: [b, d e@d\n  e], f: g}");
    check("a: {\n  b: c,\n  d: \"e\"\n}\nf: g\n", "{a: {b: c, d: e@\"e\"}, f: g}");
    check("a: {\"b\":c, d: }\n", "{a: {b@\"b\": c, d: ~@d}}");
    check("a: [b: c, d]\n", "{a: [{b: c}, d]}");
    check("a: [http://x.cn, 12:30, b#c]\n", "{a: [http://x.cn, 12:30, b#c]}");
    check("a: {b: [c, {d: e}]} # f\n", "{a: {b: [c, {d: e}]}}");
    check("a:\n  {b: c}\n", "{a: {b: c}}");
    check("a: [刑侦支队，经侦支队]\n", "{a: [刑侦支队，经侦支队]}");
}

#[test]
fn nesting() {
    check("a:\n  b:\n    c: d\n  e: f\n# x\n\ng: h\n", "{a: {b: {c: d}, e: f}, g: h}");
    check("---\na: b\n", "{a: b}");
}

#[test]
fn collections_have_the_place_of_their_bytes() {
    let (file, node, _) = parse_front_matter("a:\n  b: c\n  d: [e, f] # g\nh:\n  - i\n  - j\n");
    let Value::Mapping(entries) = node.unwrap().value else { panic!() };
    let places = entries.iter().map(|entry| slice(&file, &entry.node.location)).collect::<Vec<_>>();
    assert_eq!(places, ["b: c\n  d: [e, f]", "- i\n  - j"]);
}

#[test]
fn wrong_colons_are_repaired() {
    check_faults("title：中共\nunit: b\n", &["full-width-colon ："]);
    check_faults("title:中共\nunit: b\n", &["missing-space-after-colon title:"]);
    check_faults(
        "a: b\ntitle：中共\nlink：http://x\nd:e\n",
        &["full-width-colon ：", "full-width-colon ：", "missing-space-after-colon d:"],
    );
    check_faults("metrics:\n  推文：27篇\n  金额: 9万元\n", &["full-width-colon ："]);
    check_faults("metrics:\n  推文: 27篇\n  金额：9万元\n", &["full-width-colon ："]);
    check_faults("a: {kind：巡察, b: c}\n", &["full-width-colon ："]);
    check_faults("a: {kind:巡察, b: c}\n", &["missing-space-after-colon kind:"]);
    check_faults("a: {'kind'：巡察, b: c}\n", &["full-width-colon ："]);
    check_faults("a: {b}\n", &[]);
    check_faults("a: {'b:c'}\n", &[]);
    check_faults("\"a\":b\n", &["missing-space-after-colon \"a\":"]);
    let (file, node, _) = parse_front_matter("title：中共\na: {k:v}\n'b':c\n");
    assert_eq!(show(&file, &node.unwrap()), "{title: 中共, a: {k: v}, b@'b': c}");
}

#[test]
fn faults_of_single_lines() {
    check_faults("a: &x b\nc: *x\n", &["yaml-alias &x", "yaml-alias *", "!"]);
    check_faults("a: &x\n  b: c\nd:\n  <<: *x\n", &["yaml-alias &x", "yaml-alias <<", "!"]);
    check_faults("a: [*x, &y z, !t w]\n", &["yaml-alias *x", "yaml-alias &y", "yaml-tag !t", "!"]);
    check_faults("{&x {b：c}\n", &["yaml-alias &x", "key-is-no-text {b：c}", "!"]);
    check_faults("a: !!str b\n", &["yaml-tag !!str", "!"]);
    check_faults("a: **重要**\nb：c\n", &["yaml-alias *", "full-width-colon ：", "!"]);
    check_faults("a: b\n\tc: d\n", &["tab-in-indentation \t", "!"]);
    check_faults("a:\n \t\tc: d\n", &["tab-in-indentation \t\t", "!"]);
    check_faults("a: b\n　c: d\n", &["wide-space-in-indentation 　", "!"]);
    check_faults("a: \"b\nc: d\n", &["unclosed-quote \"", "!"]);
    check_faults("a: \"b\nc: 'd\ne: \"f\"\n", &["unclosed-quote \"", "unclosed-quote '", "!"]);
    check_faults("a: \"b\n", &["unclosed-quote \"", "!"]);
    check_faults("\"a: b\n", &["unclosed-quote \"", "!"]);
    check_faults("a: b\n\"c: d\n", &["unclosed-quote \"", "!"]);
    check_faults("a: [\"b\nc: d\n", &["unclosed-quote \"", "!"]);
    check_faults("a: [b, c\nd: e\n", &["unclosed-bracket [", "!"]);
    check_faults("a: [b, c,\nd: e\n", &["unclosed-bracket [", "!"]);
    check_faults("a: {b: c\nd: e\n", &["unclosed-bracket {", "!"]);
    check_faults("a: {b: [c}\n", &["unclosed-bracket [", "!"]);
    check("a:\n  b: {c: [\n  ], d: e}\n", "{a: {b: {c: [], d: e}}}");
    check_faults("a: {b: c\n", &["unclosed-bracket {", "!"]);
    check_faults("a: \"b\" c\nd：e\n", &["text-after-value c", "full-width-colon ：", "!"]);
    check_faults("a: [b] c\n", &["text-after-value c", "!"]);
    check_faults("a: 关于: b\n", &["colon-in-text :", "!"]);
    check_faults("a: b\n  c: d\n  e: f\n", &["bad-indentation c: d", "!"]);
    check_faults("a:\n    b: c\n  d: e\n", &["bad-indentation d: e", "!"]);
    check_faults("a: b\n这是文字\n", &["missing-colon 这是文字", "!"]);
    check_faults("标题\na: b\n", &["missing-colon 标题", "!"]);
    check_faults("a: - b\n", &["list-beside-key -", "!"]);
    check_faults("? a\n: b\n", &["key-is-no-text ? a", "!"]);
    check_faults("[a]: b\n", &["text-after-value : b", "!"]);
    check_faults("a: b\n[c]: d\n", &["key-is-no-text [c]: d", "!"]);
    check_faults(": b\n", &["missing-colon : b", "!"]);
    check_faults(
        "a: @b\nc: %d\ne: > f\n",
        &["reserved-character @", "reserved-character %", "reserved-character >", "!"],
    );
    check_faults(
        "a:\n|b: c\n@d: e\n*f: g\n",
        &["reserved-character |", "reserved-character @", "yaml-alias *", "!"],
    );
    check_faults("a: {value: 15.3%，quote: b}\n", &["full-width-comma ，", "!"]);
    check_faults("a: {b: \"c\" d: e}\n", &["missing-comma d", "!"]);
    check_faults("a: [b,, c]\n", &["stray-comma ,", "!"]);
    check_faults("a: \"\\q\"\n", &["yaml-syntax \\", "!"]);
    check_faults("a: 中“\"\\q\"\nb: \"中\\q\"\n", &["yaml-syntax \\", "!"]);
    check_faults("a: b\n...\nc: d\n", &["multiple-documents ...", "!"]);
    check_faults("a: b\u{2028}\n", &["invisible-character \u{2028}", "!"]);
}

/// Checks the help in English of the only fault.
#[track_caller]
fn check_help(yaml: &str, expected: &str) {
    let (_, _, diagnostics) = parse_front_matter(yaml);
    let helps = diagnostics.iter().filter_map(|found| found.help.as_ref());
    let helps: Vec<&str> = helps.map(|help| help.in_language(Language::English)).collect();
    assert_eq!(helps, [expected], "{yaml:?}");
}

#[test]
fn a_sign_that_begins_a_comment_inside_a_text_is_doubted() {
    check_faults("post: 解放路 #18 号\n", &["text-taken-for-comment #18 号"]);
    check_faults("- 编号 #3 楼  \n- 乙\n", &["text-taken-for-comment #3 楼"]);
    check_faults("a: 甲\n  乙 ##丙\nb: 丁\n", &["text-taken-for-comment ##丙"]);
    check_faults("a: [\n  甲 #3,\n]\n", &["text-taken-for-comment #3,"]);
    check_help(
        "post: 解放路 #18 号\n",
        "if it belongs to the text write `\"解放路 #18 号\"`; if it is a comment, put a space behind the `#`",
    );
    check_help(
        "a: 甲\n  乙 #丙\n",
        "if it belongs to the text put the whole text in quotes; if it is a comment, put a space behind the `#`",
    );
    for comment in ["a: 甲 # 乙\n", "a: 甲 #\n", "a: 甲 ## 乙\n", "a: 甲\n#乙\nb: 丙\n", "a: \"甲 #3\" #乙\n"]
    {
        check_faults(comment, &[]);
    }
    check_faults("a: [甲, #乙\n  丙]\n", &[]);
    check_faults("a: [甲] #乙\nb: C#语言\n", &[]);
}

#[test]
fn an_address_on_the_web_misses_no_space() {
    check_faults("a: b\nhttps://x.cn/f\n", &["missing-colon https://x.cn/f", "!"]);
    check_faults("a: {https://x.cn/f}\n", &[]);
    check_faults("a: https://x.cn/f\n", &[]);
}

#[test]
fn full_width_brackets_are_named() {
    check_faults("a: ｛value: 3件, quote: b｝\n", &["full-width-bracket ｛", "!"]);
    check_faults("a: ［phone: 123］\n", &["full-width-bracket ［", "!"]);
    check_faults("a: ［甲、乙］\n", &[]);
}

#[test]
fn duplicates_at_every_level() {
    check_faults("a: b\na: c\n", &["duplicate-key a"]);
    check_faults("a: b\n'a': c\nd: {e: f, e: g}\n", &["duplicate-key 'a'", "duplicate-key e"]);
    let (file, node, diagnostics) = parse_front_matter("a: b\nd: x\na: c\n");
    assert_eq!(show(&file, &node.unwrap()), "{a: b, d: x}");
    let related = diagnostics.iter().next().unwrap().related.first().unwrap().location.range.clone();
    assert_eq!(related, Some(4..5));
}

#[test]
fn depth_is_bounded() {
    check_faults(&format!("a: {}{}\n", "[".repeat(15), "]".repeat(15)), &[]);
    check_faults(&format!("a: {}{}\n", "[".repeat(16), "]".repeat(16)), &["yaml-too-deep [", "!"]);
    check_faults(&format!("{}a\n", "- ".repeat(16)), &[]);
    check_faults(&format!("{}a\n", "- ".repeat(17)), &["yaml-too-deep -", "!"]);
}
