//! Data files: what machines read. One file per format.
//!
//! Each is a pure function of the site. [`data_file`] writes those that every notice has; `json` and `xml` hold what several
//! formats share. What pages tell machines (JSON-LD) is `render::json_ld`.

pub mod data_package;
pub mod feed;
pub mod figures_csv;
pub mod figures_json;
mod json;
pub mod notice_json;
pub mod robots;
pub mod search;
pub mod sitemap;
mod xml;

use crate::site::{DataFile, Site};

use data_package::Described;

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

/// Writes all data files of the notice with this index: the same bytes as [`data_file`], but the package describes files
/// that have been written already.
pub fn data_files(site: &Site, notice: usize) -> [(DataFile, Vec<u8>); 4] {
    let described = Described::new(site, notice);
    let package = data_package::data_package(site, notice, &described).into_bytes();
    [
        (DataFile::FiguresCsv, described.figures_csv),
        (DataFile::FiguresJson, described.figures_json),
        (DataFile::NoticeJson, described.notice_json),
        (DataFile::DataPackage, package),
    ]
}
