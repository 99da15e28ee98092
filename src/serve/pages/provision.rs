//! `/r/{regulation}/{locator}`: one clause, alone and in its article, as an address to cite.

use super::frame::Frame;
use super::html;
use super::passage::{self, Line};
use super::read::{Head, find};
use super::references;
use crate::cite::lookup::place;
use crate::cite::{Names, scan};
use crate::law::locator::LocatorError;
use crate::law::{Corpus, Level, Locator, Provision, ProvisionRef};
use crate::serve::cited_by::{CitedBy, Citing};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "provision.html")]
struct ProvisionPage<'c> {
    frame: Frame,
    head: Head<'c>,
    id: String,
    label: String,
    /// 《title》（number）第二十条第（七）项
    citation: String,
    /// The article or point around the clause, with the clause's own anchors.
    lines: Vec<Line>,
    /// Anchors of the clause asked for and of all below it, first its own.
    here: Vec<String>,
    /// The clause is all that is shown, so that nothing has to be marked.
    whole: bool,
    cited_by: CitedBy,
    previous: Option<(String, String)>,
    next: Option<(String, String)>,
}

impl ProvisionPage<'_> {
    fn address(&self) -> String {
        format!("/r/{}", self.id)
    }

    fn is_here(&self, id: &str) -> bool {
        !self.whole && self.here.iter().any(|h| h == id)
    }
}

/// The provision that the two parts of an address name, and whether they name it in canonical form.
///
/// # Errors
/// [`Problem::not_found`] says how far the address leads, [`Problem::bad_request`] that it is none.
pub fn open<'c>(
    corpus: &'c Corpus,
    name: &str,
    locator: &str,
    date: Date,
) -> Result<(ProvisionRef<'c>, bool), Problem> {
    let (regulation, version, by_id) = find(corpus, name, date)?;
    let wanted = wanted(locator)?;
    let place =
        place(corpus, regulation, version, &wanted, date).map_err(|error| Problem::not_found(error.to_string()))?;
    let canonical = by_id && place.provision.locator.as_ref().is_some_and(|own| own.id() == locator);
    Ok((place, canonical))
}

/// A locator as an id, in canonical Chinese, or as loosely as people write citations: 14条2款.
fn wanted(text: &str) -> Result<Locator, Problem> {
    if let Ok(locator) = text.parse().or_else(|_| text.to_ascii_lowercase().parse()) {
        return Ok(locator);
    }
    let names = Names::from_titles([]);
    // Any title before it makes the words a citation.
    let cited = scan(&format!("《法》{text}"), &names).into_iter().flat_map(|c| c.locators).next();
    let wrong = || Problem::bad_request(LocatorError(text.into()).to_string());
    cited.map(|cited| cited.locator).ok_or_else(wrong)
}

pub async fn handle(
    State(app): State<App>,
    Path((name, locator)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let work = {
        let app = app.clone();
        move || answer(&app, &name, &locator)
    };
    app.work.quick(work).await?
}

fn answer(app: &App, name: &str, locator: &str) -> Result<Response, Problem> {
    let (snapshot, date) = (app.snapshot(), app.today());
    let (place, canonical) = open(&snapshot.corpus, name, locator, date)?;
    let own = place.provision.locator.as_ref().map(Locator::id).unwrap_or_default();
    if !canonical {
        let version = if name.contains('@') { format!("@{}", place.version().id()) } else { String::new() };
        return Ok(Redirect::permanent(&format!("/r/{}{version}/{own}", place.regulation.id)).into_response());
    }
    let head = Head::of(&snapshot.corpus, place.regulation, place.version, date).ok_or_else(Problem::internal)?;
    let label = place.label();
    let around = around(place);
    let (previous, next) = neighbours(around);
    let mut lines = passage::lines_of(around);
    references::link(&mut lines, &snapshot, place.regulation, place.version, false, date);
    let page = ProvisionPage {
        frame: Frame::new(format!("{}{label}", place.regulation.title), "/about"),
        id: place.id(),
        citation: format!("{}{label}", head.name()),
        label,
        lines,
        cited_by: Citing::of(&snapshot, place.regulation, place.version, date).clause(&own),
        here: place.provision.walk().filter_map(|p| p.locator.as_ref()).map(Locator::id).collect(),
        whole: std::ptr::eq(around.provision, place.provision),
        previous,
        next,
        head,
    };
    Ok(html(&page)?.into_response())
}

/// The article around a clause, or the point of the first order; a larger unit is its own surrounding.
fn around<'c>(place: ProvisionRef<'c>) -> ProvisionRef<'c> {
    let Some(root) = place.version().provisions() else { return place };
    let holds = |p: &&Provision| is_unit(p) && p.walk().any(|below| std::ptr::eq(below, place.provision));
    root.walk().find(holds).map_or(place, |provision| ProvisionRef { provision, ..place })
}

fn is_unit(node: &Provision) -> bool {
    let first_order = node.locator.as_ref().is_some_and(|locator| !locator.id().contains('.'));
    node.level == Level::Article || (node.level == Level::Point && first_order)
}

type Neighbour = Option<(String, String)>;

/// Address and name of the units before and after.
fn neighbours(unit: ProvisionRef<'_>) -> (Neighbour, Neighbour) {
    let units: Vec<ProvisionRef<'_>> =
        unit.regulation.provisions(unit.version).filter(|p| is_unit(p.provision)).collect();
    let at = units.iter().position(|p| std::ptr::eq(p.provision, unit.provision));
    let name = |p: &ProvisionRef<'_>| (format!("/r/{}", p.id()), p.label());
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| units.get(at));
    (before.map(name), at.and_then(|at| units.get(at + 1)).map(name))
}
