//! A style sheet as people write it → the same as browsers need it: without comments and indents.
//!
//! Only white space and comments are touched, so nothing that a browser understands can be lost, whatever it is. (The small
//! libraries that do more drop rules that they do not know; the one that does not takes longer to compile than all of gongkai.)

/// Returns the style sheet without comments, and without white space where none is needed (CSS Syntax Level 3).
///
/// What stands in quotes and in `url(…)` stays as written.
pub(super) fn shortened(css: &str) -> String {
    let mut short = String::with_capacity(css.len());
    let mut rest = css;
    let mut is_apart = false;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.get(2..).and_then(|inside| inside.split_once("*/")).map_or("", |(_, behind)| behind);
            // It is no space: `a/**/.b` is `a.b`. Yet it parts two words, which would become one.
            if !is_apart && parts_words(&short, rest) {
                short.push_str("/**/");
            }
            continue;
        }
        if first.is_ascii_whitespace() {
            is_apart = true;
            rest = behind_first(rest);
            continue;
        }
        if is_apart && needs_space(&short, first) {
            short.push(' ');
        }
        is_apart = false;
        if is_needless_zero(&short, rest) {
            rest = behind_first(rest);
            continue;
        }
        if first == '}' && short.ends_with(';') && !short.ends_with("\\;") {
            short.pop();
        }
        let (piece, behind) = rest.split_at(length_of_piece(rest, first));
        short.push_str(piece);
        rest = behind;
    }
    short
}

/// Tells whether a comment between `written` and `rest` keeps two words, numbers or signs of two parts from becoming one.
fn parts_words(written: &str, rest: &str) -> bool {
    let is_joint = |c: char| !c.is_ascii_whitespace() && !"{};,".contains(c);
    let is_separate = |c: char| ".:[".contains(c);
    written.ends_with(is_joint) && rest.starts_with(|c| is_joint(c) && !is_separate(c))
}

/// Returns what stands behind the first character.
fn behind_first(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

/// Tells whether what has been written and a piece that begins with `next` would mean something else without a space.
fn needs_space(written: &str, next: char) -> bool {
    // Behind a colon, a space never counts; in front of one it does: `a :hover` is not `a:hover`.
    !written.is_empty()
        && !written.ends_with(['{', '}', ';', ',', ':'])
        && !['{', '}', ';', ','].contains(&next)
}

/// Tells whether `rest` begins with the zero of a number such as 0.5, which is the same without it.
fn is_needless_zero(written: &str, rest: &str) -> bool {
    let is_number =
        rest.strip_prefix("0.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    is_number && written.ends_with([':', ' ', ',', '('])
}

/// Returns the length of what begins `rest` and stays as written: a text in quotes, an address, an escape, or one character.
fn length_of_piece(rest: &str, first: char) -> usize {
    let address = rest.split_at_checked("url(".len()).filter(|(start, _)| start.eq_ignore_ascii_case("url("));
    let is_address = address.is_some_and(|(_, inside)| !inside.trim_start().starts_with(['"', '\'']));
    let closing = match first {
        '"' | '\'' => first,
        '\\' => return rest.chars().take(2).map(char::len_utf8).sum(),
        _ if is_address => ')',
        _ => return first.len_utf8(),
    };
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == closing => return at + character.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::shortened;

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(shortened(css), expected);
    }

    #[test]
    fn comments_and_indents_go() {
        check(
            "/* 甲 */\na {\n  color: red;\n  margin: 0 -1px;\n}\n\nb,\nc { d: e }\n",
            "a{color:red;margin:0 -1px}b,c{d:e}",
        );
        check("a/* x */b{}", "a/**/b{}");
        check(".a/* x */.b{}c /**/d{}", ".a.b{}c d{}");
        check("a { b: c /* never closed", "a{b:c");
        check("a{}/*/b{}*/c{}", "a{}c{}");
    }

    #[test]
    fn what_means_something_stays() {
        for css in [
            "a :hover{x:calc(1px + (2px - 3px) * 2)}",
            "e:not(:has(+ tr > .s)) *::before{content:\"a  b ; } { /* x */\"}",
            "a{background:url(data:image/svg+xml;utf8,<svg  a='b , c'/>)}",
            "a{b:'it\\'s  {'}",
            ".a\\  b{c:d}",
            "a{--q:\\;}",
            "@media screen and (min-width:64rem){a{b:c}}",
        ] {
            check(css, css);
        }
        check("a { --x: ; }", "a{--x:}");
        check(
            "a { b: 0.5em -0.5em calc(0.25 * 10.5px) 0 \" 0.5\" }",
            "a{b:.5em -0.5em calc(.25 * 10.5px) 0 \" 0.5\"}",
        );
    }

    proptest! {
        #[test]
        fn a_short_sheet_is_as_short_as_it_gets(css in "([a-c .#:;,{}()>+*/\"'\\\\\n]|/\\*|\\*/|url\\(){0,40}") {
            let short = shortened(&css);
            prop_assert!(short.len() <= css.len());
        }

        #[test]
        fn any_text_is_survived(css: String) {
            shortened(&css);
        }
    }
}
