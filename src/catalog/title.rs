//! What a catalog is called and whose it is: from `catalog.toml`, its title lines, its columns.

use super::columns::Layout;
use super::read::Line;
use super::section::{self, Section};
use super::{Catalog, CatalogFile, Field};
use std::collections::BTreeMap;

/// The ends of the names of bodies, as they stand in a title before what the title is about.
const BODIES: [&str; 16] = [
    "人民政府办公室",
    "人民政府",
    "委员会",
    "管理局",
    "办公室",
    "服务中心",
    "监督局",
    "保障局",
    "街道办事处",
    "局",
    "委",
    "厅",
    "院",
    "中心",
    "乡",
    "镇",
];
/// Where what a title is about begins.
const ABOUT: [&str; 12] = [
    "政务主动公开",
    "政务公开",
    "主动公开",
    "政府信息",
    "基层政务",
    "信息公开",
    "公开事项",
    "2020",
    "2021",
    "2022",
    "20",
    "（",
];

pub(super) fn describe(
    catalog: &mut Catalog,
    section: &Section,
    lines: &[Line],
    layout: &Layout,
    file: Option<&CatalogFile>,
) {
    let texts: Vec<&str> = section.title.iter().flat_map(|row| row.own()).map(|cell| cell.text.as_str()).collect();
    let labelled = texts.iter().find_map(|text| section::publisher_label(text));
    let found =
        texts.iter().rposition(|text| section::reads_as_title(text) && section::publisher_label(text).is_none());
    let mut title = found.and_then(|at| texts.get(at)).map(|text| one_line(text)).unwrap_or_default();
    // A title over two lines: the body's name, then the kind of catalog.
    if let Some(before) = found.and_then(|at| at.checked_sub(1)).and_then(|at| texts.get(at))
        && body_of(&title).is_none()
        && BODIES.iter().any(|end| before.ends_with(end))
        && before.chars().count() <= 30
    {
        title = format!("{}{title}", one_line(before));
    }
    let sheet = section.header.first().or(section.body.first()).and_then(|row| row.origin.sheet.clone());
    let stem = catalog.file.rsplit_once('.').map_or(catalog.file.as_str(), |(stem, _)| stem);
    catalog.id = stem.to_string();
    catalog.publisher = labelled
        .map(str::to_string)
        .or_else(|| body_of(&title).map(str::to_string))
        .or_else(|| constant(lines, layout))
        .unwrap_or_default();
    if title.is_empty() {
        title = match sheet.filter(|name| section::reads_as_title(name)) {
            Some(sheet) => sheet,
            None if !catalog.publisher.is_empty() => format!("{}公开事项目录", catalog.publisher),
            None => stem.to_string(),
        };
    }
    catalog.title = title;
    catalog.date = texts.iter().find_map(|text| full_date(text));
    if let Some(file) = file {
        let take = |own: &mut String, given: &Option<String>| {
            if let Some(given) = given {
                own.clone_from(given);
            }
        };
        take(&mut catalog.title, &file.title);
        take(&mut catalog.publisher, &file.publisher);
        catalog.region.clone_from(&file.region);
        catalog.source.clone_from(&file.source);
        catalog.date = file.date.or(catalog.date);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The body that a title begins with.
fn body_of(title: &str) -> Option<&str> {
    let end = ABOUT.iter().filter_map(|word| title.find(word)).min()?;
    let body = title.get(..end)?;
    (body.chars().count() >= 3 && BODIES.iter().any(|end| body.ends_with(end))).then_some(body)
}

/// The one value that nearly the whole column of publishers holds.
fn constant(lines: &[Line], layout: &Layout) -> Option<String> {
    let column = layout.columns.iter().position(|column| column.field == Field::Publisher)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        if let Line::Row(row) = line
            && !row.text(column).is_empty()
        {
            *counts.entry(row.text(column)).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    counts.into_iter().find(|(_, count)| count * 10 >= all * 8).map(|(value, _)| one_line(value))
}

/// `2024年5月1日` in a line.
fn full_date(text: &str) -> Option<jiff::civil::Date> {
    let text: String = text.split_whitespace().collect();
    let (before, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let year: String = before.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
