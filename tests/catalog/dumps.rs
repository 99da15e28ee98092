//! Pages that were saved as text: merged and empty cells gone, rows broken over lines, one cell a line.

use super::{catalog, lines};
use yiju::catalog::Field;

#[test]
fn merged_and_empty_cells_left_out_of_the_rows() {
    let text = "社会救助领域基层政务公开标准目录 | |||||||||||||\n\
        序号 | 公开事项 | 公开内容（要素） | 公开依据 | 公开时限 | 公开主体 | 公开渠道和载体 | 公开对象 | 公开方式 | 公开层级 | |||||\n\
        一级事项 | 二级事项 | 全社会 | 特定群众 | 主动 | 依申请 | 青山县级 | 镇街级 ||||||||\n\
        1 | 综合业务 | 政策文件 | 救助政策文件全文 | 《社会救助暂行办法》 | 形成之日起10个工作日内 | 县民政局 | ■政府网站 □公示栏 | √ | √ | √ |||||\n\
        2 | 监督电话 | 投诉举报的电话和地址 | 同上 | 长期公开 | 县民政局 | 同上 | √ | √ | √ ||||||\n\
        3 | 特困供养 | 办事指南 | 申请条件、办理材料 | 《国务院关于进一步健全特困人员救助供养制度的意见》 | 及时公开 | 县民政局 | ■政府网站 | √ | √ | √ |||||\n\
        4 | 审核信息 | 终止供养名单 | 同上 | 及时公开 | 县民政局 | ■公示栏 | √ | √ | √ ||||||\n";
    let catalog = catalog("a.txt", text.as_bytes());
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis, Field::Deadline, Field::Channel]),
        [
            "综合业务/政策文件 | 救助政策文件全文 | 《社会救助暂行办法》 | 形成之日起10个工作日内 | ■政府网站 □公示栏",
            "综合业务/监督电话 | 投诉举报的电话和地址 | 同上 | 长期公开 | 同上",
            "特困供养/办事指南 | 申请条件、办理材料 | 《国务院关于进一步健全特困人员救助供养制度的意见》 | 及时公开 | ■政府网站",
            "特困供养/审核信息 | 终止供养名单 | 同上 | 及时公开 | ■公示栏",
        ]
    );
    // One mark in each group, but nobody knows in which of its columns.
    for item in &catalog.items {
        assert_eq!((item.text(Field::Audience), item.text(Field::Disclosure)), ("√", "√"));
        assert_eq!(item.other["公开层级"], "√");
    }
    assert!(catalog.notes.iter().any(|note| note.contains("不知道勾的是哪一列")), "{:?}", catalog.notes);
}

#[test]
fn rows_broken_at_the_paragraphs_of_their_cells() {
    let text = "白河县卫生健康局主动公开全清单\n\
        序号 | 公开事项 | 公开内容和标准 | 公开时限 | 公开依据 | 更新频率 | 责任科室 ||\n\
        一级 | 二级 |||||||\n\
        1 | 信息公开管理 | 公开指南 | 【机构】 【电话】 |\n20个工作日内 | 《中华人民共和国政府信息公开条例》第十二条 |\n每年一次 | 办公室 |\n\
        2 | 公开年报 | 【总体情况】 【存在问题】 |\n每年1月31日前 | 《中华人民共和国政府信息公开条例》第五十条 | 每年一次 | 办公室 ||\n\
        3 | 机关简介 | 联系方式 |\n【地址】 【电话】 |\n及时公开 | 《中华人民共和国政府信息公开条例》第二十条 | 实时更新 | 办公室 |\n";
    assert_eq!(
        lines(&catalog("a.txt", text.as_bytes()), &[Field::Content, Field::Deadline, Field::Basis, Field::Department]),
        [
            "信息公开管理/公开指南 | 【机构】 【电话】 | 20个工作日内 | 《中华人民共和国政府信息公开条例》第十二条 | 办公室",
            "信息公开管理/公开年报 | 【总体情况】 【存在问题】 | 每年1月31日前 | 《中华人民共和国政府信息公开条例》第五十条 | 办公室",
            "机关简介/联系方式 | 【地址】 【电话】 | 及时公开 | 《中华人民共和国政府信息公开条例》第二十条 | 办公室",
        ]
    );
}

