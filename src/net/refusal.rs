//! What is said to those who come in by a language that is not spoken here, each in their own.
//!
//! IRC and the browser get a door each later; until then these texts stand in its place.

use std::time::Duration;

use tokio::time::timeout;

use super::stream::Stream;

/// Who reads no answer in this time gets none.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(5);
/// What still comes from a client that was refused is dropped, up to here.
const DROPPED_MAX_BYTES: usize = 262_144;
const CHUNK_BYTES: usize = 4_096;

/// To a browser: a whole answer of HTTP/1.1. `way_in` is a command.
#[must_use]
pub fn http(way_in: &str) -> String {
    let body = format!(
        "This is chinwag, a chat server, and this port speaks plain lines.\n\
         The web client is not here yet. From a terminal: {way_in}\n"
    );
    format!(
        "HTTP/1.1 404 Not Found\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Cache-Control: no-store\r\n\
         Connection: close\r\n\
         \r\n\
         {body}",
        body.len()
    )
}

/// To an IRC client.
#[must_use]
pub fn irc(way_in: &str) -> String {
    format!("ERROR :This server speaks plain lines so far; from a terminal: {way_in}\r\n")
}

/// To somebody without TLS where it is required.
#[must_use]
pub fn tls_required(way_in: &str) -> String {
    format!("-ERR TLS_REQUIRED : this port takes encrypted connections only: {way_in}\r\n")
}

/// Says it and closes. What the client still sends is read before, else the system could take back the answer.
pub async fn farewell(mut stream: Stream, text: String) {
    let said = async {
        stream.write_all(text.as_bytes()).await?;
        stream.shutdown().await?;
        let mut dropped = 0;
        while dropped < DROPPED_MAX_BYTES {
            stream.ready(false).await?;
            match drop_some(&mut stream) {
                Ok(0) => break,
                Ok(length) => dropped += length,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    };
    // Whoever is gone, or does not read, needs no farewell.
    let _ = timeout(FAREWELL_TIMEOUT, said).await;
}

/// Not a part of the future, which would hold the buffer while it waits.
fn drop_some(stream: &mut Stream) -> std::io::Result<usize> {
    stream.try_read(&mut [0; CHUNK_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_answers() {
        let answer = http("nc chat.example 6667");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())));
        assert!(body.ends_with("nc chat.example 6667\n"));
        for line in [irc("nc x 1"), tls_required("nc x 1")] {
            assert_eq!(line.find("\r\n"), Some(line.len() - 2));
        }
    }
}
