//! How a connection ends so that its last words arrive.

use std::io;
use std::time::Duration;

use tokio::time::timeout;

use super::{Stream, Ways};

/// Whoever does not hang up in this time is hung up on.
const TIMEOUT: Duration = Duration::from_secs(5);
/// What still comes is dropped, up to here.
const DROPPED_MAX_BYTES: usize = 262_144;
const CHUNK_BYTES: usize = 4_096;

impl Stream {
    /// Says it and closes.
    pub async fn farewell(mut self, text: &[u8]) {
        if let Ok(Ok(())) = timeout(TIMEOUT, self.write_all(text)).await {
            self.close().await;
        }
    }

    /// Closes. What the other end still sends is read first, else the system would take back what was written last.
    pub async fn close(mut self) {
        // Whoever is gone has no use for more.
        let _ = timeout(TIMEOUT, self.drain()).await;
    }

    async fn drain(&mut self) -> io::Result<()> {
        self.shutdown().await?;
        let mut dropped = 0;
        while dropped < DROPPED_MAX_BYTES {
            self.ready(Ways::READ).await?;
            match self.drop_some() {
                Ok(0) => break,
                Ok(length) => dropped += length,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Not a part of a future, which would hold the buffer while it waits.
    fn drop_some(&mut self) -> io::Result<usize> {
        self.try_read(&mut [0; CHUNK_BYTES])
    }
}
