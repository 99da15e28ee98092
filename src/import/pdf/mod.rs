//! Words and ruled lines of PDF pages → [`Document`]: tables as their lines draw them, put together over page ends.

mod lattice;
mod rules;
mod seam;
mod words;

use super::document::{Block, Document, Origin, Paragraph, Table};
use super::grid::{GridBuilder, Source};
use super::{ImportError, limits, markup};
use lattice::{Lattice, Region};
use std::collections::BTreeSet;
use words::{Filled, Word};

/// Edges of one table on two pages lie this close to each other (points).
const SAME_EDGE: f32 = 4.0;

/// Reads what pdftotext (`-bbox`) and pdftocairo (`-svg`) say of one file; `None` where no page has a ruled table.
///
/// # Errors
/// [`ImportError::Broken`] for boxes that cannot be read, [`ImportError::TooLarge`] above the limits.
pub(super) fn read(file: &str, boxes: &str, drawing: &str) -> Result<Option<Document>, ImportError> {
    let pages = words::pages(boxes)?;
    let rules = rules::pages(drawing).unwrap_or_default();
    let mut reader = Reader::default();
    for (number, words) in pages.iter().enumerate() {
        // A drawing of other pages than the words' says nothing about them.
        let rules = rules.get(number).filter(|_| rules.len() == pages.len());
        reader.page(words, lattice::tables(rules.map(Vec::as_slice).unwrap_or_default()))?;
    }
    reader.end()?;
    let any = reader.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let mut notes = vec!["由 PDF 取出文字，表格按页面上的框线还原，请对照原件".to_string()];
    if reader.unclear > 0 {
        notes.push(format!("{} 处表格的框线不全，单元格的边界可能不准", reader.unclear));
    }
    if reader.carried > 0 {
        notes.push(format!("{} 个单元格跨页，已按框线和换行接在一起", reader.carried));
    }
    if reader.crossing > 0 {
        notes.push(format!("{} 处文字跨过框线，归入哪一格可能不准", reader.crossing));
    }
    if reader.stray > 0 {
        notes.push(format!("{} 处文字在表格的空隙里，没有归入任何一格", reader.stray));
    }
    Ok(any.then(|| Document { file: file.to_string(), blocks: reader.blocks, notes }))
}

/// A cell before the pages are put together.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    column: usize,
    rows: usize,
    columns: usize,
    filled: Filled,
}

/// A table that may go on over the next page.
#[derive(Default)]
struct Open<'w> {
    parts: Vec<(Lattice, Vec<&'w Word>)>,
}

#[derive(Default)]
struct Reader<'w> {
    blocks: Vec<Block>,
    open: Open<'w>,
    /// Lines outside tables that were there before: what comes on every page is its frame.
    seen: BTreeSet<String>,
    rows: u32,
    unclear: usize,
    crossing: usize,
    stray: usize,
    carried: usize,
}

impl<'w> Reader<'w> {
    fn page(&mut self, words: &'w [Word], tables: Vec<Lattice>) -> Result<(), ImportError> {
        let inside = |table: &Lattice, word: &Word| {
            let (x, y) = word.middle();
            let across = table.across.first().zip(table.across.last());
            y > table.top() && y < table.bottom() && across.is_some_and(|(left, right)| x > *left && x < *right)
        };
        let mut rest: Vec<&Word> = words.iter().collect();
        for (number, table) in tables.into_iter().enumerate() {
            let (own, others): (Vec<&Word>, Vec<&Word>) = rest.into_iter().partition(|word| inside(&table, word));
            let (above, below) = others.into_iter().partition(|word| word.middle().1 < table.top());
            rest = below;
            let between = self.paragraphs(above);
            let goes_on = number == 0 && between.is_empty() && self.open.goes_on_in(&table);
            if !goes_on {
                self.end()?;
                self.blocks.extend(between);
            }
            self.open.parts.push((table, own));
        }
        let after = self.paragraphs(rest);
        if !after.is_empty() {
            self.end()?;
            self.blocks.extend(after);
        }
        Ok(())
    }

    /// Lines that are no page number and no line that every page repeats.
    fn paragraphs(&mut self, words: Vec<&Word>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for line in words::lines(words) {
            let text = markup::words(&words::line(&line));
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let frame = bare.chars().all(|c| c.is_ascii_digit() || "第页共/-—–－·.".contains(c));
            if !frame && self.seen.insert(bare) {
                blocks.push(Block::Paragraph(Paragraph { text, origin: Origin::default(), heading: None }));
            }
        }
        blocks
    }

