//! [`Layout`]: the columns of a table, named from their headers and from what their cells hold.

use super::evidence::{self, Evidence, TELLING};
use super::file::CatalogFile;
use super::grid::{Cover, GridRow};
use super::{Column, Field, words};
use crate::text::fold;

/// One column while the table is being understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub group: String,
    pub name: String,
    /// A person has fixed its meaning.
    pub fixed: Option<Field>,
}

/// The columns as understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub columns: Vec<Column>,
    pub drafts: Vec<Draft>,
    /// Columns of marks: the value is the column's own name.
    pub ticks: Vec<bool>,
    /// Header cells spanned several columns that the file does not show: the header's places are not the rows' places.
    pub compacted: bool,
    /// Columns that count the items.
    pub numbers: Vec<bool>,
    /// The levels are named in the header and empty in nearly all rows: what stands there slipped in from the right.
    pub levels_lost: bool,
}

/// Columns as the header rows name them, `width` of them at least.
pub(super) fn drafts(header: &[GridRow], width: usize) -> (Vec<Draft>, bool) {
    let Some(first) = header.first() else {
        return (vec![Draft::default(); width], false);
    };
    if header.len() > 1
        && !header.iter().any(|row| row.cells.iter().any(|cell| cell.cover != Cover::Own || cell.columns > 1))
        && let Some(drafts) = compacted(first, header.get(1..).unwrap_or_default())
    {
        return (drafts, true);
    }
    let width = header.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(width);
    let mut drafts: Vec<Draft> = vec![Draft::default(); width];
    for (number, row) in header.iter().enumerate() {
        let below_all = header.get(number + 1..).unwrap_or_default();
        let mut left = String::new();
        for (column, draft) in drafts.iter_mut().enumerate() {
            let cell = row.cells.get(column);
            let text = cell.map(|cell| cell.text.as_str()).unwrap_or_default();
            let below = below_all.iter().any(|row| row.cells.get(column).is_some_and(|cell| cell.own()));
            let own = match cell.map(|cell| cell.cover) {
                Some(Cover::Left) => left.clone(),
                _ if text.is_empty() && below => left.clone(),
                _ => {
                    left = text.to_string();
                    text.to_string()
                }
            };
            let own = own.split_whitespace().collect::<String>();
            if own.is_empty() || own == draft.name || own == draft.group {
                continue;
            }
            // Of several names above, the one that says what the column holds is its group.
            let above = std::mem::replace(&mut draft.name, own);
            if !above.is_empty() && (draft.group.is_empty() || !words::header(&above).is_empty()) {
                draft.group = above;
            }
        }
    }
    let used = drafts.iter().rposition(|draft| !draft.name.is_empty()).map_or(0, |last| last + 1);
    drafts.truncate(used.max(width.min(used + 8)));
    (drafts, false)
}

