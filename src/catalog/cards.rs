//! Tables of labels and values side by side (`公开内容 | …`), one table or part of a table an item: turned into rows.

use super::flow::{cell, row};
use super::grid::{GridCell, GridRow};
use super::words;
use crate::import::Origin;
use std::collections::BTreeSet;

/// The stream as rows of one table, where its tables are such cards; `None` where they are not.
pub(super) fn rows(stream: &[GridRow]) -> Option<Vec<GridRow>> {
    let mut labels: BTreeSet<&str> = BTreeSet::new();
    let (mut all, mut labelled) = (0usize, 0usize);
    for row in stream.iter().filter(|row| !row.paragraph && !row.is_empty()) {
        all += 1;
        let pairs = pairs(row, &BTreeSet::new());
        labelled += usize::from(pairs.is_some());
        labels.extend(pairs.iter().flatten().map(|(label, _)| *label));
    }
    if labelled < 3 || labelled * 5 < all * 4 {
        return None;
    }
    let mut cards = Cards::default();
    let mut lines = Vec::new();
    for row in stream {
        match pairs(row, &labels).filter(|_| !row.paragraph) {
            Some(pairs) => pairs.into_iter().for_each(|(label, value)| cards.put(label, value)),
            // What stands above the first card is the title, what stands between cards belongs to none.
            None if row.paragraph || row.single().is_some() && cards.is_empty() => lines.push(row.clone()),
            None => row.own().for_each(|cell| cards.add(&cell.text)),
        }
    }
    lines.extend(cards.rows(3)?);
    Some(lines)
}

/// Labels with their values, where the cells of a row are such by turns. A value may read like a label (各业务科室)
/// only beside labels that are known from other rows.
fn pairs<'r>(row: &'r GridRow, labels: &BTreeSet<&str>) -> Option<Vec<(&'r str, &'r GridCell)>> {
    let own: Vec<&GridCell> = row.cells.iter().filter(|cell| cell.own()).collect();
    let known = |cell: &GridCell| cell.text.chars().count() <= 16 && words::is_header(&cell.text);
    let label = |cell: &GridCell| cell.text.chars().count() <= 16 && cell.columns <= 2;
    let mut pairs = Vec::new();
    for pair in own.chunks(2) {
        let [name, value] = pair else { return None };
        if !label(name) || known(value) && !labels.contains(name.text.as_str()) {
            return None;
        }
        pairs.push((name.text.as_str(), *value));
    }
    let known = own.iter().step_by(2).filter(|cell| known(cell)).count();
    (known > 0 && known * 2 >= pairs.len() && pairs.len() <= 3).then_some(pairs)
}

/// Named values, put together as the rows of a table: a name that comes again opens the next row.
#[derive(Debug, Default)]
pub(super) struct Cards {
    names: Vec<String>,
    cards: Vec<Vec<(usize, GridCell)>>,
}

impl Cards {
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    pub fn put(&mut self, name: &str, value: &GridCell) {
        let name: String = name.split_whitespace().collect();
        let number = self.names.iter().position(|own| *own == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        // The first name opens an item; so does one that the item has already.
        match self.cards.last_mut().filter(|card| number != 0 && card.iter().all(|(own, _)| *own != number)) {
            Some(card) => card.push((number, value.clone())),
            None => self.cards.push(vec![(number, value.clone())]),
        }
    }

    /// A further line of the value before.
    pub fn add(&mut self, line: &str) {
        if let Some((_, cell)) = self.cards.last_mut().and_then(|card| card.last_mut()) {
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(line);
        }
    }

    /// A header row of the names and a row a card; `None` for fewer names than `least`.
    pub fn rows(self, least: usize) -> Option<Vec<GridRow>> {
        let origin = |card: &Vec<(usize, GridCell)>| card.first().map(|(_, cell)| cell.origin.clone());
        let first: Origin = self.cards.first().and_then(origin)?;
        if self.names.len() < least {
            return None;
        }
        let width = self.names.len();
        let mut rows = vec![row(self.names.iter().map(|name| cell(name, &first)).collect(), &first, false)];
        for card in &self.cards {
            let mut cells = vec![GridCell { columns: 1, ..GridCell::default() }; width];
            for (number, value) in card {
                if let Some(slot) = cells.get_mut(*number) {
                    *slot = cell(&value.text, &value.origin);
                }
            }
            if cells.iter().any(|cell| !cell.text.is_empty()) {
                rows.push(row(cells, &origin(card).unwrap_or_default(), false));
            }
        }
        Some(rows)
    }
}