    /// Puts the open table together.
    fn end(&mut self) -> Result<(), ImportError> {
        let parts = std::mem::take(&mut self.open).parts;
        let columns = lattice::clusters(parts.iter().flat_map(|(table, _)| table.across.iter().copied()).collect());
        limits::within("一行的列数", columns.len() as u64, limits::COLUMNS)?;
        let boxes: usize = parts.iter().map(|(table, _)| table.down.len() * columns.len()).sum();
        limits::within("单元格数", boxes as u64, limits::CELLS)?;
        let mut rows: Vec<Vec<Piece>> = Vec::new();
        let mut seams: Vec<usize> = Vec::new();
        for (table, words) in parts {
            let mut own = self.pieces(&table, words, &columns);
            let repeated = own.iter().zip(&rows).take_while(|(a, b)| repeats(a, b)).count();
            own.drain(..repeated);
            if let Some(seam) = rows.len().checked_sub(1) {
                self.carried += seam::join(&mut rows, &mut own);
                seams.push(seam);
            }
            rows.append(&mut own);
        }
        let mut grid = GridBuilder::new(None);
        for row in rows {
            self.rows += 1;
            let source = |piece: Piece| Source {
                text: markup::words(&piece.filled.text),
                rows: piece.rows as u32,
                columns: piece.columns as u32,
            };
            grid.row(self.rows, row.into_iter().map(source))?;
        }
        if let Some(mut table) = grid.finish(None) {
            for seam in seams {
                if let Some(row) = table.rows.get_mut(seam) {
                    row.page_end = true;
                }
            }
            self.blocks.push(Block::Table(Table { name: None, ..table }));
        }
        Ok(())
    }

    /// The cells of one page's table, row by row.
    fn pieces(&mut self, table: &Lattice, words: Vec<&'w Word>, columns: &[f32]) -> Vec<Vec<Piece>> {
        let (regions, whole) = table.regions(columns);
        self.unclear += usize::from(!whole);
        let mut held: Vec<Vec<&Word>> = vec![Vec::new(); regions.len()];
        for word in words {
            let place = table.at(columns, word.middle());
            let found = place.and_then(|(row, column)| regions.iter().position(|region| region.holds(row, column)));
            match found.and_then(|found| Some((held.get_mut(found)?, regions.get(found)?))) {
                Some((words, region)) => {
                    let (left, right) = region.sides(columns);
                    self.crossing += usize::from(word.left < left - rules::NEAR || word.right > right + rules::NEAR);
                    words.push(word);
                }
                None => self.stray += 1,
            }
        }
        let height = table.down.len().saturating_sub(1);
        let mut rows: Vec<Vec<Piece>> = vec![Vec::new(); height];
        for (region, words) in regions.iter().zip(held) {
            let filled = Filled::of(words, region.sides(columns), region.ends(&table.down));
            if let Some(row) = rows.get_mut(region.row) {
                row.push(Piece { column: region.column, rows: region.rows, columns: region.columns, filled });
            }
        }
        rows
    }
}

impl Region {
    fn holds(&self, row: usize, column: usize) -> bool {
        (self.row..self.row + self.rows).contains(&row) && (self.column..self.column + self.columns).contains(&column)
    }

    fn ends(&self, rows: &[f32]) -> (f32, f32) {
        let at = |n: usize| rows.get(n).copied().unwrap_or_default();
        (at(self.row), at(self.row + self.rows))
    }

    fn sides(&self, columns: &[f32]) -> (f32, f32) {
        let at = |n: usize| columns.get(n).copied().unwrap_or_default();
        (at(self.column), at(self.column + self.columns))
    }
}

impl Open<'_> {
    fn goes_on_in(&self, table: &Lattice) -> bool {
        let Some((last, _)) = self.parts.last() else { return false };
        let edges = |table: &Lattice| table.across.first().copied().zip(table.across.last().copied());
        edges(last).zip(edges(table)).is_some_and(|((left, right), (own_left, own_right))| {
            (left - own_left).abs() <= SAME_EDGE && (right - own_right).abs() <= SAME_EDGE
        })
    }
}

