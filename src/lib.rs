//! gongkai (公开) turns the signed-off text of a notice into a public site.
//!
//! Start with [`build::build`], which is the whole pipeline in one function. The rooms of the house are listed below in
//! reading order; a room uses only rooms above it. `ARCHITECTURE.md` gives the reasons.

pub mod diagnostic;
pub mod disk;
pub mod text;
pub mod attachment;
pub mod yaml;
pub mod keys;
pub mod figure;
pub mod markdown;
pub mod document;
pub mod notice;
mod fields;
mod reading;
mod fidelity;
mod binding;
pub mod config;
pub mod content;
pub mod suggest;
pub mod site;
pub mod theme;
pub mod render;
pub mod export;
pub mod check;
pub mod output;
pub mod build;
pub mod import;
pub mod live;
pub mod preview;
pub mod cli;

#[cfg(test)]
#[path = "../tests/trials.rs"]
mod trials;
