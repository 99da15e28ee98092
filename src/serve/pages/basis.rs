//! `/basis`: the clauses that may justify an item, with the precedents of other bodies, to copy as a 公开依据 cell.

use super::frame::Frame;
use super::html;
use super::passage::{Line, lines_of};
use super::read::Head;
use crate::basis::Proposal;
use crate::law::{EffectLevel, Status};
use crate::report::card::item_name;
use crate::serve::api::basis::{BasisParams, propose};
use crate::serve::ask::Asked;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::snapshot::Snapshot;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "basis.html")]
struct BasisPage {
    frame: Frame,
    item: String,
    proposals: Vec<Shown>,
}

struct Shown {
    id: String,
    title: String,
    label: String,
    level: EffectLevel,
    status: Status,
    /// 《title》（number）第十四条, then the words: what stands in a 公开依据 cell.
    cell: String,
    lines: Vec<Line>,
    words: Vec<String>,
    /// Address, name of the item, and its body.
    precedents: Vec<(String, String, String)>,
}

pub async fn handle(State(app): State<App>, Asked(params): Asked<BasisParams>) -> Result<Html<String>, Problem> {
    let item = params.item.trim().to_string();
    let proposals = if item.is_empty() { Vec::new() } else { propose(&app, &params).await? };
    let snapshot = app.snapshot();
    let shown = proposals.iter().filter_map(|proposal| shown(&snapshot, proposal, app.today()));
    let title = if item.is_empty() { "找依据".to_string() } else { format!("“{item}”的依据") };
    html(&BasisPage { frame: Frame::new(title, "/basis"), proposals: shown.collect(), item })
}

fn shown(snapshot: &Snapshot, proposal: &Proposal, date: Date) -> Option<Shown> {
    let place = snapshot.corpus.provision(&proposal.id, date)?;
    let head = Head::of(&snapshot.corpus, place.regulation, place.version, date)?;
    let label = place.label();
    let precedents = proposal.precedents.iter().filter_map(|precedent| {
        let (catalog, _) = snapshot.catalog(&precedent.catalog)?;
        let item = catalog.items.iter().find(|item| item.row == precedent.item)?;
        Some((format!("/catalogs/{}#item-{}", catalog.id, item.row), item_name(item), catalog.publisher.clone()))
    });
    Some(Shown {
        id: place.id(),
        title: place.regulation.title.clone(),
        level: place.regulation.level,
        status: head.status,
        cell: format!("{}{label}：{}", head.name(), place.provision.full_text()),
        lines: lines_of(place),
        words: proposal.words.clone(),
        precedents: precedents.collect(),
        label,
    })
}
