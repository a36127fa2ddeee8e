//! IRC lines: writing and reading a message is the identity.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &str| checks::line(input));
