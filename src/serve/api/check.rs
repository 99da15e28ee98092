//! `POST /api/v1/check` and `POST /api/v1/cite`

use crate::check::{Baseline, Checked, Settings};
use crate::cite::{resolve, scan};
use crate::report::json::{CitationView, Views};
use crate::report::{Report, html, sarif, xlsx};
use crate::serve::ask::Asked;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::serve::upload::Upload;
use crate::snapshot::Snapshot;
use crate::text::CodePoints;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CheckParams {
    /// json（默认）、html、xlsx 或 sarif
    format: Option<String>,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Html,
    Xlsx,
    Sarif,
}

impl Format {
    /// # Errors
    /// [`Problem::bad_request`] names the formats there are.
    pub fn of(name: &str) -> Result<Self, Problem> {
        match name {
            "json" => Ok(Format::Json),
            "html" => Ok(Format::Html),
            "xlsx" => Ok(Format::Xlsx),
            "sarif" => Ok(Format::Sarif),
            _ => Err(Problem::bad_request("format 应是 json、html、xlsx 或 sarif")),
        }
    }

    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Format::Json => ("json", "application/json"),
            Format::Html => ("html", "text/html; charset=utf-8"),
            Format::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Format::Sarif => ("sarif", "application/sarif+json"),
        }
    }
}

/// 核对一份公开目录或一段文字
#[utoipa::path(post, path = "/api/v1/check", tag = "check", params(CheckParams),
    request_body(content = String, description = "表单的 file 或 text 字段；或纯文本；或 {\"text\":\"…\"}；或文件的字节，文件名写在 name 参数", content_type = "multipart/form-data"),
    responses((status = 200, description = "逐条结论与发现的问题", body = serde_json::Value),
        (status = 413, description = "太大"), (status = 422, description = "读不出来"), (status = 503, description = "太忙")))]
pub async fn handle(
    State(app): State<App>,
    Asked(params): Asked<CheckParams>,
    upload: Upload,
) -> Result<Response, Problem> {
    let format = Format::of(params.format.as_deref().or(upload.format.as_deref()).unwrap_or("json"))?;
    download(&app, upload, format, false).await
}

/// Checks and writes the report in a format; `attached` makes a browser save it.
///
/// # Errors
/// As [`Upload::catalogs`]; [`Problem::busy`] when too many checks wait.
pub async fn download(app: &App, upload: Upload, format: Format, attached: bool) -> Result<Response, Problem> {
    let body = judged(app, upload, move |reports, document| write(reports, document, format)).await??;
    let (extension, kind) = format.kind();
    let mut response = ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response();
    if attached || format != Format::Json {
        let name = format!("attachment; filename=\"yiju-check.{extension}\"");
        response.headers_mut().extend(name.parse().map(|name| (header::CONTENT_DISPOSITION, name)));
    }
    Ok(response)
}

/// Reads and checks an upload where checks are done, and hands the reports to `view`.
///
/// # Errors
/// As [`download`].
pub async fn judged<T: Send + 'static>(
    app: &App,
    upload: Upload,
    view: impl FnOnce(&[Report<'_>], &crate::import::Document) -> T + Send + 'static,
) -> Result<T, Problem> {
    let work = {
        let app = app.clone();
        move || {
            let snapshot = app.snapshot();
            let (catalogs, document) = upload.catalogs(&app.settings)?;
            let checked: Vec<Checked> = catalogs.iter().map(|catalog| snapshot.check(catalog)).collect();
            app.metrics.checked(checked.iter().flat_map(|checked| &checked.findings).map(|finding| finding.rule));
            let views = Views::new(&snapshot.corpus, app.today());
            let (settings, baseline) = (Settings::default(), Baseline::default());
            let reports: Vec<Report<'_>> = catalogs
                .iter()
                .zip(&checked)
                .map(|(catalog, checked)| Report::new(views, catalog, checked, &settings, &baseline))
                .collect();
            Ok(view(&reports, &document))
        }
    };
    let result = app.work.check(work).await;
    if result.as_ref().is_err_and(|problem| *problem == Problem::busy()) {
        app.metrics.checks_refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
    result?
}

fn write(reports: &[Report<'_>], document: &crate::import::Document, format: Format) -> Result<Vec<u8>, Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a report could not be written");
        Problem::internal()
    };
    match format {
        Format::Json => match reports {
            [one] => serde_json::to_vec(&one.view()),
            many => serde_json::to_vec(&json!({ "checks": many.iter().map(Report::view).collect::<Vec<_>>() })),
        }
        .map_err(|e| failed(&e)),
        Format::Sarif => serde_json::to_vec(&sarif::write(reports)).map_err(|e| failed(&e)),
        Format::Html => html::write(reports).map(String::into_bytes).map_err(|e| failed(&e)),
        Format::Xlsx => xlsx::write(reports, document).map_err(|e| Problem::unreadable(e.to_string())),
    }
}

#[derive(Serialize)]
pub struct Citations {
    citations: Vec<CitationView>,
}

/// 找出一段文字里的引用
#[utoipa::path(post, path = "/api/v1/cite", tag = "check",
    request_body(content = String, description = "纯文本，或 {\"text\":\"…\"}", content_type = "text/plain"),
    responses((status = 200, description = "引用及其所指", body = serde_json::Value)))]
pub async fn cite(State(app): State<App>, upload: Upload) -> Result<Json<Citations>, Problem> {
    if upload.bytes.len() > app.settings.text_bytes {
        return Err(Problem::too_large("文字太长，请分段发送"));
    }
    upload.text()?;
    let snapshot = app.snapshot();
    let today = app.today();
    let work = move || upload.text().map(|text| Citations { citations: citations(&snapshot, text, today) });
    app.work.check(work).await?.map(Json)
}

/// The citations of a running text, with what they mean.
pub fn citations(snapshot: &Snapshot, text: &str, today: jiff::civil::Date) -> Vec<CitationView> {
    let views = Views::new(&snapshot.corpus, today);
    let points = CodePoints::of(text);
    let view = |citation| {
        let resolution = resolve(&citation, &snapshot.corpus, today);
        views.citation_in(&citation, &resolution, text, &points)
    };
    scan(text, &snapshot.names).into_iter().map(view).collect()
}
