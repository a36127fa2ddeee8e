//! A listener that is bound: TCP, or a unix socket whose file goes with it.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixStream as StdUnix;
use std::path::Path;

use tokio::net::{TcpListener, TcpSocket, UnixListener};

use crate::config::Address;
use crate::net::stream::Socket;

/// Connections that may wait to be accepted, as far as the system allows.
const BACKLOG: u32 = 4_096;
/// Who may use a unix socket: its owner and group, as a proxy has it.
const MODE: u32 = 0o660;

/// A bound listener.
#[derive(Debug)]
pub struct Bound {
    /// Where it listens, with the port that the system chose for port 0.
    pub address: Address,
    /// Which of the configured listeners it is.
    pub listener: usize,
    socket: Door,
}

#[derive(Debug)]
enum Door {
    Tcp(TcpListener),
    Unix(UnixListener),
}

/// An address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {source}")]
pub struct ListenError {
    /// The address.
    pub address: Address,
    /// Why.
    pub source: io::Error,
}

impl Bound {
    /// Listens on an address; `listener` is its place in the configuration. To be called in a runtime.
    ///
    /// # Errors
    /// When the address is in use or not ours.
    pub fn bind(address: &Address, listener: usize) -> Result<Self, ListenError> {
        let bound = match address {
            Address::Tcp(address) => tcp(*address),
            Address::Unix(path) => unix(path),
        };
        let (socket, address) = bound.map_err(|source| ListenError {
            address: address.clone(),
            source,
        })?;
        Ok(Self {
            address,
            listener,
            socket,
        })
    }

    /// Waits for the next connection.
    pub(super) async fn accept(&self) -> io::Result<Socket> {
        match &self.socket {
            Door::Tcp(listener) => {
                let (socket, _) = listener.accept().await?;
                // Lines are written together as it is: nothing is gained by waiting for more. Where it fails the client
                // is gone, and its shard will see that.
                let _ = socket.set_nodelay(true);
                Ok(Socket::Tcp(socket))
            }
            Door::Unix(listener) => Ok(Socket::Unix(listener.accept().await?.0)),
        }
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        if let Address::Unix(path) = &self.address {
            // It may be gone already, which is as well.
            let _ = fs::remove_file(path);
        }
    }
}

fn tcp(address: SocketAddr) -> io::Result<(Door, Address)> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // Connections of a server that ended must not keep the next one from starting.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    let listener = socket.listen(BACKLOG)?;
    let address = Address::Tcp(listener.local_addr()?);
    Ok((Door::Tcp(listener), address))
}

fn unix(path: &Path) -> io::Result<(Door, Address)> {
    remove_stale(path)?;
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(MODE))?;
    Ok((Door::Unix(listener), Address::Unix(path.to_owned())))
}

/// Removes the socket of a server that was killed; of one that answers, and any other file, nothing is touched.
fn remove_stale(path: &Path) -> io::Result<()> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_socket());
    let refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    if is_socket && StdUnix::connect(path).is_err_and(|error| refused(&error)) {
        fs::remove_file(path)?;
    }
    Ok(())
}
