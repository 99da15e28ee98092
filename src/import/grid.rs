//! [`GridBuilder`]: cells with spans, in any order of rows, laid out as a [`Table`] in which every place has its cell.

use super::document::{Cell, Origin, Row, Table, cell_name};
use super::{ImportError, limits};

/// Lays out rows of cells that name how far they reach (`colspan`/`rowspan`, merged regions).
#[derive(Debug, Default)]
pub(super) struct GridBuilder {
    rows: Vec<Row>,
    /// Rows still covered from above in each column, with the columns of the region from here.
    open: Vec<u32>,
    cells: u64,
    sheet: Option<String>,
}

/// One cell as its format gives it.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub text: String,
    pub rows: u32,
    pub columns: u32,
}

impl GridBuilder {
    pub fn new(sheet: Option<String>) -> Self {
        GridBuilder { sheet, ..GridBuilder::default() }
    }

    /// Adds the next row; `number` is its number in the file, from 1.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] above the limits on rows, columns and cells.
    pub fn row(&mut self, number: u32, sources: impl IntoIterator<Item = Source>) -> Result<(), ImportError> {
        let mut row = Row { origin: self.origin(0, number), ..Row::default() };
        row.origin.cell = Some(cell_name(0, number));
        for source in sources {
            self.covered(&mut row, number)?;
            let column = row.cells.len();
            let columns = source.columns.clamp(1, limits::COLUMNS as u32);
            let rows = source.rows.clamp(1, limits::ROWS as u32);
            limits::within("一行的列数", column as u64 + u64::from(columns), limits::COLUMNS)?;
            let last = column + columns as usize;
            if self.open.len() < last {
                self.open.resize(last, 0);
            }
            for open in self.open.iter_mut().take(last).skip(column) {
                // A region that was to reach further down ends where another cell stands on it.
                *open = open.saturating_sub(1).max(rows - 1);
            }
            row.cells.push(Cell {
                text: source.text,
                origin: self.origin(column as u32, number),
                rows,
                columns,
                covered: false,
            });
            for beside in column + 1..last {
                row.cells.push(self.cover(beside, number));
            }
            self.cells += u64::from(columns);
            limits::within("单元格数", self.cells, limits::CELLS)?;
        }
        self.covered(&mut row, number)?;
        limits::within("行数", self.rows.len() as u64 + 1, limits::ROWS)?;
        self.rows.push(row);
        Ok(())
    }

    /// Covered places from here on, until one that is free.
    fn covered(&mut self, row: &mut Row, number: u32) -> Result<(), ImportError> {
        while let Some(open) = self.open.get_mut(row.cells.len()).filter(|open| **open > 0) {
            *open -= 1;
            self.cells += 1;
            let cell = self.cover(row.cells.len(), number);
            row.cells.push(cell);
        }
        limits::within("单元格数", self.cells, limits::CELLS)
    }

    fn cover(&self, column: usize, number: u32) -> Cell {
        Cell { origin: self.origin(column as u32, number), rows: 1, columns: 1, covered: true, text: String::new() }
    }

    fn origin(&self, column: u32, number: u32) -> Origin {
        Origin { line: None, sheet: self.sheet.clone(), cell: Some(cell_name(column, number)) }
    }

    /// The table, with the rows' ends filled; `None` when there is no word in it.
    pub fn finish(mut self, name: Option<String>) -> Option<Table> {
        let any = self.rows.iter().flat_map(|row| &row.cells).any(|cell| !cell.text.is_empty());
        let origin = self.rows.first().map(|row| row.origin.clone()).unwrap_or_default();
        any.then(|| Table { rows: std::mem::take(&mut self.rows), name, origin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, rows: u32, columns: u32) -> Source {
        Source { text: text.into(), rows, columns }
    }

    #[test]
    fn spans_cover_the_places_they_reach() {
        let mut grid = GridBuilder::new(None);
        grid.row(1, [cell("a", 2, 1), cell("b", 1, 2), cell("c", 1, 1)]).unwrap();
        grid.row(2, [cell("d", 1, 1), cell("e", 1, 1), cell("f", 1, 1)]).unwrap();
        grid.row(3, [cell("g", 1, 1)]).unwrap();
        let table = grid.finish(None).unwrap();
        let seen: Vec<String> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|c| if c.covered { "-" } else { c.text.as_str() }).collect())
            .collect();
        assert_eq!(seen, ["ab-c", "-def", "g"]);
        assert!(GridBuilder::new(None).row(1, [cell("a", 1, 9999)]).is_ok());
        let wide = (0..600).map(|_| cell("a", 1, 1));
        assert!(GridBuilder::new(None).row(1, wide).is_err());
    }
}
