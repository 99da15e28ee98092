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
