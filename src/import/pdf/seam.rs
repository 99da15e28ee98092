//! [`join`]: the cells at the end of one page and those at the head of the next, put together where they are one.

use super::Piece;

/// Joins what a page end cut: merged cells go on, and a row torn in two is one again. Says how many cells were joined.
pub(super) fn join(rows: &mut [Vec<Piece>], next: &mut Vec<Vec<Piece>>) -> usize {
    if let Some(joined) = torn(rows, next) {
        return joined;
    }
    let Some(first) = next.first_mut() else { return 0 };
    let mut joined = 0;
    first.retain(|piece| {
        let Some(above) = last(rows, piece) else { return true };
        if above.rows <= 1 && piece.rows <= 1 {
            return true;
        }
        let (head, tail) = (above.filled.text.is_empty(), piece.filled.text.is_empty());
        let goes_on = match (head, tail) {
            (false, false) => above.filled.goes_on_in(&piece.filled),
            // The words of a merged cell stand in its middle, which may be on the other page.
            (true, false) => above.rows > 1 && piece.rows > 1 || piece.filled.centred_with(&above.filled),
            (_, true) => !head,
        };
        if goes_on {
            above.rows += piece.rows;
            append(above, piece);
            joined += 1;
        }
        !goes_on
    });
    joined
}

/// A row of which only some cells go on: none begins anew, and the others have ended on the page before.
fn torn(rows: &mut [Vec<Piece>], next: &mut Vec<Vec<Piece>>) -> Option<usize> {
    let first = next.first()?;
    let (mut ended, mut on, mut full) = (0, 0, 0);
    for piece in first {
        let above = last(rows, piece)?;
        match (above.filled.text.is_empty(), piece.filled.text.is_empty()) {
            (false, true) => ended += usize::from(above.rows <= 1 && piece.rows <= 1),
            (true, true) => {}
            (false, false) if above.filled.reaches(&piece.filled) => {
                on += 1;
                full += usize::from(above.filled.goes_on_in(&piece.filled));
            }
            (_, false) => return None,
        }
    }
    // A paragraph may end with the page, but not in every cell that goes on.
    if ended == 0 || full == 0 {
        return None;
    }
    let first = next.remove(0);
    for piece in &first {
        if let Some(above) = last(rows, piece) {
            above.rows += piece.rows - 1;
            append(above, piece);
        }
    }
    Some(on)
}

fn append(above: &mut Piece, piece: &Piece) {
    if above.filled.text.is_empty() {
        above.filled = piece.filled.clone();
    } else if !piece.filled.text.is_empty() {
        above.filled.join(&piece.filled);
    }
}

/// The cell in the same columns that reaches the end of the page before.
fn last<'p>(rows: &'p mut [Vec<Piece>], piece: &Piece) -> Option<&'p mut Piece> {
    let height = rows.len();
    rows.iter_mut()
        .enumerate()
        .rev()
        .flat_map(|(row, pieces)| pieces.iter_mut().map(move |above| (row, above)))
        .find_map(|(row, above)| {
            let ends = row + above.rows == height && above.column == piece.column && above.columns == piece.columns;
            ends.then_some(above)
        })
}
