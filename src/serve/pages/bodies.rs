//! `/bodies`: what each body cites for the same subject, side by side.

use super::catalogs::report;
use super::coverage::matrix;
use super::frame::Frame;
use super::html;
use super::sheet::{Row, rows};
use crate::catalog::{Catalog, Field, Item};
use crate::check::coverage::Matrix;
use crate::report::card::item_name;
use crate::serve::api::basis::BasisParams;
use crate::serve::ask::{Asked, bounded};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::snapshot::Snapshot;
use crate::text::fold;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use std::collections::BTreeMap;

/// Share of the asked subject's two-character sequences that an item has to have.
const LIKE: f32 = 0.6;
/// Items of one body that are shown.
const MOST: usize = 6;

#[derive(Template)]
#[template(path = "bodies.html")]
struct BodiesPage {
    frame: Frame,
    item: String,
    /// Subjects to start from: what the law orders to be disclosed.
    subjects: Vec<&'static str>,
    bodies: Vec<Body>,
    clauses: Vec<Clause>,
}

struct Body {
    id: String,
    publisher: String,
    rows: Vec<Row>,
}

/// A clause that is cited for the subject.
struct Clause {
    address: String,
    name: String,
    /// For each body, whether it cites the clause.
    by: Vec<bool>,
}

pub async fn handle(State(app): State<App>, Asked(params): Asked<BasisParams>) -> Result<Html<String>, Problem> {
    let item = bounded(&params.item, &app.settings)?;
    let work = {
        let app = app.clone();
        move || html(&page(&app.snapshot(), item)?)
    };
    app.work.quick(work).await?
}

fn page(snapshot: &Snapshot, item: String) -> Result<BodiesPage, Problem> {
    let matrix = matrix(snapshot);
    let mut bodies = Vec::new();
    if !item.is_empty() {
        for (at, catalog) in snapshot.catalogs.iter().enumerate() {
            let found = of_duty(&matrix, &item, at).unwrap_or_else(|| of_words(catalog, &item));
            let mut rows = rows(&report(snapshot, &catalog.id)?);
            rows.retain(|row| found.contains(&row.number));
            rows.sort_by_key(|row| found.iter().position(|number| *number == row.number));
            bodies.push(Body { id: catalog.id.clone(), publisher: catalog.publisher.clone(), rows });
        }
    }
    let title = if item.is_empty() { "各单位对照".to_string() } else { format!("“{item}”各单位对照") };
    Ok(BodiesPage {
        frame: Frame::new(title, "/catalogs"),
        subjects: matrix.duties.iter().map(|duty| duty.name).collect(),
        clauses: clauses(&bodies),
        bodies,
        item,
    })
}

/// The items of one catalog that answer the duty of this very name.
fn of_duty(matrix: &Matrix, name: &str, catalog: usize) -> Option<Vec<u32>> {
    let duty = matrix.duties.iter().find(|duty| duty.name == name)?;
    Some(duty.answers.get(catalog)?.items.iter().map(|answering| answering.item).take(MOST).collect())
}

/// The items whose words are most like the asked ones.
fn of_words(catalog: &Catalog, wanted: &str) -> Vec<u32> {
    let wanted = letters(wanted);
    let words = |item: &Item| letters(&format!("{} {}", item_name(item), item.text(Field::Content)));
    let mut scored: Vec<(f32, u32)> = catalog
        .items
        .iter()
        .map(|item| (share(&wanted, &words(item)), item.row))
        .filter(|(share, _)| *share >= LIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, row)| row).take(MOST).collect()
}

fn letters(text: &str) -> Vec<char> {
    fold::fold(text).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How much of the wanted words stands in the text: 0–1.
fn share(wanted: &[char], text: &[char]) -> f32 {
    match wanted {
        [] => 0.0,
        [one] => f32::from(u8::from(text.contains(one))),
        _ => {
            let stands = wanted.windows(2).filter(|pair| text.windows(2).any(|own| own == *pair)).count();
            stands as f32 / (wanted.len() - 1) as f32
        }
    }
}

impl BodiesPage {
    fn publisher(&self, column: usize) -> &str {
        self.bodies.get(column).map_or("", |body| &body.publisher)
    }
}

/// Clauses by how many bodies cite them, then by name.
fn clauses(bodies: &[Body]) -> Vec<Clause> {
    let mut found: BTreeMap<(String, String), Vec<bool>> = BTreeMap::new();
    for (at, body) in bodies.iter().enumerate() {
        for (address, name) in body.rows.iter().flat_map(|row| &row.citations).flat_map(|cited| &cited.clauses) {
            let by = found.entry((address.clone(), name.clone())).or_insert_with(|| vec![false; bodies.len()]);
            by[at] = true;
        }
    }
    let clause = |((address, name), by)| Clause { address, name, by };
    let mut clauses: Vec<Clause> = found.into_iter().map(clause).collect();
    clauses.sort_by_key(|clause| (clause.by.iter().filter(|by| !**by).count(), clause.name.clone()));
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_found_by_most_of_the_asked_words() {
        for (wanted, text, found) in [
            ("部门预算", "财政预决算 部门预算 收支总体情况表", true),
            ("部门 预算", "部门预算", true),
            ("部门预算", "部门决算", false),
            ("预", "预算", true),
            ("", "预算", false),
        ] {
            assert_eq!(share(&letters(wanted), &letters(text)) >= LIKE, found, "{wanted} in {text}");
        }
    }
}
