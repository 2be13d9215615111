//! Words for pictures that a program put there and that say nothing: names of files, numbers of pictures.

use std::collections::BTreeMap;

use super::{Block, Document, Finding, FindingKind};

/// Endings of files with pictures.
const ENDINGS: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "emf", "wmf", "heic", "svg"];

/// What programs begin such a name with; figures follow.
const BEGINNINGS: [&str; 16] = [
    "图片",
    "图像",
    "图",
    "微信图片",
    "微信截图",
    "企业微信截图",
    "qq图片",
    "qq截图",
    "屏幕截图",
    "截图",
    "mmexport",
    "img",
    "dsc",
    "image",
    "picture",
    "screenshot",
];

/// Takes such words away, and tells of the pictures as of those without words.
pub(super) fn leave_out_names(document: &mut Document) {
    let mut places = BTreeMap::new();
    for (place, block) in document.blocks.iter().enumerate() {
        if let Block::Picture(index) = block {
            places.entry(*index).or_insert(place);
        }
    }
    for (index, picture) in document.pictures.iter_mut().enumerate() {
        if picture.alternative.is_empty() || !is_name(&picture.alternative) {
            continue;
        }
        picture.alternative.clear();
        document.findings.push(Finding {
            kind: FindingKind::PictureWithoutWords,
            words: picture.name.clone(),
            place: places.get(&index).copied().unwrap_or_default(),
        });
    }
    document.findings.sort_by_key(|finding| finding.place);
}

fn is_name(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let is_file = words.rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.contains(&ending) && !name.contains(['。', '，', '\n']) && !name.trim().is_empty()
    });
    let is_of_figures = |rest: &str| {
        let is_part = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || c.is_whitespace();
        rest.chars().all(is_part)
    };
    is_file || BEGINNINGS.iter().any(|word| words.strip_prefix(word).is_some_and(is_of_figures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_nothing() {
        for name in [
            "微信图片_20250801101112",
            "图片 1",
            "IMG_2041.JPG",
            "Picture 3",
            "整改前.jpg",
            "屏幕截图 2025-08-01 101112",
            "C:\\照片\\a.bmp",
        ] {
            assert!(is_name(name), "{name}");
        }
        for words in ["整改前的河道", "图片显示整改后的河道", "图1 河道", "第1.2节", "2025年的照片"]
        {
            assert!(!is_name(words), "{words}");
        }
    }

    #[test]
    fn a_picture_with_a_name_is_one_without_words() {
        let page =
            "<html><p>甲</p><img alt=图片1 src='data:image/png;base64,iVBORw=='><img alt=河道 src=a.png>";
        let document = crate::document::read(page.as_bytes()).unwrap();
        let words = document.pictures.iter().map(|picture| picture.alternative.as_str());
        assert_eq!(words.collect::<Vec<_>>(), ["", "河道"]);
        let found = document.findings.iter().find(|found| found.kind == FindingKind::PictureWithoutWords);
        assert_eq!(found.unwrap().place, 1);
    }
}
