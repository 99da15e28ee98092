//! One line of log a request: its id, method, path, status and time; never its query, body or headers.
//! [`beside`] is where it is written.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::io::{BufWriter, Write};
use std::time::Instant;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};

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

/// Where the log goes: a thread writes it in blocks, so that a slow disk slows no answer. Lines that
/// find no place any more are left out and counted. What still waits is written when the guard is dropped.
pub fn beside(out: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    let builder = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING).thread_name("log");
    builder.finish(BufWriter::with_capacity(TOGETHER, out))
}

/// Lines that may wait to be written.
const WAITING: usize = 8192;
/// Lines are written together up to about so many bytes.
const TOGETHER: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::mpsc;

    #[test]
    fn all_lines_are_written_in_order_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        let (mut lines, writing) = beside(std::fs::File::create(&file).unwrap());
        let expected: Vec<String> = (0..5000).map(|n| format!("line {n}\n")).collect();
        for line in &expected {
            lines.write_all(line.as_bytes()).unwrap();
        }
        drop(writing);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), expected.concat());
    }

    #[test]
    fn a_log_that_is_stuck_stops_nobody_and_what_it_leaves_out_is_counted() {
        struct Stuck(mpsc::Receiver<()>);
        impl Write for Stuck {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (release, stuck) = mpsc::channel();
        let (mut lines, writing) = beside(Stuck(stuck));
        let line = [b'a'; 100];
        for _ in 0..WAITING * 2 {
            lines.write_all(&line).unwrap();
        }
        assert!(lines.error_counter().dropped_lines() > 0);
        drop((release, writing));
    }
}
