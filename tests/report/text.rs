//! What a terminal shows, read by eye when it changes.

use super::sample::sample;
use yiju::check::Standing;
use yiju::report::layout;
use yiju::report::text::{Style, write};

#[test]
fn the_cell_stands_beside_the_official_words() {
    insta::assert_snapshot!("wide", write(&sample().report(), Style::default()));
    insta::assert_snapshot!("narrow", write(&sample().report(), Style { columns: 50, colour: false }));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for columns in [40, 76, 80, 100, 133] {
        let text = write(&sample().report(), Style { columns, colour: false });
        for line in text.lines() {
            assert!(layout::width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn a_known_finding_is_shown_and_counted_apart() {
    let sample = sample();
    let mut report = sample.report();
    report.findings[0].standing = Standing::Known { reason: "上级模板如此".into(), expires: None };
    let text = write(&report, Style::default());
    assert!(text.contains("错误 1　提醒 1　提示 0　（另有已知 1）"), "{text}");
    assert!(text.contains("已知（上级模板如此）"), "{text}");
}
