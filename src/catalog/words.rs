//! [`header`]: what a column's header says it holds, from a table of the words that bodies use.

use super::Field;
use crate::text::fold;

/// Header words and the fields they may mean; where there are several, the cells decide.
const WORDS: &[(&str, &[(Field, f32)])] = &[
    ("公开事项", &[(Field::Path, 1.0)]),
    ("公开事项及类别", &[(Field::Path, 1.0)]),
    ("公开事项名称", &[(Field::Path, 1.0)]),
    ("主动公开事项", &[(Field::Path, 1.0)]),
    ("事项名称", &[(Field::Path, 1.0)]),
    ("事项", &[(Field::Path, 0.9)]),
    ("具体事项", &[(Field::Path, 0.9)]),
    ("公开项目", &[(Field::Path, 0.9), (Field::Content, 0.5)]),
    ("项目名称", &[(Field::Path, 0.8)]),
    ("一级事项", &[(Field::Path, 1.0)]),
    ("二级事项", &[(Field::Path, 1.0)]),
    ("三级事项", &[(Field::Path, 1.0)]),
    ("四级事项", &[(Field::Path, 1.0)]),
    ("一级", &[(Field::Path, 1.0)]),
    ("二级", &[(Field::Path, 1.0)]),
    ("三级", &[(Field::Path, 1.0)]),
    ("四级", &[(Field::Path, 1.0)]),
    ("一级目录", &[(Field::Path, 1.0)]),
    ("二级目录", &[(Field::Path, 1.0)]),
    ("三级目录", &[(Field::Path, 1.0)]),
    ("一级栏目", &[(Field::Path, 1.0)]),
    ("二级栏目", &[(Field::Path, 1.0)]),
    ("三级栏目", &[(Field::Path, 1.0)]),
    ("一级类别", &[(Field::Path, 1.0)]),
    ("二级类别", &[(Field::Path, 1.0)]),
    ("一级分类", &[(Field::Path, 1.0)]),
    ("二级分类", &[(Field::Path, 1.0)]),
    ("三级分类", &[(Field::Path, 1.0)]),
    ("一级指标", &[(Field::Path, 1.0)]),
    ("二级指标", &[(Field::Path, 1.0)]),
    ("三级指标", &[(Field::Path, 1.0)]),
    ("目录类别", &[(Field::Path, 1.0)]),
    ("目录名称", &[(Field::Path, 1.0)]),
    ("公开目录", &[(Field::Path, 0.9)]),
    ("公开类别", &[(Field::Path, 0.8), (Field::Disclosure, 0.6)]),
    ("信息类别", &[(Field::Path, 0.9), (Field::Disclosure, 0.5)]),
    ("信息分类", &[(Field::Path, 0.9)]),
    ("信息名称", &[(Field::Path, 0.9), (Field::Content, 0.5)]),
    ("栏目名称", &[(Field::Path, 0.9)]),
    ("所属栏目", &[(Field::Other, 1.0)]),
    ("发布栏目", &[(Field::Other, 1.0)]),
    ("栏目链接", &[(Field::Other, 1.0)]),
    ("公开栏目", &[(Field::Path, 0.8), (Field::Channel, 0.5)]),
    ("栏目", &[(Field::Path, 0.8)]),
    ("主题分类", &[(Field::Path, 0.9)]),
    ("类别", &[(Field::Path, 0.8), (Field::Disclosure, 0.4)]),
    ("分类", &[(Field::Path, 0.8)]),
    ("大类", &[(Field::Path, 1.0)]),
    ("小类", &[(Field::Path, 1.0)]),
    ("主项", &[(Field::Path, 1.0)]),
    ("子项", &[(Field::Path, 1.0)]),
    ("领域", &[(Field::Path, 0.8)]),
    ("公开领域", &[(Field::Path, 0.8)]),
    ("公开内容", &[(Field::Content, 1.0)]),
    ("公开内容要素", &[(Field::Content, 1.0)]),
    ("内容要素", &[(Field::Content, 1.0)]),
    ("公开要素", &[(Field::Content, 1.0)]),
    ("公开信息", &[(Field::Content, 0.9)]),
    ("信息内容", &[(Field::Content, 1.0)]),
    ("具体内容", &[(Field::Content, 0.9)]),
    ("主要内容", &[(Field::Content, 0.9)]),
    ("主动公开内容", &[(Field::Content, 1.0)]),
    ("公开具体内容", &[(Field::Content, 1.0)]),
    ("内容描述", &[(Field::Content, 0.9)]),
    ("内容", &[(Field::Content, 0.9)]),
    ("公开依据", &[(Field::Basis, 1.0)]),
    ("设定依据", &[(Field::Basis, 1.0)]),
    ("法律依据", &[(Field::Basis, 1.0)]),
    ("政策依据", &[(Field::Basis, 1.0)]),
    ("法定依据", &[(Field::Basis, 1.0)]),
    ("文件依据", &[(Field::Basis, 1.0)]),
    ("制度依据", &[(Field::Basis, 1.0)]),
    ("实施依据", &[(Field::Basis, 1.0)]),
    ("法律法规依据", &[(Field::Basis, 1.0)]),
    ("法律法规和政策依据", &[(Field::Basis, 1.0)]),
    ("法律法规政策依据", &[(Field::Basis, 1.0)]),
    ("依据文件", &[(Field::Basis, 1.0)]),
    ("依据名称", &[(Field::Basis, 1.0)]),
    ("依据", &[(Field::Basis, 0.9)]),
    ("法规名称", &[(Field::Basis, 0.8)]),
    ("条款内容", &[(Field::Clause, 1.0)]),
    ("具体条款", &[(Field::Clause, 1.0)]),
    ("依据内容", &[(Field::Clause, 1.0)]),
    ("依据条款", &[(Field::Clause, 1.0)]),
    ("依据原文", &[(Field::Clause, 1.0)]),
    ("法律条款", &[(Field::Clause, 1.0)]),
    ("法条内容", &[(Field::Clause, 1.0)]),
    ("法条原文", &[(Field::Clause, 1.0)]),
    ("条文内容", &[(Field::Clause, 1.0)]),
    ("条文原文", &[(Field::Clause, 1.0)]),
    ("具体条文", &[(Field::Clause, 1.0)]),
    ("具体依据", &[(Field::Clause, 0.8), (Field::Basis, 0.7)]),
    ("具体规定", &[(Field::Clause, 0.9)]),
    ("相关条款", &[(Field::Clause, 1.0)]),
    ("相关规定", &[(Field::Clause, 0.8), (Field::Basis, 0.6)]),
    ("条款", &[(Field::Clause, 0.9)]),
    ("条文", &[(Field::Clause, 0.9)]),
    ("依据效力位阶", &[(Field::EffectLevel, 1.0)]),
    ("法律效力位阶", &[(Field::EffectLevel, 1.0)]),
    ("效力位阶", &[(Field::EffectLevel, 1.0)]),
    ("效力级别", &[(Field::EffectLevel, 1.0)]),
    ("效力等级", &[(Field::EffectLevel, 1.0)]),
    ("效力层级", &[(Field::EffectLevel, 1.0)]),
    ("法律位阶", &[(Field::EffectLevel, 1.0)]),
    ("依据层级", &[(Field::EffectLevel, 0.9)]),
    ("依据类型", &[(Field::EffectLevel, 0.8)]),
    ("位阶", &[(Field::EffectLevel, 1.0)]),
    ("公开时限", &[(Field::Deadline, 1.0)]),
    ("公开期限", &[(Field::Deadline, 1.0)]),
    ("公开时间", &[(Field::Deadline, 1.0)]),
    ("公开时效", &[(Field::Deadline, 1.0)]),
    ("公开频率", &[(Field::Deadline, 1.0)]),
    ("公开频次", &[(Field::Deadline, 1.0)]),
    ("公开周期", &[(Field::Deadline, 1.0)]),
    ("更新时限", &[(Field::Deadline, 1.0)]),
    ("更新时间", &[(Field::Deadline, 1.0)]),
    ("更新频率", &[(Field::Deadline, 1.0)]),
    ("更新频次", &[(Field::Deadline, 1.0)]),
    ("更新周期", &[(Field::Deadline, 1.0)]),
    ("更新要求", &[(Field::Deadline, 0.8)]),
    ("发布时限", &[(Field::Deadline, 1.0)]),
    ("发布时间", &[(Field::Deadline, 0.9)]),
    ("时限要求", &[(Field::Deadline, 1.0)]),
    ("时间要求", &[(Field::Deadline, 1.0)]),
    ("时限", &[(Field::Deadline, 1.0)]),
    ("期限", &[(Field::Deadline, 0.9)]),
    ("公开主体", &[(Field::Publisher, 1.0), (Field::Department, 0.4)]),
    ("公开责任主体", &[(Field::Publisher, 1.0), (Field::Department, 0.5)]),
    ("责任主体", &[(Field::Publisher, 0.9), (Field::Department, 0.6)]),
    ("公开单位", &[(Field::Publisher, 1.0), (Field::Department, 0.5)]),
    ("公开机构", &[(Field::Publisher, 1.0)]),
    ("公开部门", &[(Field::Publisher, 0.8), (Field::Department, 0.7)]),
    ("发布主体", &[(Field::Publisher, 1.0)]),
    ("发布机构", &[(Field::Publisher, 1.0)]),
    ("发布单位", &[(Field::Publisher, 1.0)]),
    ("实施主体", &[(Field::Publisher, 0.9)]),
    ("责任单位", &[(Field::Publisher, 0.8), (Field::Department, 0.75)]),
    ("主体", &[(Field::Publisher, 0.8)]),
    ("单位名称", &[(Field::Publisher, 0.8)]),
    ("公开渠道和载体", &[(Field::Channel, 1.0)]),
    ("公开渠道及载体", &[(Field::Channel, 1.0)]),
    ("公开渠道与载体", &[(Field::Channel, 1.0)]),
    ("公开渠道", &[(Field::Channel, 1.0)]),
    ("公开载体", &[(Field::Channel, 1.0)]),
    ("公开平台", &[(Field::Channel, 1.0)]),
    ("公开途径", &[(Field::Channel, 1.0)]),
    ("公开场所", &[(Field::Channel, 0.9)]),
    ("公开形式", &[(Field::Channel, 0.7), (Field::Disclosure, 0.7)]),
    ("发布渠道", &[(Field::Channel, 1.0)]),
    ("发布平台", &[(Field::Channel, 1.0)]),
    ("发布载体", &[(Field::Channel, 1.0)]),
    ("渠道和载体", &[(Field::Channel, 1.0)]),
    ("渠道", &[(Field::Channel, 0.9)]),
    ("载体", &[(Field::Channel, 0.9)]),
    ("公开对象", &[(Field::Audience, 1.0)]),
    ("公开范围", &[(Field::Audience, 1.0)]),
    ("公开受众", &[(Field::Audience, 1.0)]),
    ("面向对象", &[(Field::Audience, 0.9)]),
    ("对象", &[(Field::Audience, 0.9)]),
    ("范围", &[(Field::Audience, 0.7)]),
    ("责任科室", &[(Field::Department, 1.0)]),
    ("责任处室", &[(Field::Department, 1.0)]),
    ("责任股室", &[(Field::Department, 1.0)]),
    ("责任部门", &[(Field::Department, 0.9), (Field::Publisher, 0.6)]),
    ("责任机构", &[(Field::Department, 0.9), (Field::Publisher, 0.6)]),
    ("责任处科室", &[(Field::Department, 1.0)]),
    ("责任人", &[(Field::Department, 0.8)]),
    ("公开责任", &[(Field::Department, 0.9), (Field::Publisher, 0.5)]),
    ("公开责任科室", &[(Field::Department, 1.0)]),
    ("公开责任部门", &[(Field::Department, 0.9), (Field::Publisher, 0.6)]),
    ("公开责任单位", &[(Field::Publisher, 0.8), (Field::Department, 0.75)]),
    ("承办机构", &[(Field::Department, 1.0), (Field::Publisher, 0.5)]),
    ("承办科室", &[(Field::Department, 1.0)]),
    ("承办处室", &[(Field::Department, 1.0)]),
    ("承办股室", &[(Field::Department, 1.0)]),
    ("承办单位", &[(Field::Department, 0.8), (Field::Publisher, 0.7)]),
    ("承办部门", &[(Field::Department, 0.9), (Field::Publisher, 0.5)]),
    ("牵头科室", &[(Field::Department, 1.0)]),
    ("负责科室", &[(Field::Department, 1.0)]),
    ("负责部门", &[(Field::Department, 0.9)]),
    ("提供科室", &[(Field::Department, 1.0)]),
    ("业务科室", &[(Field::Department, 1.0)]),
    ("主办科室", &[(Field::Department, 1.0)]),
    ("科室", &[(Field::Department, 1.0)]),
    ("股室", &[(Field::Department, 1.0)]),
    ("处室", &[(Field::Department, 1.0)]),
    ("公开方式", &[(Field::Disclosure, 1.0), (Field::Channel, 0.5)]),
    ("公开类型", &[(Field::Disclosure, 1.0)]),
    ("公开属性", &[(Field::Disclosure, 1.0)]),
    ("公开性质", &[(Field::Disclosure, 1.0)]),
    ("事项类别", &[(Field::Disclosure, 0.7), (Field::Path, 0.7)]),
    ("事项类型", &[(Field::Disclosure, 0.7), (Field::Path, 0.6)]),
    ("方式", &[(Field::Disclosure, 0.8)]),
    ("文号", &[(Field::Other, 1.0)]),
    ("发文字号", &[(Field::Other, 1.0)]),
    ("序号", &[(Field::Other, 1.0)]),
    ("编号", &[(Field::Other, 1.0)]),
    ("项目编号", &[(Field::Other, 1.0)]),
    ("事项编码", &[(Field::Other, 1.0)]),
    ("备注", &[(Field::Other, 1.0)]),
    ("说明", &[(Field::Other, 0.8)]),
    ("公开层级", &[(Field::Other, 1.0)]),
    ("公开格式", &[(Field::Other, 1.0)]),
    ("公开流程", &[(Field::Other, 1.0)]),
    ("对应职责", &[(Field::Other, 1.0)]),
    ("职责", &[(Field::Other, 0.8)]),
    ("内容规范", &[(Field::Other, 1.0), (Field::Content, 0.4)]),
    ("内容标准", &[(Field::Other, 1.0), (Field::Content, 0.4)]),
    ("公开标准", &[(Field::Other, 1.0), (Field::Content, 0.4)]),
    ("公开要求", &[(Field::Other, 0.9), (Field::Content, 0.4)]),
    ("工作要求", &[(Field::Other, 0.9)]),
    ("监督方式", &[(Field::Other, 1.0)]),
    ("监督渠道", &[(Field::Other, 1.0)]),
    ("监督电话", &[(Field::Other, 1.0)]),
    ("联系方式", &[(Field::Other, 1.0)]),
    ("联系电话", &[(Field::Other, 1.0)]),
    ("联系人", &[(Field::Other, 1.0)]),
    ("审核程序", &[(Field::Other, 1.0)]),
    ("path", &[(Field::Path, 1.0)]),
    ("path1", &[(Field::Path, 1.0)]),
    ("path2", &[(Field::Path, 1.0)]),
    ("path3", &[(Field::Path, 1.0)]),
    ("content", &[(Field::Content, 1.0)]),
    ("basis", &[(Field::Basis, 1.0)]),
    ("clause", &[(Field::Clause, 1.0)]),
    ("effect_level", &[(Field::EffectLevel, 1.0)]),
    ("deadline", &[(Field::Deadline, 1.0)]),
    ("publisher", &[(Field::Publisher, 1.0)]),
    ("channel", &[(Field::Channel, 1.0)]),
    ("audience", &[(Field::Audience, 1.0)]),
    ("department", &[(Field::Department, 1.0)]),
    ("disclosure", &[(Field::Disclosure, 1.0)]),
    ("row", &[(Field::Other, 1.0)]),
];

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

