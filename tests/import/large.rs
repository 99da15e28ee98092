//! A catalog of two thousand rows: every item found, in a time that a waiting person does not notice.

use std::time::Instant;
use yiju::catalog::{self, Field};
use yiju::import;

fn workbook(rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    let header = [
        "序号",
        "一级事项",
        "二级事项",
        "公开内容",
        "公开依据",
        "条款内容",
        "公开时限",
        "公开主体",
        "公开渠道",
        "公开对象",
        "责任科室",
    ];
    for (column, name) in header.iter().enumerate() {
        page.write(0, column as u16, *name).unwrap();
    }
    for row in 1..=rows {
        if row % 5 == 1 && row + 4 <= rows {
            page.merge_range(row, 1, row + 4, 1, &format!("第{row}类事项"), &plain).unwrap();
        }
        page.write(row, 0, row).unwrap();
        page.write(row, 2, format!("事项{row}")).unwrap();
        page.write(row, 3, format!("第{row}项的办理依据、条件、程序和结果，以及咨询和监督的方式")).unwrap();
        page.write(row, 4, "《中华人民共和国政府信息公开条例》（国务院令第711号）").unwrap();
        page.write(
            row,
            5,
            format!("第{}条：行政机关应当依照本条例的规定，主动公开本行政机关的政府信息（{row}）。", row % 50 + 1),
        )
        .unwrap();
        page.write(row, 6, "信息形成或者变更之日起20个工作日内").unwrap();
        page.write(row, 7, "青山县民政局").unwrap();
        page.write(row, 8, "政府网站").unwrap();
        page.write(row, 9, "全社会").unwrap();
        page.write(row, 10, if row % 3 == 0 { "办公室" } else { "业务科" }).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn two_thousand_rows() {
    let bytes = workbook(2000);
    let started = Instant::now();
    let document = import::read("a.xlsx", &bytes).unwrap();
    let read = started.elapsed();
    let catalogs = catalog::read(&document, None).unwrap();
    let all = started.elapsed();
    println!("import {read:?}, with the catalog {all:?}");
    assert_eq!(catalogs[0].items.len(), 2000);
    assert_eq!(catalogs[0].items[1999].path, ["第1996类事项", "事项2000"]);
    assert!(catalogs[0].items.iter().all(|item| item.fields.len() == 8));
    assert_eq!(catalogs[0].items[2].text(Field::Department), "办公室");
    // Unoptimised builds on a busy machine take several times as long; this only catches what grows with the square.
    assert!(all.as_secs() < 20, "{all:?}");
}
