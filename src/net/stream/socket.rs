//! A socket, TCP or unix: the calls that both have.

use std::io::{self, IoSlice};
use std::net::{IpAddr, TcpStream as StdTcp};
use std::os::unix::net::UnixStream as StdUnix;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::net::sockopt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};

/// Whoever does not answer is asked again after this time.
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// So often, and then it is gone.
const KEEPALIVE_TRIES: u32 = 4;

/// A connected socket.
#[derive(Debug)]
pub enum Socket {
    /// Over IP.
    Tcp(TcpStream),
    /// On this machine.
    Unix(UnixStream),
}

/// A socket that no runtime has yet: on its way to the thread that will have it.
#[derive(Debug)]
pub enum Accepted {
    /// Over IP.
    Tcp(StdTcp),
    /// On this machine.
    Unix(StdUnix),
}

impl Accepted {
    /// Gives the socket to the runtime in which this is called. It must not block.
    ///
    /// # Errors
    /// When the system has no room to watch it.
    pub fn register(self) -> io::Result<Socket> {
        Ok(match self {
            Self::Tcp(socket) => Socket::Tcp(TcpStream::from_std(socket)?),
            Self::Unix(socket) => Socket::Unix(UnixStream::from_std(socket)?),
        })
    }
}

impl Socket {
    /// Takes the socket from its runtime, to give it to another.
    ///
    /// # Errors
    /// When the system fails.
    pub fn unregister(self) -> io::Result<Accepted> {
        Ok(match self {
            Self::Tcp(socket) => Accepted::Tcp(socket.into_std()?),
            Self::Unix(socket) => Accepted::Unix(socket.into_std()?),
        })
    }

    /// The address at the other end; a unix socket has none.
    ///
    /// # Errors
    /// When the other end is gone already.
    pub fn address(&self) -> io::Result<Option<IpAddr>> {
        match self {
            Self::Tcp(socket) => Ok(Some(socket.peer_addr()?.ip())),
            Self::Unix(_) => Ok(None),
        }
    }

    /// Has the system ask the other end, after so long a silence, whether it is still there; a unix socket knows.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn keep_alive(&self, silence: Duration) -> io::Result<()> {
        if let Self::Tcp(socket) = self {
            sockopt::set_tcp_keepidle(socket, silence)?;
            sockopt::set_tcp_keepintvl(socket, KEEPALIVE_INTERVAL)?;
            sockopt::set_tcp_keepcnt(socket, KEEPALIVE_TRIES)?;
            sockopt::set_socket_keepalive(socket, true)?;
        }
        Ok(())
    }

    /// The port at this end; a unix socket has none.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match self {
            Self::Tcp(socket) => socket.local_addr().ok().map(|address| address.port()),
            Self::Unix(_) => None,
        }
    }

    pub(super) fn poll_read_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(socket) => socket.poll_read_ready(context),
            Self::Unix(socket) => socket.poll_read_ready(context),
        }
    }

    pub(super) fn poll_write_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(socket) => socket.poll_write_ready(context),
            Self::Unix(socket) => socket.poll_write_ready(context),
        }
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(socket) => socket.try_read(buffer),
            Self::Unix(socket) => socket.try_read(buffer),
        }
    }

    pub(super) fn try_write(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self {
            Self::Tcp(socket) => socket.try_write_vectored(slices),
            Self::Unix(socket) => socket.try_write_vectored(slices),
        }
    }
}

impl From<TcpStream> for Socket {
    fn from(socket: TcpStream) -> Self {
        Self::Tcp(socket)
    }
}

impl From<UnixStream> for Socket {
    fn from(socket: UnixStream) -> Self {
        Self::Unix(socket)
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(socket) => Pin::new(socket).poll_read(context, buffer),
            Self::Unix(socket) => Pin::new(socket).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(socket) => Pin::new(socket).poll_write_vectored(context, slices),
            Self::Unix(socket) => Pin::new(socket).poll_write_vectored(context, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(socket) => Pin::new(socket).poll_flush(context),
            Self::Unix(socket) => Pin::new(socket).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(socket) => Pin::new(socket).poll_shutdown(context),
            Self::Unix(socket) => Pin::new(socket).poll_shutdown(context),
        }
    }
}
