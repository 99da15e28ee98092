//! Files that are broken, cut off, encrypted, of another kind, or made to hurt: one clear message each, never a panic.

use proptest::prelude::*;
use std::io::{Cursor, Write};
use yiju::catalog;
use yiju::import::{self, ImportError};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", document.as_bytes())])
}

fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in [["公开事项", "公开内容", "公开依据"], ["机构", "职能", "《条例》第二十条"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            page.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A compound file that names these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    for stream in streams {
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    }
    bytes
}

fn message(name: &str, bytes: &[u8]) -> String {
    import::read(name, bytes).unwrap_err().to_string()
}

#[test]
fn every_bad_file_has_one_clear_message() {
    let good = xlsx();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("空.xlsx", vec![], "文件是空的"),
        ("空白.txt", b" \r\n\t ".to_vec(), "文件是空的"),
        ("图.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), "图片"),
        ("程序.txt", b"\x7FELF\x02\x01\x01\0\0\0".to_vec(), "程序文件"),
        ("乱.txt", vec![0, 159, 146, 150, 3, 7, 0, 0, 1, 200], "不是文字"),
        ("断.xlsx", good[..good.len() / 2].to_vec(), "可能没有下载或上传完"),
        ("包.zip", zipped(&[("a.txt", b"x")]), "压缩包；请先解压"),
        ("演示.pptx", zipped(&[("ppt/presentation.xml", b"<a/>")]), "演示文稿"),
        ("坏.docx", docx("<w:p>"), "XML"),
        ("空.docx", docx("<w:p/>"), "文件是空的"),
        ("密.xlsx", compound(&["EncryptedPackage"]), "加了密码"),
        ("坏.xls", compound(&["Workbook"]), "xls"),
        ("旧.bin", compound(&["Other"]), "不认识的旧版 Office 文件"),
        ("坏.json", "{\"a\": [\"b\" \"c\"]}".into(), "JSON"),
        ("空.json", "[\"a\", \"b\"]".into(), "没有成列的记录"),
        ("坏.xml", "<?xml version=\"1.0\"?><a><b></a>".into(), "XML"),
        ("丢字.txt", "公开\u{FFFD}事项".into(), "第 1 行"),
    ];
    for (name, bytes, expected) in cases {
        let message = message(name, &bytes);
        assert!(message.contains(expected), "{name}: {message}");
        assert_eq!(message.lines().count(), 1, "{name}: {message}");
    }
}

#[test]
fn older_documents_are_converted_or_the_tool_is_named() {
    for (name, bytes) in [("旧.doc", compound(&["WordDocument"])), ("文.pdf", b"%PDF-1.4\n%%EOF".to_vec())] {
        match import::read(name, &bytes).unwrap_err() {
            error @ (ImportError::NeedsTool { .. } | ImportError::ToolFailed { .. }) => {
                let message = error.to_string();
                assert!(message.contains("LibreOffice") || message.contains("pdftotext"), "{name}: {message}");
                assert!(message.contains("另存为"), "{name}: {message}");
            }
            other => panic!("{name}: {other}"),
        }
    }
}

#[test]
fn what_would_not_end_is_refused() {
    let zeros = vec![b' '; 300 << 20];
    let bomb = zipped(&[("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(import::read("a.xlsx", &bomb), Err(ImportError::TooLarge { what: "解压后的字节数", .. })));
    drop(zeros);

    let entities =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><a><b><c>&c;</c></b></a>";
    assert!(import::read("a.xml", entities.as_bytes()).unwrap_err().to_string().contains("实体"));

    let deep = "<w:sdt>".repeat(5000);
    assert!(matches!(import::read("a.docx", &docx(&deep)), Err(ImportError::TooLarge { what: "嵌套层数", .. })));
    let deep = format!("<html>{}", "<div>".repeat(200_000));
    assert!(matches!(import::read("a.html", deep.as_bytes()), Err(ImportError::TooLarge { .. })));

    let spans = format!("<table>{}</table>", "<tr><td rowspan=999999 colspan=999999>x</td><td>y</td></tr>".repeat(3));
    assert!(import::read("a.html", spans.as_bytes()).is_err());
    let wide = format!("{}\n", "a\t".repeat(2000)).repeat(3);
    assert!(matches!(import::read("a.txt", wide.as_bytes()), Err(ImportError::TooLarge { .. })));
    let row = format!("{}\n", "甲乙\t".repeat(500));
    let vast = import::read("a.txt", row.repeat(2000).as_bytes()).unwrap();
    assert!(matches!(catalog::read(&vast, None), Err(catalog::CatalogError::TooMuch { .. })));
    let json = "[".repeat(100_000);
    assert!(
        import::read("a.json", format!("{json}\"").as_bytes()).is_ok_and(|d| d.blocks.len() == 1) || json.len() > 1
    );
}

#[test]
fn formulas_and_links_are_only_words() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write(0, 0, "公开事项").unwrap();
    page.write(0, 1, "公开内容").unwrap();
    page.write(0, 2, "公开依据").unwrap();
    page.write(1, 0, "机构").unwrap();
    page.write_formula(
        1,
        1,
        rust_xlsxwriter::Formula::new("=WEBSERVICE(\"http://example.invalid/\")").set_result("旧值"),
    )
    .unwrap();
    page.write_url(1, 2, rust_xlsxwriter::Url::new("http://example.invalid/").set_text("《条例》第二十条")).unwrap();
    let document = import::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let catalogs = catalog::read(&document, None).unwrap();
    assert_eq!(catalogs[0].items[0].text(catalog::Field::Content), "旧值");
    assert_eq!(catalogs[0].items[0].text(catalog::Field::Basis), "《条例》第二十条");
}

#[test]
fn hidden_rows_and_sheets_are_told() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in
        [["公开事项", "公开内容", "公开依据"], ["甲", "乙", "丙"], ["丁", "戊", "己"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            page.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    page.set_row_hidden(2).unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("草稿").unwrap().set_hidden(true).write(0, 0, "不要读").unwrap();
    let document = import::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert!(
        document.notes.iter().any(|note| note.contains("第 3 行") && note.contains("隐藏")),
        "{:?}",
        document.notes
    );
    assert!(document.notes.iter().any(|note| note.contains("草稿")), "{:?}", document.notes);
    assert_eq!(catalog::read(&document, None).unwrap()[0].items.len(), 2);
}

/// Whatever the bytes are, reading ends with a document or a message, and so does everything made of the document.
fn survives(name: &str, bytes: &[u8]) {
    if let Ok(document) = import::read(name, bytes)
        && let Ok(catalogs) = catalog::read(&document, None)
    {
        let cell = catalogs.iter().flat_map(|c| &c.items).flat_map(|item| item.fields.values()).next();
        let edits: Vec<_> = cell.map(|cell| (cell.origin.clone(), "改\n行".to_string())).into_iter().collect();
        import::rewrite(bytes, &document, &edits).unwrap();
    }
}

/// Pieces that the readers look for, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("公开事项"),
        Just("一级"),
        Just("二级"),
        Just("公开内容"),
        Just("公开依据"),
        Just("公开对象"),
        Just("全社会"),
        Just("\t"),
        Just("\t\t"),
        Just("\n"),
        Just("\n\n"),
        Just("|"),
        Just("| "),
        Just("---"),
        Just(","),
        Just("\""),
        Just("《条例》第二十条"),
        Just("20个工作日"),
        Just("日内"),
        Just("√"),
        Just("<table>"),
        Just("<tr>"),
        Just("<td>"),
        Just("<td rowspan=3 colspan=2>"),
        Just("</table>"),
        Just("<p>"),
        Just("</p>"),
        Just("&lt;"),
        Just("{\""),
        Just("\":"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("<?xml?>"),
        Just("<a>"),
        Just("</a>"),
        Just("："),
        Just("一、"),
        Just("备注：")
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

proptest! {
    // PROPTEST_CASES=200000 makes a long search of it.
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]\\.(txt|csv|xls|html)") {
        survives(&name, &bytes);
    }

    #[test]
    fn any_order_of_known_pieces(text in pieces(), name in "[a-z]\\.(txt|csv|md|html|json|xml)") {
        survives(&name, text.as_bytes());
    }

    #[test]
    fn any_body_of_a_word_file(tags in prop::collection::vec(0usize..9, 0..60)) {
        let piece = |n: &usize| {
            let known = [
                "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p><w:r><w:t>公开依据</w:t></w:r></w:p>",
                "<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>", "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
            ];
            known[*n]
        };
        survives("a.docx", &docx(&tags.iter().map(piece).collect::<String>()));
    }

    #[test]
    fn any_damage_to_a_workbook(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = xlsx();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives("a.xlsx", &bytes);
    }
}

/// An older workbook whose cells lie so far apart that filling the places between them would take all memory.
#[test]
fn a_small_workbook_cannot_claim_a_large_sheet() {
    let path = format!("{}/tests/catalog/office/office.xls", env!("CARGO_MANIFEST_DIR"));
    let whole = std::fs::read(path).unwrap();
    let records = |mark: &[u8]| -> Vec<usize> {
        whole.windows(4).enumerate().filter(|(_, bytes)| *bytes == mark).map(|(at, _)| at + 4).collect()
    };
    let mut far = whole.clone();
    // Row and column of a cell that holds shared words.
    let cell = records(&[0xFD, 0, 10, 0])[0];
    far[cell..cell + 4].fill(0xFF);
    assert!(matches!(import::read("a.xls", &far), Err(ImportError::TooLarge { what: "单元格数", .. })));
    let sizes = records(&[0, 2, 14, 0]);
    assert!(!sizes.is_empty());
    for rows in [[0xFF; 4], [0, 0, 1, 1]] {
        let mut claimed = whole.clone();
        claimed[sizes[0] + 4..sizes[0] + 8].copy_from_slice(&rows);
        let error = import::read("a.xls", &claimed).unwrap_err();
        assert!(error.to_string().contains("大小不合格式"), "{error}");
    }
}
