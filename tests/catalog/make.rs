//! Files of every format made from one grid of cells, as an office would keep the same table.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use yiju::catalog::{Catalog, Field};

/// One place of a table: words, and how far they reach; `None` where another cell reaches over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub text: String,
    pub rows: usize,
    pub columns: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub title: String,
    pub rows: Vec<Vec<Option<Place>>>,
}

fn one(text: &str) -> Option<Place> {
    Some(Place { text: text.to_string(), rows: 1, columns: 1 })
}

impl Sheet {
    /// A sheet of plain rows; `^` stands for "merged with the cell above", `<` for "merged with the cell to the left".
    pub fn of(title: &str, rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet { title: title.to_string(), ..Sheet::default() };
        for row in rows {
            sheet.rows.push(row.iter().map(|text| one(text)).collect());
        }
        for row in (0..sheet.rows.len()).rev() {
            for column in (0..sheet.rows[row].len()).rev() {
                let Some(place) = sheet.rows[row][column].clone() else { continue };
                if place.text == "^" {
                    sheet.rows[row][column] = None;
                    let above = sheet.rows[row - 1][column].as_mut().unwrap();
                    above.rows += place.rows;
                } else if place.text == "<" {
                    sheet.rows[row][column] = None;
                    sheet.rows[row][column - 1].as_mut().unwrap().columns += place.columns;
                }
            }
        }
        sheet
    }

    /// The table of a catalog: two header rows over the levels, equal levels and shared cells merged.
    pub fn from(catalog: &Catalog) -> Sheet {
        let depth = catalog.columns.iter().filter(|column| column.field == Field::Path).count();
        let mut fields: Vec<(Field, String)> = Vec::new();
        for column in catalog.columns.iter().filter(|column| column.field != Field::Path) {
            let header = column.header.split('/').next().unwrap().to_string();
            if column.field == Field::Other || fields.iter().all(|(field, _)| *field != column.field) {
                fields.push((column.field, header));
            }
        }
        let mut first: Vec<Option<Place>> = vec![None; depth];
        first[0] = Some(Place { text: "公开事项".into(), rows: 1, columns: depth });
        first.extend(fields.iter().map(|(_, header)| Some(Place { text: header.clone(), rows: 2, columns: 1 })));
        let names = ["一级事项", "二级事项", "三级事项"];
        let mut second: Vec<Option<Place>> = names[..depth].iter().map(|name| one(name)).collect();
        second.extend(fields.iter().map(|_| None));
        let mut sheet = Sheet { title: catalog.title.clone(), rows: vec![first, second] };
        for (number, item) in catalog.items.iter().enumerate() {
            let before = number.checked_sub(1).map(|n| &catalog.items[n]);
            let mut row = Vec::new();
            for level in 0..depth {
                let text = item.path.get(level).map_or("", String::as_str);
                let same = before
                    .is_some_and(|b| level + 1 < item.path.len() && b.path.get(..=level) == item.path.get(..=level));
                row.push(if same { None } else { one(text) });
            }
            for (field, header) in &fields {
                let shared = before.and_then(|b| b.fields.get(field)).zip(item.fields.get(field));
                let same = shared.is_some_and(|(above, own)| above == own && !own.text.is_empty());
                let text = match field {
                    Field::Other => item.other.get(header).map_or("", String::as_str),
                    field => item.text(*field),
                };
                row.push(if same { None } else { one(text) });
            }
            for (column, cell) in row.iter().enumerate() {
                if cell.is_none() {
                    let at = (0..sheet.rows.len()).rev().find(|&n| sheet.rows[n][column].is_some()).unwrap();
                    sheet.rows[at][column].as_mut().unwrap().rows += 1;
                }
            }
            sheet.rows.push(row);
        }
        sheet
    }

    pub fn xlsx(sheets: &[(&str, &Sheet)]) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let plain = rust_xlsxwriter::Format::new();
        for (name, sheet) in sheets {
            let page = book.add_worksheet();
            page.set_name(*name).unwrap();
            page.write(0, 0, sheet.title.as_str()).unwrap();
            for (row, places) in sheet.rows.iter().enumerate() {
                for (column, place) in places.iter().enumerate() {
                    let Some(place) = place else { continue };
                    let (row, column) = (row as u32 + 1, column as u16);
                    let (rows, columns) = (place.rows as u32, place.columns as u16);
                    if rows * u32::from(columns) > 1 {
                        page.merge_range(row, column, row + rows - 1, column + columns - 1, &place.text, &plain)
                            .unwrap();
                    } else {
                        page.write(row, column, place.text.as_str()).unwrap();
                    }
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    pub fn docx(&self) -> Vec<u8> {
        let run = |text: &str| {
            let lines: Vec<String> =
                text.lines().map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", xml(line))).collect();
            format!("<w:p><w:r>{}</w:r></w:p>", lines.join("<w:br/>"))
        };
        let mut body = run(&self.title);
        body.push_str("<w:tbl>");
        let mut open: Vec<(usize, usize)> = vec![(0, 1); 64];
        for places in &self.rows {
            body.push_str("<w:tr>");
            let mut column = 0;
            while column < places.len() {
                let (columns, merge, text) = match &places[column] {
                    Some(place) => {
                        open[column] = (place.rows - 1, place.columns);
                        (
                            place.columns,
                            if place.rows > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" },
                            place.text.as_str(),
                        )
                    }
                    None => {
                        open[column].0 -= 1;
                        (open[column].1, "<w:vMerge/>", "")
                    }
                };
                let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
                write!(body, "<w:tc><w:tcPr>{span}{merge}</w:tcPr>{}</w:tc>", run(text)).unwrap();
                column += columns;
            }
            body.push_str("</w:tr>");
        }
        body.push_str("</w:tbl>");
        docx(&body)
    }

    pub fn html(&self) -> Vec<u8> {
        let mut page = format!(
            "<!DOCTYPE html><html><head><title>x</title><style>td{{}}</style></head><body>\
             <div class=\"nav\"><ul><li>首页</li><li>政务公开</li></ul></div><h1>{}</h1><table>",
            xml(&self.title)
        );
        for places in &self.rows {
            page.push_str("<tr>");
            for place in places.iter().flatten() {
                let lines: Vec<String> = place.text.lines().map(|line| format!("<p>{}</p>", xml(line))).collect();
                write!(page, "<td rowspan=\"{}\" colspan={}>\n  {}</td>", place.rows, place.columns, lines.join("\n"))
                    .unwrap();
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</table><div class=\"footer\">版权所有</div></body></html>");
        page.into_bytes()
    }

    fn plain(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.iter().map(|p| p.as_ref().map_or("", |p| p.text.as_str())).collect()).collect()
    }

    /// As a spreadsheet program exports it: merged cells leave empty ones.
    pub fn csv_gb18030(&self) -> Vec<u8> {
        let mut text = format!("{}\r\n", self.title);
        for row in self.plain() {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        encoding_rs::GB18030.encode(&text).0.into_owned()
    }

    pub fn markdown(&self) -> Vec<u8> {
        let mut text = format!("# {}\n\n", self.title);
        for (number, row) in self.plain().into_iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('\n', "<br>")).collect();
            writeln!(text, "| {} |", cells.join(" | ")).unwrap();
            if number == 0 {
                writeln!(text, "|{}", "---|".repeat(row.len())).unwrap();
            }
        }
        text.into_bytes()
    }
}

/// A Word file with this body.
pub(super) fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

pub(super) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A workbook with one sheet of these rows.
pub fn workbook(rows: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    zipped(&[
        (
            "_rels/.rels",
            &format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"x\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}
