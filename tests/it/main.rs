//! Tests that enter through the doors a user has: a folder with a site, the console, the finished pages.
//!
//! `site.rs` builds small sites; each other file holds one promise. `README.md` in the folder above tells how to add a test.

#![expect(clippy::disallowed_methods, reason = "tests prepare and inspect folders themselves")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accepted;
mod addresses_and_times;
mod approved;
mod architecture;
mod attachments;
mod beside;
mod browser;
mod causes;
mod changes;
mod characters;
mod console;
mod data;
mod determinism;
mod diagnostics;
mod documents;
mod emphasis;
mod faults;
mod fidelity;
mod figures;
mod fixes;
mod formats;
mod former;
mod golden;
mod hostile;
mod hostile_files;
mod hostile_texts;
mod imports;
mod keys;
mod kills;
mod ledgers;
mod markup;
mod numbers;
mod offices;
mod preview;
mod promises;
mod random;
mod reading;
mod reimport;
mod relations;
mod rights;
mod search;
mod signature;
mod site;
mod stated;
mod static_files;
mod streams;
mod suggest;
mod tables;
mod targets;
mod theme;
mod tools;
#[path = "../trials.rs"]
mod trials;
mod view_tables;
mod word;
mod writer;
