#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| moderation_rules_fuzz::matching(text));
