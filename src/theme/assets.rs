//! `assets/` → files under names that change with their content, so that browsers may keep them for ever.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Files;
use super::style_sheet::{self, TooDeep};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};
use crate::disk;
use crate::text::{self, address};

/// A style sheet, script, picture or font of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path from the site's root: `assets/style.3f2a9c1d5b7e.css`.
    pub path: String,
    /// The bytes; in a style sheet, references to other assets name their published paths.
    pub bytes: Vec<u8>,
}

/// Collects the assets by their names without `assets/`.
///
/// Pushes `missing-asset`, `external-asset` and `circular-import` for what a style sheet refers to, `style-sheet-too-deep`,
/// `name-is-no-address`, and what makes a style sheet no text.
pub(super) fn load(files: &Files, diagnostics: &mut Diagnostics) -> BTreeMap<String, Asset> {
    let all = files.iter().filter_map(|(name, file)| Some((name.strip_prefix("assets/")?, file)));
    let all: Vec<_> = all.collect();
    for (name, (path, _)) in &all {
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)) {
            diagnostics.push(name_is_no_address(name, Location::file(path)));
        }
    }
    let (sheets, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(name, _)| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "css"));
    let assets = others
        .into_iter()
        .map(|(name, (_, bytes))| (name.to_owned(), published(name, bytes.clone())))
        .collect();
    let mut loading = Loading { sheets: sheets.into_iter().collect(), assets, open: Vec::new(), diagnostics };
    while let Some(name) = loading.sheets.keys().next().copied() {
        loading.publish_sheet(name);
    }
    loading.assets
}

/// The assets while their names are being found: that of a style sheet depends on the names of what it refers to.
struct Loading<'a> {
    /// Style sheets that have not been published yet.
    sheets: BTreeMap<&'a str, &'a (SourcePath, Vec<u8>)>,
    assets: BTreeMap<String, Asset>,
    /// The style sheet that is being written, and those that it is imported by.
    open: Vec<&'a str>,
    diagnostics: &'a mut Diagnostics,
}

fn published(name: &str, bytes: Vec<u8>) -> Asset {
    let hash = text::hex(&Sha256::digest(&bytes)[..6]);
    let path = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    };
    Asset { path, bytes }
}

impl Loading<'_> {
    /// Writes a style sheet with the published names of what it refers to; those that it imports come first.
    fn publish_sheet(&mut self, name: &str) {
        let Some((name, (path, bytes))) = self.sheets.remove_entry(name) else { return };
        let Some(css) = disk::text(path, bytes, self.diagnostics) else { return };
        self.open.push(name);
        let written = style_sheet::rewritten(css, &mut |address, range| {
            self.published_address(name, address, || Location::new(path, range.clone()))
        });
        self.open.pop();
        let written = written.unwrap_or_else(|TooDeep| {
            self.diagnostics.push(too_deep(Location::file(path)));
            String::new()
        });
        self.assets.insert(name.to_owned(), published(name, written.into_bytes()));
    }

    /// Returns the published address of what the style sheet `sheet` refers to, relative to it; `None` if it stays as it is.
    fn published_address(
        &mut self,
        sheet: &str,
        written: &str,
        location: impl Fn() -> Location,
    ) -> Option<String> {
        if let Some(data) = written.strip_prefix("data:") {
            // A style sheet in an address may load another one, and its rules are not checked.
            if data.trim_start().get(..5).is_some_and(|kind| kind.eq_ignore_ascii_case("text/")) {
                self.diagnostics.push(sheet_in_address(written, location()));
            }
            return None;
        }
        if written.is_empty() || written.starts_with('#') {
            return None;
        }
        if address::leads_elsewhere(written) {
            self.diagnostics.push(external_asset(written, location()));
            return None;
        }
        // What follows the name is for the browser: a part of a drawing, a trick for old browsers.
        let (name, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let target = address::join(sheet, &address::percent_decoded(name));
        if let Some(target) = &target {
            if self.open.contains(&target.as_str()) {
                self.diagnostics.push(circular_import(written, location()));
                return None;
            }
            self.publish_sheet(target);
        }
        let Some(asset) = target.and_then(|target| self.assets.get(&target)) else {
            self.diagnostics.push(missing_asset(name, location()));
            return None;
        };
        Some(crate::site::relative_address(&format!("assets/{sheet}"), &asset.path) + rest)
    }
}

fn missing_asset(target: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "missing-asset",
        location,
        format!("the theme has no asset `{target}`"),
        format!("主题没有资源文件 `{target}`"),
    )
    .help(
        "put the file into the theme's `assets/`, or correct its name",
        "请把文件放进主题的 `assets/`，或改正文件名",
    )
}

fn external_asset(target: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "external-asset",
        location,
        format!("`{target}` would be fetched from another site"),
        format!("`{target}` 要从别的网站读取"),
    )
    .help("put the file into the theme's `assets/`", "请把文件放进主题的 `assets/`")
}

/// For example `logo@2x.png`.
fn name_is_no_address(name: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "name-is-no-address",
        location,
        format!("`{}` cannot stand in an address", name.escape_debug()),
        format!("`{}` 不能用在网址中", name.escape_debug()),
    )
    .help(
        "give the file a name of the letters a–z, digits, `-`, `_` and `.`, and correct what names it",
        "请改用由英文字母、数字、`-`、`_`、`.` 组成的文件名，并改正引用它的地方",
    )
}

fn sheet_in_address(target: &str, location: Location) -> Diagnostic {
    let begin: String = target.chars().take(40).collect();
    Diagnostic::error(
        "inline-code",
        location,
        format!("this style sheet would load another one that stands in its address: `{begin}`"),
        format!("这个样式表要读取直接写在网址里的另一个样式表：`{begin}`"),
    )
    .help("write its rules into the style sheet itself", "请把其中的规则直接写进样式表")
}

fn circular_import(target: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "circular-import",
        location,
        format!("`{target}` imports the style sheet that imports it"),
        format!("样式表 `{target}` 与引用它的样式表互相引用"),
    )
    .help("move what both need into a third style sheet", "请把两者都要用的内容移到第三个样式表")
}

fn too_deep(location: Location) -> Diagnostic {
    Diagnostic::error(
        "style-sheet-too-deep",
        location,
        "blocks of this style sheet stand in each other more deeply than browsers follow",
        "这个样式表的嵌套过深，浏览器不会照办",
    )
    .help("nest its rules less deeply", "请减少规则的嵌套层数")
}
