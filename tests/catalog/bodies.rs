//! Layouts and files that bodies and their publishing systems keep beside plain tables.

use super::make::{Sheet, docx};
use super::{catalog, lines, values};
use yiju::catalog::{Field, load_bytes};
use yiju::import;

const LAW: &str = "《中华人民共和国政府信息公开条例》第二十条";

fn small() -> Sheet {
    Sheet::of(
        "东河市水利局信息公开事项清单",
        &[
            &["公开类别", "公开事项", "公开内容", "公开依据", "公开时限"],
            &["基本信息", "机构职能", "单位职责、内设机构", LAW, "及时公开"],
            &["^", "领导信息", "领导姓名和分工", LAW, "及时公开"],
            &["财政信息", "部门预算", "收支总体情况", "《中华人民共和国预算法》第十四条", "批复后20日内"],
        ],
    )
}

const SMALL: [&str; 3] = [
    "基本信息/机构职能 | 单位职责、内设机构 | 及时公开",
    "基本信息/领导信息 | 领导姓名和分工 | 及时公开",
    "财政信息/部门预算 | 收支总体情况 | 批复后20日内",
];

/// The table alone, without the page around it.
fn table(sheet: &Sheet) -> String {
    let page = String::from_utf8(sheet.html()).unwrap();
    let (from, to) = (page.find("<table").unwrap(), page.rfind("</table>").unwrap() + "</table>".len());
    page[from..to].to_string()
}

/// The table inside what publishing systems put around it: one form over the page, tables of one cell a row.
fn page() -> String {
    format!(
        "<html><body><div class=\"nav\"><ul><li>首页</li></ul></div>\
         <form name=\"search\"><input name=\"q\"><p>站内搜索</p></form>\
         <form name=\"_newscontent_fromname\"><h2>东河市水利局信息公开事项清单</h2><p>2024年03月12日</p>\
         <div class=\"v_news_content\"><p>东河市水利局信息公开事项清单</p>{}</div><p>【关闭窗口】</p></form>\
         <table><tr><td>版权所有：东河市水利局</td></tr><tr><td>地址：中山路1号 电话：88888888</td></tr></table>\
         </body></html>",
        table(&small())
    )
}

#[test]
fn a_page_that_is_one_form_keeps_its_table_and_no_footer() {
    let found = catalog("a.html", page().as_bytes());
    assert_eq!(lines(&found, &[Field::Content, Field::Deadline]), SMALL);
    assert!(found.notes.iter().all(|note| !note.contains("站内搜索")), "{:?}", found.notes);
}

#[test]
fn a_page_saved_with_its_pictures() {
    let quoted: String = page()
        .bytes()
        .enumerate()
        .map(|(at, byte)| match byte {
            b'=' | 128.. => format!("={byte:02X}{}", if at % 20 == 0 { "=\r\n" } else { "" }),
            byte => char::from(byte).to_string(),
        })
        .collect();
    let base64 = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(encoding_rs::GB18030.encode(&page()).0)
    };
    for (way, body) in [("quoted-printable", quoted), ("base64", base64)] {
        let saved = format!(
            "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
             \tboundary=\"--part--\"\r\n\r\n----part--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {way}\r\n\
             \r\n{body}\r\n----part--\r\nContent-Type: image/png\r\n\r\nPNG\r\n----part----\r\n"
        );
        assert_eq!(lines(&catalog("a.mht", saved.as_bytes()), &[Field::Content, Field::Deadline]), SMALL, "{way}");
    }
    let nothing =
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nP\n";
    assert!(import::read("a.mht", nothing.as_bytes()).unwrap_err().to_string().contains("没有网页"));
}

