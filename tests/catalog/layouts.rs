//! Layouts that bodies publish, each with the items a reader sees in it.

use super::make::{Sheet, docx};
use super::{catalog, catalogs, lines};
use yiju::catalog::Field;

const LAW: &str = "《中华人民共和国政府信息公开条例》第二十条";

#[test]
fn titles_above_numbers_beside_and_remarks_below() {
    let sheet = Sheet::of(
        "青山县民政局主动公开事项目录",
        &[
            &["填报单位：青山县民政局", "<", "<", "<", "填报日期：2024年3月1日"],
            &["序号", "公开事项", "公开内容", "公开依据", "公开时限"],
            &["1", "机构职能", "单位职责、内设机构", LAW, "及时公开"],
            &["2", "社会救助", "低保标准", LAW, "每年1月31日前"],
            &["备注：本目录由办公室负责解释。", "<", "<", "<", "<"],
        ],
    );
    let catalog = catalog("a.xlsx", &Sheet::xlsx(&[("Sheet1", &sheet)]));
    assert_eq!((catalog.title.as_str(), catalog.publisher.as_str()), ("青山县民政局主动公开事项目录", "青山县民政局"));
    assert_eq!(catalog.date.map(|date| date.to_string()).as_deref(), Some("2024-03-01"));
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Deadline]),
        ["机构职能 | 单位职责、内设机构 | 及时公开", "社会救助 | 低保标准 | 每年1月31日前"]
    );
    assert_eq!(catalog.items[1].other["序号"], "2");
    assert!(catalog.notes.iter().any(|note| note.contains("本目录由办公室负责解释")));
}

#[test]
fn groups_of_marked_columns_give_their_names() {
    let sheet = Sheet::of(
        "白河镇社会救助领域基层政务公开标准目录",
        &[
            &[
                "序号",
                "公开事项",
                "<",
                "公开内容（要素）",
                "公开依据",
                "公开主体",
                "公开对象",
                "<",
                "公开方式",
                "<",
                "公开层级",
                "<",
            ],
            &["^", "一级事项", "二级事项", "^", "^", "^", "全社会", "特定群众", "主动", "依申请公开", "县级", "乡级"],
            &[
                "1",
                "综合业务",
                "政策法规文件",
                "《社会救助暂行办法》及各地配套政策法规文件",
                LAW,
                "白河镇人民政府",
                "√",
                "",
                "√",
                "",
                "√",
                "√",
            ],
            &[
                "2",
                "^",
                "监督检查",
                "社会救助信访通讯地址、投诉举报电话",
                LAW,
                "白河镇人民政府",
                "√",
                "",
                "√",
                "",
                "",
                "√",
            ],
            &[
                "3",
                "最低生活保障",
                "审核信息",
                "初审对象名单及相关信息",
                LAW,
                "白河镇人民政府",
                "",
                "√",
                "",
                "√",
                "",
                "√",
            ],
        ],
    );
    for (name, bytes) in [("a.xlsx", Sheet::xlsx(&[("x", &sheet)])), ("a.html", sheet.html()), ("a.docx", sheet.docx())]
    {
        let catalog = catalog(name, &bytes);
        assert_eq!(
            lines(&catalog, &[Field::Publisher, Field::Audience, Field::Disclosure]),
            [
                "综合业务/政策法规文件 | 白河镇人民政府 | 全社会 | 主动",
                "综合业务/监督检查 | 白河镇人民政府 | 全社会 | 主动",
                "最低生活保障/审核信息 | 白河镇人民政府 | 特定群众 | 依申请公开",
            ],
            "{name}"
        );
        assert_eq!(catalog.items[0].other["公开层级"], "县级、乡级", "{name}");
        assert_eq!(catalog.publisher, "白河镇人民政府", "{name}");
    }
}