/// Words that stand under a group of columns: what the group must mean for them to stand there.
const SUB_WORDS: &[(&str, Field)] = &[
    ("全社会", Field::Audience),
    ("全社", Field::Audience),
    ("社会", Field::Audience),
    ("特定群体", Field::Audience),
    ("特定群众", Field::Audience),
    ("特定对象", Field::Audience),
    ("特定人群", Field::Audience),
    ("主动", Field::Disclosure),
    ("主动公开", Field::Disclosure),
    ("依申请", Field::Disclosure),
    ("依申请公开", Field::Disclosure),
    ("国家级", Field::Other),
    ("省级", Field::Other),
    ("市级", Field::Other),
    ("县级", Field::Other),
    ("区级", Field::Other),
    ("区县级", Field::Other),
    ("乡级", Field::Other),
    ("镇级", Field::Other),
    ("乡镇级", Field::Other),
    ("街道", Field::Other),
    ("村级", Field::Other),
];

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
    let base = folded.split(['(', '[']).next().unwrap_or_default();
    SUB_WORDS.iter().any(|(word, _)| *word == base) || is_tier(base)
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
    let base = folded.split(['(', '[']).next().unwrap_or_default();
    if let Some((_, field)) = SUB_WORDS.iter().find(|(word, _)| *word == base) {
        return Some(*field);
    }
    if is_tier(base) {
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
