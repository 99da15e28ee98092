//! One line of log a request: its id, method, path, status and time; never its query, body or headers.

use axum::extract::Request;
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

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