#[test]
fn a_basis_merged_over_five_rows_applies_to_all() {
    let sheet = Sheet::of(
        "青山县教育局政务公开目录",
        &[
            &["一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "责任科室"],
            &["义务教育", "招生政策", "招生工作意见", LAW, "形成之日起20个工作日内", "基教科"],
            &["^", "学区划分", "学区范围", "^", "^", "^"],
            &["^", "报名条件", "入学条件", "^", "^", "^"],
            &["^", "招生结果", "录取名单", "^", "每年8月31日前", "招生办"],
            &["^", "政策咨询", "咨询电话", "^", "长期公开", "^"],
        ],
    );
    for (name, bytes) in [("a.xlsx", Sheet::xlsx(&[("x", &sheet)])), ("a.html", sheet.html()), ("a.docx", sheet.docx())]
    {
        let catalog = catalog(name, &bytes);
        let basis: Vec<_> = catalog.items.iter().map(|item| &item.fields[&Field::Basis]).collect();
        assert_eq!(basis.len(), 5, "{name}");
        assert!(basis.iter().all(|cell| cell.text == LAW && cell.origin == basis[0].origin), "{name}");
        assert_eq!(
            lines(&catalog, &[Field::Deadline, Field::Department])[2..],
            [
                "义务教育/报名条件 | 形成之日起20个工作日内 | 基教科",
                "义务教育/招生结果 | 每年8月31日前 | 招生办",
                "义务教育/政策咨询 | 长期公开 | 招生办"
            ],
            "{name}"
        );
    }
}

#[test]
fn pages_that_split_rows_and_repeat_the_header() {
    let text = "清水市水利局主动公开事项目录\n\n\
        公开事项\t公开内容\t公开依据\t公开时限\t公开渠道\n\
        水资源管理\t取水许可审批结果，包括许可证编号、\t《取水许可和水资源费征收管理条例》第四十\t自作出决定之日起7个\t政府网站\n\
        第 1 页\n\n\
        公开事项\t公开内容\t公开依据\t公开时限\t公开渠道\n\
        \t取水地点和水量\t六条\t工作日内\t\n\
        防汛抗旱\t水情预警信息\t《中华人民共和国防汛条例》第二十五条\t实时公开\t政府网站、广播电视\n\
        第 2 页\n";
    let catalog = catalog("a.txt", text.as_bytes());
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis, Field::Deadline]),
        [
            "水资源管理 | 取水许可审批结果，包括许可证编号、取水地点和水量 | 《取水许可和水资源费征收管理条例》第四十六条 | 自作出决定之日起7个工作日内",
            "防汛抗旱 | 水情预警信息 | 《中华人民共和国防汛条例》第二十五条 | 实时公开",
        ]
    );
}

#[test]
fn check_boxes_stay_in_their_cells() {
    let page = format!(
        "<html><body><table><tr><td><table><tr><td>首页</td><td>|</td><td>信息公开</td></tr></table></td></tr></table>\
         <h2>南湖区统计局主动公开目录</h2><div class=\"content\"><table>\
         <tr><th>公开事项<th>公开内容<th>公开依据<th>公开渠道和载体<th>公开对象\
         <tr><td>统计数据<td>统计公报<br>月度数据<td>{LAW}<td>■政府网站 □政府公报<br>☑两微一端<td>☑全社会 □特定群体\
         <tr><td>机构信息<td>&lt;p&gt;领导分工&lt;/p&gt;<td>{LAW}<td>■政府网站<td>☑全社会 □特定群体\
         </table></div><div id=\"footer\">备案号</div></body></html>"
    );
    let catalog = catalog("a.html", page.as_bytes());
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Channel, Field::Audience]),
        [
            "统计数据 | 统计公报⏎月度数据 | ■政府网站 □政府公报⏎☑两微一端 | ☑全社会 □特定群体",
            "机构信息 | 领导分工 | ■政府网站 | ☑全社会 □特定群体",
        ]
    );
    assert_eq!(catalog.publisher, "南湖区统计局");
}