#[test]
fn one_cell_a_line_under_two_header_rows() {
    let text = "公共文化服务领域基层政务公开标准目录\n\n序号\n\n公开事项\n\n公开内容（要素）\n\n公开依据\n\n公开时限\n\n公开主体\n\n\
        公开渠道和载体\n\n公开对象\n\n公开方式\n\n一级事项\n\n二级事项\n\n全社会\n\n特定群众\n\n主动\n\n依申请公开\n\n\
        1\n\n公共服务\n\n开放信息\n\n场馆名称、开放时间\n\n《中华人民共和国公共文化服务保障法》\n\n长期公开\n\n文化馆\n\n■政府网站\n\n■公示栏\n\n\
        2\n\n活动信息\n\n活动时间、地点\n\n《中华人民共和国公共文化服务保障法》\n\n及时公开\n\n文化馆\n\n■政府网站\n";
    assert_eq!(
        lines(&catalog("a.txt", text.as_bytes()), &[Field::Content, Field::Deadline, Field::Publisher, Field::Channel]),
        [
            "公共服务/开放信息 | 场馆名称、开放时间 | 长期公开 | 文化馆 | ■政府网站⏎■公示栏",
            "公共服务/活动信息 | 活动时间、地点 | 及时公开 | 文化馆 | ■政府网站",
        ]
    );
}

#[test]
fn no_row_of_items_is_taken_for_a_header() {
    let mut text = String::from("序号,事项,公开内容,公开依据,责任科室,公开时限\n");
    for n in 1..=60 {
        let line = format!("{n},事项{n},内容{n},依据《预算法》（主席令第22号）第{n}条规定：“主动公开”,,及时\n");
        text.push_str(&line);
    }
    let found = catalog("a.csv", text.as_bytes());
    assert_eq!(found.items.len(), 60);
    assert_eq!(found.items[41].path, ["事项42"]);
    let names = "公开事项\t公开内容\t公开主体\t公开依据\n行政权力\t证明事项清单\t医保局\t\n\t事项划转清单\t医保局\t\n\t公开目录\t医保局\t\n";
    assert_eq!(catalog("a.txt", names.as_bytes()).items.len(), 3);
}

#[test]
fn cells_on_lines_of_their_own_with_a_mark_between_them() {
    let header = ["事项名称", "公开内容", "公开依据", "公开时限"];
    let body = [
        ["公开指南", "【机构】\n【电话】", "《中华人民共和国政府信息公开条例》第十二条", "20个工作日内"],
        ["公开年报", "【总体情况】", "《中华人民共和国政府信息公开条例》第五十条", "每年1月31日前"],
        ["联系方式", "【地址】", "《中华人民共和国政府信息公开条例》第二十条", "及时公开"],
    ];
    let expected = [
        "公开指南 | 【机构】⏎【电话】 | 《中华人民共和国政府信息公开条例》第十二条 | 20个工作日内",
        "公开年报 | 【总体情况】 | 《中华人民共和国政府信息公开条例》第五十条 | 每年1月31日前",
        "联系方式 | 【地址】 | 《中华人民共和国政府信息公开条例》第二十条 | 及时公开",
    ];
    let fields = [Field::Content, Field::Basis, Field::Deadline];
    for (numbered, end) in [(false, "\n"), (false, "\n|\n"), (true, "\n"), (true, "\n|\n")] {
        let row = |number: String, cells: &[&str]| {
            let number = numbered.then_some(number);
            let cells: Vec<&str> = number.iter().map(String::as_str).chain(cells.iter().copied()).collect();
            cells.join("\n|\n") + end
        };
        let rows = body.iter().zip(1..).map(|(cells, n)| row(n.to_string(), cells));
        let text = format!("青山县民政局主动公开目录\n{}{}", row("序号".into(), &header), rows.collect::<String>());
        assert_eq!(lines(&catalog("a.txt", text.as_bytes()), &fields), expected, "numbered {numbered}, end {end:?}");
    }
}
