//! A PDF through the converters of the machine; the reading itself is tested beside its code, without them.

use std::process::{Command, Stdio};
use yiju::import::{self, Block};

/// One page with these drawing commands, in the oldest form that every reader takes.
fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_string(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

#[test]
fn a_ruled_table_comes_out_as_it_is_drawn() {
    let found =
        |program: &str| Command::new(program).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found("pdftotext") || !found("pdftocairo") {
        return;
    }
    let frame = "10 190 m 300 190 l S 10 160 m 300 160 l S 100 130 m 300 130 l S 10 100 m 300 100 l S \
                 10 190 m 10 100 l S 100 190 m 100 100 l S 300 190 m 300 100 l S";
    let words = [(15, 175, "Name"), (105, 175, "Basis"), (15, 130, "One"), (105, 145, "Law 1"), (105, 115, "Law 2")];
    let words: String = words.iter().map(|(x, y, text)| format!(" BT /F1 10 Tf {x} {y} Td ({text}) Tj ET")).collect();
    let document = import::read("a.pdf", &pdf(&format!("{frame}{words}"))).unwrap();
    let [Block::Table(table)] = document.blocks.as_slice() else { panic!("{document:?}") };
    let cells: Vec<Vec<&str>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
    assert_eq!(cells, [["Name", "Basis"], ["One", "Law 1"], ["", "Law 2"]]);
    assert!(table.rows[2].cells[0].covered);
}
