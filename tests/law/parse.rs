//! Text → tree where the text is unusual: gaps of excerpts, headings without a number, annexes.

use yiju::law::{Level, Locator, parse_text};

/// Each node with a locator as `id text`, in the order of the text.
fn dump(text: &str) -> Vec<String> {
    let root = parse_text(text).unwrap();
    let line = |p: &yiju::law::Provision| Some(format!("{} {}", p.locator.as_ref().map(Locator::id)?, p.text));
    root.walk().filter_map(line).collect()
}

#[test]
fn a_gap_keeps_what_follows_from_the_points_above_it() {
    let notice = "某通知\n一、要求\n（一）思想。坚持。\n……\n2.机构职能。发布。\n（五）方式。公布。\n散句在此。\n二、组织\n（六）领导。加强。";
    assert_eq!(
        dump(notice),
        [
            "s1 要求",
            "s1.1 思想。坚持。",
            "s_.2 机构职能。发布。",
            "s_.5 方式。公布。",
            "s_.5.p1 散句在此。",
            "s2 组织",
            "s2.6 领导。加强。"
        ]
    );
    assert!(parse_text(notice).unwrap().children.iter().any(|p| p.level == Level::Gap));
}

#[test]
fn a_gap_in_an_article_leaves_the_number_of_what_follows_open() {
    let text = "某法\n第六条　甲应当公布。\n……\n（三）丙；\n另一款。\n第七条　乙。";
    assert_eq!(dump(text), ["a6 ", "a6.p1 甲应当公布。", "a6.i3 丙；", "a7 ", "a7.p1 乙。"]);
    let root = parse_text(text).unwrap();
    let adrift = root.walk().find(|p| p.text == "另一款。").unwrap();
    assert_eq!((adrift.level, &adrift.locator), (Level::Paragraph, &None));
    let first = root.walk().find(|p| p.locator.as_ref().is_some_and(|l| l.id() == "a6.p1")).unwrap();
    assert_eq!(first.full_text(), "甲应当公布。", "the gap is no word of the 款");
}

#[test]
fn headings_without_a_number_are_no_part_of_the_article_before() {
    let text =
        "某解释\n一、管辖\n第一条　甲。\n合同编\n第二条　乙：\n（一）丙；\n二、证据\n第三条　丁。\n附 则\n第四条　戊。";
    assert_eq!(
        dump(text),
        ["a1 ", "a1.p1 甲。", "a2 ", "a2.p1 乙：", "a2.p1.i1 丙；", "a3 ", "a3.p1 丁。", "a4 ", "a4.p1 戊。"]
    );
}

#[test]
fn an_annex_is_not_part_of_the_last_article() {
    let text = "某办法\n第一条　甲。\n第二条　自发布之日起施行。\n附件1\n收费标准表\n每件一百元";
    assert_eq!(dump(text), ["a1 ", "a1.p1 甲。", "a2 ", "a2.p1 自发布之日起施行。", "x1 "]);
    let root = parse_text(text).unwrap();
    let annex = root.walk().find(|p| p.level == Level::Annex).unwrap();
    assert_eq!(annex.printed(), "附件1\n收费标准表\n每件一百元");
}

#[test]
fn numbers_may_repeat_in_the_forms_of_an_annex_and_nowhere_else() {
    let form = "某办法\n第一条　甲。\n附件1\n申请表\n一、姓名\n二、住址\n一、签名";
    let root = parse_text(form).unwrap();
    assert!(root.walk().any(|p| p.text == "签名"), "the words stay");
    let placed = |id: &str| root.walk().filter(|p| p.locator.as_ref().is_some_and(|l| l.id() == id)).count();
    assert_eq!((placed("a1"), placed("x1.s2")), (1, 1));
    assert!(placed("x1.s1") <= 1, "no two places of one name");
    assert!(parse_text("某办法\n第一条　甲。\n第一条　乙。").is_err());
}

#[test]
fn a_second_paragraph_of_an_item_opens_no_paragraph_of_the_article() {
    let text = "某法\n第一条　下列场所：\n（一）甲；\n（二）乙，\n丙；\n（三）丁。\n以上场所：\n（一）戊；\n（二）己。\n末款。";
    assert_eq!(
        dump(text),
        [
            "a1 ",
            "a1.p1 下列场所：",
            "a1.p1.i1 甲；",
            "a1.p1.i2 乙，",
            "a1.p1.i3 丁。",
            "a1.p2 以上场所：",
            "a1.p2.i1 戊；",
            "a1.p2.i2 己。",
            "a1.p3 末款。"
        ]
    );
    let root = parse_text(text).unwrap();
    assert_eq!(root.printed(), text);
    let item = root.walk().find(|p| p.mark == "（二）").unwrap();
    assert_eq!(item.full_text(), "乙，\n丙；");
}

