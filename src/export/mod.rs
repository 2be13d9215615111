//! Data files: what machines read. One file per format.

pub mod robots;
pub mod sitemap;
