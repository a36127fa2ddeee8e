//! Threads that read: queries and look-ups, each thread with a connection of its own that cannot write.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::{Fault, open_reader};

/// Something to be read.
pub type Task = Box<dyn FnOnce(&Connection) + Send>;

/// More would not be quicker: what they read is in memory nearly always.
const THREADS: usize = 2;

/// The threads. Each connection asks for one thing at a time, so what waits here is bounded by the connections.
pub struct Readers {
    tasks: Sender<Task>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the database cannot be opened once more.
    pub fn start(path: &Path) -> Result<Self, Fault> {
        let (tasks, waiting) = channel::<Task>();
        let waiting = Arc::new(Mutex::new(waiting));
        let mut threads = Vec::with_capacity(THREADS);
        for number in 0..THREADS {
            let database = open_reader(path)?;
            let waiting = Arc::clone(&waiting);
            let thread = thread::Builder::new()
                .name(format!("reader-{number}"))
                .spawn(move || work(&database, &waiting));
            threads.push(thread.map_err(Fault::io(path, "the system gives no more threads"))?);
        }
        Ok(Self { tasks, threads })
    }

    /// Where tasks go.
    #[must_use]
    pub fn tasks(&self) -> Sender<Task> {
        self.tasks.clone()
    }

    /// Waits until everything is read; every other sender of tasks has to be gone.
    pub fn end(self) {
        drop(self.tasks);
        for thread in self.threads {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

fn work(database: &Connection, waiting: &Mutex<Receiver<Task>>) {
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match next {
            Ok(task) => task(database),
            Err(_) => return,
        }
    }
}
