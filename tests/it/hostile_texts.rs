//! The programs of `fuzz/`, for a moment: real sources and tables of the tests, damaged at random.

use std::path::Path;

use proptest::prelude::*;

use crate::golden::read_tree;
use crate::targets;
use crate::trials::trials;

/// A damage: from where on, how many characters go, and what comes in their place.
type Damage = (prop::sample::Index, usize, String);

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let piece = prop_oneof![
        2 => "[-\\[\\]{}()|<>*_`~#!&\"'=:：，。、“”《》0-9a万亿%　 \n\t]{0,6}",
        1 => "\\PC{0,3}",
        1 => Just("（一）".to_owned()),
        1 => Just("<svg><table data-generated>".to_owned()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8, piece), 0..5)
}

/// The texts that the fuzzer starts from, too.
fn seeds(target: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = std::fs::read_to_string(root.join("fuzz/run")).unwrap();
    let (_, folders) = script.split_once(&format!("  {target}) seeds='")).expect("the script has the target");
    let folders = folders.split('\'').next().unwrap().split(' ');
    let texts = folders.flat_map(|folder| read_tree(&root.join(folder)).into_values());
    let texts: Vec<String> = texts.filter_map(|bytes| String::from_utf8(bytes).ok()).collect();
    assert!(texts.len() > 3, "{target} has {} seeds", texts.len());
    texts
}

fn damaged(seeds: &[String], seed: prop::sample::Index, damages: &[Damage]) -> String {
    let mut text: Vec<char> = seeds[seed.index(seeds.len())].chars().collect();
    for (at, n_gone, piece) in damages {
        let start = at.index(text.len() + 1);
        let end = (start + n_gone).min(text.len());
        text.splice(start..end, piece.chars());
    }
    text.into_iter().collect()
}

/// Calls a target with damaged seeds.
#[track_caller]
fn check(name: &str, target: fn(&str)) {
    let seeds = seeds(name);
    let texts = (any::<prop::sample::Index>(), damages());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials(1500)) };
    proptest::test_runner::TestRunner::new(config)
        .run(&texts, |(seed, damages)| {
            target(&damaged(&seeds, seed, &damages));
            Ok(())
        })
        .unwrap();
}

#[test]
fn front_matter_is_read_or_refused() {
    check("yaml", targets::yaml);
}

#[test]
fn prose_becomes_harmless_pages() {
    check("markdown", targets::markdown);
}

#[test]
fn figures_are_sought_in_anything() {
    check("scanner", targets::scanner);
}

#[test]
fn formulas_are_computed_or_refused() {
    check("formula", targets::formula);
}

#[test]
fn pages_are_read_back() {
    check("page", |html| targets::page(html.as_bytes()));
}

#[test]
fn documents_are_read_or_refused() {
    check("document", |text| targets::document(text.as_bytes()));
}
