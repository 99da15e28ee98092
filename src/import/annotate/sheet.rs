//! [`mark`]: the cells of one sheet given their fill, and the sheet its comments.

use super::super::document::{cell_name, cell_place};
use super::super::rewrite::spliced;
use super::super::xml::{self, Element};
use super::styles::Styles;
use super::{Mark, Parts, RELATIONS, comments, prefix, with_attribute};
use crate::text::Span;
use std::collections::BTreeMap;

/// What stands after `legacyDrawing` in a sheet.
const AFTER: [&str; 8] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

pub(super) fn mark(
    parts: &mut Parts,
    path: &str,
    cells: &BTreeMap<(u32, u32), Mark>,
    styles: &mut Styles,
) -> Option<()> {
    let text = parts.text(path)?;
    let root = xml::parse(&text, "xlsx").ok()?;
    let sheet = root.child("worksheet")?;
    let own = prefix(sheet, &text);
    let mut rows: BTreeMap<u32, &Element> = BTreeMap::new();
    for row in sheet.child("sheetData")?.elements() {
        // Rows and cells that do not say where they stand cannot be found for certain.
        rows.insert(row.number("r")?.checked_sub(1)?, row);
    }
    let mut splices = Vec::new();
    for ((row, column), mark) in cells {
        let Some(row_element) = rows.get(row) else { continue };
        let mut placed: Vec<(u32, &Element)> = Vec::new();
        for cell in row_element.elements() {
            placed.push((cell_place(cell.attribute("r")?)?.0, cell));
        }
        if let Some((_, cell)) = placed.iter().find(|(at, _)| at == column) {
            let style = cell.number("s").unwrap_or(0) as usize;
            let style = styles.marked(style, &mark.fill)?;
            splices.push(with_attribute(cell, &text, "s", &style.to_string())?);
        } else if row_element.inner.end < row_element.span.end {
            let style = styles.marked(row_element.number("s").unwrap_or(0) as usize, &mark.fill)?;
            let next = placed.iter().find(|(at, _)| at > column).map(|(_, cell)| cell.span.start);
            let at = next.unwrap_or(row_element.inner.end);
            let cell = format!("<{own}c r=\"{}\" s=\"{style}\"/>", cell_name(*column, row + 1));
            splices.push((Span::new(at, at), cell));
        }
    }
    let legacy = sheet.child("legacyDrawing").and_then(|drawing| drawing.attribute("id"));
    if let Some(drawing) = comments::add(parts, path, legacy, cells)? {
        let at = sheet.elements().find(|element| AFTER.contains(&element.name.as_str()));
        let at = at.map_or(sheet.inner.end, |element| element.span.start);
        let element = format!("<{own}legacyDrawing xmlns:rel=\"{RELATIONS}\" rel:id=\"{drawing}\"/>");
        splices.push((Span::new(at, at), element));
    }
    parts.put(path, spliced(&text, splices)?);
    Some(())
}
