//! Strict readers of the tree: a mapping is taken apart key by key, and every mistake in it is reported in one run.
//!
//! Start at [`Fields`]. It is asked for one [`Key`] after the other, and reports what is missing, of the wrong kind, or never
//! asked for; what a text must say beyond being one of some choices (a date, a figure) is the caller's to check. Mappings
//! whose keys are free, such as metrics, are read with [`Node::into_entries`].

use crate::diagnostic::{Certainty, Diagnostic, Diagnostics, Located, Location, quoted_list};
use crate::text::nearest;

use super::faults::excerpt;
use super::{Entry, Key, Kind, Node, Value};

/// A mapping that is being taken apart.
#[derive(Debug)]
pub struct Fields {
    location: Location,
    /// The place that stands for the mapping where something is missing: its first key.
    first: Location,
    /// What nobody has asked for yet.
    entries: Vec<Entry>,
    /// Every key that was asked for, present or not.
    known: Vec<&'static Key>,
    /// Those of them that are present.
    present: Vec<&'static str>,
    /// The keys that must be there and are not, each with the one that could be there in its place.
    missing: Vec<(&'static Key, Option<&'static Key>)>,
}

impl Fields {
    /// Starts to take `node` apart; reports it if it is no mapping.
    pub fn open(node: Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let location = node.location.clone();
        let entries = node.into_entries(diagnostics)?;
        let first = entries.first().map_or(&location, |entry| &entry.key.location).clone();
        Some(Self { location, first, entries, known: Vec::new(), present: Vec::new(), missing: Vec::new() })
    }

    /// Returns the place of the mapping.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Tells whether `key` is written and has not been taken yet.
    pub fn has(&self, key: &Key) -> bool {
        self.entries.iter().any(|entry| entry.key.value == key.name)
    }

    /// Lists the texts inside what has not been taken yet that `is_meant` tells.
    pub fn texts_with(&self, is_meant: impl Fn(&str) -> bool) -> Vec<Located<String>> {
        let mut texts = Vec::new();
        let mut rest: Vec<&Node> = self.entries.iter().rev().map(|entry| &entry.node).collect();
        while let Some(node) = rest.pop() {
            match &node.value {
                Value::Scalar(text) if is_meant(text) => {
                    texts.push(Located { value: text.clone(), location: node.location.clone() });
                }
                Value::Scalar(_) | Value::Null => {}
                Value::Sequence(items) => rest.extend(items.iter().rev()),
                Value::Mapping(entries) => rest.extend(entries.iter().rev().map(|entry| &entry.node)),
            }
        }
        texts
    }

    /// Returns where `key` is written, if it has not been taken yet.
    pub fn location_of(&self, key: &Key) -> Option<Location> {
        self.entries.iter().find(|entry| entry.key.value == key.name).map(|entry| entry.key.location.clone())
    }

    /// Takes the value of `key` as it is.
    pub fn node(&mut self, key: &'static Key) -> Option<Node> {
        self.known.push(key);
        let index = self.entries.iter().position(|entry| entry.key.value == key.name)?;
        self.present.push(key.name);
        Some(self.entries.remove(index).node)
    }

    /// Takes the text of `key`; reports any other kind of value, and an empty one.
    pub fn text(&mut self, key: &'static Key, diagnostics: &mut Diagnostics) -> Option<Located<String>> {
        self.node(key)?.into_text(key.name, diagnostics)
    }

    /// Takes the text of `key`, which must be there.
    ///
    /// That it is missing is reported by [`Fields::finish`], unless it is there under a misspelt name.
    pub fn required_text(
        &mut self,
        key: &'static Key,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<String>> {
        let Some(node) = self.node(key) else {
            self.missing.push((key, None));
            return None;
        };
        node.into_text(key.name, diagnostics)
    }

    /// Says that `key` must be there, or else `other`, neither of which has been taken yet.
    pub fn require_either(&mut self, key: &'static Key, other: &'static Key) {
        if !self.has(key) && !self.has(other) {
            self.missing.push((key, Some(other)));
        }
    }

    /// Takes `true` or `false`.
    pub fn flag(&mut self, key: &'static Key, diagnostics: &mut Diagnostics) -> Option<Located<bool>> {
        debug_assert!(matches!(key.kind, Kind::Flag), "{}", key.name);
        let text = self.text(key, diagnostics)?;
        let value = match text.value.as_str() {
            "true" => true,
            "false" => false,
            other => {
                diagnostics.push(no_flag(text.location, key.name, other));
                return None;
            }
        };
        Some(Located { value, location: text.location })
    }