#[test]
fn an_annexed_text_has_places_of_its_own() {
    let text = "某通知\n第一条　甲。\n第二条　乙。\n附件1：某规程\n第一章　总则\n第一条　丙。\n第二条　丁：\n（一）戊。\n附件2\n某目录\n一、己。\n（一）庚。";
    assert_eq!(
        dump(text),
        [
            "a1 ",
            "a1.p1 甲。",
            "a2 ",
            "a2.p1 乙。",
            "x1 某规程",
            "x1.ch1 总则",
            "x1.a1 ",
            "x1.a1.p1 丙。",
            "x1.a2 ",
            "x1.a2.p1 丁：",
            "x1.a2.p1.i1 戊。",
            "x2 ",
            "x2.s1 己。",
            "x2.s1.1 庚。"
        ]
    );
    let root = parse_text(text).unwrap();
    assert_eq!(root.printed(), text);
    let found = |place: &str| match yiju::law::provision::locate(&root, &place.parse().unwrap()) {
        yiju::law::provision::Located::Found(p) => p.full_text(),
        other => format!("{other:?}"),
    };
    assert_eq!(found("第一条"), "甲。", "not the annex's");
    assert_eq!(found("附件1第一条"), "丙。");
    assert_eq!(found("第一章"), "总则\n第一条　丙。\n第二条　丁：\n（一）戊。", "the only one there is");
}

#[test]
fn points_written_in_other_numerals_are_found_where_none_is_marked_so() {
    let found = |text: &str, place: &str| match yiju::law::provision::locate(
        &parse_text(text).unwrap(),
        &place.parse().unwrap(),
    ) {
        yiju::law::provision::Located::Found(p) => p.text.clone(),
        _ => "none".into(),
    };
    let notice = "某意见\n各单位：\n一、甲。\n（一）乙。\n（二）丙。\n二、丁。\n（三）戊。\n1.己。";
    for (place, words) in
        [("1.（2）", "丙。"), ("2.（3）", "戊。"), ("2.（1）", "none"), ("1.", "己。"), ("2.", "丁。")]
    {
        assert_eq!(found(notice, place), words, "{place}");
    }
}

#[test]
fn items_without_a_mark_are_counted() {
    let text = "某条例\n第一条　税率如下：\n甲为百分之七；\n乙为百分之五；\n其他为百分之一。\n第二款。\n\
                第二条　禁止下列行为：\n（一）甲；\n丢了序号的乙；\n（三）丙；\n其他行为。\n由有关部门处理。\n第三条　包括：\n一句话。";
    assert_eq!(
        dump(text),
        [
            "a1 ",
            "a1.p1 税率如下：",
            "a1.p1.i1 甲为百分之七；",
            "a1.p1.i2 乙为百分之五；",
            "a1.p1.i3 其他为百分之一。",
            "a1.p2 第二款。",
            "a2 ",
            "a2.p1 禁止下列行为：",
            "a2.p1.i1 甲；",
            "a2.p1.i2 丢了序号的乙；",
            "a2.p1.i3 丙；",
            "a2.p1.i4 其他行为。",
            "a2.p2 由有关部门处理。",
            "a3 ",
            "a3.p1 包括：",
            "a3.p2 一句话。"
        ]
    );
    assert_eq!(parse_text(text).unwrap().printed(), text);
}

#[test]
fn parts_that_are_printed_without_numbers_are_counted() {
    let text = "某法典\n总则\n第一章　范围\n第一条　甲。\n物权编\n第一分编　通则\n第一章　一般规定\n第二条　乙。\n合同编\n第一章　一般规定\n第三条　丙。\n附则\n第四条　丁。";
    let places: Vec<String> = dump(text).into_iter().filter(|line| line.starts_with("pt")).collect();
    assert_eq!(
        places,
        [
            "pt1 总则",
            "pt1.ch1 范围",
            "pt2 物权编",
            "pt2.sp1 通则",
            "pt2.sp1.ch1 一般规定",
            "pt3 合同编",
            "pt3.ch1 一般规定"
        ]
    );
    let alone = "某条例\n某市公告\n第一章　总则\n第一条　甲。";
    assert_eq!(dump(alone), ["ch1 总则", "a1 ", "a1.p1 甲。"], "one line before a chapter is no part");
}

#[test]
fn a_fourth_level_is_part_of_the_third() {
    let text = "某条例\n第一条　提交：\n（一）甲，包括：\n1.子：\n（1）寅；\n（2）卯；\n2.丑：\n（1）辰；\n（二）乙。";
    assert_eq!(
        dump(text),
        ["a1 ", "a1.p1 提交：", "a1.p1.i1 甲，包括：", "a1.p1.i1.t1 子：", "a1.p1.i1.t2 丑：", "a1.p1.i2 乙。"]
    );
    assert_eq!(parse_text(text).unwrap().printed(), text);
}
