//! `missing-alternative`, `not-one-h1`, `missing-language`, `missing-title`: what people need who have a page read aloud.
//!
//! These are the requirements that a build can check by itself; `docs/themes.md` names tools for the others.

use std::collections::BTreeSet;

use super::faults::{Fault, Pages, Rule};
use super::watch::StartTag;
use crate::diagnostic::{Diagnostic, Location};

/// What the end of a page decides: how many headings and titles it has.
#[derive(Debug, Default)]
pub(super) struct Outline {
    n_h1: usize,
    has_language: bool,
    has_title: bool,
    /// How many `<svg>` are open: the title of a drawing is not that of the page.
    n_drawings: usize,
    /// An `<svg role="img">` that is open has not been named yet.
    is_drawing_nameless: bool,
}

impl Outline {
    /// Looks at a start tag.
    pub(super) fn start(&mut self, tag: &StartTag<'_>, found: &mut BTreeSet<Fault>) {
        let is_named = || {
            tag.has(b"aria-label")
                || tag.has(b"aria-labelledby")
                || tag.is(b"aria-hidden", b"true")
                || tag.is(b"role", b"presentation")
                || tag.is(b"role", b"none")
        };
        match tag.name {
            b"h1" => self.n_h1 += 1,
            b"html" => self.has_language |= tag.has(b"lang"),
            b"svg" => {
                self.n_drawings += 1;
                self.is_drawing_nameless |= tag.is(b"role", b"img") && !is_named();
            }
            _ => {}
        }
        let is_nameless = match tag.name {
            b"h1" | b"html" | b"svg" => false,
            b"img" => tag.get(b"alt").is_none() && !is_named(),
            b"area" => tag.get(b"href").is_some() && !tag.has(b"alt") && !is_named(),
            b"input" => tag.is(b"type", b"image") && !tag.has(b"alt") && !is_named(),
            b"iframe" | b"embed" => !tag.has(b"title") && !is_named(),
            _ => tag.is(b"role", b"img") && !tag.has(b"title") && !is_named(),
        };
        if is_nameless {
            let name = String::from_utf8_lossy(tag.name);
            // The folder depends on where the page stands.
            let source = String::from_utf8_lossy(tag.get(b"src").or(tag.get(b"href")).unwrap_or_default());
            let file = source.rsplit('/').next().unwrap_or_default();
            let words = if file.is_empty() { format!("<{name}>") } else { format!("<{name}> {file}") };
            found.insert(Fault::new(Rule::NoAlternative, &words));
        }
    }

    /// Takes the words of a `<title>`, of the page or of a drawing in it.
    pub(super) fn title(&mut self, words: &[u8]) {
        let says_something = !words.trim_ascii().is_empty();
        if self.n_drawings == 0 {
            self.has_title |= says_something;
        } else {
            self.is_drawing_nameless &= !says_something;
        }
    }

    /// Takes an end tag.
    pub(super) fn end(&mut self, name: &[u8], found: &mut BTreeSet<Fault>) {
        if name == b"svg" {
            self.n_drawings = self.n_drawings.saturating_sub(1);
            if std::mem::take(&mut self.is_drawing_nameless) {
                found.insert(Fault::new(Rule::NoAlternative, "<svg role=\"img\">"));
            }
        }
    }

    /// Lists what the page made from `template` as a whole lacks.
    pub(super) fn finish(&self, template: &'static str, found: &mut BTreeSet<Fault>) {
        let mut lacks = |rule, words: &str| {
            found.insert(Fault { template, ..Fault::new(rule, words) });
        };
        if self.n_h1 != 1 {
            lacks(Rule::NotOneH1, &self.n_h1.to_string());
        }
        if !self.has_language {
            lacks(Rule::NoLanguage, "");
        }
        if !self.has_title {
            lacks(Rule::NoTitle, "");
        }
    }
}