#[test]
fn two_catalogs_on_one_sheet_and_two_sheets() {
    let both = Sheet::of(
        "青山县民政局主动公开事项目录",
        &[
            &["公开事项", "公开内容", "公开依据", "公开时限"],
            &["机构职能", "单位职责", LAW, "及时公开"],
            &["", "", "", ""],
            &["青山县教育局主动公开事项目录", "", "", ""],
            &["公开事项", "公开内容", "公开依据", "公开时限"],
            &["招生", "招生政策", LAW, "每年6月底前"],
            &["师资", "教师资格认定", LAW, "及时公开"],
        ],
    );
    let other = Sheet::of("", &[&["事项名称", "公开内容要素", "设定依据"], &["许可", "许可事项清单", LAW]]);
    let found = catalogs("a.xlsx", &Sheet::xlsx(&[("民政教育", &both), ("许可", &other)]));
    let heads: Vec<(&str, usize)> =
        found.iter().map(|catalog| (catalog.publisher.as_str(), catalog.items.len())).collect();
    assert_eq!(heads, [("青山县民政局", 1), ("青山县教育局", 2), ("", 1)]);
    assert_eq!(found[2].items[0].text(Field::Basis), LAW);
    assert_eq!(found[2].items[0].origin.sheet.as_deref(), Some("许可"));
}

#[test]
fn levels_at_the_right_in_an_order_never_seen() {
    let sheet = Sheet::of(
        "东港市审计局政府信息公开目录",
        &[
            &["法律依据", "承办机构", "公开期限", "内容", "三级目录", "二级目录", "一级目录"],
            &[LAW, "办公室", "及时公开", "审计结果公告", "单项公告", "审计公告", "审计信息"],
            &[LAW, "法规科", "每年年底前", "审计计划安排", "", "审计计划", "^"],
        ],
    );
    let catalog = catalog("a.xlsx", &Sheet::xlsx(&[("x", &sheet)]));
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis, Field::Department, Field::Deadline]),
        [
            format!("审计信息/审计公告/单项公告 | 审计结果公告 | {LAW} | 办公室 | 及时公开"),
            format!("审计信息/审计计划 | 审计计划安排 | {LAW} | 法规科 | 每年年底前"),
        ]
    );
}

#[test]
fn everything_in_one_column() {
    let text = "清水市林业局公开事项\n\n公开事项：林木采伐\n公开内容：采伐许可办理结果\n许可证编号\n公开依据：《中华人民共和国森林法》第五十六条\n\
        公开时限：作出决定后7个工作日内\n公开事项：防火\n公开内容：禁火令\n公开依据：《森林防火条例》第二十八条\n公开时限：即时公开\n";
    let named = catalog("a.txt", text.as_bytes());
    assert_eq!(
        lines(&named, &[Field::Content, Field::Basis, Field::Deadline]),
        [
            "林木采伐 | 采伐许可办理结果⏎许可证编号 | 《中华人民共和国森林法》第五十六条 | 作出决定后7个工作日内",
            "防火 | 禁火令 | 《森林防火条例》第二十八条 | 即时公开",
        ]
    );
    let listed = "目录\n序号\n公开事项\n公开内容\n公开依据\n公开时限\n1\n机构职能\n单位职责\n《条例》第二十条\n及时公开\n2\n财政信息\n部门预算\n每年3月底前\n";
    let listed = catalog("a.txt", listed.as_bytes());
    assert_eq!(
        lines(&listed, &[Field::Content, Field::Basis, Field::Deadline]),
        ["机构职能 | 单位职责 | 《条例》第二十条 | 及时公开", "财政信息 | 部门预算 |  | 每年3月底前"]
    );
}

#[test]
fn no_header_at_all() {
    let text = format!(
        "机构概况\t机构职能\t单位主要职责和内设机构设置情况\t{LAW}\t信息形成之日起20个工作日内\t政府网站\t全社会\n\
         \t领导信息\t领导姓名、职务、照片和工作分工\t{LAW}\t信息形成之日起20个工作日内\t政府网站\t全社会\n\
         财政信息\t部门预算\t部门预算报告以及全部报表\t《中华人民共和国预算法》第十四条\t批复后20日内\t政府网站\t全社会\n"
    );
    let catalog = catalog("a.txt", text.as_bytes());
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Deadline, Field::Channel, Field::Audience]),
        [
            "机构概况/机构职能 | 单位主要职责和内设机构设置情况 | 信息形成之日起20个工作日内 | 政府网站 | 全社会",
            "机构概况/领导信息 | 领导姓名、职务、照片和工作分工 | 信息形成之日起20个工作日内 | 政府网站 | 全社会",
            "财政信息/部门预算 | 部门预算报告以及全部报表 | 批复后20日内 | 政府网站 | 全社会",
        ]
    );
    assert!(catalog.notes.iter().any(|note| note.contains("没有表头")));
    assert!(catalog.columns.iter().all(|column| column.confidence < 0.9));
}

