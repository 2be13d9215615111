//! Templates, assets and words of the interface: what a site looks like.
//!
//! [`Theme::load`] lays the site's own `themes/<name>/` over the theme that is compiled in (`themes/default/` of the
//! repository), file by file. [`Theme::render`] fills one template. Tera stays in this room: views come in as anything
//! that serde can serialize, problems go out as diagnostics with the template's line and column.

mod assets;
mod built_in;
mod contrast;
mod declarations;
mod lang;
mod limits;
mod modes;
mod own_pages;
mod own_templates;
mod problems;
mod quoted;
mod reason;
mod strings;
mod style_sheet;
mod style_words;
mod styles;
mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::disk::{self, Sources};
use crate::keys;
use crate::text::place::bom_length;
use crate::yaml::{self, Fields};

pub use assets::Asset;
pub use own_pages::OwnPages;
pub use own_templates::OwnTemplates;
pub(crate) use style_sheet::addresses as addresses_in_styles;

/// The folder that holds themes.
pub const FOLDER: &str = "themes";

/// The most that a file of a theme may have.
const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// A theme that is ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The assets by the name under which templates ask for them.
    assets: BTreeMap<String, Asset>,
    /// The words of the interface.
    strings: BTreeMap<String, String>,
    own_templates: OwnTemplates,
    /// The assets of the site's own theme that are written in tags, such as drawings.
    own_drawings: Vec<(SourcePath, Vec<u8>)>,
}

/// A view that templates can read, serialized once and cheap to clone.
#[derive(Debug, Clone)]
pub struct Prepared(Value);

impl Prepared {
    /// Serializes a view.
    pub fn new(view: &impl Serialize) -> Self {
        Self(Value::try_from_serializable(view).expect("views are structs of texts, numbers and lists"))
    }

    /// Returns the view as JSON, to look at what templates can read.
    #[cfg(test)]
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).expect("views are structs of texts, numbers and lists")
    }
}

/// The files of a theme by their path inside it, each with the place it came from.
type Files = BTreeMap<String, (SourcePath, Vec<u8>)>;