pub(super) fn diagnostic(fault: &Fault, location: Location, pages: &Pages) -> Diagnostic {
    let words = fault.quoted();
    let [english, chinese] = pages.named();
    let help = match words.split([' ', '>']).next().unwrap_or_default() {
        "<img" => [
            "say it in `alt`; for a picture that only adorns write `alt=\"\"`",
            "请用 `alt` 写明；纯装饰的图片写 `alt=\"\"`",
        ],
        "<iframe" | "<embed" => ["say it in `title`", "请用 `title` 写明"],
        "<input" | "<area" => ["say in `alt` what a click on it does", "请用 `alt` 写明点击后的作用"],
        _ => [
            "say it in `aria-label`; if it only adorns, write `aria-hidden=\"true\"`",
            "请用 `aria-label` 写明；纯装饰的写 `aria-hidden=\"true\"`",
        ],
    };
    match fault.rule {
        Rule::NoAlternative => Diagnostic::warning(
            "missing-alternative",
            location,
            format!("nothing says in words what `{words}` on {english} shows"),
            format!("{chinese}上的 `{words}` 没有替代文字"),
        )
        .help(help[0], help[1]),
        Rule::NotOneH1 => Diagnostic::warning(
            "not-one-h1",
            location,
            format!("there should be one `<h1>`, and {english} would have {words}"),
            format!("一个页面应有一个 `<h1>`，而{chinese}有 {words} 个"),
        )
        .help(
            "make the title of the page its only `<h1>`, and begin all else with `<h2>`",
            "请只把页面标题写成 `<h1>`，其余标题从 `<h2>` 开始",
        ),
        Rule::NoLanguage => Diagnostic::warning(
            "missing-language",
            location,
            format!("nothing says in which language {english} would be read aloud"),
            format!("{chinese}没有写明语言，朗读软件无从判断"),
        )
        .help("write `<html lang=\"{{ site.language }}\">`", "请写 `<html lang=\"{{ site.language }}\">`"),
        _ => Diagnostic::warning(
            "missing-title",
            location,
            format!("{english} would have no title"),
            format!("{chinese}没有标题（`<title>`）"),
        )
        .help("write `<title>{{ page.title }}</title>`", "请写 `<title>{{ page.title }}</title>`"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::watch::{Document, Watch};
    use crate::reading;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let mut watch = Watch::of(Document::Page);
        reading::visit(html.as_bytes(), &mut watch);
        watch.outline.finish("item.html", &mut watch.found);
        let shown: Vec<String> =
            watch.found.iter().map(|fault| format!("{:?} {}", fault.rule, fault.words)).collect();
        assert_eq!(shown, expected, "{html}");
    }

    const HEAD: &str = "<html lang=zh-CN><title>甲</title><h1>甲</h1>";

    #[test]
    fn a_page_has_language_title_and_one_h1() {
        check(HEAD, &[]);
        check("<html lang=zh-CN><title>甲</title>", &["NotOneH1 0"]);
        check(&format!("{HEAD}<h1>乙</h1>"), &["NotOneH1 2"]);
        check("<html lang=''><title> </title><h1>甲</h1>", &["NoLanguage ", "NoTitle "]);
    }

    #[test]
    fn what_is_seen_is_said() {
        for (html, expected) in [
            ("<img src=../a.png>", "NoAlternative <img> a.png"),
            ("<input type=Image src=a.png alt=''>", "NoAlternative <input> a.png"),
            ("<area href=b.html>", "NoAlternative <area> b.html"),
            ("<svg role=img><path/></svg>", "NoAlternative <svg role=\"img\">"),
            ("<i role=img></i>", "NoAlternative <i>"),
            ("<iframe src=a.html></iframe>", "NoAlternative <iframe> a.html"),
            ("<embed src=a.png>", "NoAlternative <embed> a.png"),
        ] {
            check(&format!("{HEAD}{html}"), &[expected]);
        }
        for html in [
            "<img src=a.png alt=''><img src=a.png alt=甲><img src=a.png aria-label=甲>",
            "<svg role=img aria-label=甲></svg><svg role=img><title>甲</title></svg><svg></svg>",
            "<svg role=img aria-hidden=true></svg><input type=image alt=甲><input type=text>",
            "<area href=b.html alt=甲><area><i role=img title=甲></i>",
        ] {
            check(&format!("{HEAD}{html}"), &[]);
        }
    }
}
