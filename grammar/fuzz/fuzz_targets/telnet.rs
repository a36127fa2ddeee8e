//! Telnet: packets do not matter and nothing grows.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::telnet(input));
