//! [`add`]: a sheet's comments and the boxes that show them, beside those that are there already.

use super::super::document::cell_name;
use super::super::rewrite::spliced;
use super::super::xml;
use super::{MAIN, Mark, Parts, inside, prefix, words};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

const AUTHOR: &str = "依据";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const NAMES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// The kind of shape that a comment is, as the format's own description gives it.
const KIND: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
    o:connecttype=\"rect\"/></v:shapetype>";

/// The id of the drawing that the sheet has to name; `Some(None)` where it names one already.
///
/// `drawing` is the id of the one that it names.
pub(super) fn add(
    parts: &mut Parts,
    sheet: &str,
    drawing: Option<&str>,
    cells: &BTreeMap<(u32, u32), Mark>,
) -> Option<Option<String>> {
    let new = match parts.related(sheet, "comments") {
        Some(path) => further(parts, &path, cells)?,
        None => {
            let path = parts.free("xl/comments-yiju", ".xml");
            let list: String = cells.iter().map(|(place, mark)| comment("", *place, 0, mark)).collect();
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\"><authors>\
                 <author>{AUTHOR}</author></authors><commentList>{list}</commentList></comments>"
            );
            parts.put(&path, text);
            parts.relate(sheet, "comments", &path)?;
            parts.types.push((path, COMMENTS));
            cells.keys().copied().collect()
        }
    };
    let boxes = |first: usize| -> String {
        new.iter().enumerate().map(|(n, place)| shape(first + n, *place, cells.get(place))).collect()
    };
    if let Some(id) = drawing {
        let path = parts.target(sheet, id)?;
        let text = parts.text(&path)?;
        let at = text.rfind("</xml>")?;
        let kind = if text.contains("_x0000_t202") {
            String::new()
        } else {
            KIND.replacen("<v:shapetype", &format!("<v:shapetype {NAMES}"), 1)
        };
        // Numbers that no shape of the file bears.
        let first = (1..).map(|n| n * 10_000).find(|n| !text.contains(&format!("_x0000_s{n}")))?;
        parts.put(&path, spliced(&text, vec![(Span::new(at, at), kind + &boxes(first))])?);
        return Some(None);
    }
    let path = parts.free("xl/drawings/vmlDrawing-yiju", ".vml");
    let text = format!(
        "<xml {NAMES}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>{KIND}{}</xml>",
        boxes(1025)
    );
    parts.put(&path, text);
    let id = parts.relate(sheet, "vmlDrawing", &path)?;
    parts.types.push((path, DRAWING));
    Some(Some(id))
}

/// Adds to the comments of the workbook's own; a cell that has one keeps it, with ours below. Gives the new ones.
fn further(parts: &mut Parts, path: &str, cells: &BTreeMap<(u32, u32), Mark>) -> Option<BTreeSet<(u32, u32)>> {
    let text = parts.text(path)?;
    let root = xml::parse(&text, "xlsx").ok()?;
    let comments = root.child("comments")?;
    let (authors, list) = (comments.child("authors")?, comments.child("commentList")?);
    let own = prefix(comments, &text);
    let author = authors.elements().count();
    let mut splices = Vec::new();
    let (mut added, mut new) = (String::new(), BTreeSet::new());
    for (place, mark) in cells {
        let name = cell_name(place.1, place.0 + 1);
        match list.elements().find(|comment| comment.attribute("ref") == Some(&name)) {
            Some(comment) => {
                let own_text = comment.child("text").filter(|text| text.inner.end < text.span.end)?;
                let at = own_text.inner.end;
                let note = words(&format!("\n【{AUTHOR}】{}", mark.note));
                splices.push((
                    Span::new(at, at),
                    format!("<{own}r><{own}t xml:space=\"preserve\">{note}</{own}t></{own}r>"),
                ));
            }
            None => {
                added.push_str(&comment(own, *place, author, mark));
                new.insert(*place);
            }
        }
    }
    let text = spliced(&text, splices)?;
    let root = xml::parse(&text, "xlsx").ok()?;
    let text = inside(&text, root.child("comments")?.child("commentList")?, &added)?;
    let root = xml::parse(&text, "xlsx").ok()?;
    let text =
        inside(&text, root.child("comments")?.child("authors")?, &format!("<{own}author>{AUTHOR}</{own}author>"))?;
    parts.put(path, text);
    Some(new)
}

fn comment(own: &str, (row, column): (u32, u32), author: usize, mark: &Mark) -> String {
    let name = cell_name(column, row + 1);
    let note = words(&mark.note);
    format!(
        "<{own}comment ref=\"{name}\" authorId=\"{author}\"><{own}text><{own}r><{own}t xml:space=\"preserve\">{note}\
         </{own}t></{own}r></{own}text></{own}comment>"
    )
}

/// The box of a comment, beside its cell, shown when the cell is pointed at.
fn shape(number: usize, (row, column): (u32, u32), mark: Option<&Mark>) -> String {
    let characters = mark.map_or(0, |mark| mark.note.chars().count() + 20 * mark.note.lines().count());
    let rows = (characters / 20 + 2).clamp(4, 24) as u32;
    let (left, right, top, bottom) = (column + 1, column + 5, row.saturating_sub(1), row + rows);
    format!(
        "<v:shape {NAMES} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" \
         obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div \
         style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
         <x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False\
         </x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}
