//! `GET /api/v1/search`

use crate::report::json::SearchView;
use crate::search::Results;
use crate::serve::ask::{Asked, SearchParams};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use axum::Json;
use axum::extract::State;
use std::sync::Arc;

/// 检索条文
#[utoipa::path(get, path = "/api/v1/search", tag = "read", params(SearchParams),
    responses((status = 200, description = "条文，最相关的在前", body = SearchView), Problem))]
pub async fn handle(State(app): State<App>, Asked(params): Asked<SearchParams>) -> Result<Json<SearchView>, Problem> {
    if params.q.trim().is_empty() {
        return Err(Problem::bad_request("缺少检索词 q"));
    }
    let results = run(&app, &params).await?;
    Ok(Json(SearchView::of(&results)))
}

/// Searches off the async threads.
///
/// # Errors
/// What is wrong with the parameters, or [`Problem::internal`] when the index fails, which is logged.
pub async fn run(app: &App, params: &SearchParams) -> Result<Arc<Results>, Problem> {
    let today = app.today();
    let query = params.query(&app.settings, today)?;
    let (snapshot, recent) = app.searching();
    let question = format!("{today}{}", params.address());
    if let Some(results) = recent.get(&question) {
        return Ok(results);
    }
    let found = app.work.quick(move || snapshot.search(&query)).await?;
    let results = Arc::new(found.map_err(|error| {
        tracing::error!(%error, "the index failed");
        Problem::internal()
    })?);
    // An answer with a note may be a better one soon: vectors get ready, an endpoint comes back.
    if results.notes.is_empty() {
        recent.put(question, results.clone());
    }
    Ok(results)
}
