//! Files as real programs write them: an xlsx by openpyxl, and what LibreOffice made of it and of a Word file.

use yiju::catalog::{self, Catalog, Field};
use yiju::import;

fn read(name: &str) -> Catalog {
    let bytes = std::fs::read(format!("{}/tests/catalog/office/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut catalogs = catalog::read(&import::read(name, &bytes).unwrap(), None).unwrap();
    assert_eq!(catalogs.len(), 1, "{name}");
    catalogs.remove(0)
}

fn lines(catalog: &Catalog, fields: &[Field], others: &[&str]) -> Vec<String> {
    let line = |item: &catalog::Item| {
        let mut parts = vec![item.path.join("/")];
        parts.extend(fields.iter().map(|field| item.text(*field).to_string()));
        parts.extend(others.iter().map(|other| item.other.get(*other).cloned().unwrap_or_default()));
        parts.join(" | ")
    };
    catalog.items.iter().map(line).collect()
}

#[test]
fn workbooks_show_dates_numbers_and_what_is_hidden() {
    for name in ["office.xlsx", "office.xls", "office.ods"] {
        let catalog = read(name);
        let fields = [Field::Content, Field::Basis, Field::Deadline, Field::Publisher];
        assert_eq!(
            lines(&catalog, &fields, &["序号", "更新日期", "完成率", "编号"]),
            [
                "机构概况/机构职能 | 单位职责、内设机构 | 《中华人民共和国政府信息公开条例》第二十条 | 20个工作日内 | 青山县民政局 | 1 | 2024年3月1日 | 85% | 007",
                "机构概况/领导信息 | 领导姓名、职务和分工 | 《中华人民共和国政府信息公开条例》第二十条 | 20个工作日内 | 青山县民政局 | 2 | 2024年3月1日 | 100% | 008",
                "财政信息/部门预算 | 部门预算报告和报表 | 《中华人民共和国预算法》第十四条 | 20个工作日内 | 青山县民政局 | 3 | 2024年12月 | 50% | 009",
                "财政信息/部门决算 | 部门决算报告和报表 | 《中华人民共和国预算法》第十四条 | 20个工作日内 | 青山县民政局 | 4 | 2024年12月 | 12.3% | 010",
            ],
            "{name}"
        );
        for told in ["工作表“主动公开”有 1 行被隐藏，仍已读取：第 7 行", "工作表“草稿”是隐藏的"]
        {
            assert!(catalog.notes.iter().any(|note| note.contains(told)), "{name}: {:?}", catalog.notes);
        }
    }
}

#[test]
fn a_word_file_with_merged_cells() {
    let catalog = read("word.docx");
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis, Field::Deadline], &[]),
        [
            "机构概况/机构职能 | 单位职责、内设机构 | 《中华人民共和国政府信息公开条例》第二十条 | 20个工作日内",
            "机构概况/领导信息 | 领导姓名、职务和分工 | 《中华人民共和国政府信息公开条例》第二十条 | 20个工作日内",
            "财政信息/部门预算 | 部门预算报告和报表 | 《中华人民共和国预算法》第十四条 | 批复后20日内",
            "财政信息/部门决算 | 部门决算报告和报表 | 《中华人民共和国预算法》第十四条 | 批复后20日内",
        ]
    );
    assert_eq!(catalog.title, "青山县民政局主动公开事项目录");
}

#[test]
fn edges_that_a_word_processor_rounded_apart_are_one_column() {
    let cell = |span: u32, merge: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let (start, on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let rows = [
        [cell(2, "", "公开事项"), cell(2, start, "公开内容"), cell(1, start, "公开依据")].concat(),
        [cell(1, "", "一级事项"), cell(2, "", "二级事项"), cell(1, on, ""), cell(1, on, "")].concat(),
        [cell(1, start, "机构"), cell(2, "", "职能"), cell(1, "", "单位职责"), cell(1, "", "《条例》第二十条")]
            .concat(),
        [cell(1, on, ""), cell(2, "", "领导"), cell(1, "", "领导分工"), cell(1, "", "《条例》第二十条")].concat(),
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    let bytes = super::make::docx(&format!("<w:tbl>{rows}</w:tbl>"));
    let catalog = catalog::read(&import::read("a.docx", &bytes).unwrap(), None).unwrap().remove(0);
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis], &[]),
        ["机构/职能 | 单位职责 | 《条例》第二十条", "机构/领导 | 领导分工 | 《条例》第二十条"]
    );
}

#[test]
fn numbers_that_word_writes_by_itself_are_read() {
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%1）\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId=\"5\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
        <w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"4\"/></w:num>\
        <w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>";
    let listed = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let plain = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let row = |cells: &[String]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect::<String>())
    };
    let clause = [
        plain("第二十条："),
        listed(1, 0, "行政法规"),
        listed(1, 0, "机关职能"),
        listed(1, 1, "甲"),
        listed(1, 0, "规划"),
    ];
    let body = [
        row(&["序号", "公开事项", "公开内容", "公开依据", "条款内容"].map(plain)),
        row(&[listed(2, 0, ""), plain("机构"), plain("职能"), plain("《条例》"), clause.concat()]),
        row(&[listed(2, 0, ""), plain("财政"), plain("预算"), plain("《条例》"), listed(1, 0, "预算")]),
    ];
    let document = format!("<w:document xmlns:w=\"w\"><w:body><w:tbl>{}</w:tbl></w:body></w:document>", body.concat());
    let bytes = super::make::zipped(&[("word/document.xml", &document), ("word/numbering.xml", numbering)]);
    let document = import::read("a.docx", &bytes).unwrap();
    let catalog = catalog::read(&document, None).unwrap().remove(0);
    assert_eq!(
        lines(&catalog, &[Field::Clause], &["序号"]),
        ["机构 | 第二十条：\n（一）行政法规\n（二）机关职能\n1.甲\n（三）规划 | 1", "财政 | （四）预算 | 2"]
    );
    // Written back, the numbers are counted as before where no line came or went.
    let cell = &catalog.items[0].fields[&Field::Clause];
    let edit = (cell.origin.clone(), cell.text.replace("机关职能", "机关职责"));
    let changed = import::rewrite(&bytes, &document, &[edit]).unwrap().unwrap();
    let again = catalog::read(&import::read("a.docx", &changed).unwrap(), None).unwrap().remove(0);
    assert_eq!(again.items[0].text(Field::Clause), "第二十条：\n（一）行政法规\n（二）机关职责\n1.甲\n（三）规划");
    assert_eq!(again.items[1].text(Field::Clause), "（四）预算");
    let edit = (cell.origin.clone(), cell.text.replace("（二）机关职能", "二、机关职责"));
    let changed = import::rewrite(&bytes, &document, &[edit]).unwrap();
    assert!(changed.is_none(), "the next cell would lose its count: told as a change by place instead");
    let last = &catalog.items[1].fields[&Field::Clause];
    let edit = (last.origin.clone(), last.text.replace("预算", "预算报告"));
    let changed = import::rewrite(&bytes, &document, &[edit]).unwrap().unwrap();
    let again = catalog::read(&import::read("a.docx", &changed).unwrap(), None).unwrap().remove(0);
    assert_eq!(again.items[1].text(Field::Clause), "（四）预算报告");
}
