//! Rows in their columns → [`Item`]s: levels carried down, shared cells shared, marks read, duplicates told.

use super::align::Placed;
use super::columns::{self, Layout};
use super::evidence;
use super::grid::Cover;
use super::read::Line;
use super::{Catalog, Field, FieldCell, Item, words};
use crate::import::Origin;
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn build(catalog: &mut Catalog, lines: Vec<Line>, layout: &Layout) {
    let mut paths: Vec<usize> = columns_of(layout, Field::Path);
    let depth = |n: &usize| layout.columns.get(*n).and_then(|column| words::depth(&column.header));
    if paths.iter().all(|n| depth(n).is_some()) {
        paths.sort_by_key(depth);
    } else {
        outermost_first(&mut paths, &lines, layout);
    }
    let mut levels: Vec<String> = vec![String::new(); paths.len()];
    let mut part: Option<String> = None;
    let mut moved = Vec::new();
    let mut shared = 0usize;
    let mut vague = 0usize;
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let mut row = match line {
            Line::Part(words) => {
                part = Some(words);
                levels.iter_mut().for_each(String::clear);
                continue;
            }
            Line::Row(row) => row,
        };
        let carried = carry_levels(&mut levels, &row, &paths);
        if opens_group(&row, lines.peek(), layout, &paths) {
            catalog.notes.push(format!("“{}”一行只有事项名称，作为其下各行的上级", levels.join("")));
            continue;
        }
        let carried = match catalog.items.last() {
            Some(before) if carried => share_basis(&mut row, before, layout),
            _ => false,
        };
        shared += usize::from(carried);
        let mut item = item(&row, layout);
        item.carried = carried;
        item.row = catalog.items.len() as u32 + 1;
        item.path = part.iter().chain(&levels).filter(|level| !level.is_empty()).cloned().collect();
        if row.moved {
            moved.push(item.row);
        }
        vague += usize::from(row.vague);
        catalog.items.push(item);
    }
    share_columns(catalog, layout);
    if !moved.is_empty() && !layout.compacted {
        catalog.notes.push(format!("{} 个事项的单元格错位，已按内容归列：第 {} 项", moved.len(), numbers(&moved)));
    }
    if vague > 0 {
        catalog.notes.push(format!("{vague} 个事项的勾选列丢了空格，只知道勾在哪一组，不知道勾的是哪一列"));
    }
    if shared > 0 {
        catalog.notes.push(format!("{shared} 个事项没有自己的公开依据，按合并单元格沿用上一行的"));
    }
    if !paths.is_empty() && catalog.items.iter().all(|item| item.path.is_empty()) {
        catalog.notes.push("表头有事项级别，各行却没有内容：事项级别在文件中已丢失".into());
    }
    if !layout.columns.iter().any(|column| column.field == Field::Basis) {
        catalog.notes.push("没有公开依据一列".into());
    }
    duplicates(catalog);
}

/// Puts a column of categories before the column of names at its left, where each name has one category.
fn outermost_first(paths: &mut [usize], lines: &[Line], layout: &Layout) {
    let [name, category] = paths else { return };
    let kind = |n: usize| layout.columns.get(n).is_some_and(|column| words::is_category(&column.header));
    if !kind(*category) || kind(*name) {
        return;
    }
    let rows = || lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(row) } else { None });
    let mut of: BTreeMap<&str, &str> = BTreeMap::new();
    let one_each = rows().all(|row| {
        let (name, category) = (row.text(*name), row.text(*category));
        !name.is_empty() && !category.is_empty() && *of.entry(name).or_insert(category) == category
    });
    let categories: BTreeSet<&str> = of.values().copied().collect();
    if one_each && categories.len() < of.len() {
        std::mem::swap(name, category);
    }
}

fn columns_of(layout: &Layout, field: Field) -> Vec<usize> {
    (0..layout.columns.len()).filter(|&n| layout.columns.get(n).is_some_and(|c| c.field == field)).collect()
}

fn numbers(rows: &[u32]) -> String {
    let mut text = rows.iter().take(12).map(u32::to_string).collect::<Vec<_>>().join("、");
    if rows.len() > 12 {
        text.push_str(" 等");
    }
    text
}

/// Updates the levels with a row's own; true when the outermost level was carried down from above.
fn carry_levels(levels: &mut [String], row: &Placed, paths: &[usize]) -> bool {
    let mut fresh = false;
    for (level, &column) in levels.iter_mut().zip(paths) {
        let text = row.text(column);
        if !text.is_empty() {
            let repeated = row.cells.get(column).is_some_and(|cell| cell.cover == Cover::Above);
            fresh |= !repeated;
            *level = if evidence::is_placeholder(text) { String::new() } else { one_line(text) };
        } else if fresh || row.merged && row.cells.get(column).is_some_and(|cell| cell.cover == Cover::Left) {
            level.clear();
        }
    }
    paths.first().is_some_and(|&first| row.text(first).is_empty())
}

fn one_line(text: &str) -> String {
    text.lines().collect()
}

/// A row with levels only, whose following row goes on under it.
fn opens_group(row: &Placed, next: Option<&Line>, layout: &Layout, paths: &[usize]) -> bool {
    let only_levels = (0..layout.columns.len()).all(|n| row.text(n).is_empty() || paths.contains(&n));
    let Some(Line::Row(next)) = next else { return false };
    let deepest = paths.iter().rposition(|&n| row.own(n));
    only_levels
        && deepest.is_some_and(|deepest| {
            let upper = paths.get(..=deepest).unwrap_or_default().iter().all(|&n| next.text(n).is_empty());
            let below = paths.get(deepest + 1..).unwrap_or_default().iter().any(|&n| next.own(n));
            upper && (below || deepest + 1 == paths.len())
        })
}

