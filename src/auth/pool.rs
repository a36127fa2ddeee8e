//! The threads that hash passwords: so many at once, so many waiting, and no more.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use super::job::{Done, Job, run};
use crate::config::Limits;

/// As many passwords wait as may wait; whoever asked is told to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords wait to be checked")]
pub struct Busy;

/// A bounded pool of threads. Dropping it finishes what it took on.
pub struct Pool {
    tasks: Option<SyncSender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

type Task = Box<dyn FnOnce() + Send>;

impl Pool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub fn start(limits: &Limits) -> std::io::Result<Self> {
        let (tasks, waiting) = sync_channel(limits.auth_queue);
        let waiting = Arc::new(Mutex::new(waiting));
        let threads = (0..limits.auth_threads)
            .map(|number| {
                let waiting = Arc::clone(&waiting);
                thread::Builder::new()
                    .name(format!("auth-{number}"))
                    .spawn(move || work(&waiting))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            tasks: Some(tasks),
            threads,
        })
    }

    /// Takes on a job. `on_done` is called on a thread of the pool and must not wait for anything.
    ///
    /// # Errors
    /// `Busy`, at once, when the queue is full; `on_done` is then never called.
    pub fn submit(
        &self,
        job: Job,
        on_done: impl FnOnce(Done) + Send + 'static,
    ) -> Result<(), Busy> {
        self.enqueue(Box::new(move || on_done(run(&job))))
    }

    /// Takes on a job whose answer is awaited. When nobody waits for it any more, it is not begun.
    ///
    /// # Errors
    /// `Busy`, at once, when the queue is full.
    pub fn request(&self, job: Job) -> Result<oneshot::Receiver<Done>, Busy> {
        let (answer, awaited) = oneshot::channel();
        self.enqueue(Box::new(move || {
            if !answer.is_closed() {
                // Whoever asked may have left meanwhile; then the answer is nobody's.
                let _ = answer.send(run(&job));
            }
        }))?;
        Ok(awaited)
    }

    /// Takes on any slow work on secrets, which must not wait for anything else.
    ///
    /// # Errors
    /// `Busy`, at once, when the queue is full; the work is then never done.
    pub fn spawn(&self, task: impl FnOnce() + Send + 'static) -> Result<(), Busy> {
        self.enqueue(Box::new(task))
    }

    fn enqueue(&self, task: Task) -> Result<(), Busy> {
        let tasks = self.tasks.as_ref().expect("only drop takes the sender");
        tasks.try_send(task).map_err(|refused| match refused {
            TrySendError::Disconnected(_) | TrySendError::Full(_) => Busy,
        })
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.tasks.take());
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

/// One thread's life: it ends when the pool is dropped and nothing waits any more.
fn work(waiting: &Mutex<Receiver<Task>>) {
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match next {
            Ok(task) => task(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::auth::tests::CHEAP;
    use crate::auth::{Params, verify};
    use crate::config::Config;

    fn pool(auth_threads: usize, auth_queue: usize) -> Pool {
        Pool::start(&Limits {
            auth_threads,
            auth_queue,
            ..Config::default().limits
        })
        .unwrap()
    }

    fn job() -> Job {
        Job::Hash {
            secret: "secret-pass".into(),
            params: CHEAP,
        }
    }

    /// A job that holds its thread until the sender is dropped, begun when this returns.
    fn occupy(pool: &Pool) -> mpsc::Sender<()> {
        let (begun, begins) = mpsc::channel();
        let (release, held) = mpsc::channel::<()>();
        pool.submit(job(), move |_| {
            begun.send(()).unwrap();
            let _ = held.recv();
        })
        .unwrap();
        begins.recv().unwrap();
        release
    }

    #[test]
    fn answers_come_by_oneshot() {
        let pool = pool(2, 4);
        let answers: Vec<_> = (0..4).map(|_| pool.request(job()).unwrap()).collect();
        for answer in answers {
            let Done::Hashed(verifier) = answer.blocking_recv().unwrap() else {
                panic!("another job's answer");
            };
            assert!(verify(&"secret-pass".into(), &verifier));
        }
    }

    #[test]
    fn a_full_queue_is_busy_at_once_and_recovers() {
        let pool = pool(1, 2);
        let release = occupy(&pool);
        let first = pool.request(job()).unwrap();
        let second = pool.request(job()).unwrap();
        assert_eq!(pool.request(job()).unwrap_err(), Busy);
        assert_eq!(pool.submit(job(), |_| ()).unwrap_err(), Busy);
        drop(release);
        assert!(first.blocking_recv().is_ok() && second.blocking_recv().is_ok());
        assert!(pool.request(job()).unwrap().blocking_recv().is_ok());
    }

    #[test]
    fn dropping_finishes_what_was_taken_on() {
        let pool = pool(1, 8);
        let release = occupy(&pool);
        let answers: Vec<_> = (0..8).map(|_| pool.request(job()).unwrap()).collect();
        drop(release);
        drop(pool);
        for mut answer in answers {
            assert!(matches!(answer.try_recv(), Ok(Done::Hashed(_))));
        }
    }

    #[test]
    fn what_nobody_waits_for_is_not_done() {
        let pool = pool(1, 2);
        let release = occupy(&pool);
        // Argon2 refuses to work without memory: had the thread begun this, it would be gone.
        let impossible = Job::Hash {
            secret: "secret-pass".into(),
            params: Params {
                memory_kib: 0,
                ..CHEAP
            },
        };
        drop(pool.request(impossible).unwrap());
        let next = pool.request(job()).unwrap();
        drop(release);
        assert!(matches!(next.blocking_recv(), Ok(Done::Hashed(_))));
    }
}
