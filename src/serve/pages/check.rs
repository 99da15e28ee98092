//! `/check`: a file or a text is checked and shown; nothing of it is kept.

use super::frame::Frame;
use super::html;
use super::sheet::Sheet;
use crate::import::Document;
use crate::report::Report;
use crate::serve::api::check::{Format, download, judged};
use crate::serve::corrected::corrected;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::serve::upload::Upload;
use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    frame: Frame,
    megabytes: usize,
}

#[derive(Template)]
#[template(path = "checked.html")]
struct CheckedPage {
    frame: Frame,
    sheets: Vec<Sheet>,
    /// No filters: the page cannot be asked for again.
    base: String,
    /// What was checked, for the downloads: a pasted text, or a file's name and its bytes in Base64. The server keeps
    /// neither.
    text: Option<String>,
    file: Option<(String, String)>,
    /// How many findings a corrected copy takes care of; 0 where there is none.
    repaired: usize,
}

pub async fn form(State(app): State<App>) -> Result<Html<String>, Problem> {
    html(&CheckPage { frame: Frame::new("核对", "/check"), megabytes: app.settings.upload_bytes >> 20 })
}

pub async fn handle(State(app): State<App>, upload: Upload) -> Result<Response, Problem> {
    if let Some(format) = upload.format.as_deref().filter(|format| !format.is_empty()) {
        let format = Format::of(format)?;
        return download(&app, upload, format, true).await;
    }
    let settings = app.settings.clone();
    let view = move |upload: &Upload, reports: &[Report<'_>], document: &Document| CheckedPage {
        frame: Frame::new("核对结果", "/check"),
        sheets: reports.iter().map(|r| Sheet::of(r, None)).collect(),
        base: String::new(),
        text: upload.text().ok().filter(|_| upload.is_text).map(str::to_string),
        file: upload.encoded(&settings).filter(|_| !upload.is_text).map(|bytes| (upload.name.clone(), bytes)),
        repaired: corrected(upload, reports, document).map_or(0, |copy| copy.repaired),
    };
    let page = judged(&app, upload, view).await?;
    let mut response = html(&page)?.into_response();
    let no_store = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, no_store);
    Ok(response)
}
