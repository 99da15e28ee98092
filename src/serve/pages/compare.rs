//! `/compare/{regulation}`: two versions side by side, clause by clause, with the words that changed marked.

use super::frame::Frame;
use super::html;
use super::read::{find, written};
use crate::law::concordance::{Change, Concordance, Correspondence, Edit, word_diff};
use crate::law::{Corpus, Provision, Regulation, Version};
use crate::search::analyzer;
use crate::serve::ask::Asked;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'c> {
    frame: Frame,
    regulation: &'c Regulation,
    /// Those that have a text, oldest first.
    versions: Vec<&'c Version>,
    old: &'c Version,
    new: &'c Version,
    tallies: Vec<Tally>,
    only: String,
    rows: Vec<Row>,
}

struct Tally {
    code: &'static str,
    name: &'static str,
    count: usize,
}

struct Row {
    code: &'static str,
    name: &'static str,
    /// Address and label of each clause of a side.
    old: Vec<(String, String)>,
    new: Vec<(String, String)>,
    /// The words of a side: whether they are on this side alone, and the words.
    before: Vec<(bool, String)>,
    after: Vec<(bool, String)>,
}

#[derive(Deserialize)]
pub struct CompareParams {
    /// Ids of versions: their dates.
    old: Option<String>,
    new: Option<String>,
    /// A kind of change.
    only: Option<String>,
}

const CHANGES: [Change; 7] =
    [Change::Changed, Change::Moved, Change::Split, Change::Merged, Change::New, Change::Dropped, Change::Same];

impl ComparePage<'_> {
    fn address(&self, only: &str) -> String {
        let only = if only.is_empty() { String::new() } else { format!("&only={only}") };
        format!("/compare/{}?old={}&new={}{only}", self.regulation.id, self.old.id(), self.new.id())
    }

    fn name(&self, version: &Version) -> String {
        format!("{}{}", written(&version.promulgated), version.event.name())
    }

    fn is(&self, one: &Version, other: &Version) -> bool {
        std::ptr::eq(one, other)
    }
}

pub async fn handle(
    State(app): State<App>,
    Path(name): Path<String>,
    Asked(params): Asked<CompareParams>,
) -> Result<Html<String>, Problem> {
    let work = {
        let app = app.clone();
        move || {
            let snapshot = app.snapshot();
            html(&page(&snapshot.corpus, &name, &params, app.today())?)
        }
    };
    // A long code takes as long as a check.
    app.work.check(work).await?
}

fn page<'c>(corpus: &'c Corpus, name: &str, params: &CompareParams, date: Date) -> Result<ComparePage<'c>, Problem> {
    let (regulation, current, _) = find(corpus, name, date)?;
    let versions: Vec<&Version> = regulation.versions.iter().filter(|v| v.provisions().is_some()).collect();
    let alone = || Problem::not_found(format!("《{}》库中只有一个版本有正文，没有可对照的", regulation.title));
    let wrong = || Problem::not_found(format!("《{}》没有这个版本，或这个版本没有正文", regulation.title));
    let of_id = |id: &Option<String>| match id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => versions.iter().position(|v| v.id() == id).ok_or_else(wrong).map(Some),
        None => Ok(None),
    };
    let shown = regulation.versions.get(current);
    let shown = versions.iter().position(|v| shown.is_some_and(|shown| std::ptr::eq(*v, shown)));
    let new = of_id(&params.new)?.or(shown).unwrap_or(versions.len().saturating_sub(1));
    // Without a version before, the one after.
    let (old, new) = match (of_id(&params.old)?, new) {
        (Some(old), new) => (old, new),
        (None, 0) => (0, 1),
        (None, new) => (new - 1, new),
    };
    let (old, new) = (*versions.get(old).ok_or_else(alone)?, *versions.get(new).ok_or_else(alone)?);
    let (Some(before), Some(after)) = (old.provisions(), new.provisions()) else { return Err(wrong()) };
    let concordance = Concordance::between(before, after);
    let count = |change| concordance.rows.iter().filter(|row| row.change == change).count();
    let only = params.only.clone().filter(|only| CHANGES.iter().any(|change| change.code() == only));
    let rows = concordance.rows.iter().filter(|row| only.as_deref().is_none_or(|only| row.change.code() == only));
    Ok(ComparePage {
        frame: Frame::new(format!("{}版本对照", regulation.title), "/about"),
        regulation,
        old,
        new,
        tallies: CHANGES.map(|c| Tally { code: c.code(), name: c.name(), count: count(c) }).into(),
        rows: rows.map(|found| row(regulation, old, new, found)).collect(),
        versions,
        only: only.unwrap_or_default(),
    })
}

fn row(regulation: &Regulation, old: &Version, new: &Version, found: &Correspondence<'_>) -> Row {
    let labels = |side: &[&Provision], version: &Version| {
        let locators = side.iter().filter_map(|provision| provision.locator.as_ref());
        let address = |id: String| format!("/r/{}@{}/{id}", regulation.id, version.id());
        locators.map(|locator| (address(locator.id()), locator.to_string())).collect()
    };
    let words = |side: &[&Provision]| side.iter().map(|p| p.full_text()).collect::<Vec<_>>().join("\n");
    let (before, after) = (words(&found.old), words(&found.new));
    let diff = match found.change {
        Change::Same | Change::Moved => vec![(Edit::Equal, after)],
        Change::New => vec![(Edit::Insert, after)],
        Change::Dropped => vec![(Edit::Delete, before)],
        _ => word_diff(&before, &after, analyzer::words),
    };
    let side = |own: Edit| {
        let words = diff.iter().filter(|(edit, _)| *edit == Edit::Equal || *edit == own);
        words.map(|(edit, words)| (*edit == own, words.clone())).collect()
    };
    Row {
        code: found.change.code(),
        name: found.change.name(),
        old: labels(&found.old, old),
        new: labels(&found.new, new),
        before: if found.old.is_empty() { Vec::new() } else { side(Edit::Delete) },
        after: if found.new.is_empty() { Vec::new() } else { side(Edit::Insert) },
    }
}