    /// Takes a list of texts, without the elements that are none.
    pub fn texts(
        &mut self,
        key: &'static Key,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Located<String>>> {
        debug_assert!(matches!(key.kind, Kind::Texts), "{}", key.name);
        self.node(key)?.into_texts(key.name, diagnostics)
    }

    /// Takes a text that must be one of `choices`, the values that the words of `key` stand for.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &'static Key,
        choices: &[(&'static str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<T>> {
        debug_assert!(matches!(key.kind, Kind::Choice(_)), "{}", key.name);
        let text = self.text(key, diagnostics)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Located { value: *value, location: text.location });
        }
        let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let meant = key.choice_meant_by(text.value.trim());
        let key = key.name;
        diagnostics.push(unknown_value(text, key, &names, meant));
        None
    }

    /// Reports every required key that is missing and every key that nobody asked for.
    pub fn finish(mut self, diagnostics: &mut Diagnostics) {
        let names = self.known.iter().map(|key| key.name).collect::<Vec<_>>();
        for entry in self.entries {
            let meant = nearest(&entry.key.value, names.iter().copied());
            let is_meant = |key: &Key| Some(key.name) == meant;
            self.missing.retain(|(key, other)| !is_meant(key) && !other.is_some_and(is_meant));
            let word = entry.key.value.trim();
            let translated = self.known.iter().find(|key| key.chinese.contains(&word)).map(|key| key.name);
            let mut problem = unknown_key(entry.key, &names, translated);
            // Under the other name, it would be there twice.
            problem.fixes.retain(|fix| fix.edits.iter().all(|edit| !self.present.contains(&&*edit.text)));
            diagnostics.push(problem);
        }
        for (key, other) in self.missing {
            diagnostics.push(match other {
                None => missing_key(self.first.clone(), key.name, key.example),
                Some(other) => missing_either(self.first.clone(), key, other),
            });
        }
    }
}

fn missing_key(location: Location, key: &str, example: &str) -> Diagnostic {
    Diagnostic::error("missing-key", location, format!("`{key}` is missing"), format!("缺少 `{key}`"))
        .help(format!("add `{key}: {example}`"), format!("请补上 `{key}: {example}`"))
}

fn missing_either(location: Location, key: &Key, other: &Key) -> Diagnostic {
    let [(key, example), (other, other_example)] = [key, other].map(|key| (key.name, key.example));
    Diagnostic::error(
        "missing-key",
        location,
        format!("`{key}` is missing, and so is `{other}`, which can stand in its place"),
        format!("缺少 `{key}`，也没有可以代替它的 `{other}`"),
    )
    .help(
        format!("add `{key}: {example}`; where there is none, add `{other}: {other_example}`"),
        format!("请补上 `{key}: {example}`；确实没有的，请补上 `{other}: {other_example}`"),
    )
}

fn no_flag(location: Location, key: &str, written: &str) -> Diagnostic {
    let whole = written;
    let written = excerpt(written);
    let lower = written.to_lowercase();
    let example = match lower.as_str() {
        "no" | "off" | "n" | "false" | "0" | "否" | "不" | "关" | "无" => "false",
        _ => "true",
    };
    Diagnostic::error(
        "wrong-type",
        location,
        format!("`{key}` takes `true` or `false`, not `{written}`"),
        format!("`{key}` 只能是 `true`（是）或 `false`（否），不能是 `{written}`"),
    )
    .help(format!("write `{key}: {example}`"), format!("请写成 `{key}: {example}`"))
    .replace(whole, example, Certainty::Probable)
}

