//! Linear time, exact spans, no panic: on anything.

use super::gold::names;
use proptest::prelude::*;
use std::sync::LazyLock;
use yiju::catalog::{Field, FieldCell, Item};
use yiju::cite::{Citation, Names, row, scan, scan_counted};

static NAMES: LazyLock<Names> = LazyLock::new(names);

/// Steps that one character of hostile input may cost: the bound of each form in characters, and a few tries.
const MOST_STEPS: u64 = 400;

#[test]
fn hostile_text_costs_steps_in_proportion_to_its_length() {
    for unit in [
        "《",
        "〈",
        "<",
        "第",
        "第一",
        "第一、",
        "第一条",
        "第一条、",
        "第一条至第三百条",
        "（",
        "号",
        "1号",
        "令第1号",
        "国办发〔",
        "国办发〔2017〕1号",
        "一",
        "条",
        "本条例",
        "前款",
        "同上",
        "预算法",
        "《预算法",
        "《预算法》",
        "》",
        "《〈",
        "第（",
        "（一）",
        "1.",
        "《a》1.",
        "《预算法》第一条 一",
        "《预算法》：“",
        "《预算法》（",
        "《预算法》（2018年",
        "附件",
        "以下简称《",
        "第一章",
        "中华人民共和国",
        "附件1第一条",
        "公告第1号",
        "第1号公告",
        "第一条 一\n前款",
        "第一章第一条",
        "《甲》一、“",
        "《甲》一、“”、",
        "一、（一）和",
        "财政部、",
        "财政部 《",
        "印发《甲》和",
        "本条第一款",
    ] {
        let steps = |copies: usize| scan_counted(&unit.repeat(copies), &NAMES).1 as f64;
        let (small, large) = (steps(2_000), steps(16_000));
        assert!(large <= small * 8.8 + 10_000.0, "{unit}: {small} steps for 2,000, {large} for 16,000");
        let characters = (16_000 * unit.chars().count()) as f64;
        assert!(large <= characters * MOST_STEPS as f64, "{unit}: {} steps a character", large / characters);
    }
}

#[test]
fn hostile_text_is_read_in_a_moment() {
    for unit in [
        "《",
        "第",
        "第一条、",
        "第一条至第三百条、",
        "《预算法》第一条 ",
        "（一）预",
        "。\n第一条 ",
        "财政部、",
        "一、（二）甲\n",
        "甲公告第1号、",
        "关于甲的通知\n",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let item =
            Item { fields: [(Field::Clause, cell(&text)), (Field::Basis, cell(&text))].into(), ..Item::default() };
        let start = std::time::Instant::now();
        scan(&text, &NAMES);
        row::read(&item, &NAMES);
        assert!(start.elapsed().as_secs() < 20, "{unit}: {:?}", start.elapsed());
    }
}

fn cell(text: &str) -> FieldCell {
    FieldCell { text: text.into(), ..FieldCell::default() }
}

/// Every span lies in its text, on characters, and says what it is said to say.
fn sound(text: &str, citations: &[Citation]) -> Result<(), TestCaseError> {
    for citation in citations {
        prop_assert!(text.get(citation.span.start..citation.span.end).is_some());
        for located in &citation.locators {
            prop_assert!(text.get(located.span.start..located.span.end).is_some());
        }
        if let Some(quote) = &citation.quote {
            prop_assert_eq!(text.get(quote.span.start..quote.span.end), Some(quote.text.as_str()));
            prop_assert!(citation.span.end <= quote.span.start);
        }
        if let Some(span) = citation.title_span {
            prop_assert!(citation.span.contains(span), "{:?} {:?}", citation.span, span);
        }
    }
    Ok(())
}

/// Texts of the pieces that citations are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("《"),
        Just("》"),
        Just("〈"),
        Just("〉"),
        Just("<"),
        Just(">"),
        Just("第"),
        Just("二十"),
        Just("条"),
        Just("款"),
        Just("（七）"),
        Just("（"),
        Just("）"),
        Just("项"),
        Just("、"),
        Just("至"),
        Just("和"),
        Just("，"),
        Just("。"),
        Just("："),
        Just("；"),
        Just("“"),
        Just("”"),
        Just("\n"),
        Just(" "),
        Just("国办发"),
        Just("〔2017〕"),
        Just("47"),
        Just("号"),
        Just("国务院令"),
        Just("本条例"),
        Just("该办法"),
        Just("同上"),
        Just("前款"),
        Just("前两款"),
        Just("预算法"),
        Just("政府信息公开条例"),
        Just("以下简称"),
        Just("1."),
        Just("㈦"),
        Just("⑦"),
        Just("之一"),
        Just("财政预算、决算信息"),
        Just("附件2"),
        Just("第四部分"),
        Just("一是"),
        Just("依据"),
        Just("的规定"),
        Just("（2018年修正）"),
        Just("等"),
        Just("𠀀"),
        Just("é"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn spans_are_exact_in_any_text(text in pieces()) {
        sound(&text, &scan(&text, &NAMES))?;
    }

    #[test]
    fn spans_are_exact_in_any_row(basis in pieces(), clause in pieces()) {
        let item = Item { fields: [(Field::Basis, cell(&basis)), (Field::Clause, cell(&clause))].into(), ..Item::default() };
        let citations = row::read(&item, &NAMES);
        for (field, text) in [(Field::Basis, &basis), (Field::Clause, &clause)] {
            let own: Vec<Citation> = citations.iter().filter(|c| c.column == Some(field)).cloned().collect();
            sound(text, &own)?;
        }
        prop_assert_eq!(row::read(&item, &NAMES), citations);
    }

    #[test]
    fn any_text_at_all_is_read(text in "\\PC{0,60}") {
        sound(&text, &scan(&text, &NAMES))?;
    }
}
