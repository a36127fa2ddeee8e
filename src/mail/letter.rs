//! The letters that the server writes.

use chinwag_grammar::{Nick, Span};
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};

use super::Fault;
use crate::secret::Secret;

/// A letter, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// A code that stands for a forgotten password.
    RecoveryCode {
        /// The account.
        account: Nick,
        /// The code.
        code: Secret,
        /// How long it is good for.
        lifetime: Span,
        /// The account's e-mail address.
        to: Secret,
    },
}

impl Letter {
    /// The part of the address that may stand in a log.
    pub(super) fn domain(&self) -> &str {
        let Self::RecoveryCode { to, .. } = self;
        to.expose()
            .rsplit_once('@')
            .map_or("", |(_, domain)| domain)
    }

    /// The whole mail.
    pub(super) fn message(&self, from: &Mailbox, server: &str) -> Result<Message, Fault> {
        let Self::RecoveryCode { account, to, .. } = self;
        let to = to.expose().parse().map_err(|_| Fault::Address)?;
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(format!("A new password for {account} at {server}"))
            .message_id(Some(format!(
                "<{:032x}@{}>",
                rand::random::<u128>(),
                from.email.domain()
            )))
            .header(AutoSubmitted)
            .singlepart(
                SinglePart::builder()
                    .header(ContentType::TEXT_PLAIN)
                    .body(self.body(server)),
            )
            .map_err(|_| Fault::Address)
    }

    fn body(&self, server: &str) -> String {
        let Self::RecoveryCode {
            account,
            code,
            lifetime,
            ..
        } = self;
        format!(
            "Somebody, probably you, forgot the password of {account} at {server}.\n\n\
             To choose a new one, connect and type:\n\n    \
             RECOVER {account} {code}\n\n\
             The code works once, and for {lifetime}. If it was not you, do nothing:\n\
             nothing has changed.\n",
            code = code.expose(),
        )
    }
}

/// Keeps out-of-office answers away (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter::RecoveryCode {
            account: Nick::parse("Zoë").unwrap(),
            code: "abcd-efgh-jkmn".into(),
            lifetime: Span::seconds(900),
            to: to.into(),
        }
    }

    fn written(to: &str) -> Result<String, Fault> {
        let from = "Chat <chat@example.org>".parse().unwrap();
        let message = letter(to).message(&from, "chat.example.org")?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn the_letter() {
        let written = written("zoe@home.example").unwrap();
        let stable: Vec<&str> = written
            .lines()
            .map(|line| match line.split_once(": ") {
                Some(("Message-ID", id)) if id.ends_with("@example.org>") => "Message-ID: …",
                Some(("Date", _)) => "Date: …",
                Some(_) | None => line,
            })
            .collect();
        insta::assert_snapshot!(stable.join("\n"));
    }

    #[test]
    fn an_address_is_one_address() {
        for to in [
            "",
            "zoe",
            "zoe@",
            "@home.example",
            "zoe@home.example, eve@else.example",
            "zoe@home.example\r\nBcc: eve@else.example",
            "Zoe <zoe@home.example>",
        ] {
            assert_eq!(written(to).unwrap_err(), Fault::Address, "{to}");
        }
    }

    #[test]
    fn debug_shows_neither_address_nor_code() {
        let shown = format!("{:?}", letter("zoe@home.example"));
        assert!(
            !shown.contains("abcd") && !shown.contains("home"),
            "{shown}"
        );
        assert_eq!(letter("zoe@home.example").domain(), "home.example");
        assert_eq!(letter("zoe").domain(), "");
    }
}