/// Whether two rows are the same words in the same boxes, as a header that every page repeats.
fn repeats(row: &[Piece], header: &[Piece]) -> bool {
    let shape = |piece: &Piece| (piece.column, piece.rows, piece.columns);
    row.len() > 1
        && row.len() == header.len()
        && row.iter().zip(header).all(|(a, b)| shape(a) == shape(b) && a.filled.text == b.filled.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 400 by 200 points: words at (left, top) with letters ten points wide and high.
    fn page(words: &[(f32, f32, &str)]) -> String {
        let word = |(left, top, text): &(f32, f32, &str)| {
            let right = left + text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum::<f32>();
            format!("<word xMin=\"{left}\" yMin=\"{top}\" xMax=\"{right}\" yMax=\"{}\">{text}</word>", top + 10.0)
        };
        format!("<page width=\"400\" height=\"200\">{}</page>", words.iter().map(word).collect::<String>())
    }

    fn boxes(pages: &[String]) -> String {
        format!("<!DOCTYPE html><html><head><title/></head><body><doc>{}</doc></body></html>", pages.concat())
    }

    /// Strokes as pdftocairo writes them, with the y axis of PDF.
    fn strokes(lines: &[(f32, f32, f32, f32)]) -> String {
        let line = |(x, y, to_x, to_y): &(f32, f32, f32, f32)| {
            format!(
                "<path style=\"fill:none;stroke-width:0.5;stroke:rgb(0%,0%,0%);\" d=\"M {x} {} L {to_x} {} \" \
                 transform=\"matrix(1,0,0,-1,0,200)\"/>",
                200.0 - y,
                200.0 - to_y
            )
        };
        format!("<page><g id=\"s\">{}</g></page>", lines.iter().map(line).collect::<String>())
    }

    fn drawing(pages: &[String]) -> String {
        let glyph =
            "<defs><g><symbol id=\"g\"><path style=\"stroke:none;\" d=\"M 0 0 L 90 0 Z \"/></symbol></g></defs>";
        format!("<svg width=\"400pt\">{glyph}<pageSet>{}</pageSet></svg>", pages.concat())
    }

    fn table(document: &Document) -> Vec<Vec<String>> {
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(&table.rows),
            Block::Paragraph(_) => None,
        });
        let shown = |cell: &super::super::Cell| if cell.covered { "-".to_string() } else { cell.text.clone() };
        tables.flatten().map(|row| row.cells.iter().map(shown).collect()).collect()
    }

    const FRAME: [(f32, f32, f32, f32); 6] = [
        (10.0, 20.0, 210.0, 20.0),
        (10.0, 40.0, 210.0, 40.0),
        (10.0, 100.0, 210.0, 100.0),
        (10.0, 20.0, 10.0, 100.0),
        (80.0, 20.0, 80.0, 100.0),
        (210.0, 20.0, 210.0, 100.0),
    ];

    #[test]
    fn merged_cells_and_wrapped_lines_are_whole() {
        let words = [
            (60.0, 2.0, "主动公开目录"),
            (12.0, 25.0, "事项"),
            (82.0, 25.0, "公开内容"),
            (12.0, 50.0, "机构"),
            (82.0, 42.0, "单位名称和地址；单位的电"),
            (82.0, 53.0, "话"),
            (82.0, 72.0, "领导姓名"),
            (82.0, 83.0, "领导分工"),
            (150.0, 185.0, "第 1 页"),
        ];
        let half = [(80.0, 70.0, 210.0, 70.0)];
        let drawing = drawing(&[strokes(&[FRAME.as_slice(), &half].concat())]);
        let document = read("a.pdf", &boxes(&[page(&words)]), &drawing).unwrap().unwrap();
        assert_eq!(
            table(&document),
            [["事项", "公开内容"], ["机构", "单位名称和地址；单位的电话"], ["-", "领导姓名\n领导分工"]]
        );
        assert_eq!(document.blocks.len(), 2, "the page's number is no paragraph");
        assert_eq!(document.notes.len(), 1, "{:?}", document.notes);
    }

    #[test]
    fn a_row_torn_by_the_page_is_one_and_its_header_stands_once() {
        let header = [(12.0, 25.0, "事项"), (82.0, 25.0, "公开内容")];
        let first = [(12.0, 45.0, "机构职能"), (82.0, 76.0, "单位名称、"), (82.0, 88.0, "单位地址、单位电话和单位")];
        let second = [(82.0, 42.0, "传真")];
        let pages = [page(&[header, [first[0], first[1]]].concat()), page(&[header.as_slice(), &second].concat())];
        let torn = pages[0].replace("</page>", &page(&first[2..]).replace("<page width=\"400\" height=\"200\">", ""));
        let drawn = drawing(&[strokes(&FRAME), strokes(&FRAME)]);
        let document = read("a.pdf", &boxes(&[torn, pages[1].clone()]), &drawn).unwrap().unwrap();
        assert_eq!(table(&document), [["事项", "公开内容"], ["机构职能", "单位名称、\n单位地址、单位电话和单位传真"]]);
        assert!(document.notes.iter().any(|note| note.contains("1 个单元格跨页")), "{:?}", document.notes);
    }

    #[test]
    fn lines_as_thin_boxes_are_lines_and_pictures_are_none() {
        let drawn = |shape: &str| rules::pages(&format!("<svg>{shape}</svg>")).unwrap().concat();
        let rule = rules::Rule { level: true, at: 20.25, from: 10.0, to: 110.0 };
        let matrix = "transform=\"matrix(1,0,0,-1,0,100)\"";
        for shape in [
            "<rect x=\"10\" y=\"20\" width=\"100\" height=\"0.5\" fill=\"black\"/>".to_string(),
            "<path fill=\"black\" d=\"M 10 20 L 110 20 L 110 20.5 L 10 20.5 Z\"/>".to_string(),
            format!("<path fill=\"none\" stroke=\"black\" d=\"M 10 79.75 H 110\" {matrix}/>"),
        ] {
            assert_eq!(drawn(&shape), [rule], "{shape}");
        }
        for shape in [
            "<path fill=\"black\" d=\"M 10 20 C 30 20 50 20 110 20.5 Z\"/>",
            "<rect x=\"10\" y=\"20\" width=\"100\" height=\"50\" fill=\"gray\"/>",
            "<path stroke=\"black\" d=\"M 10 20 L 110 60\"/>",
            "<path stroke=\"black\" d=\"M 10 x L\"/>",
        ] {
            assert_eq!(drawn(shape), [], "{shape}");
        }
        assert_eq!(rules::pages("<svg><path"), None);
        assert_eq!(read("a.pdf", &boxes(&[page(&[(1.0, 1.0, "无表")])]), "<svg/>").unwrap(), None);
    }

    #[test]
    fn lines_that_make_no_boxes_are_told() {
        let frame: Vec<_> =
            FRAME.iter().copied().chain([(80.0, 70.0, 210.0, 70.0), (140.0, 70.0, 140.0, 96.0)]).collect();
        let open: Vec<_> = frame
            .iter()
            .copied()
            .map(|l| if l.0 == 80.0 && l.2 == 80.0 { (80.0, 20.0, 80.0, 72.0) } else { l })
            .collect();
        let words = boxes(&[page(&[(12.0, 25.0, "事项"), (82.0, 25.0, "内容"), (12.0, 45.0, "机构")])]);
        let told = |lines: &[_]| read("a.pdf", &words, &drawing(&[strokes(lines)])).unwrap().unwrap().notes.len();
        assert_eq!((told(&frame), told(&open)), (1, 2));
    }

    #[test]
    fn a_merged_cell_whose_words_stand_on_the_next_page_begins_on_the_page_before() {
        let upright = [(10.0, 20.0, 10.0, 100.0), (80.0, 20.0, 80.0, 100.0), (210.0, 20.0, 210.0, 100.0)];
        let level = [(10.0, 20.0, 210.0, 20.0), (80.0, 60.0, 210.0, 60.0), (10.0, 100.0, 210.0, 100.0)];
        let drawn = drawing(&[strokes(&FRAME), strokes(&[upright, level].concat())]);
        let first = page(&[(12.0, 25.0, "事项"), (82.0, 25.0, "公开内容"), (82.0, 65.0, "单位职责")]);
        let names = |top: f32| {
            let second = page(&[(12.0, top, "机构"), (82.0, 35.0, "领导分工"), (82.0, 75.0, "内设机构")]);
            let document = read("a.pdf", &boxes(&[first.clone(), second]), &drawn).unwrap().unwrap();
            table(&document).into_iter().map(|mut row| row.remove(0)).collect::<Vec<_>>()
        };
        // In the middle of both parts together, and in the middle of the second by itself.
        assert_eq!(names(25.0), ["事项", "机构", "-", "-"]);
        assert_eq!(names(55.0), ["事项", "", "机构", "-"]);
    }
}
