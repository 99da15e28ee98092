//! [`Aligner`]: which column each cell of a row belongs to, by what it holds, where its place in the row cannot be trusted.

use super::Field;
use super::columns::Layout;
use super::evidence::{Evidence, TELLING};
use super::grid::{Cover, GridCell, GridRow};
use crate::import::Origin;
use crate::text::fold;
use std::collections::HashMap;

/// A row with one cell a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub cells: Vec<GridCell>,
    pub origin: Origin,
    pub page_end: bool,
    pub merged: bool,
    /// Some cell stands in another column than its place says.
    pub moved: bool,
    /// Empty cells between the marks are lost: a mark is known to stand in its group, not in which column.
    pub vague: bool,
    /// Cells joined to the cell of each column.
    pub continued: Vec<Vec<Origin>>,
}

/// The values seen in each column, folded, with their number.
#[derive(Debug, Default)]
pub(super) struct Memory {
    seen: HashMap<String, Vec<(usize, u32)>>,
}

impl Memory {
    /// Only rows that fill half as many columns as the fullest are learnt from: stray cells teach nothing.
    pub fn of(rows: &[Placed]) -> Self {
        let mut memory = Memory::default();
        let filled = |row: &Placed| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        let fullest = rows.iter().map(filled).max().unwrap_or(0);
        for row in rows.iter().filter(|row| filled(row) * 2 >= fullest) {
            for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.own() && cell.text.len() <= 240)
            {
                let places = memory.seen.entry(fold::fold(&cell.text).text).or_default();
                match places.iter_mut().find(|(c, _)| *c == column) {
                    Some((_, count)) => *count += 1,
                    None => places.push((column, 1)),
                }
            }
        }
        memory
    }

    /// How often a value stands in a column.
    pub fn count(&self, folded: &str, column: usize) -> u32 {
        let places = self.seen.get(folded);
        places.and_then(|p| p.iter().find(|(c, _)| *c == column)).map_or(0, |(_, count)| *count)
    }

    fn elsewhere(&self, folded: &str, column: usize) -> u32 {
        let places = self.seen.get(folded).into_iter().flatten();
        places.filter(|(c, _)| *c != column).map(|(_, count)| *count).sum()
    }
}

/// Evidence of cells, each text looked at once.
#[derive(Debug, Default)]
pub(super) struct Looked {
    seen: HashMap<String, Evidence>,
}

impl Looked {
    pub fn at(&mut self, text: &str) -> Evidence {
        if let Some(evidence) = self.seen.get(text) {
            return *evidence;
        }
        let evidence = Evidence::of(text);
        self.seen.insert(text.to_string(), evidence);
        evidence
    }
}

pub(super) struct Aligner<'l> {
    pub layout: &'l Layout,
    pub memory: &'l Memory,
}

/// What leaving a column or an empty cell out costs.
const SKIP: f32 = 0.03;
/// What a cell has for standing at its column's place.
const IN_PLACE: f32 = 0.4;
/// What a cell that finds no column costs; it is joined to its neighbour.
const LOST: f32 = 2.5;

