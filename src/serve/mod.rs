//! The server: pages for people, an HTTP API and MCP for programs; [`App`] is what its handlers share.

mod api;
mod ask;
mod assets;
mod cited_by;
mod conditional;
mod connection;
mod corrected;
mod formats;
mod health;
mod limit;
mod log;
pub mod mcp;
mod metrics;
mod openapi;
mod pages;
mod problem;
mod recent;
mod security;
pub mod settings;
mod state;
mod upload;
mod watch;
mod work;

pub use log::beside;
pub use settings::{Settings, SettingsError};
pub use state::App;
pub use watch::{Watch, start as watch};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state, map_request};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::future::Future;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

/// Every address of the server.
pub fn router(app: App) -> Router {
    let texts = Router::new()
        .route("/r/{regulation}", get(pages::read::handle))
        .route("/r/{regulation}/{locator}", get(pages::provision::handle))
        .route("/compare/{regulation}", get(pages::compare::handle))
        .route("/about", get(pages::about::handle))
        .route("/coverage", get(pages::coverage::handle))
        .route("/bodies", get(pages::bodies::handle))
        .route("/catalogs", get(pages::catalogs::list))
        .route("/catalogs/{id}", get(pages::catalogs::one))
        .route("/rules", get(pages::rules::list))
        .route("/rules/{rule}", get(pages::rules::one))
        .route_layer(from_fn(conditional::answer));

    // Read by programs of other origins as well.
    let open = Router::new()
        .route("/api/v1/search", get(api::search::handle))
        .route("/api/v1/basis", get(api::basis::handle))
        .route("/api/v1/suggest", get(api::suggest::handle))
        .route("/openapi.json", get(openapi::handle))
        .merge(
            Router::new()
                .route("/api/v1/catalogs", get(api::catalogs::list))
                .route("/api/v1/catalogs/{id}", get(api::catalogs::one))
                .route("/api/v1/regulations", get(api::regulations::list))
                .route("/api/v1/regulations/{id}", get(api::regulations::one))
                .route("/api/v1/provisions/{*id}", get(api::regulations::provision))
                .route_layer(from_fn(conditional::answer)),
        )
        .route_layer(
            CorsLayer::new()
                .allow_origin(Any)
                .allow_methods([Method::GET])
                .allow_headers([header::ACCEPT, header::IF_NONE_MATCH])
                .expose_headers([header::ETAG, header::RETRY_AFTER])
                .max_age(Duration::from_secs(86_400)),
        );

    let rest = Router::new()
        .route("/", get(pages::search::handle))
        .route("/basis", get(pages::basis::handle))
        .route("/api", get(pages::api::handle))
        .route("/api/v1/cite", post(api::check::cite))
        .route("/api/v1/check", post(api::check::handle))
        .route("/check", get(pages::check::form).post(pages::check::handle))
        .route_service("/mcp", mcp::service(app.clone()))
        .route("/assets/{name}", get(assets::handle))
        .route("/healthz", get(health::handle))
        .route("/metrics", get(metrics::handle));

    let settings = &app.settings;
    let limits = ServiceBuilder::new()
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(settings.request_seconds),
        ))
        .layer(DefaultBodyLimit::max(settings.upload_bytes));

    let every = ServiceBuilder::new()
        .layer(map_request(log::plain_id))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn(log::record))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(security::headers))
        .layer(from_fn_with_state(app.clone(), metrics::measure))
        .layer(from_fn(problem::shape))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), limit::admit));

    texts.merge(open).merge(rest).fallback(elsewhere).layer(limits).layer(every).with_state(app)
}

/// An address with a slash too many leads to the one without; all others lead nowhere.
async fn elsewhere(address: Uri) -> Response {
    let (path, query) = (address.path(), address.query().map(|query| format!("?{query}")).unwrap_or_default());
    match path.strip_suffix('/') {
        // What begins with two slashes would be another host.
        Some(path) if !path.is_empty() && !path.contains("//") && !path.contains('\\') => {
            Redirect::permanent(&format!("{path}{query}")).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Serves on `listener` until `stop` is done.
pub async fn serve(listener: tokio::net::TcpListener, app: App, stop: impl Future<Output = ()>) {
    let connections = app.settings.connections;
    let tidy = tokio::spawn({
        let app = app.clone();
        async move {
            loop {
                tokio::time::sleep(Duration::from_secs(60)).await;
                app.rates.tidy();
            }
        }
    });
    connection::serve(listener, router(app), connections, stop).await;
    tidy.abort();
}
