//! [`header`]: what a column's header says it holds, from a table of the words that bodies use.

mod table;

use super::Field;
use crate::text::fold;
use table::{SUB_WORDS, WORDS};

/// The depth that a level's header names: 一级 is 1, `path2` is 2.
pub(super) fn depth(header: &str) -> Option<u32> {
    let folded = fold::fold(header.rsplit('/').next().unwrap_or(header)).text;
    if let Some(number) = folded.strip_prefix("path") {
        return number.parse().ok();
    }
    let before = folded.split('级').next().filter(|before| before.len() < folded.len())?;
    crate::text::numeral::parse(before.trim_start_matches('第')).or(match folded.as_str() {
        "大类" | "主项" => Some(1),
        "小类" | "子项" => Some(2),
        _ => None,
    })
}

/// Whether a header names what items are sorted by, not the items.
pub(super) fn is_category(header: &str) -> bool {
    let folded = fold::fold(header.rsplit('/').next().unwrap_or(header)).text;
    ["类别", "分类", "类型", "领域", "大类", "栏目"].iter().any(|word| folded.contains(word))
}

/// A header longer than this is a sentence.
const LONGEST: usize = 48;

/// What a header says its column holds, best first; empty when it says nothing known.
pub(super) fn header(text: &str) -> Vec<(Field, f32)> {
    named(text).0
}

/// The fields that a header names, and the length of the known word where it is only a part of the header.
fn named(text: &str) -> (Vec<(Field, f32)>, Option<usize>) {
    let folded = fold::fold(text).text;
    if folded.is_empty() || folded.chars().count() > LONGEST {
        return (Vec::new(), None);
    }
    let base = folded.split(['(', '[', '【', ':']).next().unwrap_or_default();
    let base: String = base.chars().filter(|c| !matches!(c, '、' | '/' | '·' | '"' | '*' | ',')).collect();
    let scale = |fields: &[(Field, f32)], by: f32| fields.iter().map(|(field, score)| (*field, score * by)).collect();
    if let Some((_, fields)) = WORDS.iter().find(|(word, _)| *word == base) {
        return (scale(fields, 1.0), None);
    }
    // 责任处室及联系电话 is about its first part, where that is a name by itself.
    let first = base.split(['及', '与', '和']).next().filter(|first| first.len() < base.len()).unwrap_or_default();
    if let Some((_, fields)) = WORDS.iter().find(|(word, _)| *word == first) {
        return (scale(fields, 0.85), None);
    }
    let length = base.chars().count();
    let contained = WORDS.iter().filter(|(word, _)| {
        let word_length = word.chars().count();
        word_length >= 2 && length <= word_length + 6 && base.contains(word)
    });
    // The longest word inside, the last of equally long ones: 公开依据条款内容 is about 条款内容.
    match contained.max_by_key(|(word, _)| (word.len(), base.rfind(word))) {
        Some((word, fields)) => (scale(fields, 0.85), Some(word.chars().count())),
        None => (Vec::new(), None),
    }
}

/// Whether a word of the second header row names a column of marks: 全社会, 主动, 县级.
pub(super) fn is_mark_name(text: &str) -> bool {
    let folded = fold::fold(text).text;
    let base = sub_base(&folded);
    SUB_WORDS.iter().any(|(word, _)| *word == base) || is_tier(&base)
}

/// A name of a second header row without what explains it: 发布会/听证会, 其他（请注明）.
fn sub_base(folded: &str) -> String {
    let base = folded.split(['(', '[']).next().unwrap_or_default();
    base.chars().filter(|c| !matches!(c, '、' | '/')).collect()
}

/// A level of government as the column of a group names it: 东阳市级, 街镇级, 村.
fn is_tier(folded: &str) -> bool {
    let length = folded.chars().count();
    let numbered = crate::text::numeral::parse(folded.trim_start_matches('第').trim_end_matches('级')).is_some();
    let place = |c: char| "省市州区县旗乡镇街村社".contains(c);
    !numbered
        && (length <= 6 && folded.ends_with('级') && folded.contains(place) || length <= 4 && folded.chars().all(place))
}

/// Whether a header of the first row can be the group above words of this field.
pub(super) fn is_group_of(text: &str, field: Field) -> bool {
    group_score(text, field) > 0.0
}

/// How plainly it does: 公开事项 is a group of levels before 类别 is.
pub(super) fn group_score(text: &str, field: Field) -> f32 {
    match field {
        Field::Other if fold::fold(text).text.contains('级') => 1.0,
        Field::Other => 0.0,
        field => header(text).first().filter(|(own, _)| *own == field).map_or(0.0, |(_, score)| *score),
    }
}

/// The field whose group a word of the second header row stands under.
pub(super) fn sub_header(text: &str) -> Option<Field> {
    let folded = fold::fold(text).text;
    let base = sub_base(&folded);
    if let Some((_, field)) = SUB_WORDS.iter().find(|(word, _)| *word == base) {
        return Some(*field);
    }
    if is_tier(&base) {
        return Some(Field::Other);
    }
    header(text).first().filter(|(field, score)| *field == Field::Path && *score > 0.8).map(|(field, _)| *field)
}

/// Whether a cell reads as a header: it names a field, and does so plainly.
///
/// 事项 or 类别 somewhere in the words of a cell name no column: 事项划转清单 is an item.
pub(super) fn is_header(text: &str) -> bool {
    let (fields, length) = named(text);
    fields.first().is_some_and(|(_, score)| *score >= 0.65) && length != Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_real_catalogs_name_their_fields() {
        for (text, field) in [
            ("公开内容 (要素)", Field::Content),
            ("公开依据(根据实际填写,例如:对应法律法规的名称等)", Field::Basis),
            ("依据效力位阶", Field::EffectLevel),
            ("公开渠道 和载体", Field::Channel),
            ("公开渠道\n和 载 体", Field::Channel),
            ("公开责任", Field::Department),
            ("公 开 时 限", Field::Deadline),
            ("政府信息公开依据", Field::Basis),
            ("公开依据条款内容", Field::Clause),
            ("法律法规和政策依据", Field::Basis),
            ("公开主体（责任单位）", Field::Publisher),
            ("序号", Field::Other),
        ] {
            assert_eq!(header(text).first().map(|(field, _)| *field), Some(field), "{text}");
        }
        assert!(header("鄂托克旗医疗保障局政务主动公开事项目录编制说明").is_empty());
        assert!(header("").is_empty());
        assert!(is_header("公开事项") && is_header("事项") && is_header("法律法规和政策依据"));
        assert!(!is_header("证明事项清单") && !is_header("事项划转清单"), "items, not names of columns");
        assert_eq!(sub_header("特定群体"), Some(Field::Audience));
        assert_eq!(sub_header("二级事项"), Some(Field::Path));
        assert_eq!(sub_header("办公室"), None);
    }
}
