//! `/check`: a file or a text is checked and shown; nothing of it is kept.

use super::frame::Frame;
use super::html;
use super::sheet::Sheet;
use crate::serve::api::check::{Format, download, judged};
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
    /// A pasted text, for the downloads.
    text: Option<String>,
}

pub async fn form(State(app): State<App>) -> Result<Html<String>, Problem> {
    html(&CheckPage { frame: Frame::new("核对", "/check"), megabytes: app.settings.upload_bytes >> 20 })
}

pub async fn handle(State(app): State<App>, upload: Upload) -> Result<Response, Problem> {
    if let Some(format) = upload.format.as_deref().filter(|format| !format.is_empty()) {
        let format = Format::of(format)?;
        return download(&app, upload, format, true).await;
    }
    let text = if upload.is_text { Some(upload.text()?.to_string()) } else { None };
    let sheets = judged(&app, upload, |reports, _| reports.iter().map(|r| Sheet::of(r, None)).collect()).await?;
    let page = CheckedPage { frame: Frame::new("核对结果", "/check"), sheets, base: String::new(), text };
    let mut response = html(&page)?.into_response();
    let no_store = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, no_store);
    Ok(response)
}
