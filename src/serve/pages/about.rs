//! `/about`: what the corpus holds, in which versions, how fully and from where: how far it can be trusted.

use super::frame::Frame;
use super::html;
use crate::law::{Corpus, Coverage, EffectLevel, Regulation, Status, Version};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage<'c> {
    frame: Frame,
    regulations: usize,
    full: usize,
    excerpts: usize,
    bare: usize,
    provisions: usize,
    groups: Vec<(EffectLevel, Vec<Row<'c>>)>,
    date: Date,
}

struct Row<'c> {
    regulation: &'c Regulation,
    versions: Vec<(&'c Version, Status)>,
}

pub async fn handle(State(app): State<App>) -> Result<Html<String>, Problem> {
    let snapshot = app.snapshot();
    html(&page(&snapshot.corpus, app.today()))
}

fn page(corpus: &Corpus, date: Date) -> AboutPage<'_> {
    let versions = || corpus.regulations().iter().flat_map(|r| &r.versions);
    let count = |coverage: Coverage| versions().filter(|v| v.coverage == coverage).count();
    let row = |regulation| Row { regulation, versions: dated(corpus, regulation, date) };
    let of_level = |level| {
        let mut regulations: Vec<&Regulation> = corpus.regulations().iter().filter(|r| r.level == level).collect();
        // Ids are spelt as the titles sound.
        regulations.sort_by(|a, b| a.id.cmp(&b.id));
        (level, regulations.into_iter().map(row).collect::<Vec<_>>())
    };
    AboutPage {
        frame: Frame::new("法规库", "/about"),
        regulations: corpus.regulations().len(),
        full: count(Coverage::Full),
        excerpts: count(Coverage::Excerpt),
        bare: count(Coverage::Metadata),
        provisions: corpus.provisions().count(),
        groups: EffectLevel::ALL.into_iter().map(of_level).filter(|(_, rows)| !rows.is_empty()).collect(),
        date,
    }
}

/// Newest first.
fn dated<'c>(corpus: &Corpus, regulation: &'c Regulation, date: Date) -> Vec<(&'c Version, Status)> {
    let versions = regulation.versions.iter().enumerate();
    versions.map(|(at, version)| (version, corpus.status(regulation, at, date))).rev().collect()
}
