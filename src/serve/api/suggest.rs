//! `GET /api/v1/suggest`

use crate::law::Corpus;
use crate::serve::ask::{Asked, bounded};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::text::fold;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestParams {
    /// 已经输入的字
    #[serde(default)]
    q: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    query: String,
    suggestions: Vec<Suggestion>,
}

/// A document whose name holds what was typed.
#[derive(Serialize, utoipa::ToSchema, Debug, PartialEq)]
pub struct Suggestion {
    /// The name that fits.
    text: String,
    regulation: String,
    title: String,
}

const MOST: usize = 10;

/// 按已输入的字提示文件名
#[utoipa::path(get, path = "/api/v1/suggest", tag = "read", params(SuggestParams),
    responses((status = 200, body = Suggestions)))]
pub async fn handle(State(app): State<App>, Asked(params): Asked<SuggestParams>) -> Result<Json<Suggestions>, Problem> {
    let query = bounded(&params.q, &app.settings)?;
    let suggestions = suggest(&app.snapshot().corpus, &query);
    Ok(Json(Suggestions { query, suggestions }))
}

/// Names that begin with the words first, then those that hold them; shorter before longer.
fn suggest(corpus: &Corpus, query: &str) -> Vec<Suggestion> {
    let key = fold::key(query);
    if key.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<((usize, usize), Suggestion)> = Vec::new();
    for regulation in corpus.regulations() {
        let fits = regulation.names().filter_map(|name| fold::key(name).find(&key).map(|at| (at, name)));
        if let Some((at, name)) = fits.min_by_key(|&(at, name)| (at, name.len())) {
            let suggestion =
                Suggestion { text: name.into(), regulation: regulation.id.clone(), title: regulation.title.clone() };
            found.push(((at, name.len()), suggestion));
        }
    }
    found.sort_by(|a, b| (a.0, &a.1.regulation).cmp(&(b.0, &b.1.regulation)));
    found.into_iter().take(MOST).map(|(_, suggestion)| suggestion).collect()
}
