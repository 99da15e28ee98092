//! `GET /api/v1/catalogs` and `/api/v1/catalogs/{id}`

use crate::report::json::{CatalogView, CheckView};
use crate::serve::pages::catalogs::report;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Serialize, utoipa::ToSchema)]
pub struct CatalogsView {
    catalogs: Vec<CatalogLine>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CatalogLine {
    id: String,
    title: String,
    publisher: String,
    region: Option<String>,
    source: Option<String>,
    items: usize,
    citations: usize,
    findings: usize,
}

/// A catalog as it was read, and its check.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CatalogChecked {
    #[serde(flatten)]
    catalog: CatalogView,
    check: CheckView,
}

/// 收录的公开目录
#[utoipa::path(get, path = "/api/v1/catalogs", tag = "read", responses((status = 200, body = CatalogsView), Problem))]
pub async fn list(State(app): State<App>) -> Json<CatalogsView> {
    let snapshot = app.snapshot();
    let lines = snapshot.catalogs.iter().zip(&snapshot.checked).map(|(catalog, checked)| CatalogLine {
        id: catalog.id.clone(),
        title: catalog.title.clone(),
        publisher: catalog.publisher.clone(),
        region: catalog.region.clone(),
        source: catalog.source.clone(),
        items: catalog.items.len(),
        citations: checked.links.len(),
        findings: checked.findings.len(),
    });
    Json(CatalogsView { catalogs: lines.collect() })
}

/// 一份公开目录的事项与核对结论
#[utoipa::path(get, path = "/api/v1/catalogs/{id}", tag = "read",
    params(("id" = String, Path, description = "目录的标识")),
    responses((status = 200, description = "事项，及 check：逐条结论", body = CatalogChecked), Problem))]
pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let work = {
        let app = app.clone();
        move || {
            let snapshot = app.snapshot();
            let report = report(&snapshot, &id)?;
            Ok(Json(CatalogChecked { catalog: CatalogView::of(report.catalog), check: report.view() }).into_response())
        }
    };
    app.work.quick(work).await?
}
