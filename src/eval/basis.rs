//! [`run`]: leave one catalog out: are its items' clauses proposed from the precedents of the others?

use crate::basis::{Basis, Precedents};
use crate::catalog::Catalog;
use crate::search::SearchError;
use crate::search::unit::unit_id;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many proposals are looked at.
const DEPTH: usize = 5;

/// Shares of one catalog's items, or of all.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub catalog: String,
    /// Items that cite some clause rightly.
    pub items: usize,
    /// The first proposal is in an article or point that the item cites.
    pub hit_1: f64,
    pub hit_5: f64,
    /// The first proposal is exactly a clause that the item cites.
    pub exact_1: f64,
    /// Items for which nothing is proposed.
    pub silent: usize,
}

/// What one item got.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    pub catalog: String,
    pub item: u32,
    pub subject: String,
    /// Ids that the item cites rightly.
    pub gold: BTreeSet<String>,
    /// Ids proposed, in order, with scores.
    pub proposed: Vec<(String, f32)>,
    /// Rank from 1 of the first that is in an article or point that the item cites.
    pub rank: Option<usize>,
}

/// One report a catalog, and one of all items together under the name `all`; and what each item got.
///
/// # Errors
/// [`SearchError`] when the index cannot be asked.
pub fn run(
    basis: &Basis<'_>,
    catalogs: &[Catalog],
    precedents: &Precedents,
) -> Result<(Vec<Report>, Vec<Outcome>), SearchError> {
    let (mut reports, mut outcomes) = (Vec::new(), Vec::new());
    let mut all = Report { catalog: "all".into(), ..Report::default() };
    for catalog in catalogs {
        let mut report = Report { catalog: catalog.id.clone(), ..Report::default() };
        let own = precedents.items().iter().filter(|item| item.precedent.catalog == catalog.id);
        for gold in own {
            let Some(item) = catalog.items.iter().find(|item| item.row == gold.precedent.item) else { continue };
            let proposed = basis.propose(&item.subject(), DEPTH, Some(&catalog.id))?;
            let units: BTreeSet<&str> = gold.cites.iter().map(|id| unit_id(id)).collect();
            let fits = |at: usize| proposed.get(at).is_some_and(|one| units.contains(unit_id(&one.id)));
            outcomes.push(Outcome {
                catalog: catalog.id.clone(),
                item: item.row,
                subject: item.subject(),
                gold: gold.cites.clone(),
                proposed: proposed.iter().map(|one| (one.id.clone(), one.score)).collect(),
                rank: (0..DEPTH).find(|&at| fits(at)).map(|at| at + 1),
            });
            report.items += 1;
            report.hit_1 += f64::from(u8::from(fits(0)));
            report.hit_5 += f64::from(u8::from((0..DEPTH).any(fits)));
            report.exact_1 += f64::from(u8::from(proposed.first().is_some_and(|one| gold.cites.contains(&one.id))));
            report.silent += usize::from(proposed.is_empty());
        }
        if report.items > 0 {
            all.items += report.items;
            all.hit_1 += report.hit_1;
            all.hit_5 += report.hit_5;
            all.exact_1 += report.exact_1;
            all.silent += report.silent;
            reports.push(report);
        }
    }
    reports.push(all);
    for report in &mut reports {
        let items = report.items.max(1) as f64;
        report.hit_1 /= items;
        report.hit_5 /= items;
        report.exact_1 /= items;
    }
    Ok((reports, outcomes))
}
