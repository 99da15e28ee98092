//! `GET /api/v1/search`

use crate::report::json::SearchView;
use crate::search::{Results, SearchError};
use crate::serve::ask::{Asked, SearchParams};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, OnceLock};

/// 检索条文
#[utoipa::path(get, path = "/api/v1/search", tag = "read", params(SearchParams),
    responses((status = 200, description = "条文，最相关的在前", body = SearchView), Problem))]
pub async fn handle(State(app): State<App>, Asked(params): Asked<SearchParams>) -> Result<Response, Problem> {
    if params.q.trim().is_empty() {
        return Err(Problem::bad_request("缺少检索词 q"));
    }
    let answer = find(&app, &params, |answer| drop(answer.json())).await?;
    let json = answer.json().ok_or_else(Problem::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// What was found, and its JSON once somebody asked for that.
pub struct Answer {
    pub results: Results,
    json: OnceLock<Option<Bytes>>,
}

impl Answer {
    fn json(&self) -> Option<Bytes> {
        let written = || {
            let mut json = Vec::with_capacity(USUAL_BYTES);
            serde_json::to_writer(&mut json, &SearchView::of(&self.results)).ok().map(|()| json.into())
        };
        self.json.get_or_init(written).clone()
    }
}

/// Ten results with their texts rarely take more.
const USUAL_BYTES: usize = 24 << 10;

/// Searches off the async threads.
///
/// # Errors
/// What is wrong with the parameters, or [`Problem::internal`] when the index fails, which is logged.
pub async fn run(app: &App, params: &SearchParams) -> Result<Arc<Answer>, Problem> {
    find(app, params, |_| {}).await
}

/// As [`run`]; what has to be computed from the answer is computed where it was found.
async fn find(app: &App, params: &SearchParams, then: fn(&Answer)) -> Result<Arc<Answer>, Problem> {
    let today = app.today();
    let query = params.query(&app.settings, today)?;
    let (snapshot, recent) = app.searching();
    let question = format!("{today}{}", params.address());
    if let Some(answer) = recent.get(&question) {
        return Ok(answer);
    }
    let work = move || {
        let answer = Answer { results: snapshot.search(&query)?, json: OnceLock::new() };
        then(&answer);
        Ok(Arc::new(answer))
    };
    let answer = app.work.quick(work).await?.map_err(|error: SearchError| {
        tracing::error!(%error, "the index failed");
        Problem::internal()
    })?;
    // An answer with a note may be a better one soon: vectors get ready, an endpoint comes back.
    if answer.results.notes.is_empty() {
        recent.put(question, answer.clone());
    }
    Ok(answer)
}
