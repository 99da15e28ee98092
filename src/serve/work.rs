//! [`Work`]: computing off the async threads, bounded; checks have few places of their own, so that searches stay quick.

use super::problem::Problem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use tokio::sync::{Semaphore, oneshot};

/// The places in which work is done.
pub struct Work {
    checks: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    quick: mpsc::Sender<Job>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Work {
    /// `checks` run at once, `queue` more may wait.
    pub fn new(checks: usize, queue: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Work {
            checks: Arc::new(Semaphore::new(checks.max(1))),
            queue: Arc::new(Semaphore::new(checks.max(1) + queue)),
            // More at once would only wait for each other: they compute, they wait for nothing.
            quick: threads(cores.max(2)),
        }
    }

    /// Runs a check.
    ///
    /// # Errors
    /// [`Problem::busy`] when as many run and wait as may.
    pub async fn check<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let waiting = self.queue.clone().try_acquire_owned().map_err(|_| Problem::busy())?;
        let running = self.checks.clone().acquire_owned().await.map_err(|_| Problem::busy())?;
        // The places are given back by the work itself: a client that leaves does not end it.
        let work = tokio::task::spawn_blocking(move || {
            let _places = (waiting, running);
            work()
        });
        work.await.map_err(|_| panicked())
    }

    /// Runs something short, such as a search, in the order of asking. What waits is bounded by the connections, each
    /// of which waits for one answer; what nobody waits for any more, after the time for a request, is left out.
    ///
    /// # Errors
    /// [`Problem::internal`] when it panics.
    pub async fn quick<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let job = move || {
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.quick.send(Box::new(job)).map_err(|_| Problem::busy())?;
        answered.await.map_err(|_| panicked())
    }
}

/// Threads that take jobs one after the other without going to sleep between them, as long as the sender lives.
fn threads(count: usize) -> mpsc::Sender<Job> {
    let (send, jobs) = mpsc::channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..count {
        let jobs = jobs.clone();
        let next = move || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        std::thread::spawn(move || {
            while let Ok(job) = next() {
                // Whoever waits learns of a panic by its answer being dropped; the thread goes on.
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        });
    }
    send
}

fn panicked() -> Problem {
    tracing::error!("work ended in a panic");
    Problem::internal()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn checks_beyond_the_queue_are_refused_and_searches_go_on() {
        let work = Arc::new(Work::new(1, 1));
        let (release, wait) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let work = work.clone();
            async move { work.check(move || wait.recv().is_err()).await }
        });
        let second = tokio::spawn({
            let work = work.clone();
            async move { work.check(|| 2).await }
        });
        while work.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(work.check(|| 3).await.unwrap_err(), Problem::busy());
        assert_eq!(work.quick(|| 4).await.unwrap(), 4);
        drop(release);
        assert!(first.await.unwrap().unwrap());
        assert_eq!(second.await.unwrap().unwrap(), 2);
        assert_eq!(work.check(|| 5).await.unwrap(), 5);
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_gives_its_place_back() {
        let work = Work::new(1, 0);
        for _ in 0..3 {
            assert_eq!(work.check(|| panic!("in a test")).await.map(|()| 0), Err(Problem::internal()));
            assert_eq!(work.quick(|| panic!("in a test")).await.map(|()| 0), Err(Problem::internal()));
        }
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_left_out() {
        let work = Work::new(1, 0);
        let (ran, runs) = mpsc::channel();
        let held: Vec<_> = (0..64)
            .map(|_| {
                let (release, wait) = mpsc::channel::<()>();
                let _ = work.quick.send(Box::new(move || wait.recv().unwrap_or(())));
                release
            })
            .collect();
        drop(tokio::time::timeout(std::time::Duration::ZERO, work.quick(move || ran.send(()))).await);
        drop(held);
        assert_eq!(work.quick(|| 1).await.unwrap(), 1);
        assert!(runs.recv().is_err(), "it was dropped without being run");
    }
}
