//! What is said to those who come in by a language that is not spoken here, each in their own.
//!
//! The browser gets a door later; until then a text stands in its place.

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

/// To an IRC client without TLS where it is required.
#[must_use]
pub const fn irc_tls_required() -> &'static str {
    "ERROR :This port takes encrypted connections only: switch TLS on in your client's settings\r\n"
}

/// To somebody without TLS where it is required.
#[must_use]
pub fn tls_required(way_in: &str) -> String {
    format!("-ERR TLS_REQUIRED : this port takes encrypted connections only: {way_in}\r\n")
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
        for line in [irc_tls_required().to_owned(), tls_required("nc x 1")] {
            assert_eq!(line.find("\r\n"), Some(line.len() - 2));
        }
    }
}
