//! Moments as people read them, in their zone, and as programs do.

use chinwag_grammar::Time;
use chrono::{DateTime, Offset, TimeZone};

use crate::model::screen::{TimeStyle, Zone};

/// `2026-09-26T14:02:11.123Z`.
pub fn iso(out: &mut String, at: Time) {
    let civil = at.civil();
    day(out, at);
    out.push('T');
    for (mark, part) in [(':', civil.hour), (':', civil.minute), ('.', civil.second)] {
        two(out, part.into());
        out.push(mark);
    }
    out.push(char::from(b'0' + (civil.milli / 100) as u8));
    two(out, u32::from(civil.milli % 100));
    out.push('Z');
}

/// `2026-09-26 14:02` in a zone.
pub fn minute(out: &mut String, at: Time, zone: Zone) {
    let local = local(at, zone);
    day(out, local);
    out.push(' ');
    clock(out, local, false);
}

/// What stands before a line, with a space; nothing where it is off.
pub fn before(out: &mut String, at: Time, style: TimeStyle, zone: Zone) {
    match style {
        TimeStyle::Full => {
            let local = local(at, zone);
            day(out, local);
            out.push(' ');
            clock(out, local, true);
        }
        TimeStyle::Off => return,
        TimeStyle::Short => clock(out, local(at, zone), false),
    }
    out.push(' ');
}

/// The moment whose parts in UTC are those of `at` in the zone.
fn local(at: Time, zone: Zone) -> Time {
    if zone == Zone::default() {
        return at;
    }
    let Some(utc) = DateTime::from_timestamp_millis(at.millis()) else {
        return at;
    };
    let offset = zone.tz().offset_from_utc_datetime(&utc.naive_utc()).fix();
    let ahead_ms = i64::from(offset.local_minus_utc()) * 1_000;
    Time::from_millis(at.millis().saturating_add(ahead_ms))
}

fn day(out: &mut String, at: Time) {
    let civil = at.civil();
    // Four digits always: a clock that is wrong by millennia may not break a line.
    let year = civil.year.rem_euclid(10_000) as u32;
    two(out, year / 100);
    two(out, year % 100);
    for part in [civil.month, civil.day] {
        out.push('-');
        two(out, part.into());
    }
}

fn clock(out: &mut String, at: Time, seconds: bool) {
    let civil = at.civil();
    two(out, civil.hour.into());
    out.push(':');
    two(out, civil.minute.into());
    if seconds {
        out.push(':');
        two(out, civil.second.into());
    }
}

fn two(out: &mut String, number: u32) {
    out.push(char::from(b'0' + (number / 10 % 10) as u8));
    out.push(char::from(b'0' + (number % 10) as u8));
}
