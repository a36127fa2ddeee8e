//! Walks the nodes of a rule over a line. Choices are not gone back on, so a line is read once.

use super::kind::names;
use super::{Args, FaultKind, Kind, Rule, Shortcut};
use crate::abnf::Element;

/// A rule in the form that is walked.
#[derive(Debug)]
pub(super) enum Node {
    Argument {
        name: &'static str,
        kind: Kind,
        expected: &'static str,
    },
    /// The first that fits.
    Choice(Box<[Box<[Node]>]>),
    Keyword {
        text: &'static str,
        upper: String,
    },
    Optional(Box<[Node]>),
    Repeated {
        at_least_once: bool,
        nodes: Box<[Node]>,
    },
    Space,
}

/// More expectations than this at one place are not told.
const EXPECTED_MAX: usize = 8;

/// Makes nodes of what follows a verb.
pub(super) fn compiled(elements: &'static [Element<'static>]) -> Result<Box<[Node]>, String> {
    elements.iter().map(node).collect()
}

fn node(element: &'static Element<'static>) -> Result<Node, String> {
    Ok(match element {
        Element::Alternation(parts) => {
            Node::Choice(parts.iter().map(sequence).collect::<Result<_, _>>()?)
        }
        Element::Concatenation(_) => Node::Choice(Box::new([sequence(element)?])),
        Element::Option(of) => Node::Optional(sequence(of)?),
        Element::Repetition { min, max: None, of } if *min <= 1 => Node::Repeated {
            at_least_once: *min == 1,
            nodes: sequence(of)?,
        },
        Element::Prose(_) | Element::Range(..) | Element::Repetition { .. } => {
            return Err(format!("{element:?} is not a word or an argument"));
        }
        Element::Rule(name) if name.eq_ignore_ascii_case("SP") => Node::Space,
        Element::Rule(name) => argument(name)?,
        Element::Text { text, .. } => Node::Keyword {
            text,
            upper: text.to_ascii_uppercase(),
        },
    })
}

fn sequence(element: &'static Element<'static>) -> Result<Box<[Node]>, String> {
    match element {
        Element::Concatenation(parts) => compiled(parts),
        one => compiled(std::slice::from_ref(one)),
    }
}

fn argument(name: &'static str) -> Result<Node, String> {
    let definition = names()
        .rule(name)
        .ok_or_else(|| format!("names.abnf lacks {name}"))?;
    let expected = definition
        .note("expected")
        .ok_or_else(|| format!("{name} lacks what is expected"))?;
    Ok(Node::Argument {
        name,
        kind: Kind::of(definition),
        expected,
    })
}

/// Walks the rule over the line from `start`: the end of the verb, or the place of a shortcut's sign.
pub(super) fn arguments<'a>(
    rule: &'static Rule,
    line: &'a str,
    start: usize,
    shortcut: Option<&Shortcut>,
) -> Result<(&'static Rule, Args<'a>), FaultKind<'a>> {
    let mut walk = Walk {
        line,
        here: shortcut.is_some_and(|shortcut| shortcut.here),
        sign: shortcut.map(|_| start),
        args: Args::default(),
        furthest: 0,
        expected: [None; EXPECTED_MAX],
    };
    match walk.sequence(&rule.nodes, start) {
        Some(end) if is_blank(&line[end..]) => Ok((rule, walk.args)),
        Some(end) => Err(walk.fault(rule, Some(end))),
        None => Err(walk.fault(rule, None)),
    }
}

struct Walk<'a> {
    line: &'a str,
    /// Leaves out arguments that are rooms.
    here: bool,
    /// Where a shortcut's sign stands in place of the first space.
    sign: Option<usize>,
    args: Args<'a>,
    furthest: usize,
    expected: [Option<&'static Node>; EXPECTED_MAX],
}

impl<'a> Walk<'a> {
    /// The place after the nodes; where they do not fit, captures are as they were before.
    fn sequence(&mut self, nodes: &'static [Node], start: usize) -> Option<usize> {
        let kept = self.args.len();
        let mut at = start;
        for (place, node) in nodes.iter().enumerate() {
            match self.node(node, at) {
                Some(end) => at = end,
                None => {
                    if matches!(node, Node::Space) {
                        self.expect_first(&nodes[place + 1..], at);
                    }
                    self.args.truncate(kept);
                    return None;
                }
            }
        }
        Some(at)
    }

    fn node(&mut self, node: &'static Node, at: usize) -> Option<usize> {
        match node {
            Node::Argument { name, kind, .. } => self.argument(node, name, *kind, at),
            Node::Choice(choices) => choices.iter().find_map(|nodes| self.sequence(nodes, at)),
            Node::Keyword { text, upper } => self.keyword(node, text, upper, at),
            Node::Optional(nodes) => Some(self.sequence(nodes, at).unwrap_or(at)),
            Node::Repeated {
                at_least_once,
                nodes,
            } => {
                let mut end = at;
                while let Some(next) = self.sequence(nodes, end).filter(|next| *next > end) {
                    end = next;
                }
                (end > at || !at_least_once).then_some(end)
            }
            Node::Space => {
                (self.sign == Some(at) || self.line[at..].starts_with(' ')).then_some(at + 1)
            }
        }
    }

