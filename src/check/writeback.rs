//! [`cell_words`]: repairs of an item's fields as new words of the file's own cells, for `import::rewrite`.

use super::{CellRepair, Repair};
use crate::import::{Block, Document, Origin};
use crate::text::Span;
use std::collections::BTreeMap;

/// New words by cell, and the repairs that cannot be put into a cell of the file for certain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellWords {
    pub cells: Vec<(Origin, String)>,
    /// Positions in `Repair::cells`.
    pub unplaced: Vec<usize>,
}

/// A field may have been joined from several cells, so each edit is put into the cell whose words it changes.
pub fn cell_words(repair: &Repair, document: &Document) -> CellWords {
    let mut words = CellWords::default();
    // Several fields may lie in one cell; edits of a cell are gathered before its new words are made.
    let mut edits: BTreeMap<usize, Vec<(Span, &str)>> = BTreeMap::new();
    let cells = texts(document);
    for (at, cell) in repair.cells.iter().enumerate() {
        match place(cell, &cells) {
            Some(placed) => placed.into_iter().for_each(|(own, span, text)| {
                let own = edits.entry(own).or_default();
                if !own.contains(&(span, text)) {
                    own.push((span, text));
                }
            }),
            None => words.unplaced.push(at),
        }
    }
    for (at, mut edits) in edits {
        let (origin, text) = cells[at];
        edits.sort_unstable();
        let mut new = String::with_capacity(text.len());
        let mut end = 0;
        for (span, insert) in edits {
            new.push_str(Span::new(end, span.start).of(text));
            new.push_str(insert);
            end = span.end;
        }
        new.push_str(Span::new(end, text.len()).of(text));
        words.cells.push((origin.clone(), new));
    }
    words
}

fn texts(document: &Document) -> Vec<(&Origin, &str)> {
    let rows = document.blocks.iter().flat_map(|block| match block {
        Block::Table(table) => table.rows.as_slice(),
        Block::Paragraph(_) => &[],
    });
    rows.flat_map(|row| &row.cells).map(|cell| (&cell.origin, cell.text.as_str())).collect()
}

/// Each edit of a field as cell, span there and words. The new words of an edit that runs over from one cell into the
/// next go into the first; what it changes in the others goes out there. `None` where a cell cannot be found.
fn place<'r>(repair: &'r CellRepair, cells: &[(&Origin, &str)]) -> Option<Vec<(usize, Span, &'r str)>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for origin in std::iter::once(&repair.origin).chain(&repair.continued) {
        let at = cells.iter().position(|(own, _)| *own == origin)?;
        let text = cells[at].1;
        let inner = text.trim();
        let start = from + repair.before.get(from..)?.find(inner)?;
        from = start + inner.len();
        pieces.push((at, Span::new(start, from), text.len() - text.trim_start().len()));
    }
    let mut placed = Vec::new();
    for edit in &repair.edits {
        let touched: Vec<_> = match pieces.iter().find(|(_, piece, _)| piece.contains(edit.span)) {
            Some(whole) => vec![whole],
            None => pieces
                .iter()
                .filter(|(_, piece, _)| piece.start < edit.span.end && edit.span.start < piece.end)
                .collect(),
        };
        if touched.is_empty() {
            return None;
        }
        for (n, (at, piece, lead)) in touched.into_iter().enumerate() {
            let (start, end) = (edit.span.start.max(piece.start), edit.span.end.min(piece.end));
            let own = Span::new(start - piece.start + lead, end - piece.start + lead);
            placed.push((*at, own, if n == 0 { edit.text.as_str() } else { "" }));
        }
    }
    Some(placed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Field;
    use crate::check::Edit;
    use crate::import::{Cell, Row, Table};

    fn document(cells: &[(u32, &str)]) -> Document {
        let cells = cells.iter().map(|(line, text)| Cell::new(*text, Origin::line(*line))).collect();
        let table = Table { rows: vec![Row { cells, ..Default::default() }], ..Default::default() };
        Document { blocks: vec![Block::Table(table)], ..Default::default() }
    }

    fn repair(before: &str, edits: &[(&str, &str)], lines: &[u32]) -> Repair {
        let edit = |(from, to): &(&str, &str)| {
            let start = before.find(from).unwrap();
            Edit { column: Field::Clause, span: Span::new(start, start + from.len()), text: to.to_string() }
        };
        let mut origins = lines.iter().map(|line| Origin::line(*line));
        let cell = CellRepair {
            item: 1,
            column: Field::Clause,
            origin: origins.next().unwrap(),
            continued: origins.collect(),
            before: before.into(),
            after: String::new(),
            edits: edits.iter().map(edit).collect(),
        };
        Repair { cells: vec![cell], ..Default::default() }
    }

    #[test]
    fn an_edit_goes_into_the_cell_whose_words_it_changes() {
        let document = document(&[(3, " 第二十条第七款："), (4, "财政预算、结算信息")]);
        let repair =
            repair("第二十条第七款：财政预算、结算信息", &[("第七款", "第（七）项"), ("结算", "决算")], &[3, 4]);
        assert_eq!(
            cell_words(&repair, &document).cells,
            [(Origin::line(3), " 第二十条第（七）项：".into()), (Origin::line(4), "财政预算、决算信息".into())]
        );
    }

    #[test]
    fn an_edit_across_cells_puts_its_words_into_the_first() {
        let document = document(&[(3, "第二十条第七"), (4, "款：财政预算")]);
        let repair = repair("第二十条第七款：财政预算", &[("第七款", "第（七）项")], &[3, 4]);
        assert_eq!(
            cell_words(&repair, &document).cells,
            [(Origin::line(3), "第二十条第（七）项".into()), (Origin::line(4), "：财政预算".into())]
        );
    }

    #[test]
    fn a_cell_that_is_not_in_the_file_is_not_guessed() {
        let document = document(&[(3, "第二十条第七款")]);
        let repair = repair("第二十条第七款", &[("第七款", "第（七）项")], &[9]);
        assert_eq!(cell_words(&repair, &document), CellWords { cells: Vec::new(), unplaced: vec![0] });
    }
}
