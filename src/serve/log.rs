//! One line of log a request: its id, method, path, status and time; never its query, body or headers. [`Lines`] writes
//! them beside the requests, so that a slow disk slows no answer.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Instant;
use tracing_subscriber::fmt::MakeWriter;

/// A request keeps the id that a proxy gave it, where it is one that a line of log can hold.
pub async fn plain_id(mut request: Request) -> Request {
    let plain = |id: &HeaderValue| {
        id.len() <= 64 && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
    };
    let mut ids = request.headers().get_all("x-request-id").iter();
    if !(ids.next().is_some_and(plain) && ids.next().is_none()) {
        request.headers_mut().remove("x-request-id");
    }
    request
}

pub async fn record(request: Request, next: Next) -> Response {
    let header = HeaderName::from_static("x-request-id");
    let id = request.headers().get(&header).and_then(|id| id.to_str().ok()).unwrap_or_default().to_string();
    let (method, path) = (request.method().clone(), request.uri().path().to_string());
    let start = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = start.elapsed().as_micros() as f64 / 1e3;
    match status {
        500.. => tracing::error!(id, %method, path, status, ms, "request"),
        _ => tracing::info!(id, %method, path, status, ms, "request"),
    }
    response
}

/// Lines that may wait to be written; further ones are left out, and counted.
const WAITING: usize = 8192;
/// Lines are written together up to about so many bytes.
const TOGETHER: usize = 64 << 10;

/// Takes lines without waiting; a thread writes them in their order.
#[derive(Clone)]
pub struct Lines {
    lines: mpsc::SyncSender<Option<Vec<u8>>>,
    left_out: Arc<AtomicU64>,
}

/// Writes what still waits when it is dropped, which is when the server ends.
pub struct Writing {
    lines: mpsc::SyncSender<Option<Vec<u8>>>,
    thread: Option<JoinHandle<()>>,
}

impl Lines {
    /// Lines that end up in `out`.
    pub fn to(mut out: impl Write + Send + 'static) -> (Self, Writing) {
        let (lines, waiting) = mpsc::sync_channel(WAITING);
        let left_out = Arc::new(AtomicU64::new(0));
        let missing = left_out.clone();
        let thread = std::thread::spawn(move || {
            let mut last = false;
            while !last {
                let Ok(first) = waiting.recv() else { return };
                let mut together = Vec::new();
                let mut next = Some(first);
                while let Some(line) = next.take() {
                    match line {
                        Some(line) => together.extend(line),
                        None => last = true,
                    }
                    next = (!last && together.len() < TOGETHER).then(|| waiting.try_recv().ok()).flatten();
                }
                let missing = missing.swap(0, Ordering::Relaxed);
                if missing > 0 {
                    together.extend(format!("{missing} lines of log were left out\n").bytes());
                }
                // Nowhere is left to tell of a log that cannot be written.
                let _ = out.write_all(&together).and_then(|()| out.flush());
            }
        });
        (Lines { lines: lines.clone(), left_out }, Writing { lines, thread: Some(thread) })
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.lines.try_send(Some(line.to_vec())).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Lines;

    fn make_writer(&self) -> Lines {
        self.clone()
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let _ = self.lines.send(None);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_are_written_in_order_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        let (lines, writing) = Lines::to(std::fs::File::create(&file).unwrap());
        let expected: Vec<String> = (0..5000).map(|n| format!("line {n}\n")).collect();
        for line in &expected {
            lines.make_writer().write_all(line.as_bytes()).unwrap();
        }
        drop(writing);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), expected.concat());
    }

    #[test]
    fn a_log_that_is_stuck_stops_nobody_and_tells_what_it_left_out() {
        struct Stuck(mpsc::Receiver<()>, mpsc::Sender<Vec<u8>>);
        impl Write for Stuck {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                let _ = self.1.send(bytes.to_vec());
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (release, stuck) = mpsc::channel();
        let (written, reads) = mpsc::channel();
        let (mut lines, writing) = Lines::to(Stuck(stuck, written));
        for _ in 0..WAITING * 2 {
            lines.write_all(b"a line\n").unwrap();
        }
        drop(release);
        drop((lines, writing));
        let all = String::from_utf8(reads.iter().flatten().collect()).unwrap();
        assert!(all.contains(" lines of log were left out\n"), "{}", all.len());
    }
}