/// `meant` is the choice that is meant if this is what people call it.
fn unknown_value(
    written: Located<String>,
    key: &str,
    choices: &[&'static str],
    meant: Option<&str>,
) -> Diagnostic {
    let value = excerpt(&written.value);
    let diagnostic = Diagnostic::error(
        "unknown-value",
        written.location,
        format!("`{key}` cannot be `{value}`"),
        format!("`{key}` 不能是 `{value}`"),
    );
    match meant {
        Some(choice) => diagnostic
            .help(format!("write `{key}: {choice}`"), format!("请写 `{key}: {choice}`"))
            .replace(&written.value, choice, Certainty::Probable),
        None => suggest(diagnostic, &written.value, choices, None),
    }
}

/// `translated` is the key that is meant if this is what people call it in Chinese.
fn unknown_key(key: Located<String>, known: &[&'static str], translated: Option<&'static str>) -> Diagnostic {
    let name = excerpt(&key.value);
    let diagnostic = Diagnostic::error(
        "unknown-key",
        key.location,
        format!("`{name}` is not a key that is known here"),
        format!("此处没有名为 `{name}` 的键"),
    );
    suggest(diagnostic, &key.value, known, translated)
}

/// Adds the candidate that was meant or probably meant, or all of them.
fn suggest(
    diagnostic: Diagnostic,
    written: &str,
    candidates: &[&'static str],
    translated: Option<&'static str>,
) -> Diagnostic {
    if let Some(nearest) = translated.or_else(|| nearest(written, candidates.iter().copied())) {
        return diagnostic.did_you_mean(written, nearest);
    }
    if candidates.is_empty() {
        return diagnostic.help("delete it", "请删除");
    }
    let [english, chinese] = quoted_list(candidates);
    diagnostic.help(format!("known here: {english}"), format!("此处可用：{chinese}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, SourcePath};
    use crate::yaml::Choice;

    const TITLE: Key = Key::new("title", Kind::Text, "").required("…通报");
    const UNIT: Key = Key::new("unit", Kind::Text, "");
    const DRAFT: Key = Key::new("draft", Kind::Flag, "");
    const RESPONSIBLE: Key = Key::new("responsible", Kind::Texts, "");
    const WORDS: &[Choice] =
        &[Choice { word: "completed", instead: &["做完了"] }, Choice { word: "in-progress", instead: &[] }];
    const STATUS: Key = Key::new("status", Kind::Choice(WORDS), "").chinese(&["状态"]);
    const KIND: Key = Key::new("kind", Kind::Text, "");
    const INSPECTION: Key = Key::new("inspection", Kind::Mapping(&[&KIND]), "");

    /// Takes `text` apart as a sample structure; returns code, place and help of every problem.
    fn problems(text: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::new();
        let node = super::super::parse(&SourcePath::new("a.md"), text, 0..text.len(), &mut diagnostics);
        if let Some(mut fields) = node.and_then(|node| Fields::open(node, &mut diagnostics)) {
            let _ = fields.required_text(&TITLE, &mut diagnostics);
            let _ = fields.text(&UNIT, &mut diagnostics);
            let _ = fields.flag(&DRAFT, &mut diagnostics);
            let _ = fields.texts(&RESPONSIBLE, &mut diagnostics);
            let _ = fields.one_of(&STATUS, &[("completed", 1), ("in-progress", 2)], &mut diagnostics);
            if let Some(node) = fields.node(&INSPECTION) {
                let _ = Fields::open(node, &mut diagnostics).map(|mut fields| {
                    let _ = fields.text(&KIND, &mut diagnostics);
                    fields.finish(&mut diagnostics);
                });
            }
            fields.finish(&mut diagnostics);
        }
        let show = |d: &Diagnostic| {
            let range = d.location.as_ref().and_then(|location| location.range.clone()).unwrap();
            let help = d.help.as_ref().unwrap().in_language(Language::English);
            format!("{} `{}`: {help}", d.code, &text.get(range).unwrap())
        };
        diagnostics.iter().map(show).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(problems(text), expected, "{text:?}");
    }

    #[test]
    fn texts_are_taken_as_written() {
        check("title: 001", &[]);
        check("title: a\nunit: 316021\ndraft: true\nresponsible: [刑侦支队, 12]\nstatus: completed", &[]);
        check("title: a\nresponsible: []", &[]);
        // One text is a list of one.
        for one in [
            "刑侦支队",
            "12",
            "'甲科: 乙室'",
            "甲局 乙科",
            "1,204件",
            "１，２０４件",
            "甲局（含乙、丙科）",
            "甲〔2024〕3号",
            "“甲、乙”专班",
            "《甲，乙》(一；二)",
        ] {
            check(&format!("title: a\nresponsible: {one}"), &[]);
        }
    }

    #[test]
    fn missing_and_empty() {
        check("unit: b", &["missing-key `unit`: add `title: …通报`"]);
        check("", &["missing-key ``: add `title: …通报`"]);
        check("title:", &["empty-value `title`: write a value, or delete `title:`"]);
        check("title: ''", &["empty-value `''`: write a value, or delete `title:`"]);
        check("title: …", &["empty-value `…`: write a value, or delete `title:`"]);
        check("title: '...'", &["empty-value `'...'`: write a value, or delete `title:`"]);
        check("title: ~", &["empty-value `~`: write a value, or delete `title:`"]);
        check("title: a\nresponsible: [a, ]", &[]);
        check("title: a\nresponsible: [a, '']", &["empty-value `''`: write a value, or delete the entry"]);
        check("title: a\nresponsible: ''", &["empty-value `''`: write a value, or delete `responsible:`"]);
        check(
            "title: a\nresponsible:",
            &["empty-value `responsible`: write a value, or delete `responsible:`"],
        );
    }

    #[test]
    fn wrong_types() {
        check(
            "title: [a]",
            &["wrong-type `[a]`: write `title: text`, in quotes if it holds `[`, `{` or `: `"],
        );
        check(
            "title: a\nresponsible: 刑侦支队、经侦支队",
            &[
                "wrong-type `刑侦支队、经侦支队`: write `responsible: [刑侦支队, 经侦支队]`, or one `- 刑侦支队` per line",
            ],
        );
        check(
            "title: a\nresponsible: 甲局（含乙、丙科），丁局1,204人",
            &[
                "wrong-type `甲局（含乙、丙科），丁局1,204人`: write `responsible: [\"甲局（含乙、丙科）\", \"丁局1,204人\"]`, or one `- \"甲局（含乙、丙科）\"` per line",
            ],
        );
        check(
            "title: a\nresponsible: ［甲科，乙科］",
            &["wrong-type `［甲科，乙科］`: write `responsible: [甲科, 乙科]`, or one `- 甲科` per line"],
        );
        check(
            "title: a\nresponsible: |\n  甲科\n  乙科\n",
            &["wrong-type `甲科\n  乙科`: write `responsible: [甲科, 乙科]`, or one `- 甲科` per line"],
        );
        check(
            "title: a\nresponsible: －甲科",
            &["wrong-type `－甲科`: write `responsible: [甲科]`, or one `- 甲科` per line"],
        );
        check("title: a\ndraft: yes", &["wrong-type `yes`: write `draft: true`"]);
        check("title: a\ndraft: 否", &["wrong-type `否`: write `draft: false`"]);
        check("title: a\ndraft: TRUE", &["wrong-type `TRUE`: write `draft: true`"]);
        check(
            "title: a\ninspection: [a]",
            &["wrong-type `[a]`: write `key: value` on lines of their own, indented alike"],
        );
        check(
            "title: a\ninspection:\n  kind：巡察",
            &["full-width-colon `kind：巡察`: write `kind: 巡察` with an ASCII colon and a space"],
        );
        check(
            "title: a\ninspection:\n  kind:巡察",
            &["missing-space-after-colon `kind:巡察`: write `kind: 巡察`"],
        );
        check(
            "title: a\ninspection: https://www.example.gov.cn/f",
            &[
                "wrong-type `https://www.example.gov.cn/f`: write `key: value` on lines of their own, indented alike",
            ],
        );
        check("- a", &["wrong-type `- a`: write `key: value` on lines of their own, indented alike"]);
    }

    #[test]
    fn unknown_keys_and_values() {
        check("titel: a\ntitle: b", &["unknown-key `titel`: did you mean `title`?"]);
        check(
            "title: b\n名字: a",
            &[
                "unknown-key `名字`: known here: `title`, `unit`, `draft`, `responsible`, `status`, `inspection`",
            ],
        );
        check(
            "headg: a",
            &[
                "unknown-key `headg`: known here: `title`, `unit`, `draft`, `responsible`, `status`, `inspection`",
                "missing-key `headg`: add `title: …通报`",
            ],
        );
        check("ttl: a", &["unknown-key `ttl`: did you mean `title`?"]);
        check("title: b\n状态: a", &["unknown-key `状态`: did you mean `status`?"]);
        check("title: b\ninspection: {knd: a}", &["unknown-key `knd`: did you mean `kind`?"]);
        check("title: b\nstatus: complete", &["unknown-value `complete`: did you mean `completed`?"]);
        check(
            "title: b\nstatus: 已完成",
            &["unknown-value `已完成`: known here: `completed`, `in-progress`"],
        );
        check("title: b\nstatus: 做完了", &["unknown-value `做完了`: write `status: completed`"]);
    }

    #[test]
    fn all_problems_in_one_run() {
        check(
            "titel: a\nunit：b\ndraft:是\nstatus: done\nunit: c",
            &[
                "full-width-colon `：`: write `unit: b` with an ASCII colon and a space",
                "missing-space-after-colon `draft:`: write `draft: 是`",
                "duplicate-key `unit`: keep one of the two",
                "wrong-type `是`: write `draft: true`",
                "unknown-value `done`: known here: `completed`, `in-progress`",
                "unknown-key `titel`: did you mean `title`?",
            ],
        );
    }
}
