//! Official files → corpus format: what they state is filled in, what they leave out is named, the rest is refused.

use yiju::import;
use yiju::law::official::{Official, OfficialError};
use yiju::law::{EffectLevel, Event};

fn read(name: &str, text: &str) -> Result<Official, OfficialError> {
    Official::read(&import::read(name, text.as_bytes()).unwrap())
}

const LAW: &str = "中华人民共和国示例法\n（1994年3月22日第八届全国人民代表大会第二次会议通过　根据2018年12月29日第十三届全国人民代表大会常务委员会第七次会议《关于修改〈中华人民共和国示例法〉的决定》修正）\n目　录\n第一章　总则\n第二章　附则\n\n第一章　总　则\n第一条　为了示例，制定本法。\n第二章　附　则\n第二条　本法自1995年1月1日起施行。\n";

#[test]
fn a_law_as_the_national_database_publishes_it() {
    let official = read("示例法.txt", LAW).unwrap();
    let version = &official.record.versions[0];
    assert_eq!(official.record.title, "中华人民共和国示例法");
    assert_eq!(official.record.aliases, ["示例法"]);
    assert_eq!((official.record.level, official.record.issuer.as_str()), (EffectLevel::Law, "全国人民代表大会"));
    assert_eq!((version.event, version.promulgated), (Event::Amended, Some("2018-12-29".parse().unwrap())));
    assert_eq!(version.effective, None, "the last article tells when the first text began, not this one");
    assert_eq!(official.text.matches("第一章").count(), 1, "the contents are left out: {}", official.text);
    assert!(official.unsure.iter().any(|u| u.contains("effective")));
}

#[test]
fn an_order_and_a_markdown_file() {
    let order = "中华人民共和国国务院令\n第711号\n《某条例》已经修订，现予公布，自2019年5月15日起施行。\n总理　某某\n2019年4月3日\n某条例\n（2007年4月5日中华人民共和国国务院令第492号公布　2019年4月3日中华人民共和国国务院令第711号修订）\n第一条　甲。\n第二条　本条例自2019年5月15日起施行。";
    let markdown = "# 某条例\n\n（2007年4月5日中华人民共和国国务院令第492号公布　2019年4月3日中华人民共和国国务院令第711号修订）\n\n## 第一章　总则\n\n**第一条**　甲。\n\n第二条　本条例自2019年5月15日起施行。\n";
    for (name, text) in [("a.txt", order), ("a.md", markdown)] {
        let official = read(name, text).unwrap();
        let version = &official.record.versions[0];
        assert_eq!(official.record.title, "某条例", "{name}");
        assert_eq!(version.number.as_deref(), Some("国务院令第711号"), "{name}");
        assert_eq!((version.event, version.effective), (Event::Revised, Some("2019-05-15".parse().unwrap())), "{name}");
        assert_eq!(official.record.level, EffectLevel::AdministrativeRegulation);
        assert_eq!(official.record.issuer, "国务院");
        assert!(official.text.contains("\n第一条　甲。\n"), "{}", official.text);
    }
}

#[test]
fn a_notice_as_a_government_page() {
    let html = "<html><body><h1>国务院办公厅关于印发某办法的通知</h1><p>国办发〔2020〕3号</p><p>各省人民政府：</p>\
                <p>现印发给你们。</p><p>一、要求</p><p>（一）甲。乙。</p><p>国务院办公厅</p><p>2020年1月2日</p><p>扫一扫在手机打开当前页</p></body></html>";
    let official = read("tongzhi.html", html).unwrap();
    let version = &official.record.versions[0];
    assert_eq!(official.record.carries.as_deref(), Some("某办法"));
    assert_eq!(
        (official.record.level, official.record.issuer.as_str()),
        (EffectLevel::StateCouncilDocument, "国务院办公厅")
    );
    assert_eq!(version.promulgated, Some("2020-01-02".parse().unwrap()));
    assert!(!official.text.contains("扫一扫"));
}

