//! `GET /api/v1/regulations`, `/api/v1/regulations/{id}`, `/api/v1/provisions/{id}`

use crate::law::{Corpus, Provision, ProvisionRef, Regulation};
use crate::report::json::{ProvisionView, Views};
use crate::serve::ask::Asked;
use crate::serve::formats::{Form, FormParams};
use crate::serve::pages::provision::open;
use crate::serve::pages::read::{coverage_code, find};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize, utoipa::ToSchema)]
pub struct RegulationsView {
    regulations: Vec<RegulationView>,
}

/// A work with its versions.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RegulationView {
    id: String,
    title: String,
    aliases: Vec<String>,
    issuer: String,
    /// 效力位阶
    level: &'static str,
    /// The version in force today, else the newest.
    current: Option<String>,
    versions: Vec<VersionView>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct VersionView {
    /// `yusuan-fa@2018-12-29`
    id: String,
    number: Option<String>,
    promulgated: Option<String>,
    effective: Option<String>,
    /// 公布, 修订, 修正, 废止
    event: &'static str,
    /// full, excerpt, metadata
    coverage: &'static str,
    status: &'static str,
    source: String,
}

/// A work, and the text of one version of it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TextView {
    #[serde(flatten)]
    regulation: RegulationView,
    /// The version whose text follows.
    version: String,
    provisions: Vec<NodeView>,
}

/// One node of the tree: from 编 to 目, a point of a notice, or a line nobody cites.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(no_recursion)]
pub struct NodeView {
    /// Of the provision; none for a title, signature or date.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    label: String,
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    mark: String,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<NodeView>,
}

impl RegulationView {
    fn of(corpus: &Corpus, regulation: &Regulation, today: Date) -> Self {
        let version = |(at, version): (usize, &crate::law::Version)| VersionView {
            id: format!("{}@{}", regulation.id, version.id()),
            number: version.number.as_ref().map(ToString::to_string),
            promulgated: version.promulgated.map(|d| d.to_string()),
            effective: version.effective.map(|d| d.to_string()),
            event: version.event.name(),
            coverage: coverage_code(&version.coverage),
            status: corpus.status(regulation, at, today).code(),
            source: version.source.clone(),
        };
        RegulationView {
            id: regulation.id.clone(),
            title: regulation.title.clone(),
            aliases: regulation.aliases.clone(),
            issuer: regulation.issuer.clone(),
            level: regulation.level.name(),
            current: regulation.version_on(today).and_then(|at| regulation.versions.get(at)).map(|v| v.id()),
            versions: regulation.versions.iter().enumerate().map(version).collect(),
        }
    }
}

fn node(regulation: &Regulation, version: usize, provision: &Provision) -> NodeView {
    let place = ProvisionRef { regulation, version, provision };
    NodeView {
        id: provision.locator.as_ref().map(|_| place.id()),
        label: place.label(),
        kind: format!("{:?}", provision.level).to_lowercase(),
        mark: provision.mark.clone(),
        text: provision.text.clone(),
        children: provision.children.iter().map(|child| node(regulation, version, child)).collect(),
    }
}

/// 收录的全部文件及其版本
#[utoipa::path(get, path = "/api/v1/regulations", tag = "read", responses((status = 200, body = RegulationsView), Problem))]
pub async fn list(State(app): State<App>) -> Json<RegulationsView> {
    let snapshot = app.snapshot();
    let corpus = &snapshot.corpus;
    let regulations = corpus.regulations().iter().map(|r| RegulationView::of(corpus, r, app.today())).collect();
    Json(RegulationsView { regulations })
}

/// 一份文件的正文
#[utoipa::path(get, path = "/api/v1/regulations/{id}", tag = "read",
    params(("id" = String, Path, description = "标识，如 yusuan-fa 或 yusuan-fa@2018-12-29"), FormParams),
    responses((status = 200, content(
            (TextView = "application/json"), (String = "application/akn+xml"), (serde_json::Value = "application/ld+json"))),
        (status = 303, description = "用名称或文号问的，转到标识"), Problem))]
pub async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Asked(params): Asked<FormParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = Form::asked(&params, &headers, "application/json")?;
    let snapshot = app.snapshot();
    let corpus = &snapshot.corpus;
    let (regulation, at, by_id) = find(corpus, &id, app.today())?;
    if !by_id {
        let version = regulation.versions.get(at).filter(|_| regulation.version_on(app.today()) != Some(at));
        let version = version.map(|version| format!("@{}", version.id())).unwrap_or_default();
        let form = params.format.map(|format| format!("?format={format}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/api/v1/regulations/{}{version}{form}", regulation.id)).into_response());
    }
    if let Some(form) = form {
        return form.write(&app, &snapshot, regulation, at);
    }
    let version = regulation.versions.get(at).ok_or_else(Problem::internal)?;
    let provisions = version.provisions().map_or(&[][..], |root| &root.children);
    Ok(Json(TextView {
        regulation: RegulationView::of(corpus, regulation, app.today()),
        version: version.id(),
        provisions: provisions.iter().map(|provision| node(regulation, at, provision)).collect(),
    })
    .into_response())
}

/// 一条、一款、一项或文件的一点
#[utoipa::path(get, path = "/api/v1/provisions/{id}", tag = "read",
    params(("id" = String, Path, description = "标识，如 yusuan-fa@2018-12-29/a14.p2；条款也可写成 第十四条第二款")),
    responses((status = 200, body = ProvisionView), (status = 308, description = "条款写成了别的样子，转到标识"), Problem))]
pub async fn provision(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let snapshot = app.snapshot();
    let wrong = || Problem::bad_request("标识应写作 yusuan-fa@2018-12-29/a14.p2");
    let (name, locator) = id.trim_matches('/').split_once('/').ok_or_else(wrong)?;
    let (place, canonical) = open(&snapshot.corpus, name, locator, app.today())?;
    if !canonical {
        return Ok(Redirect::permanent(&format!("/api/v1/provisions/{}", place.id())).into_response());
    }
    let view: ProvisionView = Views::new(&snapshot.corpus, app.today()).provision(place);
    Ok(Json(view).into_response())
}
