//! ETag and Cache-Control for texts: a browser that has the newest words is told so, and nothing is sent again.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hasher};

/// Asks again after five minutes; the answer then costs nothing if no word has changed.
const KEEP: &str = "public, max-age=300";

pub async fn answer(request: Request, next: Next) -> Response {
    let wanted = request.headers().get(header::IF_NONE_MATCH).cloned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    // Weak: the same words may be sent compressed or not.
    let tag = format!("W/\"{:016x}\"", hasher.finish());
    parts.headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
    parts.headers.append(header::VARY, HeaderValue::from_static("accept"));
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_string();
    let known = wanted
        .as_ref()
        .and_then(|w| w.to_str().ok())
        .is_some_and(|w| w.split(',').any(|w| w.trim() == "*" || weak(w) == weak(&tag)));
    if known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