impl Theme {
    /// Loads the theme that `config` names; its texts are added to `sources`, for code frames.
    ///
    /// Pushes `unknown-theme`, `unknown-language`, `template-error`, `missing-asset`, `words-in-style-sheet`, `low-contrast`,
    /// `unused-theme-file`, `unused-word`, and what the disk and the YAML of `theme.yaml` and the strings bring. A template
    /// that cannot be used is replaced by the built-in one, so that the other pages are still checked.
    pub fn load(root: &Path, config: &Config, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Self {
        let own = load_files(root, config, sources, diagnostics);
        check_theme_file(&own, diagnostics);
        let built_in: Files = built_in::files()
            .map(|(name, bytes)| {
                let path = SourcePath::new(format!("{FOLDER}/default/{name}"));
                (name.to_owned(), (path, bytes.to_vec()))
            })
            .collect();
        for (path, bytes) in built_in.values().filter(|(path, _)| path.extension() == Some("html")) {
            if sources.get(path).is_none() {
                sources.insert(path.clone(), bytes.clone());
            }
        }
        let mut all = built_in.clone();
        all.extend(own.clone());

        let strings = strings::load(&all, &built_in, config, diagnostics);
        unused::check(&own, &built_in, config, diagnostics);
        let assets = assets::load(&all, diagnostics);
        let mut changed = own.clone();
        changed.retain(|name, file| built_in.get(name).is_none_or(|built_in| built_in.1 != file.1));
        styles::check(&changed, &built_in, diagnostics);
        let tera = load_templates(&own, &built_in, &config.language.value, diagnostics);
        let own_templates = OwnTemplates::new(&changed);
        let own_drawings = changed.into_iter().filter(|(name, (_, bytes))| is_drawing(name, bytes));
        let own_drawings = own_drawings.map(|(_, file)| file).collect();
        Self { tera, assets, strings, own_templates, own_drawings }
    }

    /// The templates of the site's own theme as they are written, to look for the place of a fault.
    pub fn own_templates(&self) -> &OwnTemplates {
        &self.own_templates
    }

    /// The assets of the site's own theme that are written in tags, as drawings are.
    pub fn own_drawings(&self) -> impl Iterator<Item = (&SourcePath, &[u8])> {
        self.own_drawings.iter().map(|(path, bytes)| (path, bytes.as_slice()))
    }

    /// Returns where a template of the site's own writes words that pages made from `template` show.
    pub fn place_of_words(&self, shown: &str, template: &str) -> Option<Location> {
        self.own_templates.place_of_words(shown, template, &self.strings)
    }

    /// The assets by the name under which templates ask for them.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// The words of the interface by their key.
    pub fn strings(&self) -> &BTreeMap<String, String> {
        &self.strings
    }

    /// Fills `template` (its name without folder, `notice.html`) with `values`.
    ///
    /// Returns what is wrong as a diagnostic at the template's line; `page` is the path of the page being rendered.
    pub fn render(
        &self,
        template: &str,
        values: &[(&'static str, &Prepared)],
        page: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        for (name, value) in values {
            context.insert_value(*name, value.0.clone());
        }
        let mut out = limits::PageBytes(Vec::with_capacity(8 * 1024));
        limits::begin_page();
        match self.tera.render_to(template, &context, &mut out) {
            Ok(()) => Ok(out.0),
            Err(error) => Err(Box::new(problems::while_rendering(&error, &self.file_of(template), page))),
        }
    }

    /// Returns the file of a template: the site's own, else the built-in one.
    fn file_of(&self, template: &str) -> String {
        let ending = format!("/templates/{template}");
        let own = self.tera.get_template_names().find(|name| name.ends_with(&ending));
        own.map_or_else(|| format!("{FOLDER}/default{ending}"), str::to_owned)
    }

    /// The variables that `template` reads from the outside.
    pub fn template_variables(&self, template: &str) -> BTreeSet<String> {
        let variables = self.tera.get_template_variables(template).unwrap_or_default();
        variables.into_iter().map(str::to_owned).collect()
    }
}

/// Reads `themes/<name>/`; pushes `unknown-theme` if there is no such folder and the name is not `default`.
fn load_files(root: &Path, config: &Config, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Files {
    let name = &config.theme.value;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let folder = format!("{FOLDER}/{name}");
    let mut files = Files::new();
    if !name.is_empty() && name.chars().all(is_name) {
        for found in disk::walk(root, &folder, diagnostics) {
            if let Some(bytes) = disk::read(root, &found.path, LARGEST_FILE, diagnostics) {
                let inside = found.path.as_str().strip_prefix(&folder).unwrap_or_default();
                sources.insert(found.path.clone(), bytes.clone());
                files.insert(inside.trim_start_matches('/').to_owned(), (found.path, bytes));
            }
        }
    }
    if files.is_empty() && name != "default" {
        diagnostics.push(
            Diagnostic::error(
                "unknown-theme",
                config.theme.location.clone(),
                format!("there is no theme `{name}`"),
                format!("没有主题 `{name}`"),
            )
            .help(
                format!("write `theme: default`, or put the theme into `{folder}/`"),
                format!("请写 `theme: default`，或把主题放到 `{folder}/`"),
            ),
        );
    }
    files
}

/// Holds `theme.yaml` to its keys.
fn check_theme_file(own: &Files, diagnostics: &mut Diagnostics) {
    let Some((path, bytes)) = own.get("theme.yaml") else { return };
    let Some(text) = disk::text(path, bytes, diagnostics) else { return };
    let node = yaml::parse(path, text, bom_length(text.as_bytes())..text.len(), diagnostics);
    let node = node.map(|node| node.as_read(text, &BTreeSet::new(), diagnostics));
    if let Some(mut fields) = node.and_then(|node| Fields::open(node, diagnostics)) {
        fields.text(&keys::THEME_NAME, diagnostics);
        fields.text(&keys::THEME_DESCRIPTION, diagnostics);
        fields.finish(diagnostics);
    }
}

/// The prefix of built-in templates; those without it, the site's own, are looked for first.
const BUILT_IN_PREFIX: &str = "built-in/";

fn load_templates(own: &Files, built_in: &Files, language: &str, diagnostics: &mut Diagnostics) -> Tera {
    let mut own_templates: Vec<(&SourcePath, String)> = Vec::new();
    for (name, (path, bytes)) in own {
        if name.starts_with("templates/")
            && is_template(name)
            && let Some(text) = disk::text(path, bytes, diagnostics)
        {
            // Spaces may stand before `extends`, a byte order mark may not; three of them keep every place behind it.
            let text = text.replacen('\u{feff}', "   ", usize::from(text.starts_with('\u{feff}')));
            match problems::in_syntax(path, &text) {
                Some(problem) => diagnostics.push(problem),
                None => own_templates.push((path, text)),
            }
        }
    }
    loop {
        let mut tera = new_tera(&own_templates, language);
        let built_in_templates = built_in.iter().filter_map(|(name, (_, bytes))| {
            let name = name.strip_prefix("templates/")?;
            let text = std::str::from_utf8(bytes).expect("the built-in theme is text");
            Some((format!("{BUILT_IN_PREFIX}{name}"), text))
        });
        let own_named = own_templates.iter().map(|(path, text)| (path.as_str().to_owned(), text.as_str()));
        let Err(error) = tera.add_raw_templates(built_in_templates.chain(own_named).collect::<Vec<_>>())
        else {
            return tera;
        };
        let (found, blamed) = problems::between_templates(&error, &own_templates);
        assert!(!blamed.is_empty(), "the built-in theme is complete by itself: {error}");
        diagnostics.append(found);
        own_templates.retain(|(path, _)| !blamed.contains(path.as_str()));
    }
}

/// Tells whether a file is an asset that is written in tags.
fn is_drawing(name: &str, bytes: &[u8]) -> bool {
    let first = bytes.iter().take(64).find(|byte| !byte.is_ascii_whitespace());
    name.starts_with("assets/") && (first == Some(&b'<') || bytes.starts_with("\u{feff}<".as_bytes()))
}

fn is_template(name: &str) -> bool {
    [".html", ".xml", ".txt"].iter().any(|ending| name.ends_with(ending))
}

fn new_tera(own_templates: &[(&SourcePath, String)], language: &str) -> Tera {
    let mut tera = Tera::new();
    let own_prefix = own_templates.first().and_then(|(path, _)| path.as_str().split_once("templates/"));
    let mut prefixes = Vec::new();
    if let Some((folder, _)) = own_prefix {
        prefixes.push(format!("{folder}templates/"));
    }
    prefixes.push(BUILT_IN_PREFIX.to_owned());
    tera.set_fallback_prefixes(prefixes).expect("prefixes are set before templates are added");
    tera.register_function("range", limits::range);
    tera.register_filter("fill", fill);
    tera.register_filter("lang", lang::filter(language));
    tera.register_filter("quoted", quoted::filter);
    tera
}

/// The filter `fill`: puts values into a text of the interface, `{{ t.n_items | fill(n=24) }}`.
///
/// `{n|item|items}` prints the first of two words for 1, else the second, for languages that tell one from several.
/// Fails if a value is missing, so that no reader meets `{n}`; null is a value and prints nothing, as everywhere.
#[expect(clippy::needless_pass_by_value, reason = "the signature is Tera's")]
fn fill(text: &str, values: Kwargs, _: &State<'_>) -> Result<String, tera::Error> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let placeholder = after.split_once('}').map(|(inside, behind)| {
            let (name, words) = inside.split_once('|').unzip();
            (name.unwrap_or(inside), words, behind)
        });
        let Some((name, words, behind)) = placeholder.filter(|(name, ..)| is_name(name)) else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.get::<&Value>(name)? {
            Some(value) if !value.is_undefined() => match words {
                Some(words) => {
                    let (one, several) = words.split_once('|').unwrap_or((words, words));
                    filled.push_str(if value.as_i64() == Some(1) { one } else { several });
                }
                None => filled.push_str(&value.to_string()),
            },
            _ => return Err(tera::Error::message(format!("`{text}` needs a value for `{name}`"))),
        }
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}
