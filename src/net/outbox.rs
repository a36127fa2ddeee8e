//! What waits to be written to one connection, bounded; who reads too slowly loses it and is told how much.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::num::NonZeroU64;

use bytes::{Buf, Bytes};

use super::stream::Stream;

/// Pieces in one call of the system.
const SLICES_MAX: usize = 64;
/// An empty outbox keeps room for so many pieces and no more.
const KEPT_PIECES: usize = 8;

/// The queue of one connection. Lines for several listeners share their bytes.
#[derive(Debug)]
pub struct Outbox {
    queue: VecDeque<Piece>,
    /// Bytes that came unasked: these are bounded.
    bytes: usize,
    /// Bytes that were asked for: while they are many, no more can be asked for.
    asked_bytes: usize,
    limit: usize,
    /// The first piece is written in part: what follows must be its rest.
    begun: bool,
    /// The number of the last event that is written whole.
    written: u64,
}

#[derive(Debug)]
struct Piece {
    bytes: Bytes,
    /// The number of the event that it tells; absent in replies and in what is not recorded.
    number: Option<NonZeroU64>,
    asked: bool,
}

/// The bound would be passed, and nothing was queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// What a slow reader is told: `~ LOST pieces since=since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// So many pieces are not written.
    pub pieces: usize,
    /// The number of the last event that was.
    pub since: u64,
}

impl Outbox {
    /// An empty one that takes so many bytes; `since` is the number of the last event before this connection.
    #[must_use]
    pub fn new(limit: usize, since: u64) -> Self {
        Self {
            queue: VecDeque::new(),
            bytes: 0,
            asked_bytes: 0,
            limit,
            begun: false,
            written: since,
        }
    }

    /// Queues whole lines; `number` is that of the event which they tell, or 0.
    ///
    /// # Errors
    /// When there is no room: then the reader is too slow, see `lose`.
    pub fn push(&mut self, bytes: Bytes, number: u64) -> Result<(), Full> {
        if self.bytes + bytes.len() > self.limit {
            return Err(Full);
        }
        self.append(bytes, number, false);
        Ok(())
    }

    /// Queues what was asked for, however long: a page of history is no slowness of its reader.
    pub fn push_asked(&mut self, bytes: Bytes, number: u64) {
        if number > 0 {
            // What is replayed was not written before, whatever happened since.
            self.written = self.written.min(number - 1);
        }
        self.append(bytes, number, true);
    }

