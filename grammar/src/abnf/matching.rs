//! Whether a rule covers a line: every way of dividing the line is followed at once, so nothing is exponential.

use super::{Element, Grammar};

/// Rules that name each other deeper than this cover nothing: left recursion ends here.
const MAX_DEPTH: usize = 128;

/// Whether the rule covers the whole line.
pub(super) fn covers(grammar: &Grammar<'_>, rule: &str, line: &str) -> bool {
    let text: Vec<char> = line.chars().collect();
    let walk = Walk {
        grammar,
        text: &text,
    };
    walk.ends(&Element::Rule(rule), &[0], MAX_DEPTH)
        .contains(&text.len())
}

struct Walk<'w, 'a> {
    grammar: &'w Grammar<'a>,
    text: &'w [char],
}

impl Walk<'_, '_> {
    /// The places where the element may end when it begins at one of `starts`; both sorted.
    fn ends(&self, element: &Element<'_>, starts: &[usize], depth: usize) -> Vec<usize> {
        if depth == 0 || starts.is_empty() {
            return Vec::new();
        }
        match element {
            Element::Alternation(parts) => sorted(
                parts
                    .iter()
                    .flat_map(|part| self.ends(part, starts, depth - 1))
                    .collect(),
            ),
            Element::Concatenation(parts) => parts.iter().fold(starts.to_vec(), |places, part| {
                self.ends(part, &places, depth - 1)
            }),
            Element::Option(of) => {
                let mut places = self.ends(of, starts, depth - 1);
                places.extend_from_slice(starts);
                sorted(places)
            }
            Element::Prose(_) => Vec::new(),
            Element::Range(low, high) => self.step(starts, |rest| {
                rest.first()
                    .filter(|found| (low..=high).contains(found))
                    .map(|_| 1)
            }),
            Element::Repetition { min, max, of } => self.repeated(*min, *max, of, starts, depth),
            Element::Rule(name) => self
                .grammar
                .body(name)
                .map_or_else(Vec::new, |body| self.ends(&body, starts, depth - 1)),
            Element::Text { text, exact } => self.step(starts, |rest| prefix(rest, text, *exact)),
        }
    }

    fn step(&self, starts: &[usize], length: impl Fn(&[char]) -> Option<usize>) -> Vec<usize> {
        sorted(
            starts
                .iter()
                .filter_map(|&at| Some(at + length(&self.text[at..])?))
                .collect(),
        )
    }

    fn repeated(
        &self,
        min: usize,
        max: Option<usize>,
        of: &Element<'_>,
        starts: &[usize],
        depth: usize,
    ) -> Vec<usize> {
        let mut places = starts.to_vec();
        for _ in 0..min {
            places = self.ends(of, &places, depth - 1);
        }
        let mut all = places.clone();
        let mut seen = vec![false; self.text.len() + 1];
        places.iter().for_each(|&place| seen[place] = true);
        for _ in min..max.unwrap_or(usize::MAX) {
            places = self.ends(of, &places, depth - 1);
            places.retain(|&place| !std::mem::replace(&mut seen[place], true));
            if places.is_empty() {
                break;
            }
            all.extend_from_slice(&places);
        }
        sorted(all)
    }
}

fn prefix(rest: &[char], text: &str, exact: bool) -> Option<usize> {
    let mut length = 0;
    for wanted in text.chars() {
        let found = *rest.get(length)?;
        let same = if exact {
            found == wanted
        } else {
            found.eq_ignore_ascii_case(&wanted)
        };
        if !same {
            return None;
        }
        length += 1;
    }
    Some(length)
}

fn sorted(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguity_is_followed() {
        let grammar = Grammar::parse(
            "line = word *( SP word ) \" :\" *text\nword = 1*text\ntext = %x20-7E\nloop = loop \"x\" / \"x\"\nnone = *( [ \"a\" ] ) \"b\"\n",
        )
        .unwrap();
        assert!(grammar.matches("line", "a b : c : d"));
        assert!(!grammar.matches("line", "a b"));
        assert!(grammar.matches("none", "aaab"), "an empty repetition ends");
        assert!(grammar.matches("loop", "xxx") && !grammar.matches("loop", "y"));
        assert!(!grammar.matches("absent", "") && !grammar.matches("line", "é :"));
        let long = format!("{} :{}", "a ".repeat(2_000), "b".repeat(4_000));
        assert!(grammar.matches("line", &long));
    }
}
