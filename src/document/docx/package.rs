//! The parts of a document: a ZIP archive, unpacked part by part within limits, and the relationships between them.
//!
//! The sizes that the archive names are not trusted; what is unpacked is held to its checksum.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::super::Refusal;
use super::xml::{self, Element};
use super::{damaged, too_large};
use crate::text::address::percent_decoded;

/// The most entries of an archive.
const MOST_ENTRIES: usize = 20_000;

/// The most that is unpacked of one part and of all, in bytes.
const LARGEST_PART: u64 = 64 << 20;
const LARGEST_WHOLE: u64 = 200 << 20;

/// A document as an archive of parts.
pub(super) struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    /// By names in small letters, with `/` between folders.
    entries: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    /// What may still be unpacked.
    pub limits: Limits,
}

/// What may still be unpacked of a document and those inside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    bytes: u64,
    nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: LARGEST_WHOLE, nodes: xml::MOST_NODES }
    }
}

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The last piece of its type: `image`, `footnotes`.
    pub kind: String,
    /// The name of the part, or an address outside.
    pub name: String,
    /// Whether it is outside of the file.
    pub is_external: bool,
}

/// What a part refers to, by the ids that stand in its text.
pub(super) type Targets = BTreeMap<String, Target>;

impl<'a> Package<'a> {
    /// Reads the list of parts.
    pub(super) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Refusal> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| damaged("ZIP"))?;
        let mut entries = BTreeMap::new();
        let mut records = archive.entries();
        let mut n_entries = 0;
        while let Some(record) = records.next_entry().map_err(|_| damaged("ZIP"))? {
            n_entries += 1;
            if n_entries > MOST_ENTRIES {
                return Err(too_large(["it has too many parts", "部件过多"]));
            }
            let name = normal(&String::from_utf8_lossy(record.file_path().as_bytes()));
            let is_folder = name.ends_with('/');
            let before = entries.insert(name, (record.wayfinder(), record.compression_method()));
            // Of two parts with one name, programs take different ones.
            if before.is_some() && !is_folder {
                return Err(damaged("ZIP"));
            }
        }
        Ok(Self { archive, entries, limits })
    }

    /// Unpacks a part; `None` if there is none with this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some((wayfinder, method)) = self.entries.get(&normal(name)).copied() else { return Ok(None) };
        let entry = self.archive.get_entry(wayfinder).map_err(|_| damaged(name))?;
        let most = LARGEST_PART.min(self.limits.bytes);
        if entry.data().len() as u64 > most {
            return Err(too_large(["it is too large", "文件过大"]));
        }
        let mut bytes = Vec::new();
        let read = match method {
            CompressionMethod::STORE => {
                entry.verifying_reader(entry.data()).take(most + 1).read_to_end(&mut bytes)
            }
            CompressionMethod::DEFLATE => entry
                .verifying_reader(DeflateDecoder::new(entry.data()))
                .take(most + 1)
                .read_to_end(&mut bytes),
            _ => return Err(damaged(name)),
        };
        if bytes.len() as u64 > most {
            return Err(too_large(["unpacked it is too large", "解压后过大"]));
        }
        read.map_err(|_| damaged(name))?;
        self.limits.bytes -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// Reads a part as a tree; `None` if there is none with this name.
    pub(super) fn tree(&mut self, name: &str) -> Result<Option<Element>, Refusal> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        xml::parse(&bytes, name, &mut self.limits.nodes).map(Some)
    }

    /// Reads what a part refers to; that of the whole file for an empty name.
    pub(super) fn targets(&mut self, name: &str) -> Result<Targets, Refusal> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let list = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let mut targets = Targets::new();
        let Some(tree) = self.tree(&list)? else { return Ok(targets) };
        for relationship in tree.elements().filter(|element| element.is("Relationship")) {
            let (Some(id), Some(target)) = (relationship.attribute("Id"), relationship.attribute("Target"))
            else {
                continue;
            };
            let kind = relationship.attribute("Type").unwrap_or_default();
            let is_external = relationship.attribute("TargetMode") == Some("External");
            targets.insert(
                id.to_owned(),
                Target {
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    name: if is_external { target.to_owned() } else { joined(folder, target) },
                    is_external,
                },
            );
        }
        Ok(targets)
    }

    /// Returns the name of the part with the text.
    pub(super) fn main_part(&mut self) -> Result<String, Refusal> {
        let targets = self.targets("")?;
        let named = targets.into_values().find(|target| target.kind == "officeDocument");
        let name = named.map_or_else(|| "word/document.xml".to_owned(), |target| target.name);
        if self.entries.contains_key(&normal(&name)) {
            return Ok(name);
        }
        Err(super::no_text())
    }

    /// Returns the content type of a part, in small letters; empty if none is named.
    pub(super) fn content_type(&mut self, name: &str) -> Result<String, Refusal> {
        let Some(tree) = self.tree("[Content_Types].xml")? else { return Ok(String::new()) };
        let name = normal(name);
        let ending = name.rsplit('.').next().unwrap_or_default();
        let of = |wanted: &dyn Fn(&Element) -> bool| {
            tree.elements()
                .find(|element| wanted(element))
                .and_then(|element| element.attribute("ContentType"))
        };
        let by_name = of(&|element| element.attribute("PartName").is_some_and(|part| normal(part) == name));
        let by_ending = || {
            of(&|element| {
                element.attribute("Extension").is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
            })
        };
        Ok(by_name.or_else(by_ending).unwrap_or_default().to_ascii_lowercase())
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Returns the part that `target` names from inside of `folder`.
fn joined(folder: &str, target: &str) -> String {
    let target = percent_decoded(target).replace('\\', "/");
    let mut pieces: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                pieces.pop();
            }
            _ => pieces.push(piece),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_joined() {
        for (folder, target, expected) in [
            ("word", "media/image1.png", "word/media/image1.png"),
            ("word", "/word/media/a.png", "word/media/a.png"),
            ("word", "../media/a.png", "media/a.png"),
            ("word", "../../../a.png", "a.png"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", ".\\media\\a%20b.png", "word/media/a b.png"),
        ] {
            assert_eq!(joined(folder, target), expected);
        }
    }
}
