//! `GET /api/v1/suggest`

use crate::serve::ask::{Asked, bounded};
use crate::serve::problem::Problem;
use crate::serve::state::App;
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

/// A document whose name, number, pinyin or initials fit what was typed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// The name that fits.
    text: String,
    regulation: String,
    title: String,
    /// 没有相符的，这是相近的名称
    near: bool,
}

const MOST: usize = 10;

/// 按已输入的字提示文件名
#[utoipa::path(get, path = "/api/v1/suggest", tag = "read", params(SuggestParams),
    responses((status = 200, body = Suggestions), Problem))]
pub async fn handle(State(app): State<App>, Asked(params): Asked<SuggestParams>) -> Result<Json<Suggestions>, Problem> {
    let query = bounded(&params.q, &app.settings)?;
    let snapshot = app.snapshot();
    let found = snapshot.suggestions().suggest(&query, MOST).into_iter();
    let suggestions =
        found.map(|s| Suggestion { text: s.name, regulation: s.regulation, title: s.title, near: s.near }).collect();
    Ok(Json(Suggestions { query, suggestions }))
}