impl Aligner<'_> {
    pub fn place(&self, row: &GridRow, looked: &mut Looked) -> Placed {
        let width = self.layout.columns.len();
        let used = row.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
        let cells = row.cells.get(..used).unwrap_or_default();
        let evidence: Vec<Evidence> = cells.iter().map(|cell| looked.at(&cell.text)).collect();
        let folded: Vec<String> = cells
            .iter()
            .map(|cell| if cell.text.len() <= 240 { fold::fold(&cell.text).text } else { String::new() })
            .collect();
        let score = |cell: usize, column: usize| match (evidence.get(cell), folded.get(cell)) {
            (Some(evidence), Some(_)) if evidence.empty => 0.0,
            (Some(evidence), Some(folded)) => {
                let level = self.layout.columns.get(column).is_some_and(|column| column.field == Field::Path);
                let in_place = cell == column && !self.layout.compacted && !(level && self.layout.levels_lost);
                self.score(evidence, folded, column) + if in_place { IN_PLACE } else { 0.0 }
            }
            _ => 0.0,
        };
        let straight = used <= width && !self.layout.compacted;
        let fixed = cells.iter().any(|cell| cell.cover != Cover::Own);
        let by_place: Vec<f32> = (0..used).map(|n| score(n, n)).collect();
        // A cell alone in its row, right of the outermost level, is often what a merged cell left behind.
        let first_level = self.layout.columns.iter().position(|column| column.field == Field::Path).unwrap_or(0);
        let stray = !row.merged && used > first_level + 1 && row.single().is_some();
        if straight && (fixed || !stray && by_place.iter().all(|score| *score > 0.2 || *score == 0.0)) {
            return self.build(row, cells, &(0..used).map(Some).collect::<Vec<_>>());
        }
        let skip = if stray { 0.0 } else { SKIP };
        let (best, total) = self.best(used, &evidence, skip, &score);
        let margin = if stray {
            0.0
        } else if row.merged {
            1.6
        } else {
            0.9
        };
        if straight && total - by_place.iter().sum::<f32>() < margin {
            return self.build(row, cells, &(0..used).map(Some).collect::<Vec<_>>());
        }
        let mut best = best;
        let vague = self.layout.compacted && self.marks_by_group(&evidence, &mut best);
        Placed { vague, ..self.build(row, cells, &best) }
    }

    /// Where fewer marks stand beside each other than there are columns of marks, the empty cells between them are
    /// lost: each group gets one in turn, the last group those that are left. False where every place is known.
    fn marks_by_group(&self, evidence: &[Evidence], places: &mut [Option<usize>]) -> bool {
        let columns: Vec<usize> =
            (0..self.layout.ticks.len()).filter(|&n| self.layout.ticks.get(n) == Some(&true)).collect();
        let marks: Vec<usize> = (0..evidence.len()).filter(|&n| evidence.get(n).is_some_and(|e| e.tick)).collect();
        let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return false };
        let apart = (*first..=*last).any(|n| evidence.get(n).is_none_or(|e| !e.tick));
        if apart || marks.len() >= columns.len() {
            return false;
        }
        let group = |column: usize| self.layout.drafts.get(column).map(|draft| draft.group.as_str());
        let mut starts: Vec<usize> = Vec::new();
        for &column in &columns {
            if starts.last().is_none_or(|last| group(*last) != group(column)) {
                starts.push(column);
            }
        }
        let Some(&end) = starts.last() else { return false };
        for (number, &mark) in marks.iter().enumerate() {
            let column = match starts.get(number) {
                Some(start) => *start,
                None => (end + 1 + number - starts.len()).min(columns.last().copied().unwrap_or(end)),
            };
            if let Some(place) = places.get_mut(mark) {
                *place = Some(column);
            }
        }
        true
    }

    /// How well a cell suits a column.
    fn score(&self, evidence: &Evidence, folded: &str, column: usize) -> f32 {
        let Some(field) = self.layout.columns.get(column).map(|column| column.field) else {
            return -LOST;
        };
        let marks = self.layout.ticks.get(column).copied().unwrap_or(false);
        if marks || evidence.tick {
            return if marks && evidence.tick { 1.0 } else { -0.8 };
        }
        if self.layout.numbers.get(column).copied().unwrap_or(false) {
            return if evidence.number { 1.2 } else { -0.8 };
        }
        if evidence.number && self.layout.compacted {
            return -0.6;
        }
        if evidence.ditto {
            return match field {
                Field::Path | Field::Content => -0.8,
                _ => 0.2 + 0.1 * self.memory.count(folded, column).min(3) as f32,
            };
        }
        let (best_field, best) = evidence.best();
        let other = if best_field == field { 0.0 } else { best };
        let kind = match field {
            Field::Path if self.layout.levels_lost => -0.4,
            // Where merged cells are left out of the rows, it is the outer levels that are missing.
            Field::Path => {
                0.3 - 0.6 * other - if evidence.length > 30 { 0.5 } else { 0.0 }
                    + if self.layout.compacted { 0.01 * column as f32 } else { 0.0 }
            }
            Field::Content => 0.65 - 0.7 * other + if evidence.length > 12 { 0.1 } else { 0.0 },
            field if TELLING.contains(&field) => {
                let own = evidence.score(field);
                own - 0.7 * (other - own).max(0.0) - if own == 0.0 { 0.3 } else { 0.0 }
            }
            _ => 0.1 - 0.3 * other,
        };
        let known = self.memory.count(folded, column);
        let elsewhere = self.memory.elsewhere(folded, column);
        let memory = match (known, elsewhere) {
            (0, 0) => 0.0,
            (0, elsewhere) => -0.2 * elsewhere.min(2) as f32,
            (known, elsewhere) => (0.5 + 0.15 * known as f32).min(1.1) - if elsewhere > known { 0.4 } else { 0.0 },
        };
        kind + memory
    }

    /// The best order-keeping assignment of cells to columns, and its score.
    fn best(
        &self,
        used: usize,
        evidence: &[Evidence],
        skip: f32,
        score: &impl Fn(usize, usize) -> f32,
    ) -> (Vec<Option<usize>>, f32) {
        let width = self.layout.columns.len();
        let at = |cell: usize, column: usize| cell * (width + 1) + column;
        let mut totals = vec![f32::NEG_INFINITY; (used + 1) * (width + 1)];
        // 0 from the start, 1 a match, 2 a cell left out, 3 a column left out.
        let mut steps = vec![0u8; totals.len()];
        for cell in 0..=used {
            for column in 0..=width {
                let mut best = if cell == 0 && column == 0 { (0.0, 0) } else { (f32::NEG_INFINITY, 0) };
                let total = |cell: usize, column: usize, totals: &[f32]| {
                    totals.get(at(cell, column)).copied().unwrap_or(f32::NEG_INFINITY)
                };
                if cell > 0 && column > 0 {
                    let sum = total(cell - 1, column - 1, &totals) + score(cell - 1, column - 1);
                    best = (sum, 1);
                }
                if cell > 0 {
                    let empty = evidence.get(cell - 1).is_none_or(|e| e.empty);
                    let sum = total(cell - 1, column, &totals) - if empty { skip } else { LOST };
                    if sum > best.0 {
                        best = (sum, 2);
                    }
                }
                if column > 0 {
                    let sum = total(cell, column - 1, &totals) - skip;
                    if sum > best.0 {
                        best = (sum, 3);
                    }
                }
                if let (Some(total), Some(step)) = (totals.get_mut(at(cell, column)), steps.get_mut(at(cell, column))) {
                    (*total, *step) = best;
                }
            }
        }
        let mut places = vec![None; used];
        let (mut cell, mut column) = (used, width);
        while cell > 0 || column > 0 {
            match steps.get(at(cell, column)) {
                Some(1) => {
                    (cell, column) = (cell - 1, column - 1);
                    if let Some(place) = places.get_mut(cell) {
                        *place = Some(column);
                    }
                }
                Some(2) => cell -= 1,
                Some(3) => column -= 1,
                _ => break,
            }
        }
        (places, totals.last().copied().unwrap_or(0.0))
    }

    fn build(&self, row: &GridRow, cells: &[GridCell], places: &[Option<usize>]) -> Placed {
        let width = self.layout.columns.len();
        let mut placed = Placed {
            cells: vec![GridCell::default(); width],
            origin: row.origin.clone(),
            page_end: row.page_end,
            merged: row.merged,
            moved: false,
            vague: false,
            continued: vec![Vec::new(); width],
        };
        let mut last = 0;
        for (number, (cell, place)) in cells.iter().zip(places).enumerate() {
            let own = !cell.text.is_empty();
            match place {
                Some(column) => {
                    last = *column;
                    placed.moved |= own && *column != number;
                    if let Some(slot) = placed.cells.get_mut(*column) {
                        *slot = cell.clone();
                    }
                }
                None if own => {
                    placed.moved = true;
                    placed.join(last, cell, "\n");
                }
                None => {}
            }
        }
        placed
    }
}

impl Placed {
    /// Adds the words of a cell to those of a column.
    pub fn join(&mut self, column: usize, cell: &GridCell, between: &str) {
        let Some(slot) = self.cells.get_mut(column) else { return };
        if slot.text.is_empty() {
            *slot = cell.clone();
            return;
        }
        slot.text.push_str(between);
        slot.text.push_str(&cell.text);
        if let Some(continued) = self.continued.get_mut(column) {
            continued.push(cell.origin.clone());
        }
    }

    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Whether the column's words stand in this row itself.
    pub fn own(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(GridCell::own)
    }
}
