//! The syntax of ABNF itself: text in, rules out.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_till, take_while, take_while1};
use nom::character::complete::{char, digit1, line_ending, one_of, satisfy, space0, space1};
use nom::combinator::{eof, map, map_opt, opt, peek, recognize, value};
use nom::multi::{many0_count, many1_count, separated_list1};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

use super::{AbnfError, Definition, Element, Grammar};

/// Groups deeper than this are refused: the walkers of the tree recurse.
const MAX_DEPTH: usize = 32;

/// One thing at the beginning of a line.
enum Item<'a> {
    Blank,
    Comment(&'a str),
    Rule {
        name: &'a str,
        more: bool,
        body: Element<'a>,
    },
}

/// Reads a whole file.
pub(super) fn grammar(text: &str) -> Result<Grammar<'_>, AbnfError> {
    let (mut rest, mut rules, mut comments) = (text, Vec::<Definition<'_>>::new(), Vec::new());
    while !rest.is_empty() {
        let line = 1 + text[..text.len() - rest.len()].matches('\n').count();
        let (after, found) = item(rest).map_err(|error| failure(text, line, &error))?;
        rest = after;
        match found {
            Item::Blank => comments.clear(),
            Item::Comment(comment) => comments.push(comment),
            Item::Rule { name, more, body } => {
                let rule = Definition {
                    name,
                    body,
                    comments: std::mem::take(&mut comments),
                };
                add(&mut rules, rule, more).map_err(|what| AbnfError { line, what })?;
            }
        }
    }
    Ok(Grammar { rules })
}

fn add<'a>(
    rules: &mut Vec<Definition<'a>>,
    rule: Definition<'a>,
    more: bool,
) -> Result<(), String> {
    if depth(&rule.body) > MAX_DEPTH {
        return Err(format!("{} is nested too deeply", rule.name));
    }
    let known = rules
        .iter_mut()
        .find(|known| known.name.eq_ignore_ascii_case(rule.name));
    match (known, more) {
        (None, false) => rules.push(rule),
        (Some(known), true) => {
            let first = std::mem::replace(&mut known.body, Element::Prose(""));
            known.body = Element::Alternation(vec![first, rule.body]);
        }
        (None, true) => return Err(format!("{} is extended before it is defined", rule.name)),
        (Some(_), false) => return Err(format!("{} is defined twice", rule.name)),
    }
    Ok(())
}

fn depth(element: &Element<'_>) -> usize {
    match element {
        Element::Alternation(parts) | Element::Concatenation(parts) => {
            1 + parts.iter().map(depth).max().unwrap_or(0)
        }
        Element::Option(of) | Element::Repetition { of, .. } => 1 + depth(of),
        Element::Prose(_) | Element::Range(..) | Element::Rule(_) | Element::Text { .. } => 1,
    }
}

fn failure(text: &str, line: usize, error: &nom::Err<nom::error::Error<&str>>) -> AbnfError {
    let at = match error {
        nom::Err::Error(error) | nom::Err::Failure(error) => text.len() - error.input.len(),
        nom::Err::Incomplete(_) => text.len(),
    };
    let line = line.max(1 + text[..at].matches('\n').count());
    let near: String = text[at..]
        .chars()
        .take_while(|found| *found != '\n')
        .take(40)
        .collect();
    AbnfError {
        line,
        what: format!("not ABNF from {near:?} on"),
    }
}

fn item(input: &str) -> IResult<&str, Item<'_>> {
    alt((
        value(Item::Blank, pair(space0, line_ending)),
        value(Item::Blank, pair(space1, eof)),
        map(comment, |comment: &str| Item::Comment(comment.trim())),
        rule,
    ))
    .parse(input)
}

impl Clone for Item<'_> {
    fn clone(&self) -> Self {
        // `value` asks for it and only ever clones the one without contents.
        Self::Blank
    }
}

/// A comment and the end of its line.
fn comment(input: &str) -> IResult<&str, &str> {
    delimited(
        char(';'),
        take_till(|found| found == '\n' || found == '\r'),
        end_of_line,
    )
    .parse(input)
}

fn end_of_line(input: &str) -> IResult<&str, &str> {
    alt((line_ending, eof)).parse(input)
}

fn rule(input: &str) -> IResult<&str, Item<'_>> {
    let (input, name) = rule_name(input)?;
    let (input, defined) = delimited(gap, alt((tag("=/"), tag("="))), gap).parse(input)?;
    let (input, body) = alternation(input)?;
    let (input, _) = (gap, alt((comment, end_of_line))).parse(input)?;
    Ok((
        input,
        Item::Rule {
            name,
            more: defined == "=/",
            body,
        },
    ))
}

fn rule_name(input: &str) -> IResult<&str, &str> {
    recognize(pair(
        satisfy(|found| found.is_ascii_alphabetic()),
        take_while(|found: char| found.is_ascii_alphanumeric() || found == '-'),
    ))
    .parse(input)
}

/// Spaces, and line ends (with or without a comment) that a line beginning with a space continues.
fn gap(input: &str) -> IResult<&str, usize> {
    many0_count(white).parse(input)
}

fn gap1(input: &str) -> IResult<&str, usize> {
    many1_count(white).parse(input)
}

fn white(input: &str) -> IResult<&str, &str> {
    alt((
        space1,
        terminated(alt((comment, line_ending)), peek(one_of(" \t"))),
    ))
    .parse(input)
}

fn alternation(input: &str) -> IResult<&str, Element<'_>> {
    map(
        separated_list1(delimited(gap, char('/'), gap), concatenation),
        |parts| single(parts, Element::Alternation),
    )
    .parse(input)
}

