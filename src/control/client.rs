//! The asking side of the control socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::{ControlError, LINE_MAX_BYTES, Request, Response, failed, socket_path};

/// A connection to a running server.
#[derive(Debug)]
pub struct Client {
    path: PathBuf,
    socket: UnixStream,
}

impl Client {
    /// Connects to the server that owns a database.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn connect(database: &Path) -> Result<Self, ControlError> {
        let path = socket_path(database);
        let socket = UnixStream::connect(&path).map_err(failed(&path))?;
        Ok(Self { path, socket })
    }

    /// Asks, shows what comes before the end, and answers the text of `Done`, or as an error that of `Failed`.
    ///
    /// # Errors
    /// When the connection fails.
    pub fn ask(
        self,
        request: &Request,
        mut shown: impl FnMut(Response),
    ) -> Result<Result<String, String>, ControlError> {
        let mut line = zeroize::Zeroizing::new(
            serde_json::to_vec(request).map_err(|_| ControlError::Protocol)?,
        );
        line.push(b'\n');
        (&self.socket)
            .write_all(&line)
            .map_err(failed(&self.path))?;
        let mut answers = BufReader::new(&self.socket);
        loop {
            match self.response(&mut answers)? {
                Response::Done { text } => return Ok(Ok(text)),
                Response::Failed { text } => return Ok(Err(text)),
                more @ (Response::Progress { .. } | Response::User { .. }) => shown(more),
            }
        }
    }

    fn response(&self, answers: &mut impl BufRead) -> Result<Response, ControlError> {
        let mut line = Vec::new();
        let mut one = answers.take(LINE_MAX_BYTES as u64);
        one.read_until(b'\n', &mut line)
            .map_err(failed(&self.path))?;
        match line.last() {
            None => Err(ControlError::Closed),
            Some(b'\n') => serde_json::from_slice(&line).map_err(|_| ControlError::Protocol),
            Some(_) if line.len() < LINE_MAX_BYTES => Err(ControlError::Closed),
            Some(_) => Err(ControlError::Protocol),
        }
    }
}
