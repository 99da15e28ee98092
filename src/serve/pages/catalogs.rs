//! `/catalogs`: the published catalogs side by side; `/catalogs/{id}`: one, item by item.

use super::frame::Frame;
use super::html;
use super::sheet::{Sheet, Tally};
use crate::check::{Baseline, Settings, Verdict};
use crate::report::Report;
use crate::report::json::Views;
use crate::serve::ask::Asked;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::snapshot::Snapshot;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "catalogs.html")]
struct CatalogsPage {
    frame: Frame,
    catalogs: Vec<Body>,
}

/// One body's catalog in the list.
struct Body {
    id: String,
    title: String,
    publisher: String,
    region: String,
    items: usize,
    citations: usize,
    verdicts: Vec<Tally>,
    findings: usize,
}

impl Body {
    /// Start and width, in hundredths, of a verdict's part of the bar.
    fn part(&self, code: &str) -> (usize, usize) {
        let before = self.verdicts.iter().take_while(|t| t.code != code).map(|t| t.count).sum::<usize>();
        let own = self.verdicts.iter().find(|t| t.code == code).map_or(0, |t| t.count);
        let all = self.citations.max(1);
        (before * 1000 / all, own * 1000 / all)
    }
}

#[derive(Template)]
#[template(path = "catalog.html")]
struct CatalogPage {
    frame: Frame,
    sheet: Sheet,
    /// The address that filters are added to; empty where there are none.
    base: String,
}

#[derive(Deserialize)]
pub struct Only {
    /// A verdict or a severity.
    only: Option<String>,
}

/// The report on one catalog of the snapshot.
///
/// # Errors
/// [`Problem::not_found`] when there is no catalog of that id.
pub fn report<'s>(snapshot: &'s Snapshot, id: &str) -> Result<Report<'s>, Problem> {
    let found = snapshot.catalog(id).or_else(|| snapshot.catalog(&id.to_ascii_lowercase()));
    let (catalog, checked) = found.ok_or_else(|| Problem::not_found("没有这份公开目录，已收录的见“公开目录”"))?;
    let views = Views::new(&snapshot.corpus, snapshot.today);
    Ok(Report::new(views, catalog, checked, &Settings::default(), &Baseline::default()))
}

pub async fn list(State(app): State<App>) -> Result<Html<String>, Problem> {
    let snapshot = app.snapshot();
    let bodies = snapshot.catalogs.iter().zip(&snapshot.checked).map(|(catalog, checked)| Body {
        id: catalog.id.clone(),
        title: catalog.title.clone(),
        publisher: catalog.publisher.clone(),
        region: catalog.region.clone().unwrap_or_default(),
        items: checked.summary.items,
        citations: checked.summary.citations,
        verdicts: Verdict::ALL
            .map(|v| Tally { code: v.code(), name: v.name(), count: checked.summary.verdict(v) })
            .into(),
        findings: checked.findings.len(),
    });
    html(&CatalogsPage { frame: Frame::new("公开目录", "/catalogs"), catalogs: bodies.collect() })
}

pub async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Asked(Only { only }): Asked<Only>,
) -> Result<Html<String>, Problem> {
    let work = {
        let app = app.clone();
        move || {
            let snapshot = app.snapshot();
            let report = report(&snapshot, &id)?;
            let (sheet, base) = (Sheet::of(&report, only.as_deref()), format!("/catalogs/{}", report.catalog.id));
            html(&CatalogPage { frame: Frame::new(sheet.title.clone(), "/catalogs"), base, sheet })
        }
    };
    app.work.quick(work).await?
}