fn concatenation(input: &str) -> IResult<&str, Element<'_>> {
    map(separated_list1(gap1, repetition), |parts| {
        single(parts, Element::Concatenation)
    })
    .parse(input)
}

fn single<'a>(
    mut parts: Vec<Element<'a>>,
    many: fn(Vec<Element<'a>>) -> Element<'a>,
) -> Element<'a> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}

fn repetition(input: &str) -> IResult<&str, Element<'_>> {
    let (input, times) = opt(times).parse(input)?;
    let (input, of) = element(input)?;
    Ok((
        input,
        match times {
            None => of,
            Some((min, max)) => Element::Repetition {
                min,
                max,
                of: Box::new(of),
            },
        },
    ))
}

/// `2*4`, `2*`, `*4`, `*` or `3`.
fn times(input: &str) -> IResult<&str, (usize, Option<usize>)> {
    let (input, low) = opt(count).parse(input)?;
    let (input, star) = opt(char('*')).parse(input)?;
    match (low, star) {
        (low, Some(_)) => map(opt(count), |high| (low.unwrap_or(0), high)).parse(input),
        (Some(exactly), None) => Ok((input, (exactly, Some(exactly)))),
        (None, None) => Err(nom::Err::Error(nom::error::Error::new(
            input,
            nom::error::ErrorKind::Digit,
        ))),
    }
}

fn count(input: &str) -> IResult<&str, usize> {
    map_opt(digit1, |digits: &str| digits.parse().ok()).parse(input)
}

fn element(input: &str) -> IResult<&str, Element<'_>> {
    alt((
        map(rule_name, Element::Rule),
        delimited(pair(char('('), gap), alternation, pair(gap, char(')'))),
        map(
            delimited(pair(char('['), gap), alternation, pair(gap, char(']'))),
            |of| Element::Option(Box::new(of)),
        ),
        map(preceded(tag_no_case("%s"), quoted), |text| Element::Text {
            text,
            exact: true,
        }),
        map(preceded(opt(tag_no_case("%i")), quoted), |text| {
            Element::Text { text, exact: false }
        }),
        preceded(tag_no_case("%x"), |input| numeric(input, 16)),
        preceded(tag_no_case("%d"), |input| numeric(input, 10)),
        preceded(tag_no_case("%b"), |input| numeric(input, 2)),
        map(
            delimited(
                char('<'),
                take_while(|found: char| found != '>' && found != '\n'),
                char('>'),
            ),
            Element::Prose,
        ),
    ))
    .parse(input)
}

fn quoted(input: &str) -> IResult<&str, Cow<'_, str>> {
    let inside = take_while(|found: char| found != '"' && !found.is_control());
    map(delimited(char('"'), inside, char('"')), Cow::Borrowed).parse(input)
}

/// `41`, `41-5A` or `41.42.43`, after its base.
fn numeric(input: &str, base: u32) -> IResult<&str, Element<'_>> {
    let (input, first) = code(input, base)?;
    let (input, last) = opt(preceded(char('-'), |input| code(input, base))).parse(input)?;
    if let Some(last) = last {
        return Ok((input, Element::Range(first, last)));
    }
    let (mut input, mut text) = (input, String::from(first));
    while let (rest, Some(next)) =
        opt(preceded(char('.'), |input| code(input, base))).parse(input)?
    {
        text.push(next);
        input = rest;
    }
    Ok((
        input,
        Element::Text {
            text: Cow::Owned(text),
            exact: true,
        },
    ))
}

fn code(input: &str, base: u32) -> IResult<&str, char> {
    map_opt(take_while1(|found: char| found.is_digit(base)), |digits| {
        u32::from_str_radix(digits, base)
            .ok()
            .and_then(char::from_u32)
    })
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file() {
        let text = "; heading\n\n; note: first\n; second\nA = \"x\" ; tail\n  [ %x41-5A ] / *2( b )\n; for b\nb = 3DIGIT\r\nb =/ %s\"Q\"\n";
        let grammar = Grammar::parse(text).unwrap();
        assert_eq!(grammar.rules().len(), 2);
        let a = grammar.rule("a").unwrap();
        assert_eq!(a.comments, ["note: first", "second"]);
        assert_eq!(a.note("note"), Some("first"));
        let Element::Alternation(parts) = &a.body else {
            panic!("{a:?}")
        };
        assert_eq!(
            parts[1],
            Element::Repetition {
                min: 0,
                max: Some(2),
                of: Box::new(Element::Rule("b"))
            }
        );
        assert!(grammar.undefined().is_empty());
        assert!(
            grammar.matches("A", "XA")
                && grammar.matches("a", "123Q")
                && !grammar.matches("a", "123q")
        );
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, line, what) in [
            ("a = \"x\"\nb = (\n", 2, "not ABNF"),
            ("a = \"x\"\n\n= b\n", 3, "not ABNF"),
            ("a = b\na = c\n", 2, "defined twice"),
            ("a =/ b\n", 1, "extended before"),
            ("a = %xD800\n", 1, "not ABNF"),
            ("a = \"x\n", 1, "not ABNF"),
        ] {
            let error = Grammar::parse(text).unwrap_err();
            assert_eq!(error.line, line, "{text:?} {error}");
            assert!(error.what.contains(what), "{text:?} {error}");
        }
        let deep = format!("a = {}b{}", "[".repeat(40), "]".repeat(40));
        assert!(Grammar::parse(&deep).unwrap_err().what.contains("deeply"));
        assert_eq!(
            Grammar::parse("a = b c d SP\nc = ALPHA")
                .unwrap()
                .undefined(),
            ["b", "d"]
        );
    }
}
