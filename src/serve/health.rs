//! `/healthz`: whether the server serves, and whether the newest corpus is what it serves.

use super::state::App;
use crate::search::semantic::Prepared;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`, or `stale` while a broken corpus folder keeps an older snapshot in service.
    status: &'static str,
    regulations: usize,
    catalogs: usize,
    /// Seconds since the snapshot in service was built.
    snapshot_age_seconds: u64,
    /// Provisions that have a vector, of how many; without `[semantic]` there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    semantic: Option<Vectors>,
    /// Why the newest state of the folder is not in service.
    #[serde(skip_serializing_if = "Option::is_none")]
    reload_error: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Vectors {
    done: usize,
    total: usize,
}

/// 服务是否正常
#[utoipa::path(get, path = "/healthz", tag = "server", responses((status = 200, body = Health)))]
pub async fn handle(State(app): State<App>) -> Json<Health> {
    let snapshot = app.snapshot();
    let reload_error = app.reload_error();
    Json(Health {
        status: if reload_error.is_some() { "stale" } else { "ok" },
        catalogs: snapshot.catalogs.len(),
        regulations: snapshot.corpus.regulations().len(),
        semantic: snapshot.index.prepared().map(|Prepared { done, total, .. }| Vectors { done, total }),
        snapshot_age_seconds: app.snapshot_age().as_secs(),
        reload_error,
    })
}
