//! The answering side of the control socket.

use std::fs;
use std::future::Future;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::{ControlError, LINE_MAX_BYTES, Request, Response, failed, socket_path};
use crate::control::Lock;

/// More people than this administer no server at once.
const CONNECTIONS_MAX: usize = 16;
/// Responses that wait to be written.
const RESPONSES_WAITING: usize = 64;
/// How long a client has to ask.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// The socket of a server; its file is removed when it is dropped.
#[derive(Debug)]
pub struct Listener {
    path: PathBuf,
    socket: UnixListener,
    owner: u32,
}

/// Where a handler puts what it answers before the end.
#[derive(Clone, Debug)]
pub struct Replies(mpsc::Sender<Response>);

impl Replies {
    /// Sends a response, waiting until there is room; nothing happens when the client is gone.
    pub async fn send(&self, response: Response) {
        let _ = self.0.send(response).await;
    }

    /// Tells how far the work is, from any thread; skipped while there is no room.
    pub fn progress(&self, done: u64, total: u64) {
        let _ = self.0.try_send(Response::Progress { done, total });
    }
}

impl Listener {
    /// Listens beside a database. The lock is asked for because only its holder may remove the socket of a server that
    /// was killed.
    ///
    /// # Errors
    /// When the path is too long for a socket, or the directory cannot be written.
    pub fn bind(database: &Path, _lock: &Lock) -> Result<Self, ControlError> {
        let path = socket_path(database);
        if path.as_os_str().len() > 107 {
            return Err(ControlError::TooLong(path));
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(&path)(error));
            }
            Ok(()) | Err(_) => {}
        }
        let socket = UnixListener::bind(&path).map_err(failed(&path))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(failed(&path))?;
        let owner = fs::metadata(&path).map_err(failed(&path))?.uid();
        Ok(Self {
            path,
            socket,
            owner,
        })
    }

    /// Answers clients, each request by the handler, until it is dropped.
    pub async fn serve<H, F>(self, handler: H)
    where
        H: Fn(Request, Replies) -> F + Clone + Send + 'static,
        F: Future<Output = Response> + Send + 'static,
    {
        let free = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        // Dropped with this: an end of the server waits for no client that asks nothing, or does not read.
        let mut connections = JoinSet::new();
        loop {
            let turn = Arc::clone(&free)
                .acquire_owned()
                .await
                .expect("the semaphore is never closed");
            let socket = match self.socket.accept().await {
                Ok((socket, _)) if self.allowed(&socket) => socket,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the control socket cannot accept");
                    // Without files to open, the next attempt would fail at once.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            let handler = handler.clone();
            while connections.try_join_next().is_some() {}
            connections.spawn(async move {
                if let Err(error) = connection(socket, handler).await {
                    tracing::debug!(%error, "a control connection ended early");
                }
                drop(turn);
            });
        }
    }

    /// The user of the server, and root. The mode of the file says the same, but not from the very first moment.
    fn allowed(&self, socket: &UnixStream) -> bool {
        socket
            .peer_cred()
            .is_ok_and(|peer| peer.uid() == self.owner || peer.uid() == 0)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// One request and its answers.
async fn connection<H, F>(socket: UnixStream, handler: H) -> std::io::Result<()>
where
    H: Fn(Request, Replies) -> F,
    F: Future<Output = Response>,
{
    let (reader, mut writer) = socket.into_split();
    let mut line = zeroize::Zeroizing::new(Vec::new());
    let mut reader = BufReader::new(reader).take(LINE_MAX_BYTES as u64);
    tokio::time::timeout(REQUEST_TIMEOUT, reader.read_until(b'\n', &mut line)).await??;
    // The parser's own words could quote the line, and with it a password.
    let Ok(request) = serde_json::from_slice(&line) else {
        let text = "the server does not understand this request".to_owned();
        return write(&mut writer, &Response::Failed { text }).await;
    };
    let (sender, mut responses) = mpsc::channel(RESPONSES_WAITING);
    let answer = handler(request, Replies(sender));
    let writing = async {
        while let Some(response) = responses.recv().await {
            if let Err(error) = write(&mut writer, &response).await {
                // A handler that waits for room would wait for ever.
                responses.close();
                return Err(error);
            }
        }
        Ok(())
    };
    // The handler is run to its end even when the client is gone: it may be half done.
    let (last, written) = tokio::join!(answer, writing);
    written?;
    write(&mut writer, &last).await
}

async fn write(
    writer: &mut (impl AsyncWriteExt + Unpin),
    response: &Response,
) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(response)?;
    line.push(b'\n');
    writer.write_all(&line).await
}
