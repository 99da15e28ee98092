//! Connections: accepted up to a number, cut off when slow, finished in peace when the server stops.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Sleep, sleep};
use tower::ServiceExt;

/// The address a request came from, an extension of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub SocketAddr);

/// Time for the head of a request, and for a client to take what it asked for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Time for requests that run when the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(10);
const MOST_HEADERS: usize = 64;
const HEAD_BYTES: usize = 32 << 10;

/// Serves until `stop` is done; then takes no more, and waits for what runs.
pub async fn serve(listener: TcpListener, router: Router, connections: usize, stop: impl Future<Output = ()>) {
    let seats = Arc::new(Semaphore::new(connections));
    let (closing, watch) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let seat = seats.clone().acquire_owned().await;
            (listener.accept().await, seat)
        };
        let (stream, address, seat) = tokio::select! {
            () = &mut stop => break,
            accepted = accepted => match accepted {
                (Ok((stream, address)), Ok(seat)) => (stream, address, seat),
                // Out of file handles or the like: other connections have to end first.
                _ => { sleep(Duration::from_millis(100)).await; continue }
            },
        };
        let router = router.clone();
        let mut watch = watch.clone();
        tokio::spawn(async move {
            let _seat = seat;
            let service = router.map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(Client(address));
                request.map(axum::body::Body::new)
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_headers(MOST_HEADERS)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(Patient::new(stream)), TowerToHyperService::new(service));
            let mut connection = std::pin::pin!(connection);
            tokio::select! {
                _ = connection.as_mut() => return,
                _ = watch.changed() => connection.as_mut().graceful_shutdown(),
            }
            let _ = connection.await;
        });
    }
    drop(listener);
    let _ = closing.send(true);
    let everyone = u32::try_from(connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(FAREWELL, seats.acquire_many(everyone)).await;
}

/// A stream whose peer must take what is written within [`PATIENCE`].
struct Patient {
    stream: TcpStream,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Patient { stream, waiting: None }
    }

    fn judge<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        waiting.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.judge(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
