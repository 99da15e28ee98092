//! [`Label`]: a word of the 效力位阶 column, and which effect levels it may stand for.

use crate::law::EffectLevel::{self, *};

/// What one word of the column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub text: String,
    /// Empty for a word that is no effect level (办法, 通知).
    pub levels: &'static [EffectLevel],
}

/// Words of the column, the longer before those they contain.
const LABELS: &[(&str, &[EffectLevel])] = &[
    ("宪法", &[Constitution]),
    ("地方性法规", &[LocalRegulation]),
    ("地方法规", &[LocalRegulation]),
    ("自治条例", &[LocalRegulation]),
    ("单行条例", &[LocalRegulation]),
    ("行政法规", &[AdministrativeRegulation]),
    ("监察法规", &[SupervisionRegulation]),
    ("党内法规", &[PartyRegulation]),
    ("法律法规", &[Law, AdministrativeRegulation, LocalRegulation]),
    ("法律、法规", &[Law, AdministrativeRegulation, LocalRegulation]),
    ("司法解释", &[JudicialInterpretation]),
    ("部门规章", &[DepartmentalRule]),
    ("部委规章", &[DepartmentalRule]),
    ("国务院部门规章", &[DepartmentalRule]),
    ("地方政府规章", &[LocalGovernmentRule]),
    ("地方规章", &[LocalGovernmentRule]),
    ("政府规章", &[LocalGovernmentRule]),
    ("规章", &[DepartmentalRule, LocalGovernmentRule]),
    ("国务院规范性文件", &[StateCouncilDocument, JointPartyDocument]),
    ("国务院文件", &[StateCouncilDocument, JointPartyDocument]),
    ("党政联合文件", &[JointPartyDocument]),
    ("部门规范性文件", &[DepartmentalDocument, StateCouncilDocument]),
    ("部门文件", &[DepartmentalDocument, StateCouncilDocument]),
    ("地方规范性文件", &[LocalDocument]),
    ("地方文件", &[LocalDocument]),
    ("单位内部制度", &[InternalRule]),
    ("内部制度", &[InternalRule]),
    ("内部文件", &[InternalRule]),
    ("规范性文件", DOCUMENTS),
    ("政策性文件", DOCUMENTS),
    ("政策文件", DOCUMENTS),
    ("其他文件", DOCUMENTS),
    ("文件", DOCUMENTS),
    ("法规", &[AdministrativeRegulation, LocalRegulation]),
    ("法律", &[Law]),
];

const DOCUMENTS: &[EffectLevel] =
    &[StateCouncilDocument, JointPartyDocument, DepartmentalDocument, LocalDocument, InternalRule];

/// Reads a cell: 法律、行政法规 · 行政法规；办法 · 部门规章/规范性文件.
pub fn labels(cell: &str) -> Vec<Label> {
    if let Some((_, levels)) = LABELS.iter().find(|(word, _)| *word == cell.trim()) {
        return vec![Label { text: cell.trim().into(), levels }];
    }
    let separators = |c: char| c.is_whitespace() || "、，,；;/／|和及与".contains(c);
    let parts = cell.split(separators).map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let numbered =
        |part: &str| part.trim_start_matches(|c: char| c.is_ascii_digit() || ".．、".contains(c)).to_string();
    parts.map(numbered).filter(|part| !part.is_empty()).map(label).collect()
}

fn label(text: String) -> Label {
    let found = LABELS.iter().find(|(word, _)| text == *word || text.strip_prefix("其他") == Some(word));
    Label { levels: found.map_or(&[], |(_, levels)| levels), text }
}

/// Levels that a document the corpus lacks can have, told from its title where the title is beyond doubt.
///
/// A Party group's or a local body's document is no law, no administrative regulation and no ministry's rule.
pub fn possible(title: &str) -> Option<&'static [EffectLevel]> {
    const PARTY: &[EffectLevel] = &[PartyRegulation, JointPartyDocument, LocalDocument, InternalRule];
    const LOCAL: &[EffectLevel] = &[LocalRegulation, LocalGovernmentRule, LocalDocument, InternalRule];
    let head: String = title.chars().take(14).collect();
    let local = ["省", "市", "县", "旗", "区", "镇", "乡"].iter().any(|unit| {
        head.find(unit).is_some_and(|at| at >= 2 * '县'.len_utf8() && !title[..at].contains(['国', '部', '印', '关']))
    });
    let own = ["局党组", "委党组", "党组", "党委", "党支部"].iter().any(|body| title.contains(body));
    if title.starts_with("中共") && own && local {
        Some(PARTY)
    } else if local
        && !title.contains("规划")
        && ["人民政府", "局", "委员会", "办公室", "中心", "条例", "办法", "规定"].iter().any(|w| title.contains(w))
    {
        Some(LOCAL)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_word_by_word() {
        for (cell, read) in [
            ("行政法规", vec![("行政法规", 1)]),
            ("法律、行政法规", vec![("法律", 1), ("行政法规", 1)]),
            ("法律、法规", vec![("法律、法规", 3)]),
            ("行政法规；办法", vec![("行政法规", 1), ("办法", 0)]),
            ("1.部门规章 2.规范性文件", vec![("部门规章", 1), ("规范性文件", 5)]),
            ("", vec![]),
        ] {
            let labels = labels(cell);
            let labels: Vec<(&str, usize)> = labels.iter().map(|l| (l.text.as_str(), l.levels.len())).collect();
            assert_eq!(labels, read, "{cell}");
        }
    }

    #[test]
    fn a_title_tells_only_what_is_beyond_doubt() {
        let law = |title: &str| possible(title).is_none_or(|levels| levels.contains(&Law));
        assert!(!law("中共鄂托克旗医疗保障局党组贯彻落实“三重一大”事项集体决策制度工作细则"));
        assert!(!law("内蒙古自治区行政权力监督管理办法"));
        for title in [
            "中华人民共和国市场主体登记管理条例",
            "城市房地产管理法",
            "医疗机构管理条例",
            "国务院关于加强市县政府依法行政的决定",
        ] {
            assert!(law(title), "{title}");
        }
    }
}
