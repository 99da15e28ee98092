//! [`Scores`]: how exactly citations are read, against cases annotated by hand.

use crate::catalog::{Field, FieldCell, Item};
use crate::cite::{Citation, Names, row, scan};
use crate::law::number::DocumentNumber;
use crate::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// One annotated text, or one annotated row of a catalog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A running text; else the cells of a row.
    pub text: Option<String>,
    pub content: String,
    pub basis: String,
    pub clause: String,
    pub citations: Vec<Expected>,
}

/// A citation as a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// The name of the cell in JSON; empty for a running text.
    pub column: String,
    pub text: String,
    pub title: Option<String>,
    pub number: Option<String>,
    /// Ids of the locators.
    pub locators: Vec<String>,
    pub quote: Option<String>,
    pub mention: bool,
}

/// Right, found and wanted, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub right: usize,
    pub found: usize,
    pub wanted: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        if self.found == 0 { 1.0 } else { self.right as f64 / self.found as f64 }
    }

    pub fn recall(self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.right as f64 / self.wanted as f64 }
    }

    pub fn f1(self) -> f64 {
        let both = self.found + self.wanted;
        if both == 0 { 1.0 } else { 2.0 * self.right as f64 / both as f64 }
    }

    fn add(&mut self, found: &[String], wanted: &[String]) {
        let mut open: BTreeMap<&String, usize> = BTreeMap::new();
        wanted.iter().for_each(|value| *open.entry(value).or_default() += 1);
        for value in found {
            if let Some(count) = open.get_mut(value).filter(|count| **count > 0) {
                *count -= 1;
                self.right += 1;
            }
        }
        self.found += found.len();
        self.wanted += wanted.len();
    }
}

/// One score a part of the citation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Title and column.
    pub titles: Score,
    pub numbers: Score,
    /// Each locator with its title.
    pub locators: Score,
    /// Quoted words, from the first to the last character.
    pub quotations: Score,
    /// The words of the citation itself, and whether it is a basis or a mention.
    pub spans: Score,
}

impl Scores {
    fn parts(&mut self) -> [&mut Score; 5] {
        [&mut self.titles, &mut self.numbers, &mut self.locators, &mut self.quotations, &mut self.spans]
    }

    pub fn named(&self) -> [(&'static str, Score); 5] {
        [
            ("titles", self.titles),
            ("numbers", self.numbers),
            ("locators", self.locators),
            ("quotations", self.quotations),
            ("spans", self.spans),
        ]
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<11} {:>9} {:>9} {:>7} {:>6}", "", "precision", "recall", "F1", "n")?;
        for (name, score) in self.named() {
            let (p, r, f1) = (score.precision(), score.recall(), score.f1());
            writeln!(f, "{name:<11} {p:>9.4} {r:>9.4} {f1:>7.4} {:>6}", score.wanted)?;
        }
        Ok(())
    }
}

impl Case {
    /// Reads one case a line.
    ///
    /// # Errors
    /// The first line that is no case, counted from 1.
    pub fn read_lines(lines: &str) -> Result<Vec<Case>, (usize, serde_json::Error)> {
        let numbered = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        numbered.map(|(at, line)| serde_json::from_str(line).map_err(|e| (at + 1, e))).collect()
    }

    /// What the program reads in it.
    pub fn found(&self, names: &Names) -> Vec<Expected> {
        let Some(text) = &self.text else {
            let mut item = Item { row: 1, ..Item::default() };
            let cells = [(Field::Content, &self.content), (Field::Basis, &self.basis), (Field::Clause, &self.clause)];
            for (field, text) in cells {
                item.fields.insert(field, FieldCell { text: text.clone(), ..FieldCell::default() });
            }
            let read = row::read(&item, names);
            return read.iter().map(|c| Expected::of(c, c.column.map_or("", |f| item.text(f)))).collect();
        };
        scan(text, names).iter().map(|c| Expected::of(c, text)).collect()
    }

    fn score(&self, names: &Names, scores: &mut Scores) {
        let (found, wanted) = (self.found(names), &self.citations);
        let parts: [fn(&Expected) -> Vec<String>; 5] =
            [Expected::titles, Expected::numbers, Expected::places, Expected::quotes, Expected::spans];
        for (score, part) in scores.parts().into_iter().zip(parts) {
            let all = |citations: &[Expected]| citations.iter().flat_map(part).collect::<Vec<_>>();
            score.add(&all(&found), &all(wanted));
        }
    }
}

impl Expected {
    fn of(citation: &Citation, text: &str) -> Self {
        Expected {
            column: citation.column.map_or("", Field::code).to_string(),
            text: citation.span.of(text).to_string(),
            title: citation.title.clone(),
            number: citation.number.as_ref().map(|n| n.text.clone()),
            locators: citation.locators.iter().map(|l| l.locator.id()).collect(),
            quote: citation.quote.as_ref().map(|q| q.text.clone()),
            mention: citation.mention,
        }
    }

    fn key(&self) -> String {
        format!("{} {}", self.column, self.title.as_deref().map(fold::key).unwrap_or_default())
    }

    fn titles(&self) -> Vec<String> {
        self.title.iter().map(|_| format!("{} {}", self.key(), self.mention)).collect()
    }

    fn numbers(&self) -> Vec<String> {
        let canonical =
            |text: &String| DocumentNumber::parse(text).map_or_else(|_| fold::fold(text).text, |n| n.to_string());
        self.number.iter().map(|n| format!("{} {}", self.key(), canonical(n))).collect()
    }

    fn places(&self) -> Vec<String> {
        self.locators.iter().map(|id| format!("{} {} {id}", self.key(), self.mention)).collect()
    }

    fn quotes(&self) -> Vec<String> {
        self.quote.iter().map(|q| format!("{} {}", self.column, fold::fold(q).text)).collect()
    }

    fn spans(&self) -> Vec<String> {
        vec![format!("{} {} {}", self.column, fold::fold(&self.text).text, self.mention)]
    }
}

/// Scores all cases together.
pub fn measure(cases: &[Case], names: &Names) -> Scores {
    let mut scores = Scores::default();
    cases.iter().for_each(|case| case.score(names, &mut scores));
    scores
}
