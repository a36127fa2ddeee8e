//! The stream of a connection, plain or TLS, driven by readiness: an idle one holds no buffer.
//!
//! One task waits for `ready` and for whatever else concerns its connection; then it reads into a buffer of the
//! shard's and writes what is queued, and neither waits.

mod close;
mod prefixed;
mod socket;

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::tls::fingerprint;
use crate::model::credential::Digest;

pub use prefixed::Prefixed;
pub use socket::{Accepted, Socket};

/// What bytes go through.
#[derive(Debug)]
pub enum Stream {
    /// As they are.
    Plain(Socket),
    /// Encrypted; in a box, because most connections have none.
    Tls(Box<TlsStream<Prefixed>>),
}

/// Ways through a stream: those that are waited for, or are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Bytes, the end of them, or an error can be read.
    pub read: bool,
    /// Bytes can be written.
    pub write: bool,
}

impl Ways {
    /// Both ways.
    pub const BOTH: Self = Self {
        read: true,
        write: true,
    };
    /// Only what is read.
    pub const READ: Self = Self {
        read: true,
        write: false,
    };
    /// Only what is written, as after the end of input, which would be read again and again.
    pub const WRITE: Self = Self {
        read: false,
        write: true,
    };
}

impl Stream {
    /// Takes a TLS client in. `first` are bytes of it that were read already.
    ///
    /// # Errors
    /// When the handshake fails or the client goes away.
    pub async fn handshake(
        socket: Socket,
        first: Vec<u8>,
        acceptor: &TlsAcceptor,
    ) -> io::Result<Self> {
        let stream = acceptor.accept(Prefixed::new(first, socket)).await?;
        Ok(Self::Tls(Box::new(stream)))
    }

    /// Whether what goes through is encrypted.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(_) => true,
        }
    }

    /// The fingerprint of the client certificate that was shown in the handshake.
    #[must_use]
    pub fn client_certificate(&self) -> Option<Digest> {
        let Self::Tls(stream) = self else {
            return None;
        };
        let chain = stream.get_ref().1.peer_certificates()?;
        chain.first().map(fingerprint)
    }

    /// Waits until one of the wanted ways is open. May be dropped and asked again at any time; with no way wanted it
    /// waits until it is dropped, as while a command keeps a connection from being read.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn ready(&mut self, wanted: Ways) -> io::Result<Ways> {
        poll_fn(|context| self.poll_ready(context, wanted)).await
    }

    /// The same as `ready`, for one task that waits for several things.
    ///
    /// # Errors
    /// When the connection is broken.
    pub fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
        wanted: Ways,
    ) -> Poll<io::Result<Ways>> {
        let open = match self {
            Self::Plain(socket) => Ways {
                read: wanted.read && socket.poll_read_ready(context)?.is_ready(),
                write: wanted.write && socket.poll_write_ready(context)?.is_ready(),
            },
            Self::Tls(stream) => {
                // What TLS itself has to say, or could not write before, goes first, asked for or not.
                let flushed = poll_flushed(stream, context)?.is_ready();
                let stream = Pin::new(stream.as_mut());
                Ways {
                    read: wanted.read && stream.poll_fill_buf(context)?.is_ready(),
                    write: wanted.write && flushed,
                }
            }
        };
        if open.read || open.write {
            Poll::Ready(Ok(open))
        } else {
            Poll::Pending
        }
    }

    /// Reads what is there; no bytes are the end of them.
    ///
    /// # Errors
    /// `WouldBlock` when nothing is there. TLS that ends without saying so is `UnexpectedEof`: somebody may have cut
    /// the last line short.
    pub fn try_read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.try_read(buffer),
            Self::Tls(stream) => {
                let mut buffer = ReadBuf::new(buffer);
                now(|context| Pin::new(stream.as_mut()).poll_read(context, &mut buffer))?;
                Ok(buffer.filled().len())
            }
        }
    }

    /// Writes as much as goes, in one call of the system. TLS keeps a bounded rest, which `ready` and `flush` write.
    ///
    /// # Errors
    /// `WouldBlock` when nothing goes.
    pub fn try_write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.try_write(slices),
            Self::Tls(stream) => {
                now(|context| poll_flushed(stream, context))?;
                now(|context| Pin::new(stream.as_mut()).poll_write_vectored(context, slices))
            }
        }
    }

    /// Writes all of it, waiting for a slow reader.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.try_write(&[IoSlice::new(bytes)]) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    poll_fn(|context| self.poll_writable(context)).await?;
                }
                Err(error) => return Err(error),
            }
        }
        self.flush().await
    }

    /// Waits until nothing written is left in here.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::Tls(stream) => poll_fn(|context| poll_flushed(stream, context)).await,
        }
    }

    /// Tells the other end that nothing more comes; it can still be read.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn shutdown(&mut self) -> io::Result<()> {
        poll_fn(|context| match self {
            Self::Plain(socket) => Pin::new(socket).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        })
        .await
    }

    fn poll_writable(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(socket) => socket.poll_write_ready(context),
            Self::Tls(stream) => poll_flushed(stream, context),
        }
    }
}

fn poll_flushed(
    stream: &mut TlsStream<Prefixed>,
    context: &mut Context<'_>,
) -> Poll<io::Result<()>> {
    if stream.get_ref().1.wants_write() {
        Pin::new(stream).poll_flush(context)
    } else {
        Poll::Ready(Ok(()))
    }
}

/// Asks without waiting. Whoever was to be woken asks `ready` again before it waits.
fn now<T>(poll: impl FnOnce(&mut Context<'_>) -> Poll<io::Result<T>>) -> io::Result<T> {
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        Poll::Ready(result) => result,
    }
}

#[cfg(test)]
mod tests;
