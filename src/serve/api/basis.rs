//! `GET /api/v1/basis`

use crate::basis::Proposal;
use crate::report::json::{BasisView, Views};
use crate::serve::ask::{Asked, bounded};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BasisParams {
    /// 公开事项，如 部门预算
    #[serde(default)]
    #[param(required, min_length = 1, max_length = 500)]
    pub item: String,
    /// 最多几条，1 到 50，默认 5
    pub limit: Option<usize>,
}

/// 为一个公开事项找依据
#[utoipa::path(get, path = "/api/v1/basis", tag = "check", params(BasisParams),
    responses((status = 200, description = "可作依据的条款及理由，没有合适的就是空的", body = BasisView), Problem))]
pub async fn handle(State(app): State<App>, Asked(params): Asked<BasisParams>) -> Result<Json<BasisView>, Problem> {
    let item = params.item.trim();
    if item.is_empty() {
        return Err(Problem::bad_request("缺少事项 item"));
    }
    let proposals = propose(&app, &params).await?;
    Ok(Json(Views::new(&app.snapshot().corpus, app.today()).basis(item, &proposals)))
}

/// Proposes off the async threads.
///
/// # Errors
/// [`Problem::bad_request`] when the item is too long, [`Problem::internal`] when the index fails, which is logged.
pub async fn propose(app: &App, params: &BasisParams) -> Result<Vec<Proposal>, Problem> {
    let item = bounded(&params.item, &app.settings)?;
    let limit = params.limit.unwrap_or(5).clamp(1, 50);
    let snapshot = app.snapshot();
    app.work.quick(move || snapshot.propose(&item, limit)).await?.map_err(|error| {
        tracing::error!(%error, "the index failed");
        Problem::internal()
    })
}
