//! [`list`] and [`summary`]: the sheets that a workbook of findings has beside the catalog's own.

use super::super::card::{Card, place_name};
use super::super::layout::{Run, shorten};
use super::super::{Report, Reported};
use super::{colour, entry, link, worst};
use crate::catalog::Field;
use crate::check::{Applicability, Severity, Standing, Verdict};
use crate::import::annotate::{Entry, LIST, Look, Page, SUMMARY};
use crate::import::document::cell_name;

/// Sheet, row and column (from 0) of an item's words of a column.
pub type Places<'p> = dyn Fn(&Report<'_>, u32, Option<Field>) -> Option<(String, u32, u32)> + 'p;

/// One row a finding, each leading to its cell.
pub fn list(reports: &[Report<'_>], place: &Places<'_>) -> Page {
    let columns = [
        ("项", 6.0),
        ("事项", 28.0),
        ("程度", 7.0),
        ("位置", 14.0),
        ("目录中的文字", 40.0),
        ("问题", 44.0),
        ("应为", 26.0),
        ("官方条文", 44.0),
        ("改法", 14.0),
        ("处理", 18.0),
        ("规则", 22.0),
        ("指纹", 19.0),
    ];
    let mut rows = vec![columns.iter().map(|(name, _)| entry(*name, Look::Head)).collect()];
    let findings = reports.iter().flat_map(|report| report.findings.iter().map(move |reported| (report, reported)));
    rows.extend(findings.map(|(report, reported)| finding(report, reported, place)));
    Page {
        name: LIST.into(),
        widths: columns.iter().map(|(_, width)| *width).collect(),
        rows,
        frozen: (1, 2),
        filter: true,
    }
}

fn finding(report: &Report<'_>, reported: &Reported<'_>, place: &Places<'_>) -> Vec<Entry> {
    let finding = reported.finding;
    let card = Card::of(report, reported);
    let words = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let column = card.cell.as_ref().map(|cell| cell.column);
    let official = card.official.first().map_or(String::new(), |official| {
        let text = report.proof(reported).unwrap_or_default();
        format!("{}（{}）\n{}", official.name, official.standing, shorten(&text, 600))
    });
    let advice = card.repair.as_ref().map_or("", |repair| match repair.applicability {
        Applicability::Safe => "可稳妥改正",
        Applicability::Unsafe => "可改，须人看过",
    });
    let status = match &reported.standing {
        Standing::New => "新发现".to_string(),
        other => other.note().unwrap_or_default(),
    };
    let name = column.map_or("", |column| column.name());
    let place = match place(report, finding.item, column) {
        Some((sheet, row, column)) => {
            entry(format!("{} {name}", cell_name(column, row + 1)), Look::Link(link(&sheet, row, column)))
        }
        None => {
            let own = card.cell.as_ref().and_then(|cell| cell.place.clone());
            let origin = report.item(finding.item).and_then(|item| place_name(&item.origin));
            entry(format!("{} {name}", own.or(origin).unwrap_or_default()), Look::Plain)
        }
    };
    let grade = Look::Filled(colour(worst(&[(report, reported)])).to_string());
    let mut row = vec![
        Entry::number(f64::from(finding.item), Look::Plain),
        entry(&card.item, Look::Plain),
        entry(finding.severity.name(), grade),
        place,
    ];
    let rest = [
        card.cell.as_ref().map_or(String::new(), |cell| words(&cell.words)),
        finding.message.clone(),
        finding.expected.clone().unwrap_or_default(),
        official,
        advice.to_string(),
        status,
        finding.rule.to_string(),
        reported.fingerprint.clone(),
    ];
    row.extend(rest.iter().map(|text| entry(shorten(text, 4000), Look::Plain)));
    row
}

/// The counts of each catalog.
pub fn summary(reports: &[Report<'_>]) -> Page {
    let mut rows = Vec::new();
    for report in reports {
        let title = if report.catalog.title.is_empty() { &report.catalog.file } else { &report.catalog.title };
        rows.push(vec![entry(title, Look::Head), entry(report.views.today.to_string(), Look::Head)]);
        let verdicts = report.verdict_counts();
        let severities = report.severity_counts();
        let (known, suppressed) = report.set_aside();
        let mut lines: Vec<(String, usize)> =
            vec![("事项".into(), report.catalog.items.len()), ("引用".into(), report.links.len())];
        lines.extend(Verdict::ALL.map(|verdict| (format!("引用：{}", verdict.name()), verdicts.get(verdict))));
        let all = [Severity::Error, Severity::Warning, Severity::Notice];
        lines.extend(all.map(|severity| (format!("问题：{}", severity.name()), severities.get(severity))));
        lines.extend([("问题：已知".into(), known), ("问题：已搁置".into(), suppressed)]);
        lines.extend(report.unchecked().into_iter().map(|(name, count)| (format!("未核：{name}"), count)));
        rows.extend(
            lines
                .into_iter()
                .map(|(name, count)| vec![entry(name, Look::Plain), Entry::number(count as f64, Look::Plain)]),
        );
        rows.push(vec![entry("“未核”是法规库没有所引的文件或那一部分，不能说对，也不能说错。", Look::Plain)]);
        rows.push(Vec::new());
    }
    Page { name: SUMMARY.into(), widths: vec![40.0, 12.0], rows, ..Page::default() }
}
