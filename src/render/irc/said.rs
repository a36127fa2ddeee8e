//! Messages: one line, several where it has several or is too long for one, or a batch of draft/multiline.

use std::borrow::Cow;

use super::event::Told;
use super::line::Line;
use crate::hub::caps::Cap;
use crate::model::event::{Signal, Speech};
use crate::model::{Spot, Who};

/// A line has at most so many bytes without its tags, its end included (RFC 2812, section 2.3).
pub(super) const LINE_BYTES: usize = 512;
/// A piece shorter than this is no piece: names are shorter than what is left.
const PIECE_MIN_BYTES: usize = 64;

/// What was said, as lines.
pub struct Said<'a> {
    pub by: &'a Who,
    pub spot: &'a Spot,
    pub speech: Speech,
    pub text: &'a str,
    /// The client-only tags that it came with, `+draft/reply` included.
    pub tags: Vec<(&'a str, String)>,
}

/// Appends the lines.
pub fn said(told: &Told<'_>, said: &Said<'_>, out: &mut String) {
    let target = target(said.spot);
    let command = match said.speech {
        Speech::Action | Speech::Message => "PRIVMSG",
        Speech::Notice => "NOTICE",
    };
    let from = said.by.hostmask();
    let frame = from.len() + command.len() + target.len() + ":  : \r\n\u{1}ACTION \u{1}".len();
    let room = LINE_BYTES.saturating_sub(frame).max(PIECE_MIN_BYTES);
    let pieces = pieces(said.text, room);
    let several = pieces.len() > 1;
    if several
        && told.caps.has(Cap::Multiline)
        && told.caps.has(Cap::Batch)
        && said.speech != Speech::Action
    {
        batch(told, said, &pieces, command, out);
        return;
    }
    let shown = pieces
        .iter()
        .filter(|piece| !several || !piece.text.is_empty());
    for (place, piece) in shown.enumerate() {
        let line = if place == 0 {
            tagged(told, said, true)
        } else {
            tagged(told, said, false)
        };
        line.says(&from, command)
            .word(&target)
            .text(&spoken(piece.text, said.speech))
            .end(out);
    }
}

/// Where it is said to, as everybody names it.
pub fn target(spot: &Spot) -> Cow<'_, str> {
    match spot {
        Spot::Private { with } => with.nick.as_str().into(),
        // STATUSMSG
        Spot::Ranked { room, rank } => format!("{}{}", rank.prefix(), room.name).into(),
        Spot::Room(room) => room.name.as_str().into(),
    }
}

/// The tags of a message; those that stand for it as a whole are on its first line.
fn tagged(told: &Told<'_>, said: &Said<'_>, is_first: bool) -> Line {
    let line = Line::new()
        .msgid(told.number.filter(|_| is_first), told.caps)
        .time(told.at, told.caps);
    let account = said.by.account.map(|_| said.by.nick.as_str());
    let mut line = line.account(account, told.caps).bot(told.by_bot, told.caps);
    if is_first && told.caps.has(Cap::MessageTags) {
        for (key, value) in &said.tags {
            line = line.tag(key, value);
        }
    }
    line
}

/// draft/multiline: the tags stand on the batch.
fn batch(told: &Told<'_>, said: &Said<'_>, pieces: &[Piece<'_>], command: &str, out: &mut String) {
    let from = said.by.hostmask();
    let target = target(said.spot);
    let name = format!("m{}", told.number.map_or(0, chinwag_grammar::Number::get));
    let opening = format!("+{name}");
    tagged(told, said, true)
        .says(&from, "BATCH")
        .word(&opening)
        .word("draft/multiline")
        .word(&target)
        .end(out);
    for piece in pieces {
        let mut line = Line::new().tag("batch", &name);
        if piece.continues {
            line = line.tag("draft/multiline-concat", "");
        }
        line.says(&from, command)
            .word(&target)
            .text(piece.text)
            .end(out);
    }
    let closing = format!("-{name}");
    Line::new().says(&from, "BATCH").word(&closing).end(out);
}

/// CTCP's ACTION.
fn spoken(text: &str, speech: Speech) -> String {
    match speech {
        Speech::Action => format!("\u{1}ACTION {text}\u{1}"),
        Speech::Message | Speech::Notice => text.to_owned(),
    }
}

/// A part of a text that fits into a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// It goes on where the piece before ended.
    pub continues: bool,
}

/// The lines of a text, those that are too long broken: after a space where there is one, never inside a character.
pub(super) fn pieces(text: &str, room: usize) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for line in text.split('\n') {
        let mut rest = line;
        let mut continues = false;
        while rest.len() > room {
            let (piece, after) = rest.split_at(break_at(rest, room));
            pieces.push(Piece {
                text: piece,
                continues,
            });
            (rest, continues) = (after, true);
        }
        pieces.push(Piece {
            text: rest,
            continues,
        });
    }
    pieces
}

fn break_at(text: &str, room: usize) -> usize {
    let mut end = room;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A word that fills half of the line is broken itself.
    match text[..end].rfind(' ') {
        Some(space) if space >= room / 2 => space + 1,
        Some(_) | None => end,
    }
}

/// What passes by and is kept nowhere: tags alone (typing, for one), or CTCP.
pub fn signalled(told: &Told<'_>, spot: &Spot, by: &Who, signal: &Signal, out: &mut String) {
    let mut line = Line::new().time(told.at, told.caps);
    line = line.account(by.account.map(|_| by.nick.as_str()), told.caps);
    line = line.bot(told.by_bot, told.caps);
    match signal {
        Signal::Ctcp { notice, text } => {
            let command = if *notice { "NOTICE" } else { "PRIVMSG" };
            line.says(&by.hostmask(), command)
                .word(&target(spot))
                .text(&format!("\u{1}{text}\u{1}"))
                .end(out);
        }
        Signal::Tags(tags) => {
            if !told.caps.has(Cap::MessageTags) {
                return;
            }
            for (key, value) in tags {
                line = line.tag(key.as_str(), value.as_str());
            }
            line.says(&by.hostmask(), "TAGMSG")
                .word(&target(spot))
                .end(out);
        }
    }
}
