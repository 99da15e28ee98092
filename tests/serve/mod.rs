//! serve: pages, API, MCP and limits, end to end on the shipped corpus.

mod api;
mod hostile;
mod mcp;
mod pages;
mod process;
mod schema;
mod unusual;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::path::Path;
use std::sync::OnceLock;
use tower::ServiceExt;
use yiju::serve::{App, Settings, router};
use yiju::snapshot::{Snapshot, Sources};

/// One application for all tests; its index lives as long as the process.
pub fn app() -> App {
    static APP: OnceLock<(tempfile::TempDir, App)> = OnceLock::new();
    let built = APP.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let sources = Sources { corpora: vec![corpus], index: dir.path().join("index"), ..Sources::default() };
        let snapshot = Snapshot::open(&sources, "2026-11-22".parse().unwrap()).unwrap();
        (dir, App::new(snapshot, Settings { text_bytes: 64 << 10, upload_bytes: 1 << 20, ..Settings::default() }))
    });
    built.1.clone()
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn send(request: Request<Body>) -> Answer {
    let response = router(app()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

pub async fn get(address: &str) -> Answer {
    send(Request::get(encoded(address)).body(Body::empty()).unwrap()).await
}

pub async fn post(address: &str, kind: &str, body: impl Into<Body>) -> Answer {
    send(Request::post(address).header(header::CONTENT_TYPE, kind).body(body.into()).unwrap()).await
}

/// Chinese in an address, as a browser sends it.
pub fn encoded(address: &str) -> String {
    let byte = |b: &u8| if b.is_ascii_graphic() { char::from(*b).to_string() } else { format!("%{b:02X}") };
    address.as_bytes().iter().map(byte).collect()
}
