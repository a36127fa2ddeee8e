//! Telnet (RFC 854, 855; NAWS 1073, TTYPE 1091): commands taken out of the bytes of a client, and those to send it.

/// What the client may tell of: the size of its window.
pub const NAWS: u8 = 31;
/// What the client may tell of: the type of its terminal.
pub const TTYPE: u8 = 24;
/// Who shows what is typed; promised by the server while a password is typed, so that nobody does.
pub const ECHO: u8 = 1;

/// To be sent before a password is typed.
pub const HIDE: &[u8] = &[IAC, WILL, ECHO];
/// To be sent when it has been.
pub const SHOW: &[u8] = &[IAC, WONT, ECHO];

const IAC: u8 = 255;
const DONT: u8 = 254;
const DO: u8 = 253;
const WONT: u8 = 252;
const WILL: u8 = 251;
const SB: u8 = 250;
const SE: u8 = 240;
const TTYPE_IS: u8 = 0;
const TTYPE_SEND: u8 = 1;

/// More of a subnegotiation is dropped, to its end.
const SUBNEGOTIATION_MAX_BYTES: usize = 64;

/// Something the client said besides its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Negotiation {
    /// It asks us to use an option.
    Do(u8),
    /// It asks us not to.
    Dont(u8),
    /// The type of its terminal, in capitals as sent; printable ASCII only.
    TerminalType(String),
    /// It offers to use an option.
    Will(u8),
    /// The size of its window, in characters; 0 is unknown.
    WindowSize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// It will not use an option.
    Wont(u8),
}

/// The filter of one connection: it keeps what a packet's end cut in two.
#[derive(Clone, Debug, Default)]
pub struct Telnet {
    state: State,
    /// A carriage return is held until what follows is known.
    held_return: bool,
    buffer: Vec<u8>,
    /// Options the client was asked to use, so that its consent is not answered again.
    asked: Options,
    /// Whether the server said that it echoes.
    hiding: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Options {
    window: bool,
    terminal: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    Command,
    #[default]
    Data,
    /// The byte is the verb: WILL, WONT, DO or DONT.
    Option(u8),
    Subnegotiation,
    SubnegotiationCommand,
}

impl Telnet {
    /// Takes in bytes of the client: adds its data to `data` and what else it said to `said`.
    ///
    /// `CR NUL`, which is Enter where the client sends characters at once, becomes a line feed.
    pub fn feed(&mut self, bytes: &[u8], data: &mut Vec<u8>, said: &mut Vec<Negotiation>) {
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (State::Data, IAC) => State::Command,
                (State::Data, byte) => self.data(byte, data),
                (State::Command, IAC) => self.data(IAC, data),
                (State::Command, byte) => self.command(byte),
                (State::Option(verb), option) => option_said(verb, option, said),
                (State::Subnegotiation, IAC) => State::SubnegotiationCommand,
                (State::Subnegotiation, byte) => self.keep(byte),
                (State::SubnegotiationCommand, IAC) => self.keep(IAC),
                (State::SubnegotiationCommand, SE) => {
                    said.extend(subnegotiated(&self.buffer));
                    self.buffer = Vec::new();
                    State::Data
                }
                // The end is missing: what was collected is dropped, the command counts.
                (State::SubnegotiationCommand, byte) => self.command(byte),
            };
        }
    }

    /// Asks for the type of the terminal and the size of the window, what was not asked for yet.
    pub fn ask(&mut self, out: &mut Vec<u8>) {
        if !std::mem::replace(&mut self.asked.terminal, true) {
            out.extend_from_slice(&[IAC, DO, TTYPE]);
        }
        if !std::mem::replace(&mut self.asked.window, true) {
            out.extend_from_slice(&[IAC, DO, NAWS]);
        }
    }

    /// Answers what the client said: window and terminal are welcome, all else is refused. Consents and refusals get
    /// no answer, so that two sides never go on answering each other.
    pub fn answer(&mut self, said: &Negotiation, out: &mut Vec<u8>) {
        match said {
            Negotiation::Do(ECHO) if self.hiding => {}
            Negotiation::Do(option) => out.extend_from_slice(&[IAC, WONT, *option]),
            Negotiation::Will(NAWS) => {
                if !std::mem::replace(&mut self.asked.window, true) {
                    out.extend_from_slice(&[IAC, DO, NAWS]);
                }
            }
            Negotiation::Will(TTYPE) => {
                if !std::mem::replace(&mut self.asked.terminal, true) {
                    out.extend_from_slice(&[IAC, DO, TTYPE]);
                }
                out.extend_from_slice(&[IAC, SB, TTYPE, TTYPE_SEND, IAC, SE]);
            }
            Negotiation::Will(option) => out.extend_from_slice(&[IAC, DONT, *option]),
            Negotiation::Dont(_)
            | Negotiation::TerminalType(_)
            | Negotiation::WindowSize { .. }
            | Negotiation::Wont(_) => {}
        }
    }

    /// Makes the client show nothing of what is typed.
    pub fn hide(&mut self, out: &mut Vec<u8>) {
        self.hiding = true;
        out.extend_from_slice(HIDE);
    }

    /// Makes the client show again what is typed.
    pub fn show(&mut self, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.hiding) {
            out.extend_from_slice(SHOW);
        }
    }

    fn data(&mut self, byte: u8, data: &mut Vec<u8>) -> State {
        match (std::mem::take(&mut self.held_return), byte) {
            (true, 0) => data.push(b'\n'),
            (held, byte) => {
                if held {
                    data.push(b'\r');
                }
                if byte == b'\r' {
                    self.held_return = true;
                } else {
                    data.push(byte);
                }
            }
        }
        State::Data
    }

    /// Break, interrupt, abort output and their like mean nothing to a chat.
    fn command(&mut self, byte: u8) -> State {
        self.buffer = Vec::new();
        match byte {
            DO | DONT | WILL | WONT => State::Option(byte),
            SB => State::Subnegotiation,
            _ => State::Data,
        }
    }

    fn keep(&mut self, byte: u8) -> State {
        // One more than is allowed tells that it was too much.
        if self.buffer.len() <= SUBNEGOTIATION_MAX_BYTES {
            self.buffer.push(byte);
        }
        State::Subnegotiation
    }
}