#[test]
fn a_workbook_of_2003_with_merged_left_out_and_hidden_rows() {
    let cell = |attributes: &str, text: &str| {
        format!("<Cell {attributes}><Data ss:Type=\"String\">{}</Data></Cell>", text.replace('\n', "&#10;"))
    };
    let row = |cells: &[String]| format!("<Row>{}</Row>", cells.concat());
    let rows = [
        row(&[cell("ss:MergeAcross=\"4\"", "东河市水利局信息公开事项清单")]),
        row(&["公开类别", "公开事项", "公开内容", "公开依据", "公开时限"].map(|text| cell("", text))),
        row(&[
            cell("ss:MergeDown=\"1\"", "基本信息"),
            cell("", "机构职能"),
            cell("", "单位职责、内设机构"),
            cell("ss:MergeDown=\"1\"", LAW),
            cell("", "及时公开"),
        ]),
        row(&[cell("ss:Index=\"2\"", "领导信息"), cell("", "领导姓名和分工"), cell("ss:Index=\"5\"", "及时公开")]),
        row(&["财政信息", "部门预算", "收支总体情况", "《预算法》第十四条", "批复后20日内"].map(|text| cell("", text)))
            .replace("<Row>", "<Row ss:Index=\"8\" ss:Hidden=\"1\">"),
    ];
    let draft = "<Worksheet ss:Name=\"草稿\"><Table><Row><Cell><Data>旧</Data></Cell></Row></Table><WorksheetOptions>\
        <Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>";
    let book = format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
         xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Worksheet ss:Name=\"目录\"><Table>{}</Table></Worksheet>{draft}</Workbook>",
        rows.concat()
    );
    let found = catalog("a.xls", book.as_bytes());
    assert_eq!(lines(&found, &[Field::Content, Field::Deadline]), SMALL);
    assert_eq!(values(&found, Field::Basis), [LAW, LAW, "《预算法》第十四条"]);
    assert_eq!(found.items[2].origin.cell.as_deref(), Some("A8"));
    for told in ["有 1 行被隐藏，仍已读取：第 8 行", "工作表“草稿”是隐藏的"] {
        assert!(found.notes.iter().any(|note| note.contains(told)), "{:?}", found.notes);
    }
}

#[test]
fn cards_of_labels_and_values_are_items() {
    let card = |name: &str, content: &str, deadline: &str, office: &str| {
        Sheet::of(
            "",
            &[
                &["事项名称", name, "<", "<"],
                &["公开内容", content, "<", "<"],
                &["公开依据", LAW, "<", "<"],
                &["公开时限", deadline, "责任科室", office],
            ],
        )
    };
    let cards = [
        card("机构职能", "单位职责", "及时公开", "办公室"),
        card("部门预算", "收支总体情况", "批复后20日内", "各业务科室"),
        card("行政处罚", "处罚结果", "7个工作日内", "执法支队"),
    ];
    let expected = [
        "机构职能 | 单位职责 | 及时公开 | 办公室",
        "部门预算 | 收支总体情况 | 批复后20日内 | 各业务科室",
        "行政处罚 | 处罚结果 | 7个工作日内 | 执法支队",
    ];
    // One table an item, and all in one sheet.
    let html: String = cards.iter().map(table).collect();
    let together = Sheet { title: "事项卡".into(), rows: cards.iter().flat_map(|card| card.rows.clone()).collect() };
    for (name, bytes) in [("a.html", html.into_bytes()), ("a.xlsx", Sheet::xlsx(&[("x", &together)]))] {
        let found = catalog(name, &bytes);
        let fields = [Field::Content, Field::Deadline, Field::Department];
        assert_eq!(lines(&found, &fields), expected, "{name}");
        assert_eq!(values(&found, Field::Basis), [LAW; 3], "{name}");
    }
}

#[test]
fn lists_of_powers_and_duties() {
    let sheet = Sheet::of(
        "东河市水利局权责清单",
        &[
            &[
                "序号",
                "职权类型",
                "职权名称",
                "职权编码",
                "设定依据",
                "责任事项",
                "责任事项依据",
                "追责情形",
                "承办机构",
            ],
            &[
                "1",
                "行政许可",
                "取水许可",
                "0100-001",
                "《水法》第四十八条",
                "受理责任",
                "《行政许可法》第三十条",
                "不予受理的",
                "水资源科",
            ],
            &[
                "2",
                "^",
                "水土保持方案审批",
                "0100-002",
                "《水土保持法》第二十五条",
                "审查责任",
                "《行政许可法》第三十四条",
                "违反程序的",
                "水土保持科",
            ],
            &[
                "3",
                "行政处罚",
                "对擅自取水的处罚",
                "0200-001",
                "《水法》第六十九条",
                "立案责任",
                "《行政处罚法》第五十四条",
                "没有依据的",
                "执法支队",
            ],
        ],
    );
    let found = catalog("a.xlsx", &Sheet::xlsx(&[("x", &sheet)]));
    assert_eq!(
        lines(&found, &[Field::Basis, Field::Department]),
        [
            "行政许可/取水许可 | 《水法》第四十八条 | 水资源科",
            "行政许可/水土保持方案审批 | 《水土保持法》第二十五条 | 水土保持科",
            "行政处罚/对擅自取水的处罚 | 《水法》第六十九条 | 执法支队",
        ]
    );
    assert_eq!(found.items[0].other["责任事项依据"], "《行政许可法》第三十条");
    // The parts of such a list, each with the header again: the first has its heading as well.
    let header = ["序号", "职权名称", "设定依据", "责任事项", "承办机构"];
    let part = |heading: &str, rows: &[[&str; 5]]| {
        let rows: Vec<&[&str]> =
            std::iter::once(header.as_slice()).chain(rows.iter().map(|row| row.as_slice())).collect();
        format!("<h4>{heading}</h4>{}", table(&Sheet::of("", &rows)))
    };
    let page = format!(
        "<html><body><h2>东河市水利局权责清单</h2>{}{}</body></html>",
        part(
            "一、行政许可",
            &[
                ["1", "取水许可", "《水法》第四十八条", "受理责任", "水资源科"],
                ["2", "采砂许可", "《水法》第三十九条", "受理责任", "河道科"]
            ]
        ),
        part("二、行政处罚", &[["3", "擅自取水", "《水法》第六十九条", "立案责任", "执法支队"]]),
    );
    let found = catalog("a.html", page.as_bytes());
    assert_eq!(lines(&found, &[]), ["一、行政许可/取水许可", "一、行政许可/采砂许可", "二、行政处罚/擅自取水"]);
    assert_eq!(found.title, "东河市水利局权责清单");
}