/// In files that do not say which cells are merged: a row of the same group without basis and clause of its own
/// shares those of the row above, and its effect level where that is empty too.
fn share_basis(row: &mut Placed, before: &Item, layout: &Layout) -> bool {
    let law: Vec<usize> = [Field::Basis, Field::Clause].iter().flat_map(|field| columns_of(layout, *field)).collect();
    let filled = (0..layout.columns.len()).filter(|&n| row.own(n)).count();
    if row.merged || filled < 2 || law.is_empty() || law.iter().any(|&n| !row.text(n).is_empty()) {
        return false;
    }
    let levels = columns_of(layout, Field::EffectLevel).into_iter().filter(|&n| row.text(n).is_empty());
    let columns: Vec<usize> = law.iter().copied().chain(levels).collect();
    let mut any = false;
    for column in columns {
        let field = layout.columns.get(column).map(|column| column.field);
        if let (Some(shared), Some(cell)) = (field.and_then(|f| before.fields.get(&f)), row.cells.get_mut(column)) {
            cell.text.clone_from(&shared.text);
            cell.origin = shared.origin.clone();
            cell.cover = Cover::Above;
            if let Some(continued) = row.continued.get_mut(column) {
                continued.clone_from(&shared.continued);
            }
            any = true;
        }
    }
    any
}

fn item(row: &Placed, layout: &Layout) -> Item {
    let mut item = Item { origin: row.origin.clone(), ..Item::default() };
    for (number, column) in layout.columns.iter().enumerate() {
        let Some(cell) = row.cells.get(number).filter(|cell| !cell.text.is_empty()) else { continue };
        let marks = layout.ticks.get(number).copied().unwrap_or(false);
        let draft = layout.drafts.get(number);
        if marks && (evidence::is_unticked(&cell.text) || evidence::is_placeholder(&cell.text)) {
            continue;
        }
        let text = match draft.filter(|_| marks && !row.vague) {
            Some(draft) => columns::mark_value(draft, &cell.text),
            None => cell.text.clone(),
        };
        match column.field {
            Field::Path => {}
            Field::Other => {
                let grouped = draft.filter(|draft| marks && !draft.group.is_empty());
                let name = match grouped {
                    Some(draft) => draft.group.clone(),
                    None if column.header.is_empty() => format!("第{}列", number + 1),
                    None => column.header.clone(),
                };
                append(item.other.entry(name).or_default(), &text);
            }
            field => {
                let continued = row.continued.get(number).cloned().unwrap_or_default();
                match item.fields.get_mut(&field) {
                    Some(own) if matches!(field, Field::Basis | Field::Clause) => {
                        join(own, text, &cell.origin, continued)
                    }
                    Some(own) => {
                        append(&mut own.text, &text);
                        own.continued.push(cell.origin.clone());
                    }
                    None => {
                        item.fields.insert(field, FieldCell { text, origin: cell.origin.clone(), continued });
                    }
                }
            }
        }
    }
    item
}

/// Two columns of law: 第二十条第（七）项 in one, its words in the next. Lines that stand beside each other go together.
fn join(own: &mut FieldCell, text: String, origin: &Origin, continued: Vec<Origin>) {
    if own.text == text {
        return;
    }
    let (first, second): (Vec<&str>, Vec<&str>) = (own.text.lines().collect(), text.lines().collect());
    own.text = match first.len() == second.len() {
        true => first.iter().zip(&second).map(|(one, other)| format!("{one}\n{other}")).collect::<Vec<_>>().join("\n"),
        false => format!("{}\n{text}", own.text),
    };
    own.continued.push(origin.clone());
    own.continued.extend(continued);
}

/// Columns of one group beside each other: their values as a list.
fn append(own: &mut String, text: &str) {
    if own.is_empty() {
        own.push_str(text);
    } else if own != text {
        own.push('、');
        own.push_str(text);
    }
}

/// In files that do not say which cells are merged: a column whose only words stand in the first row holds for all.
fn share_columns(catalog: &mut Catalog, layout: &Layout) {
    if catalog.items.len() < 3 {
        return;
    }
    for column in &layout.columns {
        let field = column.field;
        if matches!(field, Field::Path | Field::Content | Field::Other | Field::Basis | Field::Clause) {
            continue;
        }
        let filled = catalog.items.iter().filter(|item| item.fields.contains_key(&field)).count();
        let Some(first) = catalog.items.first().and_then(|item| item.fields.get(&field)).cloned() else { continue };
        if filled == 1 {
            for item in &mut catalog.items {
                item.fields.entry(field).or_insert_with(|| first.clone());
            }
            catalog.notes.push(format!("“{}”一列只有第一行有内容，按合并单元格用于所有事项", column.header));
        }
    }
}

fn duplicates(catalog: &mut Catalog) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut told: BTreeSet<u32> = BTreeSet::new();
    let mut notes = Vec::new();
    for item in &catalog.items {
        let name = item.path.last().map(String::as_str).unwrap_or_default();
        let key = fold::fold(&format!("{name}|{}", item.text(Field::Content))).text;
        if key.chars().count() < 6 {
            continue;
        }
        match seen.get(&key) {
            Some(first) if told.insert(item.row) => {
                notes.push(format!("第 {} 项与第 {first} 项的事项和公开内容相同", item.row));
            }
            Some(_) => {}
            None => {
                seen.insert(key, item.row);
            }
        }
    }
    catalog.notes.extend(notes);
}