/// Adds bytes to be sent as data: 255 is doubled.
pub fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    for &byte in bytes {
        out.push(byte);
        if byte == IAC {
            out.push(IAC);
        }
    }
}

fn option_said(verb: u8, option: u8, said: &mut Vec<Negotiation>) -> State {
    said.push(match verb {
        DO => Negotiation::Do(option),
        DONT => Negotiation::Dont(option),
        WILL => Negotiation::Will(option),
        _ => Negotiation::Wont(option),
    });
    State::Data
}

/// What a whole subnegotiation tells, if it is one we know and not too long.
fn subnegotiated(bytes: &[u8]) -> Option<Negotiation> {
    match bytes {
        [NAWS, a, b, c, d] => Some(Negotiation::WindowSize {
            width: u16::from_be_bytes([*a, *b]),
            height: u16::from_be_bytes([*c, *d]),
        }),
        [TTYPE, TTYPE_IS, name @ ..] if bytes.len() <= SUBNEGOTIATION_MAX_BYTES => {
            let name = std::str::from_utf8(name).ok()?;
            let printable = name
                .bytes()
                .all(|byte| byte.is_ascii_graphic() || byte == b' ');
            printable.then(|| Negotiation::TerminalType(name.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(bytes: &[u8]) -> (Vec<u8>, Vec<Negotiation>) {
        let (mut telnet, mut data, mut said) = (Telnet::default(), Vec::new(), Vec::new());
        telnet.feed(bytes, &mut data, &mut said);
        let (mut telnet, mut slowly, mut said_slowly) = (Telnet::default(), Vec::new(), Vec::new());
        bytes
            .iter()
            .for_each(|byte| telnet.feed(&[*byte], &mut slowly, &mut said_slowly));
        assert_eq!(
            (&data, &said),
            (&slowly, &said_slowly),
            "packets do not matter"
        );
        (data, said)
    }

    fn answered(telnet: &mut Telnet, said: Negotiation) -> Vec<u8> {
        let mut out = Vec::new();
        telnet.answer(&said, &mut out);
        out
    }

    #[test]
    fn data_and_commands_are_told_apart() {
        assert_eq!(fed(b"HELP\r\n"), (b"HELP\r\n".to_vec(), vec![]));
        assert_eq!(fed(b"HELP\r\0x\rz\r\r\n").0, b"HELP\nx\rz\r\r\n");
        assert_eq!(fed(b"a\xff\xffb").0, b"a\xffb");
        assert_eq!(
            fed(b"a\xff\xf4\xff\xf1\xff\xf3b\xff\xf0c").0,
            b"abc",
            "interrupt, nop, break, stray end"
        );
        let (data, said) = fed(b"a\xff\xfb\x1f\xff\xfd\x03\xff\xfc\x18\xff\xfe\x01b");
        assert_eq!(data, b"ab");
        let expected = [
            Negotiation::Will(31),
            Negotiation::Do(3),
            Negotiation::Wont(24),
            Negotiation::Dont(1),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn subnegotiations() {
        let (data, said) = fed(b"x\xff\xfa\x1f\0\x50\0\x18\xff\xf0y\xff\xfa\x18\0XTERM\xff\xf0z");
        assert_eq!(data, b"xyz");
        assert_eq!(
            said[0],
            Negotiation::WindowSize {
                width: 80,
                height: 24
            }
        );
        assert_eq!(said[1], Negotiation::TerminalType("XTERM".into()));
        let wide = fed(b"\xff\xfa\x1f\xff\xff\xff\xff\0\x01\xff\xf0").1;
        assert_eq!(
            wide,
            [Negotiation::WindowSize {
                width: 65_535,
                height: 1
            }]
        );
        for odd in [
            &b"\xff\xfa\xff\xf0"[..],
            b"\xff\xfa\x1f\0\xff\xf0",
            b"\xff\xfa\x18\0\x1b[2J\xff\xf0",
            b"\xff\xfa\x18\x01\xff\xf0",
        ] {
            assert_eq!(fed(odd), (vec![], vec![]));
        }
        let long = [b"\xff\xfa\x18\0", &[b'A'; 1_000][..], b"\xff\xf0after"].concat();
        assert_eq!(fed(&long), (b"after".to_vec(), vec![]));
        assert_eq!(
            fed(b"\xff\xfa\x18\0AB\xff\xfb\x1fdata").1,
            [Negotiation::Will(31)],
            "an end that is missing"
        );
    }

    #[test]
    fn answers_end() {
        let (mut telnet, mut out) = (Telnet::default(), Vec::new());
        telnet.ask(&mut out);
        telnet.ask(&mut out);
        assert_eq!(out, [IAC, DO, TTYPE, IAC, DO, NAWS]);
        assert_eq!(answered(&mut telnet, Negotiation::Will(NAWS)), []);
        assert_eq!(
            answered(&mut telnet, Negotiation::Will(TTYPE)),
            [IAC, SB, TTYPE, TTYPE_SEND, IAC, SE]
        );
        assert_eq!(
            answered(&mut telnet, Negotiation::Will(34)),
            [IAC, DONT, 34]
        );
        assert_eq!(answered(&mut telnet, Negotiation::Do(3)), [IAC, WONT, 3]);
        assert_eq!(answered(&mut telnet, Negotiation::Wont(NAWS)), []);
        assert_eq!(answered(&mut telnet, Negotiation::Dont(ECHO)), []);
        assert_eq!(
            answered(&mut Telnet::default(), Negotiation::Will(NAWS)),
            [IAC, DO, NAWS]
        );
    }

    #[test]
    fn echo_never_stays_on() {
        let (mut telnet, mut out) = (Telnet::default(), Vec::new());
        telnet.show(&mut out);
        assert_eq!(out, []);
        assert_eq!(
            answered(&mut telnet, Negotiation::Do(ECHO)),
            [IAC, WONT, ECHO]
        );
        telnet.hide(&mut out);
        assert_eq!(answered(&mut telnet, Negotiation::Do(ECHO)), []);
        telnet.show(&mut out);
        telnet.show(&mut out);
        assert_eq!(out, [HIDE, SHOW].concat());
        let mut escaped = Vec::new();
        escape(b"a\xffb", &mut escaped);
        assert_eq!(escaped, b"a\xff\xffb");
        assert_eq!(fed(&escaped).0, b"a\xffb");
    }
}
