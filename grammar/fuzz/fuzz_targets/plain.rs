//! Requests of the plain dialect: no panic, and arguments are pieces of the line.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &str| checks::plain(input));
