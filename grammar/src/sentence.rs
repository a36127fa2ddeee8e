//! Random sentences of a grammar, and slightly wrong ones, for tests; chance is the caller's.

use crate::abnf::{Element, Grammar};
use crate::plain::{self, Kind, Rule};

/// A source of chance: every call another number.
pub type Random<'r> = &'r mut dyn FnMut() -> u64;

/// Where a rule allows more without end, so many more at most.
const MORE_MAX: u64 = 6;
/// Names within names deeper than this become nothing.
const MAX_DEPTH: usize = 64;

/// A line that the rule of the command covers: `plain::parse` answers the same rule.
pub fn sentence(rule: &Rule, random: Random<'_>) -> String {
    let mut out = String::new();
    let syntax = plain::syntax();
    if let Some(definition) = syntax.rule(rule.name) {
        Writer {
            grammar: syntax,
            random,
            command: true,
        }
        .write(&definition.body, &mut out, MAX_DEPTH);
    }
    out
}

/// A text that the rule of the grammar covers, unless the rule is described in prose or without end.
pub fn generate(grammar: &Grammar<'_>, rule: &str, random: Random<'_>) -> String {
    let mut out = String::new();
    Writer {
        grammar,
        random,
        command: false,
    }
    .write(&Element::Rule(rule), &mut out, MAX_DEPTH);
    out
}

/// The text with one to three characters changed, added, left out or swapped.
pub fn mutated(text: &str, random: Random<'_>) -> String {
    const ODD: &[char] = &[
        ' ', '#', '%', '/', '<', '>', ':', ',', '-', '+', '0', '9', 'a', 'Z', 'é', '日', '\u{0}',
        '\u{7}', '\u{a0}',
    ];
    let mut all: Vec<char> = text.chars().collect();
    for _ in 0..=random() % 3 {
        let at = below(random, all.len() as u64 + 1) as usize;
        let odd = ODD[below(random, ODD.len() as u64) as usize];
        match (random() % 5, at < all.len()) {
            (0, true) => all[at] = odd,
            (1, true) => drop(all.remove(at)),
            (2, true) => {
                let other = below(random, all.len() as u64) as usize;
                all.swap(at, other);
            }
            (3, true) => all.truncate(at),
            (_, _) => all.insert(at, odd),
        }
    }
    all.into_iter().collect()
}

/// Numbers that look random and are the same for the same seed (splitmix64).
pub fn numbers(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}

struct Writer<'w, 'g, 'r> {
    grammar: &'w Grammar<'g>,
    random: Random<'r>,
    /// Names are arguments: they are written as `names.abnf` has them.
    command: bool,
}

impl Writer<'_, '_, '_> {
    fn write(&mut self, element: &Element<'_>, out: &mut String, depth: usize) {
        if depth == 0 {
            return;
        }
        match element {
            Element::Alternation(parts) => {
                let chosen = below(self.random, parts.len() as u64) as usize;
                self.write(&parts[chosen], out, depth - 1);
            }
            Element::Concatenation(parts) => parts
                .iter()
                .for_each(|part| self.write(part, out, depth - 1)),
            Element::Option(of) => {
                if (self.random)().is_multiple_of(2) {
                    self.write(of, out, depth - 1);
                }
            }
            Element::Prose(_) => {}
            Element::Range(low, high) => out.push(self.between(*low, *high)),
            Element::Repetition { min, max, of } => {
                let most = max.map_or(MORE_MAX, |max| MORE_MAX.min((max - min) as u64));
                for _ in 0..*min as u64 + below(self.random, most + 1) {
                    self.write(of, out, depth - 1);
                }
            }
            Element::Rule(name) => self.named(name, out, depth),
            Element::Text { text, exact } => text.chars().for_each(|wanted| {
                let lower = !exact && (self.random)().is_multiple_of(4);
                out.push(if lower {
                    wanted.to_ascii_lowercase()
                } else {
                    wanted
                });
            }),
        }
    }

    fn named(&mut self, name: &str, out: &mut String, depth: usize) {
        match plain::names().rule(name) {
            Some(definition) if self.command => {
                let kind = Kind::of(definition);
                let argument = loop {
                    let drawn = generate(plain::names(), name, self.random);
                    // Text that begins like a room, or like a here-document, would be taken for one.
                    let begins = kind == Kind::Text && drawn.starts_with(['#', '<', ' ']);
                    if !begins && kind.accepts(&drawn) {
                        break drawn;
                    }
                };
                out.push_str(&argument);
            }
            Some(_) | None => {
                if let Some(body) = self.grammar.body(name) {
                    self.write(&body, out, depth - 1);
                }
            }
        }
    }

    fn between(&mut self, low: char, high: char) -> char {
        let distance = u64::from(u32::from(high) - u32::from(low));
        let code = u32::from(low) + below(self.random, distance + 1) as u32;
        char::from_u32(code).unwrap_or(low)
    }
}

fn below(random: Random<'_>, limit: u64) -> u64 {
    random() % limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_parse_to_their_rule() {
        let mut random = numbers(1);
        for rule in plain::commands() {
            for _ in 0..300 {
                let line = sentence(rule, &mut random);
                match plain::parse(&line) {
                    Ok(request) => assert_eq!(request.rule, rule, "{line:?}"),
                    Err(fault) => panic!("{line:?}: {fault}"),
                }
            }
        }
    }

    #[test]
    fn wrong_sentences_never_panic() {
        let mut random = numbers(2);
        for rule in plain::commands() {
            for _ in 0..300 {
                let line = mutated(&sentence(rule, &mut random), &mut random);
                match plain::parse(&line) {
                    Ok(request) => drop(format!("{request:?}")),
                    Err(fault) => drop(fault.to_string()),
                }
            }
        }
    }
}
