//! `/`: the search page; without a query, the first page.

use super::frame::Frame;
use super::html;
use super::passage::{Line, lines_of};
use crate::law::{Corpus, Status};
use crate::search::{PieceKind, Results};
use crate::serve::api::search::run;
use crate::serve::ask::{Asked, SearchParams};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    regulations: usize,
    provisions: u64,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    params: SearchParams,
    results: Results,
    /// Clauses that the query cites, in full.
    cited: Vec<Direct>,
    /// The document that the query names without a clause: id and title.
    document: Option<(String, String)>,
    notes: Vec<String>,
    facets: Vec<Facet>,
    previous: Option<String>,
    next: Option<String>,
    /// Position of the first hit shown, from 1.
    first: usize,
    /// The day on which 时效 is judged, where that is not today.
    on: Option<Date>,
    today: Date,
}

/// A clause that was cited, whole.
struct Direct {
    id: String,
    title: String,
    label: String,
    status: Status,
    lines: Vec<Line>,
}

/// One way to narrow: a heading, and values with counts and addresses.
struct Facet {
    name: &'static str,
    values: Vec<Choice>,
}

struct Choice {
    name: String,
    count: usize,
    address: String,
    chosen: bool,
}

impl SearchPage {
    fn is_hit(&self, kind: &PieceKind) -> bool {
        *kind == PieceKind::Hit
    }

    /// 时效 in a word that is right for the day it is judged on.
    fn standing(&self, status: &Status) -> String {
        standing(*status, self.on)
    }

    /// The address of the same search, judged by today.
    fn by_today(&self) -> String {
        SearchParams { on: None, offset: None, ..self.params.clone() }.address()
    }
}

/// The most regulations offered as a facet.
const MOST_REGULATIONS: usize = 8;

pub async fn handle(State(app): State<App>, Asked(params): Asked<SearchParams>) -> Result<Html<String>, Problem> {
    let snapshot = app.snapshot();
    if params.q.trim().is_empty() {
        return html(&HomePage {
            frame: Frame::new("", "/"),
            regulations: snapshot.corpus.regulations().len(),
            provisions: snapshot.index.len(),
        });
    }
    let today = app.today();
    let day = params.day(today)?;
    let on = (day != today).then_some(day);
    let mut results = run(&app, &params).await?.results.clone();
    let first_page = params.offset.is_none();
    let cited = if first_page { std::mem::take(&mut results.named) } else { Vec::new() };
    results.hits.retain(|hit| !cited.contains(&hit.id));
    let direct = |id: &String| {
        let place = snapshot.corpus.provision(id, day)?;
        Some(Direct {
            id: id.clone(),
            title: place.regulation.title.clone(),
            label: place.label(),
            status: snapshot.corpus.status(place.regulation, place.version, day),
            lines: lines_of(place),
        })
    };
    let (limit, offset) = (params.limit.unwrap_or(10).clamp(1, 100), params.offset.unwrap_or(0));
    let page = |offset: usize| SearchParams { offset: (offset > 0).then_some(offset), ..params.clone() }.address();
    html(&SearchPage {
        frame: Frame::new(format!("{} 的检索结果", params.q.trim()), "/"),
        facets: facets(&params, &results, &snapshot.corpus, on),
        previous: (offset > 0).then(|| page(offset.saturating_sub(limit))),
        next: (offset + limit < results.total).then(|| page(offset + limit)),
        first: offset + 1,
        on,
        today,
        cited: cited.iter().filter_map(direct).collect(),
        document: results.document.take().filter(|_| first_page),
        notes: std::mem::take(&mut results.notes),
        params,
        results,
    })
}

fn standing(status: Status, on: Option<Date>) -> String {
    match (on, status) {
        (None, _) | (_, Status::Unknown) => status.name().into(),
        (Some(_), Status::InForce) => "当日有效".into(),
        (Some(_), _) => format!("当日{}", status.name()),
    }
}

fn facets(params: &SearchParams, results: &Results, corpus: &Corpus, on: Option<Date>) -> Vec<Facet> {
    let narrowed = |change: &dyn Fn(&mut SearchParams)| {
        let mut params = SearchParams { offset: None, ..params.clone() };
        change(&mut params);
        params.address()
    };
    let toggled = |chosen: bool, value: &str| (!chosen).then(|| value.to_string());
    let levels = results.facets.levels.iter().map(|(level, &count)| {
        let chosen = params.level.as_deref() == Some(level.name());
        let address = narrowed(&|p| p.level = toggled(chosen, level.name()));
        Choice { name: level.name().into(), count, address, chosen }
    });
    let statuses = results.facets.statuses.iter().map(|(status, &count): (&Status, _)| {
        let chosen = params.status.as_deref() == Some(status.code());
        let address = narrowed(&|p| p.status = toggled(chosen, status.code()));
        Choice { name: standing(*status, on), count, address, chosen }
    });
    let mut regulations: Vec<(&String, usize)> = results.facets.regulations.iter().map(|(id, &n)| (id, n)).collect();
    regulations.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
    let regulations = regulations.into_iter().take(MOST_REGULATIONS).map(|(id, count)| {
        let chosen = params.within.as_deref() == Some(id);
        let address = narrowed(&|p| p.within = toggled(chosen, id));
        let name = corpus.get(id).map_or_else(|| id.clone(), short_title);
        Choice { name, count, address, chosen }
    });
    let facets = [
        Facet { name: "时效", values: statuses.collect() },
        Facet { name: "效力位阶", values: levels.collect() },
        Facet { name: "文件", values: regulations.collect() },
    ];
    facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
}

/// The shortest name that a regulation is cited by.
fn short_title(regulation: &crate::law::Regulation) -> String {
    regulation.names().min_by_key(|name| name.chars().count()).unwrap_or(&regulation.title).to_string()
}