#[test]
fn parts_of_a_table_and_headers_that_lie() {
    let sheet = Sheet::of(
        "西山区司法局主动公开目录",
        &[
            &["事项", "内容", "备注", "公开方式", "责任主体"],
            &["一、机构信息", "<", "<", "<", "<"],
            &["机构职能", "单位职责", LAW, "政府网站", "办公室"],
            &["领导信息", "领导分工", LAW, "政府网站、公示栏", "人事科"],
            &["二、业务信息", "<", "<", "<", "<"],
            &["法律援助", "申请指南", "《中华人民共和国法律援助法》第九条", "政府网站", "法律援助中心"],
        ],
    );
    let catalog = catalog("a.xlsx", &Sheet::xlsx(&[("x", &sheet)]));
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Basis, Field::Channel, Field::Department]),
        [
            format!("一、机构信息/机构职能 | 单位职责 | {LAW} | 政府网站 | 办公室"),
            format!("一、机构信息/领导信息 | 领导分工 | {LAW} | 政府网站、公示栏 | 人事科"),
            "二、业务信息/法律援助 | 申请指南 | 《中华人民共和国法律援助法》第九条 | 政府网站 | 法律援助中心"
                .to_string(),
        ]
    );
    assert!(catalog.notes.iter().any(|note| note.contains("备注") && note.contains("公开依据")));
}

#[test]
fn text_between_tables_and_tables_in_cells() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let header = row(&["公开事项", "公开内容", "公开依据", "责任科室"]);
    let nested = format!(
        "<w:tr>{}<w:tc><w:tbl>{}{}</w:tbl><w:p/></w:tc>{}{}</w:tr>",
        cell("收费"),
        row(&["项目", "标准"]),
        row(&["工本费", "10元"]),
        cell(LAW),
        cell("财务科")
    );
    let body = format!(
        "<w:p><w:r><w:t>北川县卫生健康局主动公开目录</w:t></w:r></w:p><w:tbl>{header}{}</w:tbl>\
         <w:p><w:r><w:t>（接上页）</w:t></w:r></w:p><w:tbl>{header}{nested}</w:tbl>",
        row(&["机构", "职能", LAW, "办公室"])
    );
    let catalog = catalog("a.docx", &docx(&body));
    assert_eq!(
        lines(&catalog, &[Field::Content, Field::Department]),
        ["机构 | 职能 | 办公室", "收费 | 项目⏎标准⏎工本费⏎10元 | 财务科"]
    );
}

#[test]
fn records_with_named_fields() {
    let json = format!(
        r#"{{"title":"青山县档案局主动公开目录","items":[
        {{"一级事项":"档案","二级事项":"查阅","公开内容":"查阅指南","公开依据":"{LAW}","公开时限":"长期公开"}},
        {{"一级事项":"档案","二级事项":"接收","公开内容":"接收范围","公开依据":"{LAW}","公开时限":"及时公开"}}]}}"#
    );
    let xml = format!(
        "<?xml version=\"1.0\"?><目录><事项><一级事项>档案</一级事项><二级事项>查阅</二级事项><公开内容>查阅指南</公开内容>\
         <公开依据>{LAW}</公开依据><公开时限>长期公开</公开时限></事项><事项><一级事项>档案</一级事项><二级事项>接收</二级事项>\
         <公开内容>接收范围</公开内容><公开依据>{LAW}</公开依据><公开时限>及时公开</公开时限></事项></目录>"
    );
    for (name, bytes) in [("a.json", json), ("a.xml", xml)] {
        let catalog = catalog(name, bytes.as_bytes());
        assert_eq!(
            lines(&catalog, &[Field::Content, Field::Basis, Field::Deadline]),
            [format!("档案/查阅 | 查阅指南 | {LAW} | 长期公开"), format!("档案/接收 | 接收范围 | {LAW} | 及时公开")],
            "{name}"
        );
    }
}
