//! `POST /api/v1/check` and `POST /api/v1/cite`

use crate::check::{Baseline, Checked, Settings};
use crate::cite::{resolve, scan};
use crate::import::Document;
use crate::report::json::{CheckView, CitationView, Views};
use crate::report::{Report, html, sarif, xlsx};
use crate::serve::ask::Asked;
use crate::serve::corrected::corrected;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::serve::upload::{Pasted, Upload, UploadForm};
use crate::snapshot::Snapshot;
use crate::text::CodePoints;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CheckParams {
    /// json（默认）、html、xlsx、sarif，或 fixed：改正了的副本
    format: Option<String>,
    /// 直接发文件的字节时，文件名
    #[allow(dead_code, reason = "read where the body is, and described here")]
    name: Option<String>,
}

/// One catalog judged; `checks` where a file holds several.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Judged {
    One(Box<CheckView>),
    Several { checks: Vec<CheckView> },
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Html,
    Xlsx,
    Sarif,
    /// The file itself, with the safe repairs in it.
    Fixed,
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
            "fixed" => Ok(Format::Fixed),
            _ => Err(Problem::bad_request("format 应是 json、html、xlsx、sarif 或 fixed")),
        }
    }

    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Format::Json => ("json", "application/json"),
            Format::Html => ("html", "text/html; charset=utf-8"),
            Format::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Format::Sarif => ("sarif", "application/sarif+json"),
            Format::Fixed => ("", "application/octet-stream"),
        }
    }
}

/// 核对一份公开目录或一段文字
#[utoipa::path(post, path = "/api/v1/check", tag = "check", params(CheckParams),
    request_body(description = "表单的 file 或 text 字段；或纯文本；或 {\"text\":\"…\"}；或文件的字节，文件名写在 name 参数", content(
        (UploadForm = "multipart/form-data"), (Pasted = "application/json"), (String = "text/plain"),
        (Vec<u8> = "application/octet-stream"))),
    responses((status = 200, description = "逐条结论与发现的问题", content(
            (Judged = "application/json"), (String = "text/html"), (serde_json::Value = "application/sarif+json"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/octet-stream"))), Problem))]
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
    if format == Format::Fixed {
        let copy = judged(app, upload, corrected).await?;
        let none = "没有可以稳妥改正的地方，或这种文件不能原样写回；改法见报告";
        let copy = copy.ok_or_else(|| Problem::unreadable(none))?;
        return Ok(attachment(&copy.name, format.kind().1, copy.bytes));
    }
    let body =
        judged(app, upload, move |upload, reports, document| write(reports, document, &upload.bytes, format)).await??;
    let (extension, kind) = format.kind();
    if attached || format != Format::Json {
        return Ok(attachment(&format!("yiju-check.{extension}"), kind, body));
    }
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response())
}

/// A file that a browser saves under its name (RFC 6266: percent-encoded, because a header is ASCII).
fn attachment(name: &str, kind: &'static str, body: Vec<u8>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response();
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let encoded = |b: u8| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") };
    let name: String = name.bytes().map(encoded).collect();
    let value = match name.contains('%') {
        true => format!("attachment; filename*=UTF-8''{name}"),
        false => format!("attachment; filename=\"{name}\""),
    };
    response.headers_mut().extend(value.parse().map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}

/// Reads and checks an upload where checks are done, and hands the reports to `view`.
///
/// # Errors
/// As [`download`].
pub async fn judged<T: Send + 'static>(
    app: &App,
    upload: Upload,
    view: impl FnOnce(&Upload, &[Report<'_>], &Document) -> T + Send + 'static,
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
            Ok(view(&upload, &reports, &document))
        }
    };
    let result = app.work.check(work).await;
    if result.as_ref().is_err_and(|problem| *problem == Problem::busy()) {
        app.metrics.checks_refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
    result?
}

fn write(reports: &[Report<'_>], document: &Document, source: &[u8], format: Format) -> Result<Vec<u8>, Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a report could not be written");
        Problem::internal()
    };
    match format {
        Format::Json => {
            let judged = match reports {
                [one] => Judged::One(Box::new(one.view())),
                many => Judged::Several { checks: many.iter().map(Report::view).collect() },
            };
            serde_json::to_vec(&judged).map_err(|e| failed(&e))
        }
        Format::Sarif => serde_json::to_vec(&sarif::write(reports)).map_err(|e| failed(&e)),
        Format::Html => html::write(reports).map(String::into_bytes).map_err(|e| failed(&e)),
        Format::Fixed => Err(Problem::internal()),
        Format::Xlsx => xlsx::write(reports, document, Some(source)).map_err(|e| Problem::unreadable(e.to_string())),
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Citations {
    citations: Vec<CitationView>,
}

/// 找出一段文字里的引用
#[utoipa::path(post, path = "/api/v1/cite", tag = "check",
    request_body(description = "纯文本，或 {\"text\":\"…\"}", content((String = "text/plain"), (Pasted = "application/json"))),
    responses((status = 200, description = "引用及其所指", body = Citations), Problem))]
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
