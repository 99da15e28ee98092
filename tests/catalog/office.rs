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
