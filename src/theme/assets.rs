//! `assets/` → files under names that change with their content, so that browsers may keep them for ever.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::Files;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, SourcePath};

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
/// Pushes `missing-asset` where a style sheet refers to an asset that is not there.
pub(super) fn load(files: &Files, diagnostics: &mut Diagnostics) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let (sheets, others): (Vec<_>, Vec<_>) = files
        .iter()
        .filter_map(|(name, file)| Some((name.strip_prefix("assets/")?, file)))
        .partition(|(name, _)| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "css"));
    for (name, (_, bytes)) in others {
        assets.insert(name.to_owned(), published(name, bytes.clone()));
    }
    // Style sheets come last: their own names depend on the names of what they refer to.
    for (name, (path, bytes)) in sheets {
        let bytes = with_published_references(name, path, bytes, &assets, diagnostics);
        assets.insert(name.to_owned(), published(name, bytes));
    }
    assets
}

fn published(name: &str, bytes: Vec<u8>) -> Asset {
    let mut hash = String::new();
    for byte in Sha256::digest(&bytes).iter().take(6) {
        write!(hash, "{byte:02x}").expect("writing to a string never fails");
    }
    let path = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    };
    Asset { path, bytes }
}

/// Rewrites `url(picture.svg)` in a style sheet to the published name.
fn with_published_references(
    name: &str,
    path: &SourcePath,
    bytes: &[u8],
    assets: &BTreeMap<String, Asset>,
    diagnostics: &mut Diagnostics,
) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some((written, tail)) = after.split_once(')') else {
            rest = after;
            continue;
        };
        let target = written.trim().trim_matches(['"', '\'']);
        let start = text.len() - after.len();
        if target.starts_with("data:") || target.starts_with('#') || target.is_empty() {
            out.push_str(written);
        } else if target.contains(':') || target.starts_with("//") {
            out.push_str(written);
            diagnostics.push(external_asset(target, Location::new(path, start..start + written.len())));
        } else if let Some(asset) = assets.get(target.trim_start_matches("./")) {
            out.push_str(&crate::site::relative_address(&format!("assets/{name}"), &asset.path));
        } else {
            diagnostics.push(
                Diagnostic::error(
                    "missing-asset",
                    Location::new(path, start..start + written.len()),
                    format!("the theme has no asset `{target}`"),
                    format!("主题没有资源文件 `{target}`"),
                )
                .help(
                    "put the file into the theme's `assets/`, or correct its name",
                    "请把文件放进主题的 `assets/`，或改正文件名",
                ),
            );
            out.push_str(written);
        }
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    super::style_sheet::shortened(&out).into_bytes()
}

/// The problem of a style sheet that makes each reader's browser ask somebody else.
fn external_asset(target: &str, location: Location) -> Diagnostic {
    Diagnostic::error(
        "external-asset",
        location,
        format!("`{target}` would be fetched from another site"),
        format!("`{target}` 要从别的网站读取"),
    )
    .help("put the file into the theme's `assets/`", "请把文件放进主题的 `assets/`")
}
