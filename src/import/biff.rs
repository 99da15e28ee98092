//! [`sheets`]: what an older workbook (xls) says of its sheets beyond the values: hidden rows, and how numbers are shown.

use super::compound::Compound;
use super::shown;
use std::collections::BTreeMap;

/// One sheet, in the order of the workbook.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub name: String,
    /// Rows from 0.
    pub hidden: Vec<u32>,
    /// The codes of number formats, by row and column from 0, where they are not the general one.
    pub formats: BTreeMap<(u32, u32), String>,
}

/// Kinds of records, as the format's description numbers them.
const BOUND_SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const ROW: u16 = 0x0208;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const BOOLEAN: u16 = 0x0205;
const DIMENSIONS: u16 = 0x0200;
const ENCRYPTED: u16 = 0x002F;
const EOF: u16 = 0x000A;
const BOF: u16 = 0x0809;

/// The places of a sheet of such a workbook.
const PLACES: u64 = 1 << 24;

/// Places from the first to the last cell that holds anything, filled or not, of all sheets together; 0 where the file
/// has a password. `None` where no workbook is found, or where a sheet claims a size that none can have.
pub(super) fn spanned(bytes: &[u8]) -> Option<u64> {
    let file = Compound::open(bytes)?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"))?;
    let mut starts = Vec::new();
    for (kind, data) in all_records(&stream, 0).take_while(|(kind, _)| *kind != EOF) {
        match kind {
            ENCRYPTED if short(data, 0) != Some(0) => return Some(0),
            BOUND_SHEET => starts.push(u32::from_le_bytes(data.get(..4)?.try_into().ok()?)),
            _ => {}
        }
    }
    let mut all = 0u64;
    for start in starts {
        let mut span: Option<[u16; 4]> = None;
        for (kind, data) in records(&stream, start as usize) {
            let last = match kind {
                NUMBER | RK | FORMULA | LABEL | RICH_LABEL | SHARED_LABEL | BOOLEAN => short(data, 2),
                MUL_RK => data.len().checked_sub(2).and_then(|at| short(data, at)),
                DIMENSIONS => {
                    let (first, rows, columns) = dimensions(data)?;
                    (rows == 0 || (first < rows && u64::from(rows) * u64::from(columns) <= PLACES)).then_some(())?;
                    continue;
                }
                _ => continue,
            };
            let (Some(row), Some(first), Some(last)) = (short(data, 0), short(data, 2), last) else { continue };
            let [top, bottom, left, right] = span.unwrap_or([row, row, first, last]);
            span = Some([top.min(row), bottom.max(row), left.min(first), right.max(first).max(last)]);
        }
        let [top, bottom, left, right] = span.map_or([0; 4], |span| span.map(u64::from));
        all += (bottom - top + 1) * (right - left + 1);
    }
    Some(all)
}

/// The sheets of the workbook; `None` where it is none of 1997 or later, or damaged.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let stream = Compound::open(bytes)?.stream("Workbook")?;
    // Version 8 is that of 1997 and later.
    (short(record(&stream, 0)?.1, 0)? == 0x0600).then_some(())?;
    let mut codes: BTreeMap<u16, String> = BTreeMap::new();
    let mut styles: Vec<u16> = Vec::new();
    let mut bound = Vec::new();
    for (kind, data) in records(&stream, 0) {
        match kind {
            FORMAT => {
                codes.insert(short(data, 0)?, words(data.get(4..)?, short(data, 2)?.into())?);
            }
            XF => styles.push(short(data, 2)?),
            BOUND_SHEET => {
                let length = usize::from(*data.get(6)?);
                bound.push((u32::from_le_bytes(data.get(..4)?.try_into().ok()?), words(data.get(7..)?, length)?));
            }
            _ => {}
        }
    }
    let code = |style: u16| {
        let number = *styles.get(usize::from(style))?;
        let code = codes.get(&number).cloned().or_else(|| shown::built_in(number.into()).map(str::to_string));
        // A number that means a date of the system's own is written as such here too.
        let code = if number == 14 { shown::built_in(14).map(str::to_string) } else { code };
        code.filter(|code| code != "General")
    };
    let mut sheets = Vec::new();
    for (start, name) in bound {
        let mut sheet = Sheet { name, ..Sheet::default() };
        for (kind, data) in records(&stream, start as usize) {
            let place = || Some((u32::from(short(data, 0)?), u32::from(short(data, 2)?)));
            match kind {
                // The bit that says "height zero".
                ROW if short(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                    sheet.hidden.extend(short(data, 0).map(u32::from));
                }
                NUMBER | RK | FORMULA => {
                    let shown = short(data, 4).and_then(code);
                    sheet.formats.extend(place().zip(shown));
                }
                MUL_RK => {
                    let Some((row, first)) = place() else { continue };
                    let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                    for (cell, column) in cells.zip(first..) {
                        sheet.formats.extend(short(cell, 0).and_then(code).map(|code| ((row, column), code)));
                    }
                }
                _ => {}
            }
        }
        sheets.push(sheet);
    }
    Some(sheets)
}

/// Kind and data of the record at a place.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let length = usize::from(short(stream, at + 2)?);
    Some((short(stream, at)?, stream.get(at + 4..at + 4 + length)?))
}

/// The records of one part of the stream, up to its end; charts inside a sheet are parts of their own.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut records = all_records(stream, start);
    let mut depth = 0u32;
    std::iter::from_fn(move || {
        loop {
            let (kind, data) = records.next()?;
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => return None,
                EOF => depth -= 1,
                _ if depth <= 1 => return Some((kind, data)),
                _ => {}
            }
        }
    })
}

fn all_records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, data) = record(stream, at)?;
        at += 4 + data.len();
        Some((kind, data))
    })
}

/// The first row and the numbers of rows and columns that a sheet claims.
fn dimensions(data: &[u8]) -> Option<(u32, u32, u16)> {
    // Until 1995 rows were numbered in two bytes.
    if data.len() == 10 {
        return Some((short(data, 0)?.into(), short(data, 2)?.into(), short(data, 6)?));
    }
    let long = |at: usize| Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?));
    Some((long(0)?, long(4)?, short(data, 10)?))
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Words behind a byte that says whether they are kept in one byte or two a character.
fn words(data: &[u8], length: usize) -> Option<String> {
    let (flags, rest) = data.split_first()?;
    if flags & 1 == 0 {
        return Some(rest.get(..length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = rest.get(..length * 2)?.chunks_exact(2).filter_map(|two| short(two, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}
