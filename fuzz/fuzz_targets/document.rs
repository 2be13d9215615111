#![no_main]

#[expect(dead_code, reason = "each program calls one of them")]
#[path = "../../tests/it/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::document(bytes));