/// A header whose group cells were published as one cell each, while the second row names their columns from the left.
fn compacted(first: &GridRow, below: &[GridRow]) -> Option<Vec<Draft>> {
    let mut runs: Vec<(Field, usize, Vec<&str>)> = Vec::new();
    for row in below {
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.own()) {
            // An unknown name stands with the one before it.
            let before = runs.last().map(|(field, ..)| *field);
            let class = words::sub_header(&cell.text).or(before)?;
            match runs.last_mut() {
                Some((field, start, names)) if *field == class && *start + names.len() == column => {
                    names.push(&cell.text);
                }
                _ => runs.push((class, column, vec![&cell.text])),
            }
        }
    }
    // Published as it should be: each run stands under its group, the places beside the group being empty.
    let conflict = runs.iter().any(|(class, start, names)| {
        (*start..start + names.len()).any(|column| {
            let above = first.cells.get(column).map(|cell| cell.text.as_str()).unwrap_or_default();
            !above.is_empty() && !words::is_group_of(above, *class)
        })
    });
    if !conflict {
        return None;
    }
    // Each run goes under the cell that names its group most plainly.
    let mut under: Vec<Option<usize>> = vec![None; first.cells.len()];
    for (number, (class, ..)) in runs.iter().enumerate() {
        let scored = first.cells.iter().enumerate().filter(|(at, cell)| cell.own() && under.get(*at) == Some(&None));
        let best = scored
            .map(|(at, cell)| (words::group_score(&cell.text, *class), at))
            .filter(|(score, _)| *score > 0.0)
            .fold(
                None,
                |best: Option<(f32, usize)>, next| {
                    if best.is_some_and(|best| best.0 >= next.0) { best } else { Some(next) }
                },
            );
        if let Some(place) = best.and_then(|(_, at)| under.get_mut(at)) {
            *place = Some(number);
        }
    }
    let mut drafts = Vec::new();
    for (cell, run) in first.cells.iter().zip(&under).filter(|(cell, _)| cell.own()) {
        let group: String = cell.text.split_whitespace().collect();
        match run.and_then(|number| runs.get(number)) {
            Some((_, _, names)) => drafts.extend(names.iter().map(|name| Draft {
                group: group.clone(),
                name: name.split_whitespace().collect(),
                fixed: None,
            })),
            None => drafts.push(Draft { group: String::new(), name: group, fixed: None }),
        }
    }
    Some(drafts)
}

impl Draft {
    pub fn header(&self) -> String {
        match (self.group.is_empty(), self.name.is_empty()) {
            (true, _) => self.name.clone(),
            (false, true) => self.group.clone(),
            (false, false) => format!("{}/{}", self.group, self.name),
        }
    }

    /// Whether its cells are marks under a group: 公开对象/全社会.
    pub fn names_marks(&self) -> bool {
        !self.group.is_empty() && words::is_mark_name(&self.name)
    }

    /// Whether its header says plainly that it holds this field.
    fn names(&self, field: Field) -> bool {
        self.says().first().is_some_and(|(own, score)| *own == field && *score > 0.6)
    }

    /// What the header says, the column's own name before its group's.
    fn says(&self) -> Vec<(Field, f32)> {
        let own = words::header(&self.name);
        let group = words::header(&self.group);
        match words::sub_header(&self.name) {
            Some(_) if !group.is_empty() => group,
            _ if own.is_empty() => group,
            _ => own,
        }
    }
}

/// Decides what each column means. `cells` are the evidences of each column's cells, as far as they stand straight.
pub(super) fn layout(
    mut drafts: Vec<Draft>,
    cells: &[Vec<Evidence>],
    file: Option<&CatalogFile>,
    notes: &mut Vec<String>,
) -> Layout {
    for (number, draft) in drafts.iter_mut().enumerate() {
        draft.fixed = file.and_then(|file| file.field_of(&draft.header(), number));
    }
    for header in file.map(CatalogFile::headers).unwrap_or_default() {
        if drafts.iter().all(|draft| fold::fold(&draft.header()).text != header) {
            notes.push(format!("catalog.toml 里的列“{header}”在表头里没有，未用"));
        }
    }
    let said: Vec<Vec<(Field, f32)>> = drafts.iter().map(Draft::says).collect();
    let claimed = |field: Field, except: usize| {
        said.iter()
            .enumerate()
            .any(|(n, says)| n != except && says.first().is_some_and(|(f, s)| *f == field && *s > 0.6))
    };
    let mut columns = Vec::with_capacity(drafts.len());
    let mut ticks: Vec<bool> = Vec::with_capacity(drafts.len());
    for (number, draft) in drafts.iter().enumerate() {
        let held = Held::of(cells.get(number).map(Vec::as_slice).unwrap_or_default());
        let says = said.get(number).map(Vec::as_slice).unwrap_or_default();
        let header = draft.header();
        ticks.push(held.ticks);
        let (field, confidence) = match draft.fixed {
            Some(field) => (field, 1.0),
            None => decide(number, &header, says, &held, &claimed, notes),
        };
        columns.push(Column { header, field, confidence });
    }
    // A column beside columns of marks that nobody marked is one of them.
    let marked: Vec<&str> =
        drafts.iter().zip(&ticks).filter(|(_, tick)| **tick).map(|(d, _)| d.group.as_str()).collect();
    for (number, draft) in drafts.iter().enumerate() {
        let empty = cells.get(number).is_none_or(|cells| cells.iter().all(|cell| cell.empty));
        if empty
            && !draft.group.is_empty()
            && marked.contains(&draft.group.as_str())
            && let Some(tick) = ticks.get_mut(number)
        {
            *tick = true;
        }
    }
    untitled(&mut columns, cells, &drafts);
    once(&mut columns, &drafts, &ticks);
    let rows = cells.iter().map(Vec::len).max().unwrap_or(0);
    let levels =
        columns.iter().zip(cells).filter(|(column, _)| column.field == Field::Path).map(|(_, cells)| cells.len());
    let levels_lost = rows >= 5 && levels.max().is_some_and(|filled| filled * 10 <= rows);
    let numbers = columns.iter().map(|column| matches!(column.header.as_str(), "序号" | "编号" | "项目编号")).collect();
    Layout { columns, drafts, ticks, numbers, compacted: false, levels_lost }
}