    fn argument(
        &mut self,
        node: &'static Node,
        name: &'static str,
        kind: Kind,
        at: usize,
    ) -> Option<usize> {
        let (start, end) = if kind == Kind::Text {
            (at, self.line.len())
        } else {
            self.word(at)
        };
        let value = &self.line[start..end];
        let fits = kind.accepts(value) && (kind != Kind::Heredoc || is_blank(&self.line[end..]));
        if !fits || (self.here && kind == Kind::Room) {
            self.expect(node, self.word(at).0);
            return None;
        }
        self.args.push(name, value);
        Some(end)
    }

    /// A keyword that ends in a letter is a whole word; `in:` goes on into its argument.
    fn keyword(
        &mut self,
        node: &'static Node,
        text: &str,
        upper: &'static str,
        at: usize,
    ) -> Option<usize> {
        let (start, end) = self.word(at);
        let whole = text.ends_with(|last: char| last.is_ascii_alphanumeric());
        let end = if whole {
            end
        } else {
            end.min(start + text.len())
        };
        match self.line.get(start..end) {
            Some(found) if found.eq_ignore_ascii_case(text) => {
                self.args.push(upper, found);
                Some(end)
            }
            Some(_) | None => {
                self.expect(node, start);
                None
            }
        }
    }

    /// The word at a place; after a space, more spaces are skipped.
    fn word(&self, at: usize) -> (usize, usize) {
        let bytes = self.line.as_bytes();
        let spaced = at > 0 && (bytes[at - 1] == b' ' || self.sign == Some(at - 1));
        let skipped = if spaced {
            bytes[at..].iter().take_while(|byte| **byte == b' ').count()
        } else {
            0
        };
        let start = at + skipped;
        let length = bytes[start..]
            .iter()
            .position(|byte| *byte == b' ')
            .unwrap_or(bytes.len() - start);
        (start, start + length)
    }

    /// Notes what could have stood at a place, if no later place was reached.
    fn expect(&mut self, node: &'static Node, at: usize) {
        if at > self.furthest {
            self.expected = [None; EXPECTED_MAX];
        }
        if at >= self.furthest {
            self.furthest = at;
            let free = self.expected.iter_mut().find(|place| match place {
                None => true,
                Some(known) => std::ptr::eq(*known, node),
            });
            if let Some(place) = free {
                *place = Some(node);
            }
        }
    }

    /// Notes what could have begun at a place where the space before it was missing.
    fn expect_first(&mut self, nodes: &'static [Node], at: usize) {
        for node in nodes {
            match node {
                Node::Argument { .. } | Node::Keyword { .. } => self.expect(node, at),
                Node::Choice(choices) => choices
                    .iter()
                    .for_each(|nodes| self.expect_first(nodes, at)),
                Node::Optional(nodes)
                | Node::Repeated {
                    at_least_once: false,
                    nodes,
                } => {
                    self.expect_first(nodes, at);
                    continue;
                }
                Node::Repeated { nodes, .. } => self.expect_first(nodes, at),
                Node::Space => continue,
            }
            return;
        }
    }

    /// What is wrong, by the furthest place reached; `end` is where the rule was complete, if it was.
    fn fault(&self, rule: &'static Rule, end: Option<usize>) -> FaultKind<'a> {
        let rest = &self.line[self.furthest..];
        let found = rest.split(' ').find(|word| !word.is_empty());
        if let Some(end) = end {
            let too_much = self.line[end..].trim_matches(' ');
            if self.furthest < end || self.expected[0].is_none() {
                return FaultKind::TooMuch {
                    rule,
                    found: too_much,
                };
            }
        }
        let names = || {
            self.expected
                .iter()
                .flatten()
                .filter_map(|node| match node {
                    Node::Argument { name, .. } => Some(*name),
                    Node::Choice(_)
                    | Node::Keyword { .. }
                    | Node::Optional(_)
                    | Node::Repeated { .. }
                    | Node::Space => None,
                })
        };
        let expected = self.phrase();
        match found {
            None => FaultKind::NeedMore {
                rule,
                missing: names().next_back().unwrap_or("choice"),
                expected,
            },
            Some(found) => FaultKind::Invalid {
                rule,
                argument: names().next().unwrap_or("choice"),
                found,
                expected,
            },
        }
    }

    /// `a, b or c`.
    fn phrase(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        for node in self.expected.iter().flatten() {
            match node {
                Node::Argument { expected, .. } => words.push(expected),
                Node::Keyword { upper, .. } => words.push(upper),
                Node::Choice(_) | Node::Optional(_) | Node::Repeated { .. } | Node::Space => {}
            }
        }
        words.dedup();
        match words.split_last() {
            None => String::new(),
            Some((only, [])) => (*only).to_owned(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
        }
    }
}

fn is_blank(rest: &str) -> bool {
    rest.bytes().all(|byte| byte == b' ')
}