#[test]
fn headers_of_three_rows_and_columns_in_an_order_of_their_own() {
    let sheet = Sheet::of(
        "东河市水利局主动公开事项目录",
        &[
            &["序号", "公开事项", "<", "公开内容", "公开依据", "公开渠道", "<", "<", "公开对象", "<"],
            &["^", "一级事项", "二级事项", "^", "^", "网上公开", "<", "线下公开", "全社会", "特定群体"],
            &["^", "^", "^", "^", "^", "政府网站", "两微一端", "公示栏", "^", "^"],
            &["1", "机构信息", "机构职能", "单位职责", LAW, "√", "", "", "√", ""],
            &["2", "^", "领导信息", "领导分工", LAW, "√", "√", "", "√", ""],
            &["3", "水旱灾害", "预警信息", "洪水预警", LAW, "", "√", "√", "", "√"],
        ],
    );
    for (name, bytes) in [("a.xlsx", Sheet::xlsx(&[("x", &sheet)])), ("a.docx", sheet.docx()), ("a.html", sheet.html())]
    {
        let found = catalog(name, &bytes);
        assert_eq!(
            lines(&found, &[Field::Channel, Field::Audience]),
            [
                "机构信息/机构职能 | 政府网站 | 全社会",
                "机构信息/领导信息 | 政府网站、两微一端 | 全社会",
                "水旱灾害/预警信息 | 两微一端、公示栏 | 特定群体",
            ],
            "{name}"
        );
    }
    let order = "责任处室及联系电话,公开的法律依据,公开的具体内容,公开事项名称,所属类别\n\
        办公室 881201,《条例》第二十条,单位职责,机构职能,机构信息\n办公室 881202,《条例》第二十条,领导分工,领导信息,机构信息\n\
        财务科 881203,《预算法》第十四条,收支总体情况,部门预算,财政信息\n";
    assert_eq!(
        lines(&catalog("a.csv", order.as_bytes()), &[Field::Content, Field::Department]),
        [
            "机构信息/机构职能 | 单位职责 | 办公室 881201",
            "机构信息/领导信息 | 领导分工 | 办公室 881202",
            "财政信息/部门预算 | 收支总体情况 | 财务科 881203",
        ]
    );
}

#[test]
fn a_header_that_nobody_knows_is_found_by_the_names_in_catalog_toml() {
    let csv = "东河市水利局清单\n甲项,乙项,丙项,丁项\n机构,单位职责,《条例》第二十条,年内\n财政,收支情况,《预算法》第十四条,年内\n";
    let toml = "[columns]\n\"甲项\" = \"path\"\n\"乙项\" = \"content\"\n\"丙项\" = \"basis\"\n";
    let found = load_bytes("a", toml.as_bytes(), "a.csv", csv.as_bytes()).unwrap().remove(0);
    assert_eq!(
        lines(&found, &[Field::Content, Field::Basis]),
        ["机构 | 单位职责 | 《条例》第二十条", "财政 | 收支情况 | 《预算法》第十四条"]
    );
    assert_eq!(found.items[0].other["丁项"], "年内");
    // In the words of an office, by number, and with mistakes.
    let load = |toml: &str| load_bytes("a", toml.as_bytes(), "a.csv", csv.as_bytes());
    let by_number = load("[columns]\n\"1\" = \"公开事项\"\n\"戊项\" = \"公开依据\"\n").unwrap().remove(0);
    assert_eq!(by_number.title, "东河市水利局清单");
    assert_eq!(by_number.items[1].path, ["机构"]);
    assert!(by_number.notes.iter().any(|note| note.contains("“戊项”在表头里没有")), "{:?}", by_number.notes);
    let wrong = load("[columns]\n\"甲项\" = \"公开依居\"\n").unwrap_err().to_string();
    assert!(wrong.contains("“甲项”的含义“公开依居”不认识，可写 公开事项（path）"), "{wrong}");
}