#[test]
fn what_cannot_be_structured_is_refused_with_its_line() {
    for (text, part) in [
        ("某法\n\n第一条　甲。\n\n第一条　乙。", "第5行：第一条重复，前一次在第3行"),
        ("某法\n第一条　甲。\n第X条　乙。", "第3行：“第X条　乙。”像是标题"),
        ("某法\n这里没有条文。\n只有散文。", "第2行起读不出结构"),
        ("散文一段，没有题名。\n第一条　甲。", "找不到题名：第2行之前"),
    ] {
        let message = read("x.txt", text).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn the_metadata_written_is_read_back() {
    let official = read("示例法.txt", LAW).unwrap();
    let record: yiju::law::RegulationRecord = toml::from_str(&official.toml()).unwrap();
    assert_eq!(record, official.record);
    assert!(official.toml().contains("# effective = 待补"));
}

/// Facts of one file: issuer, number, promulgated, effective, event, level, and the ids of the text.
fn facts(name: &str, text: &str) -> Vec<String> {
    let official = read(name, text).unwrap();
    let record = &official.record;
    let version = &record.versions[0];
    let date = |date: Option<jiff::civil::Date>| date.map_or("?".to_string(), |d| d.to_string());
    let root = yiju::law::parse_text(&official.text).unwrap();
    let ids: Vec<String> = root.walk().filter_map(|p| p.locator.as_ref()).map(yiju::law::Locator::id).collect();
    vec![
        record.title.clone(),
        format!("{} {} {}", record.issuer, record.level.name(), version.number.as_deref().unwrap_or("?")),
        format!("{} {} {}", version.event.name(), date(version.promulgated), date(version.effective)),
        ids.join(" "),
    ]
}

#[test]
fn notes_over_several_lines_and_local_congresses() {
    let revised = "湖北省网格化服务条例\n（2020年3月1日湖北省第十三届人民代表大会常务委员会第十次会议通过\n2022年5月6日湖北省第十三届人民代表大会常务委员会第三十次会议修订）\n目　录\n第一章　总则………1\n第二章　附则………9\n第一章　总　则\n第一条　为了示范，制定本条例。\n第二章　附　则\n第二条　本条例自2022年7月1日起施行。";
    assert_eq!(
        facts("a.txt", revised),
        [
            "湖北省网格化服务条例",
            "湖北省人民代表大会常务委员会 地方性法规 ?",
            "修订 2022-05-06 2022-07-01",
            "ch1 a1 a1.p1 ch2 a2 a2.p1"
        ]
    );
    let approved = "武汉市城市供水条例\n（1998年8月20日武汉市第十届人民代表大会常务委员会第四次会议通过\n1998年9月25日湖北省第九届人民代表大会常务委员会第五次会议批准\n根据2010年6月3日武汉市第十二届人民代表大会常务委员会第二十次会议通过、2010年7月30日湖北省第十一届人民代表大会常务委员会第十七次会议批准的《关于修改部分法规的决定》第一次修正）\n第一条　甲。\n第二条　本条例自1998年12月1日起施行。";
    assert_eq!(
        facts("b.txt", approved)[1..3],
        ["武汉市人民代表大会常务委员会 地方性法规 ?", "修正 2010-07-30 ?"],
        "the last article tells when the first text began"
    );
}

#[test]
fn an_order_is_no_title_and_its_number_may_stand_on_the_next_line() {
    let lines = [
        "湖北省人民政府令",
        "第 262 号",
        "《湖北省政府信息公开规定》已经2004年4月26日省人民政府常务会议审议通过，现予公布，自2004年7月1日起施行。",
        "省长　某某某",
        "二〇〇四年五月十八日",
        "湖北省政府信息公开规定",
        "第一条　为推进政务公开，制定本规定。",
    ];
    let expected = [
        "湖北省政府信息公开规定",
        "湖北省人民政府 地方政府规章 湖北省人民政府令第262号",
        "公布 2004-05-18 2004-07-01",
        "a1 a1.p1",
    ];
    let html: String = lines[1..].iter().map(|line| format!("<p>　　{line}</p>")).collect();
    for (name, text) in [
        ("a.txt", lines.join("\n")),
        ("a.md", format!("# {}", lines.join("\n\n"))),
        ("a.html", format!("<html><body><h1>{}</h1>{html}</body></html>", lines[0])),
    ] {
        assert_eq!(facts(name, &text), expected, "{name}");
    }
}

#[test]
fn spaces_in_numbers_and_half_width_marks_are_layout() {
    let text = "武汉市户外广告管理办法\n（2018年4月2日武汉市人民政府令第288号公布）\n第 一 章　总　则\n　　第 一 条　　户外广告，是指：\n（ 一 ）牌；\n( 二 )灯箱。\n第 二 条\t本办法自2018年6月1日起施行。";
    let official = read("a.txt", text).unwrap();
    for line in [
        "第一章　总　则",
        "第一条　户外广告，是指：",
        "（一）牌；",
        "(二)灯箱。",
        "第二条　本办法自2018年6月1日起施行。",
    ] {
        assert!(official.text.lines().any(|own| own == line), "{line}: {}", official.text);
    }
    assert_eq!(facts("a.txt", text)[3], "ch1 a1 a1.p1 a1.p1.i1 a1.p1.i2 a2 a2.p1");
    let html = "<html><body><h1>某某办法</h1><p><b>第一条</b>　总　则 如此\n  这般。</p></body></html>";
    let official = read("a.html", html).unwrap();
    assert!(official.text.contains("第一条　总　则 如此 这般。"), "{}", official.text);
}

#[test]
fn tables_of_every_format_are_rows_of_the_text() {
    let before = "第一条　排污费按照下列标准收取：";
    let between = "前款标准每年调整。";
    let rows = |mark: &str| format!("级别{mark}标准{mark}单位\n一、甲{mark}10{mark}元\n二、乙{mark}20{mark}元");
    let cells = |row: &str| row.split('|').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let table: String = rows("|").lines().map(|row| format!("<tr>{}</tr>", cells(row))).collect();
    let pipes = "| 级别 | 标准 | 单位 |\n| --- | --- | --- |\n| 一、甲 | 10 | 元 |\n| 二、乙 | 20 | 元 |";
    let tabs = rows("\t");
    for (name, text) in [
        ("a.txt", format!("某某办法\n{before}\n{tabs}\n{between}\n第二条　如下：\n{tabs}")),
        ("b.txt", format!("某某办法\n{before}\n级别\t标准\n一、甲\t10\n{between}\n第二条　甲。")),
        ("a.md", format!("# 某某办法\n\n{before}\n\n{pipes}\n\n{between}\n\n第二条　如下：\n\n{pipes}\n")),
        (
            "a.html",
            format!(
                "<html><body><h1>某某办法</h1><p>{before}</p><table>{table}</table><p>{between}</p><p>第二条　甲。</p></body></html>"
            ),
        ),
    ] {
        let official = read(name, &text).unwrap();
        assert!(official.text.lines().any(|line| line.starts_with("| 一、甲 | 10 |")), "{name}: {}", official.text);
        let root = yiju::law::parse_text(&official.text).unwrap();
        let ids: Vec<String> = root.walk().filter_map(|p| p.locator.as_ref()).map(yiju::law::Locator::id).collect();
        assert_eq!(ids, ["a1", "a1.p1", "a1.p2", "a2", "a2.p1"], "{name}: {}", official.text);
    }
}

#[test]
fn a_tab_after_a_number_makes_no_table() {
    let official = read("a.txt", "某某通知\n一、\t甲。\n二、\t乙。\n（一）\t丙\n（二）\t丁").unwrap();
    assert!(!official.text.contains('|'), "{}", official.text);
}

#[test]
fn the_list_of_annexes_opens_no_point() {
    let text = "秭归县人民政府办公室关于印发秭归县政务公开\n工作要点的通知\n秭政办〔2022〕15号\n各乡（镇）人民政府：\n现将《秭归县政务公开工作要点》印发给你们，请认真贯彻执行。\n附件：1.任务分解表\n2.考核指标\n秭归县人民政府办公室\n2022年4月5日\n秭归县政务公开工作要点\n一、加强主动公开\n（一）公开重点信息。一是公开预算；二是公开规划。\n二、强化保障\n附件1\n任务分解表\n附件2\n考核指标\n一、主动公开30分";
    assert_eq!(
        facts("a.txt", text),
        [
            "秭归县人民政府办公室关于印发秭归县政务公开工作要点的通知",
            "秭归县人民政府办公室 未定 秭政办〔2022〕15号",
            "公布 2022-04-05 ?",
            "s0.p1 s1 s1.1 s1.1.o1 s1.1.o2 s2 x1 x2 x2.s1"
        ]
    );
}

#[test]
fn a_judicial_interpretation_is_known_by_its_number() {
    let text = "最高人民法院关于审理某某案件适用法律若干问题的解释\n（2020年12月25日最高人民法院审判委员会第1823次会议通过，自2021年1月1日起施行）\n法释〔2020〕20号\n第一条 当事人起诉的，应当受理。\n第二条 下列情形之一的，不予受理:\n(一)没有被告;\n(二)没有请求。";
    assert_eq!(
        facts("a.txt", text)[1..],
        ["最高人民法院 司法解释 法释〔2020〕20号", "公布 2020-12-25 2021-01-01", "a1 a1.p1 a2 a2.p1 a2.p1.i1 a2.p1.i2"]
    );
}