/// What the cells of a column look like together.
struct Held {
    count: usize,
    ticks: bool,
    scores: Vec<(Field, f32)>,
}

impl Held {
    fn of(cells: &[Evidence]) -> Self {
        let filled: Vec<&Evidence> = cells.iter().filter(|cell| !cell.empty).collect();
        let count = filled.len();
        let ticks = count > 0 && filled.iter().filter(|cell| cell.tick).count() * 10 >= count * 8;
        let mean = |field| filled.iter().map(|cell| cell.score(field)).sum::<f32>() / count.max(1) as f32;
        Held { count, ticks, scores: TELLING.iter().map(|field| (*field, mean(*field))).collect() }
    }

    fn score(&self, field: Field) -> f32 {
        self.scores.iter().find(|(f, _)| *f == field).map_or(0.0, |(_, score)| *score)
    }

    fn best(&self) -> (Field, f32) {
        self.scores.iter().copied().fold((Field::Other, 0.0), |best, next| if next.1 > best.1 { next } else { best })
    }
}

fn decide(
    number: usize,
    header: &str,
    says: &[(Field, f32)],
    held: &Held,
    claimed: &impl Fn(Field, usize) -> bool,
    notes: &mut Vec<String>,
) -> (Field, f32) {
    let (best, strength) = held.best();
    // The header's own candidates first, weighed by the cells where it leaves a choice.
    let choice = says
        .iter()
        .map(|(field, score)| (*field, score + if says.len() > 1 { 0.9 * held.score(*field) } else { 0.0 }, *score))
        .fold(None, |best: Option<(Field, f32, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
    match choice {
        Some((field, _, score)) => {
            let agrees = if TELLING.contains(&field) { held.score(field) } else { 0.0 };
            let disagrees = held.count >= 3
                && !held.ticks
                && strength >= 0.75
                && agrees < 0.15
                && best != field
                // A column of levels, contents or remarks may hold anything; regulations are a basis all the same.
                && (TELLING.contains(&field) || matches!(best, Field::Basis | Field::Clause));
            if disagrees && !claimed(best, number) {
                notes.push(format!("第{}列表头为“{header}”，内容像{}，按{}读取", number + 1, best.name(), best.name()));
                return (best, 0.6);
            }
            if disagrees {
                notes.push(format!("第{}列表头为“{header}”，内容却像{}，仍按表头读取", number + 1, best.name()));
                return (field, 0.5);
            }
            if says.first().is_some_and(|(first, _)| *first != field) {
                let name = field.name();
                notes.push(format!("第{}列表头为“{header}”，内容像{name}，按{name}读取", number + 1));
            }
            let support = if TELLING.contains(&field) && held.count > 0 { 0.1 * held.score(field) } else { 0.05 };
            (field, (score * 0.9 + support).min(1.0))
        }
        None if held.count > 0 && strength >= 0.6 && !claimed(best, number) => {
            if !header.is_empty() {
                notes.push(format!("第{}列表头“{header}”不认识，按内容读作{}", number + 1, best.name()));
            }
            (best, strength * 0.7)
        }
        None => (Field::Other, if header.is_empty() { 0.2 } else { 0.5 }),
    }
}

/// Without any header the short columns at the left are levels and the wordy one after them is the content.
fn untitled(columns: &mut [Column], cells: &[Vec<Evidence>], drafts: &[Draft]) {
    if drafts.iter().any(|draft| !draft.header().is_empty()) {
        return;
    }
    let mean = |column: usize| {
        let filled: Vec<usize> =
            cells.get(column).into_iter().flatten().filter(|cell| !cell.empty).map(|cell| cell.length).collect();
        if filled.is_empty() { 0.0 } else { filled.iter().sum::<usize>() as f32 / filled.len() as f32 }
    };
    let free: Vec<usize> =
        (0..columns.len()).filter(|&n| columns.get(n).is_some_and(|c| c.field == Field::Other)).collect();
    let before = columns.iter().position(|column| TELLING.contains(&column.field)).unwrap_or(columns.len());
    let leading: Vec<usize> = free.iter().copied().filter(|&n| n < before && mean(n) > 2.0).collect();
    let Some(&content) = leading.last().or_else(|| free.iter().find(|&&n| mean(n) > 2.0)) else {
        return;
    };
    for &number in &leading {
        if let Some(column) = columns.get_mut(number) {
            column.field = if number == content { Field::Content } else { Field::Path };
            column.confidence = 0.4;
        }
    }
    if let Some(column) = columns.get_mut(content) {
        column.field = Field::Content;
    }
}

/// Keeps one column for each field but the levels; columns of one group and columns of marks stand together.
fn once(columns: &mut [Column], drafts: &[Draft], ticks: &[bool]) {
    for field in [Field::Content].into_iter().chain(TELLING) {
        let mut holders: Vec<usize> =
            (0..columns.len()).filter(|&n| columns.get(n).is_some_and(|c| c.field == field)).collect();
        holders.sort_by(|&a, &b| {
            let confidence = |n: usize| columns.get(n).map_or(0.0, |c| c.confidence);
            confidence(b).total_cmp(&confidence(a)).then(a.cmp(&b))
        });
        let Some(&first) = holders.first() else { continue };
        let group = |n: usize| drafts.get(n).map(|d| d.group.as_str()).filter(|g| !g.is_empty());
        for &other in holders.get(1..).unwrap_or_default() {
            let together = group(first).is_some() && group(first) == group(other);
            let marks = ticks.get(other).copied().unwrap_or(false) && ticks.get(first).copied().unwrap_or(false);
            // 依据条款 beside 条款内容, 法律依据 beside 政策依据: both are read, or what one says would go unchecked.
            let named = |n: usize| drafts.get(n).is_some_and(|draft| draft.names(field));
            let law = matches!(field, Field::Basis | Field::Clause) && named(first) && named(other);
            if !together
                && !marks
                && !law
                && let Some(column) = columns.get_mut(other)
            {
                column.field = Field::Other;
                column.confidence *= 0.8;
            }
        }
    }
}

/// Header words folded, for comparing a row with them.
pub(super) fn folded(draft: &Draft) -> [String; 2] {
    [fold::fold(&draft.name).text, fold::fold(&draft.group).text]
}

/// What a marked cell of a column of marks says: the column's own name.
pub(super) fn mark_value(draft: &Draft, text: &str) -> String {
    if evidence::is_tick(text) { draft.name.clone() } else { text.to_string() }
}