    /// Whether so much waits that nothing more may be asked for.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.asked_bytes > self.limit
    }

    /// Drops what is not begun and tells what that was; there is room now for the words that tell it.
    pub fn lose(&mut self) -> Lost {
        let kept = usize::from(self.begun);
        let lost = self.queue.split_off(kept.min(self.queue.len()));
        let left = |asked| {
            let pieces = self.queue.iter().filter(|piece| piece.asked == asked);
            pieces.map(|piece| piece.bytes.len()).sum()
        };
        (self.bytes, self.asked_bytes) = (left(false), left(true));
        let begun = self.queue.front().and_then(|piece| piece.number);
        Lost {
            pieces: lost.len(),
            since: begun.map_or(self.written, NonZeroU64::get),
        }
    }

    /// Queues what ends the connection, whatever waits before it.
    pub fn push_last(&mut self, bytes: Bytes) {
        self.append(bytes, 0, false);
    }

    /// Bytes that wait and were not asked for.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Writes as much as goes, in one call of the system; how many bytes.
    ///
    /// # Errors
    /// `WouldBlock` when nothing goes; another error when the connection is broken.
    pub fn write_to(&mut self, stream: &mut Stream) -> io::Result<usize> {
        let mut slices = [IoSlice::new(&[]); SLICES_MAX];
        let mut count = 0;
        for (slice, piece) in slices.iter_mut().zip(&self.queue) {
            *slice = IoSlice::new(&piece.bytes);
            count += 1;
        }
        if count == 0 {
            return Ok(0);
        }
        let written = stream.try_write(&slices[..count])?;
        self.advance(written);
        Ok(written)
    }

    /// Takes everything out, as if it were written.
    pub fn take(&mut self) -> Vec<Bytes> {
        let pieces: Vec<_> = self.queue.iter().map(|piece| piece.bytes.clone()).collect();
        self.advance(self.bytes + self.asked_bytes);
        pieces
    }

    fn append(&mut self, bytes: Bytes, number: u64, asked: bool) {
        if bytes.is_empty() {
            return;
        }
        *self.count(asked) += bytes.len();
        self.queue.push_back(Piece {
            bytes,
            number: NonZeroU64::new(number),
            asked,
        });
    }

    fn count(&mut self, asked: bool) -> &mut usize {
        if asked {
            &mut self.asked_bytes
        } else {
            &mut self.bytes
        }
    }

    fn advance(&mut self, mut written: usize) {
        while let Some(first) = self.queue.front_mut() {
            let (length, asked) = (written.min(first.bytes.len()), first.asked);
            if length < first.bytes.len() {
                first.bytes.advance(length);
                self.begun |= length > 0;
                *self.count(asked) -= length;
                return;
            }
            written -= length;
            self.written = first.number.map_or(self.written, NonZeroU64::get);
            self.begun = false;
            self.queue.pop_front();
            *self.count(asked) -= length;
        }
        if self.queue.capacity() > KEPT_PIECES {
            self.queue = VecDeque::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;
    use tokio::net::UnixStream;

    use super::*;
    use crate::net::stream::Ways;

    fn piece(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    #[test]
    fn bounded() {
        let mut outbox = Outbox::new(10, 0);
        outbox.push(piece("12345"), 0).unwrap();
        outbox.push(piece("67890"), 0).unwrap();
        outbox.push(piece(""), 0).unwrap();
        assert_eq!(outbox.push(piece("1"), 0), Err(Full));
        assert_eq!((outbox.bytes(), outbox.queue.len()), (10, 2));
    }

    #[test]
    fn lost_is_what_was_not_begun() {
        let mut outbox = Outbox::new(100, 41);
        assert_eq!(
            outbox.lose(),
            Lost {
                pieces: 0,
                since: 41
            }
        );
        for (text, number) in [("one\n", 42), ("+OK\n", 0), ("two\n", 43), ("three\n", 44)] {
            outbox.push(piece(text), number).unwrap();
        }
        outbox.advance(8);
        outbox.advance(1);
        // The line that is begun will be whole: it counts as told.
        assert_eq!(
            outbox.lose(),
            Lost {
                pieces: 1,
                since: 43
            }
        );
        outbox.push_last(piece("~ LOST\n"));
        assert_eq!(outbox.queue.front().unwrap().bytes, "wo\n");
        assert_eq!(outbox.bytes(), 10);
    }

    #[tokio::test]
    async fn many_pieces_in_order() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut stream = Stream::Plain(ours.into());
        let mut outbox = Outbox::new(1 << 20, 0);
        let mut expected = String::new();
        for number in 1..=150u64 {
            let line = format!("line {number}\n");
            expected += &line;
            outbox.push(line.into(), number).unwrap();
        }
        let mut calls = 0;
        while !outbox.is_empty() {
            outbox.write_to(&mut stream).unwrap();
            calls += 1;
        }
        assert_eq!((calls, outbox.bytes(), outbox.queue.capacity()), (3, 0, 0));
        assert_eq!(outbox.lose().since, 150);
        drop(stream);
        let mut seen = String::new();
        theirs.read_to_string(&mut seen).await.unwrap();
        assert_eq!(seen, expected);
    }

    #[tokio::test]
    async fn a_slow_reader_gets_every_byte() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut stream = Stream::Plain(ours.into());
        let mut outbox = Outbox::new(usize::MAX, 0);
        let line = Bytes::from(vec![b'x'; 100_000]);
        for number in 1..=100 {
            outbox.push(line.clone(), number).unwrap();
        }
        let write = async {
            let mut waited = false;
            while !outbox.is_empty() {
                match outbox.write_to(&mut stream) {
                    Ok(_) => {}
                    Err(error) => {
                        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
                        waited = true;
                        assert!(stream.ready(Ways::WRITE).await.unwrap().write);
                    }
                }
            }
            stream.shutdown().await.unwrap();
            assert!(waited);
        };
        let mut seen = Vec::new();
        let (_, read) = tokio::join!(write, theirs.read_to_end(&mut seen));
        assert_eq!(read.unwrap(), 10_000_000);
    }

    #[test]
    fn what_was_asked_for_has_room() {
        let mut outbox = Outbox::new(4, 103);
        outbox.push_asked(Bytes::from_static(b"replayed"), 50);
        assert!(outbox.is_behind() && outbox.bytes() == 0);
        assert_eq!(outbox.push(Bytes::from_static(b"live"), 104), Ok(()));
        assert_eq!(outbox.push(Bytes::from_static(b"more"), 105), Err(Full));
        let lost = outbox.lose();
        // Not 103: the replay had not come so far.
        assert_eq!((lost.pieces, lost.since), (2, 49));
        assert!(outbox.is_empty() && !outbox.is_behind());
    }
}
