//! Style, script and icon, inside the binary; named by their content, so that browsers may keep them for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use std::sync::LazyLock;

#[derive(Embed)]
#[folder = "web/assets/"]
struct Files;

/// Addresses with the first digits of the content's hash: `/assets/style.css?v=1a2b3c4d`.
pub struct Addresses {
    pub style: String,
    pub script: String,
    pub icon: String,
}

pub static ADDRESSES: LazyLock<Addresses> =
    LazyLock::new(|| Addresses { style: address("style.css"), script: address("app.js"), icon: address("icon.svg") });

fn address(name: &str) -> String {
    let hash = Files::get(name).map(|file| hex(&file.metadata.sha256_hash())).unwrap_or_default();
    format!("/assets/{name}?v={}", hash.get(..8).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn handle(Path(name): Path<String>, request: HeaderMap) -> Response {
    let Some(file) = Files::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    if request.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    (headers, file.data).into_response()
}
