//! [`Lattice`]: the cells that ruled lines make on a page.

use super::rules::{NEAR, Rule};

/// What has more boxes on one page is graph paper.
const MOST_BOXES: usize = 20_000;

/// One ruled table on one page: its lines, and where they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Lattice {
    /// Level lines after upright ones, each by place.
    rules: Vec<Rule>,
    /// Upright lines from left to right, level lines from top to bottom.
    pub across: Vec<f32>,
    pub down: Vec<f32>,
}

/// Columns and rows that one cell takes, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

/// The ruled tables of a page, from top to bottom; a frame around something is no table.
pub(super) fn tables(rules: &[Rule]) -> Vec<Lattice> {
    let rules = joined(rules);
    let mut group: Vec<usize> = (0..rules.len()).collect();
    for (a, level) in rules.iter().enumerate().filter(|(_, rule)| rule.level) {
        for (b, upright) in rules.iter().enumerate().filter(|(_, rule)| !rule.level) {
            let within = |at: f32, rule: &Rule| at >= rule.from - NEAR && at <= rule.to + NEAR;
            if within(upright.at, level) && within(level.at, upright) {
                let (a, b) = (root(&mut group, a), root(&mut group, b));
                if let Some(slot) = group.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let mut tables: Vec<Lattice> = Vec::new();
    for own in 0..rules.len() {
        if root(&mut group, own) != own {
            continue;
        }
        let members = rules.iter().enumerate().filter(|(n, _)| root(&mut group, *n) == own);
        let rules: Vec<Rule> = members.map(|(_, rule)| *rule).collect();
        let places =
            |level: bool| clusters(rules.iter().filter(|rule| rule.level == level).map(|rule| rule.at).collect());
        let (across, down) = (places(false), places(true));
        if across.len() >= 3 && down.len() >= 2 && across.len() * down.len() <= MOST_BOXES {
            tables.push(Lattice { rules, across, down });
        }
    }
    tables.sort_by(|a, b| a.top().total_cmp(&b.top()));
    tables
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while let Some(&up) = group.get(at).filter(|up| **up != at) {
        let above = group.get(up).copied().unwrap_or(up);
        if let Some(slot) = group.get_mut(at) {
            *slot = above;
        }
        at = above;
    }
    at
}

/// Places that lie close to each other as one.
pub(super) fn clusters(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut kept: Vec<f32> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| place - last > NEAR) {
            kept.push(place);
        }
    }
    kept
}

/// Strokes that go on with each other as one line.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| {
        a.level.cmp(&b.level).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to))
    });
    let mut lines: Vec<Rule> = Vec::new();
    for rule in sorted {
        let same = |line: &&mut Rule| {
            line.level == rule.level
                && (line.at - rule.at).abs() <= NEAR / 2.0
                && rule.from <= line.to + NEAR
                && rule.to >= line.from - NEAR
        };
        let near = lines.len().saturating_sub(64);
        match lines.get_mut(near..).and_then(|near| near.iter_mut().rev().find(same)) {
            Some(line) => {
                line.from = line.from.min(rule.from);
                line.to = line.to.max(rule.to);
            }
            None => lines.push(rule),
        }
    }
    lines
}

impl Lattice {
    pub fn top(&self) -> f32 {
        self.down.first().copied().unwrap_or_default()
    }

    pub fn bottom(&self) -> f32 {
        self.down.last().copied().unwrap_or_default()
    }

    /// The column of `columns` and the row in which a place lies.
    pub fn at(&self, columns: &[f32], (x, y): (f32, f32)) -> Option<(usize, usize)> {
        let place = |lines: &[f32], at: f32| {
            let after = lines.iter().position(|line| at < *line)?;
            after.checked_sub(1)
        };
        Some((place(&self.down, y)?, place(columns, x)?))
    }

    /// The cells between these upright lines; `false` where the lines leave something that is no box.
    pub fn regions(&self, columns: &[f32]) -> (Vec<Region>, bool) {
        let (width, height) = (columns.len().saturating_sub(1), self.down.len().saturating_sub(1));
        let between = |lines: &[f32], n: usize| Some((*lines.get(n)?, *lines.get(n + 1)?));
        let wall_right = |row: usize, column: usize| {
            columns.get(column + 1).zip(between(&self.down, row)).is_none_or(|(at, ends)| self.drawn(false, *at, ends))
        };
        let wall_below = |row: usize, column: usize| {
            self.down.get(row + 1).zip(between(columns, column)).is_none_or(|(at, ends)| self.drawn(true, *at, ends))
        };
        let mut taken = vec![false; width * height];
        let mut regions = Vec::new();
        let mut whole = true;
        for row in 0..height {
            for column in 0..width {
                if taken.get(row * width + column).copied().unwrap_or(true) {
                    continue;
                }
                let free = |row: usize, column: usize| taken.get(row * width + column) == Some(&false);
                let mut columns = 1;
                while column + columns < width && !wall_right(row, column + columns - 1) && free(row, column + columns)
                {
                    columns += 1;
                }
                let open = |row: usize| {
                    (column..column + columns).all(|column| !wall_below(row, column) && free(row + 1, column))
                };
                let mut rows = 1;
                while row + rows < height && open(row + rows - 1) {
                    rows += 1;
                }
                for row in row..row + rows {
                    for column in column..column + columns {
                        if let Some(place) = taken.get_mut(row * width + column) {
                            *place = true;
                        }
                    }
                    // A box has walls on its right side all the way down, and none inside.
                    whole &= column + columns >= width || wall_right(row, column + columns - 1);
                    whole &= (column..column + columns - 1).all(|column| !wall_right(row, column));
                }
                let last = row + rows - 1;
                whole &= row + rows >= height || (column..column + columns).all(|column| wall_below(last, column));
                regions.push(Region { row, column, rows, columns });
            }
        }
        (regions, whole)
    }

    /// Whether a line is drawn here over most of the way.
    fn drawn(&self, level: bool, at: f32, (from, to): (f32, f32)) -> bool {
        let first = self.rules.partition_point(|rule| (rule.level, rule.at) < (level, at - NEAR));
        let lines = self.rules.iter().skip(first).take_while(|rule| rule.level == level && rule.at <= at + NEAR);
        let covered: f32 = lines.map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0)).sum();
        covered >= (to - from) * 0.5
    }
}