#[test]
fn a_sheet_of_remarks_is_no_item_and_a_sheet_that_goes_on_is() {
    let remarks = Sheet::of("填报说明", &[&["本目录由办公室负责", "2024年"], &["每年更新一次", ""]]);
    let more = Sheet { title: String::new(), rows: small().rows.split_off(2) };
    let bytes = Sheet::xlsx(&[("目录", &small()), ("说明", &remarks)]);
    assert_eq!(lines(&catalog("a.xlsx", &bytes), &[Field::Content, Field::Deadline]), SMALL);
    let bytes = Sheet::xlsx(&[("目录", &small()), ("续表", &more)]);
    assert_eq!(catalog("a.xlsx", &bytes).items.len(), 5);
}

#[test]
fn a_changed_cell_keeps_its_looks_where_they_do_not_change() {
    let edited = |name: &str, bytes: &[u8]| {
        let document = import::read(name, bytes).unwrap();
        let cell = &catalog(name, bytes).items[0].fields[&Field::Basis];
        let edit = (cell.origin.clone(), cell.text.replace("第七款", "第（七）项"));
        import::rewrite(bytes, &document, &[edit]).unwrap()
    };
    let html = "<table><tr><td>公开事项</td><td>公开内容</td><td>公开依据</td></tr><tr><td>预算</td><td>预算报告</td>\
        <td><p class=\"MsoNormal\"><span>《条例》</span><b>第二十条第七款</b></p></td></tr>\
        <tr><td>决算</td><td>决算报告</td><td>《条例》</td></tr></table>";
    let fixed = String::from_utf8(edited("a.html", html.as_bytes()).unwrap()).unwrap();
    assert_eq!(fixed, html.replace("第七款", "第（七）项"));

    let run = |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>");
    let cell = |runs: &str| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        row(&["公开事项", "公开内容", "公开依据"].map(|text| cell(&run(text)))),
        row(&[cell(&run("预算")), cell(&run("预算报告")), cell(&[run("《条例》"), run("第二十条第七款")].concat())]),
        row(&[cell(&run("决算")), cell(&run("决算报告")), cell(&run("《条例》"))]),
    ];
    let body = format!("<w:tbl>{}</w:tbl>", body.concat());
    let fixed = edited("a.docx", &docx(&body)).unwrap();
    let mut part = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(fixed)).unwrap();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut part).unwrap();
    assert!(part.contains(&[run("《条例》"), run("第二十条第（七）项")].concat()), "{part}");

    // A formula is no words of its own.
    let sheet = |basis: &str| {
        let cell = |name: &str, text: &str| format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let line = |n: u32, cells: [&str; 2], last: &str| {
            format!(
                "<row r=\"{n}\">{}{}{last}</row>",
                cell(&format!("A{n}"), cells[0]),
                cell(&format!("B{n}"), cells[1])
            )
        };
        let rows = [
            line(1, ["公开事项", "公开内容"], &cell("C1", "公开依据")),
            line(2, ["预算", "预算报告"], basis),
            line(3, ["决算", "决算报告"], &cell("C3", "《条例》")),
        ];
        super::make::workbook(&rows.concat())
    };
    let rich = "<c r=\"C2\" s=\"0\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>《条例》第二十条</t></r><r><t>第七款</t></r></is></c>";
    let fixed = edited("a.xlsx", &sheet(rich)).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(fixed)).unwrap();
    part.clear();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut part).unwrap();
    assert!(part.contains(&rich.replace("第七款", "第（七）项")), "{part}");
    let formula = "<c r=\"C2\" t=\"str\"><f>CONCATENATE(1)</f><v>《条例》第二十条第七款</v></c>";
    assert_eq!(edited("a.xlsx", &sheet(formula)), None);
}

#[test]
fn a_word_table_in_a_content_control() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let rows = [
        row(&["公开事项", "公开内容", "公开依据", "主动"]),
        row(&["机构职能", "单位职责", LAW, "@"]),
        row(&["领导信息", "领导分工", LAW, "@"]),
    ];
    let tick = "<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>";
    let body = format!("<w:sdt><w:sdtContent><w:tbl>{}</w:tbl></w:sdtContent></w:sdt>", rows.concat())
        .replace("<w:r><w:t>@</w:t></w:r>", tick)
        .replace("<w:t>单位职责</w:t>", "<w:t>单位</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>职责</w:t></w:r></w:ins><w:r><w:t></w:t>");
    let found = catalog("a.docx", &docx(&body));
    assert_eq!(lines(&found, &[Field::Content]), ["机构职能 | 单位职责", "领导信息 | 领导分工"]);
}
