//! Data files: what machines read. One file per format.
//!
//! Each is a pure function of the site. [`data_file`] writes those that every notice has; `records` holds what they
//! say of metrics and relations, `json` and `xml` how it is written. What pages tell machines (JSON-LD) is `render::json_ld`.

pub mod data_package;
pub mod feed;
pub mod figures_csv;
pub mod figures_json;
mod json;
pub mod notice_json;
mod records;
pub mod robots;
pub mod search;
pub mod sitemap;
mod xml;

use sha2::{Digest as _, Sha256};

use crate::site::{DataFile, Site};

use data_package::Described;
pub(crate) use records::{RelationRecord, ValueRecord};

/// Writes a data file of the notice with this index.
pub fn data_file(site: &Site, notice: usize, file: DataFile) -> Vec<u8> {
    match file {
        DataFile::FiguresCsv => figures_csv::figures_csv(site, notice),
        DataFile::FiguresJson => figures_json::figures_json(site, notice).into_bytes(),
        DataFile::NoticeJson => notice_json::notice_json(site, notice).into_bytes(),
        DataFile::DataPackage => {
            data_package::data_package(site, notice, &Described::new(site, notice)).into_bytes()
        }
    }
}

/// The bytes of a file with their hash, which both the data package and the manifest name.
#[derive(Debug)]
pub struct Hashed {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub sha256: [u8; 32],
}

impl Hashed {
    fn new(bytes: Vec<u8>) -> Self {
        Self { sha256: Sha256::digest(&bytes).into(), bytes }
    }
}

/// Writes all data files of the notice with this index: the same bytes as [`data_file`], but the package describes files
/// that have been written already.
pub fn data_files(site: &Site, notice: usize) -> [(DataFile, Hashed); 4] {
    let described = Described::new(site, notice);
    let package = Hashed::new(data_package::data_package(site, notice, &described).into_bytes());
    [
        (DataFile::FiguresCsv, described.figures_csv),
        (DataFile::FiguresJson, described.figures_json),
        (DataFile::NoticeJson, described.notice_json),
        (DataFile::DataPackage, package),
    ]
}
