//! [`Evidence`]: what the words of one cell look like, whatever stands above them.

use super::Field;
use crate::text::fold;

/// For each field, 0–1, how much a cell looks like one of its cells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    scores: [f32; FIELDS],
    /// A tick mark and nothing else.
    pub tick: bool,
    /// A number and nothing else.
    pub number: bool,
    /// `同上`: what stands above, which is never an item's name.
    pub ditto: bool,
    pub empty: bool,
    /// Characters, white space aside.
    pub length: usize,
}

const FIELDS: usize = 12;

/// Fields whose cells show by themselves what they are, in the order in which they are tried.
pub(super) const TELLING: [Field; 9] = [
    Field::Basis,
    Field::Clause,
    Field::EffectLevel,
    Field::Deadline,
    Field::Publisher,
    Field::Channel,
    Field::Audience,
    Field::Department,
    Field::Disclosure,
];

const TICKS: [&str; 16] = ["√", "✓", "✔", "☑", "☒", "■", "●", "○", "◯", "V", "v", "Y", "是", "▲", "★", "\u{F0FE}"];
const UNTICKED: [&str; 8] = ["□", "☐", "×", "✗", "✘", "否", "N", "X"];
const LEVELS: [&str; 12] = [
    "宪法",
    "法律",
    "行政法规",
    "地方性法规",
    "监察法规",
    "部门规章",
    "地方政府规章",
    "政府规章",
    "规章",
    "规范性文件",
    "党内法规",
    "司法解释",
];
const TIMES: [&str; 27] = [
    "工作日",
    "之日起",
    "日内",
    "天内",
    "即时",
    "实时",
    "及时",
    "适时",
    "每年",
    "每月",
    "每季",
    "月底",
    "年底",
    "季度",
    "长期",
    "动态更新",
    "定期",
    "半年",
    "每周",
    "两周",
    "个月内",
    "小时内",
    "日前",
    "常年",
    "随时",
    "按年",
    "同步公开",
];
const CHANNELS: [&str; 28] = [
    "网站",
    "公示栏",
    "公告栏",
    "公开栏",
    "公众号",
    "微信",
    "微博",
    "两微一端",
    "政务服务网",
    "平台",
    "政府公报",
    "公报",
    "广播",
    "电视",
    "报刊",
    "报纸",
    "发布会",
    "听证会",
    "服务中心",
    "便民服务站",
    "入户",
    "现场",
    "电子屏",
    "显示屏",
    "查阅点",
    "档案馆",
    "图书馆",
    "新媒体",
];
const AUDIENCES: [&str; 14] = [
    "全社会",
    "社会公众",
    "全体公众",
    "公众",
    "特定群体",
    "特定群众",
    "特定对象",
    "申请人",
    "服务对象",
    "利害关系人",
    "当事人",
    "全体市民",
    "社会",
    "行政相对人",
];
const DISCLOSURES: [&str; 12] = [
    "主动公开",
    "依申请公开",
    "主动",
    "依申请",
    "法定公开",
    "不予公开",
    "全部公开",
    "部分公开",
    "其他",
    "全文公开",
    "法定主动公开",
    "法定",
];
const DEPARTMENT_ENDS: [&str; 12] = ["科", "室", "股", "处", "组", "站", "所", "中心", "支队", "大队", "科室", "党委"];
const BODY_ENDS: [&str; 16] =
    ["局", "委", "厅", "部", "政府", "委员会", "办公室", "办", "院", "会", "署", "法院", "街道", "镇", "乡", "中心"];
const LAW_ENDS: [&str; 14] =
    ["法", "条例", "规定", "办法", "通知", "意见", "细则", "决定", "规则", "方案", "规程", "指引", "制度", "标准"];

impl Evidence {
    pub(super) fn of(text: &str) -> Self {
        // Lines of a cell are the parts of a list.
        let listed = text.get(..text.floor_char_boundary(1200)).unwrap_or(text).replace('\n', "、");
        let folded = fold::fold(&listed).text;
        let length = folded.chars().count();
        let mut evidence = Evidence { length, empty: folded.is_empty(), ..Evidence::default() };
        if evidence.empty {
            return evidence;
        }
        evidence.number = is_number(&folded);
        evidence.ditto = matches!(folded.as_str(), "同上" | "同前" | "〃" | "″");
        evidence.tick = is_tick(&folded);
        if evidence.tick {
            return evidence;
        }
        let set = |evidence: &mut Evidence, field: Field, score: f32| {
            evidence.scores[field as usize] = evidence.scores[field as usize].max(score);
        };
        law(&folded, length, |field, score| set(&mut evidence, field, score));
        if length <= 60 {
            let levels =
                parts(&folded).all(|part| LEVELS.contains(&part) || matches!(part, "办法" | "条例" | "规定" | "文件"));
            set(&mut evidence, Field::EffectLevel, if levels { 1.0 } else { 0.0 });
            let all = |list: &[&str]| parts(&folded).all(|part| list.contains(&part));
            set(&mut evidence, Field::Disclosure, if all(&DISCLOSURES) { 1.0 } else { 0.0 });
            set(&mut evidence, Field::Audience, if all(&AUDIENCES) { 1.0 } else { 0.0 });
            let ends = |list: &[&str]| {
                let (mut hit, mut count) = (0usize, 0usize);
                for part in parts(&folded) {
                    let part = part.split('(').next().unwrap_or(part);
                    count += 1;
                    // 办公室 alone is an office of some body, never a body.
                    let body = part != "办公室" || list.contains(&"室");
                    hit +=
                        usize::from(body && list.iter().any(|end| part.ends_with(end)) && part.chars().count() <= 24);
                }
                hit as f32 / count.max(1) as f32
            };
            let within = folded.split('(').skip(1).filter_map(|rest| rest.split(')').next());
            let office = within.into_iter().any(|inner| DEPARTMENT_ENDS.iter().any(|end| inner.ends_with(end)));
            set(&mut evidence, Field::Department, ends(&DEPARTMENT_ENDS) * if office { 0.9 } else { 0.8 });
            set(&mut evidence, Field::Publisher, ends(&BODY_ENDS) * 0.8);
        }
        if length <= 90 {
            let hits = TIMES.iter().filter(|word| folded.contains(*word)).count();
            let starts = ["每", "即", "实时", "及时", "长期", "自", "信息形成", "形成", "按", "相关信息形成"];
            let starts = starts.iter().any(|word| folded.starts_with(word));
            let score = match (hits, starts, length <= 50) {
                (0, ..) => 0.0,
                (_, true, true) => 1.0,
                (1, false, _) if length > 30 => 0.4,
                (1, ..) => 0.75,
                _ => 0.9,
            };
            set(&mut evidence, Field::Deadline, score);
        }
        if length <= 160 {
            let hits = CHANNELS.iter().filter(|word| folded.contains(*word)).count();
            let boxes = folded.chars().filter(|c| matches!(c, '■' | '□' | '☑' | '☐')).count();
            let share = hits as f32 * 8.0 / length.max(1) as f32;
            let score = if hits == 0 {
                0.0
            } else if boxes >= 2 || length <= 14 {
                1.0
            } else {
                share.clamp(0.2, 0.9)
            };
            set(&mut evidence, Field::Channel, score);
        }
        evidence
    }

    pub(super) fn score(&self, field: Field) -> f32 {
        self.scores.get(field as usize).copied().unwrap_or(0.0)
    }

    /// The telling field that the cell looks most like.
    pub(super) fn best(&self) -> (Field, f32) {
        let mut best = (Field::Other, 0.0);
        for field in TELLING {
            if self.score(field) > best.1 {
                best = (field, self.score(field));
            }
        }
        best
    }
}

fn parts(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(['、', ',', ';', '；', '/', '和', '或', '。', '.', '|', ' ']).filter(|part| !part.is_empty())
}

/// Titles in 《》 with the endings of regulations are a basis; articles and words as of a regulation are a clause.
fn law(folded: &str, length: usize, mut set: impl FnMut(Field, f32)) {
    let titled: usize = folded
        .split('《')
        .skip(1)
        .filter_map(|rest| rest.split('》').next())
        .filter(|title| LAW_ENDS.iter().any(|end| title.trim_end_matches(')').ends_with(end)) || title.contains('〈'))
        .map(|title| title.chars().count() + 2)
        .sum();
    let articles = folded.contains("条") && article(folded);
    let outline =
        ["(一)", "(二)", "(三)", "(四)", "(五)", "(六)", "(七)", "一是", "二是"].iter().any(|o| folded.starts_with(o));
    if titled > 0 {
        let share = titled as f32 / length.max(1) as f32;
        set(Field::Basis, if folded.starts_with('《') || folded.starts_with("1.") || share > 0.3 { 1.0 } else { 0.6 });
        set(Field::Clause, if articles { if share < 0.5 { 0.9 } else { 0.5 } } else { 0.2 });
    }
    if articles {
        set(Field::Clause, if folded.starts_with('第') { 1.0 } else { 0.8 });
        set(Field::Basis, 0.5);
    } else if outline && length > 20 {
        set(Field::Clause, 0.5);
    } else if length > 60 && titled == 0 {
        let duty = ["应当", "不得", "行政机关", "要", "依法"].iter().filter(|word| folded.contains(*word)).count();
        set(Field::Clause, (duty as f32 * 0.15).min(0.45));
    }
    if titled == 0 && folded.contains('〔') && folded.contains('号') {
        set(Field::Basis, 0.7);
    }
}

/// `第…条` somewhere.
fn article(folded: &str) -> bool {
    folded.match_indices('第').any(|(at, _)| {
        let rest = folded.get(at + '第'.len_utf8()..).unwrap_or_default();
        let digits: usize = rest
            .chars()
            .take(9)
            .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十百零〇廿".contains(*c))
            .count();
        digits > 0 && rest.chars().nth(digits) == Some('条')
    })
}

/// Whether a text names an article: `…第二十条…`.
pub(super) fn names_article(text: &str) -> bool {
    text.contains('条') && article(&fold::fold(text).text)
}

/// A number and nothing else, as items are counted: `7`, `07`, `1.2`, `（3）`.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '（', '）', '.', '、', '．']);
    text.len() <= 8
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

/// A mark that says yes, alone in its cell.
pub(super) fn is_tick(text: &str) -> bool {
    let text = text.trim();
    TICKS.contains(&text)
}

/// A mark that says no: an empty box, a cross.
pub(super) fn is_unticked(text: &str) -> bool {
    UNTICKED.contains(&text.trim())
}

/// A cell that holds a mark for "nothing": dashes and strokes only.
pub(super) fn is_placeholder(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '─' | '－' | '/' | '／' | '\\' | '＼' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_look_like_what_they_are() {
        for (text, field) in [
            ("《中华人民共和国政府信息公开条例》", Field::Basis),
            ("《国务院办公厅关于印发政府网站发展指引的通知》国办发〔2017〕47号", Field::Basis),
            (
                "第十九条:对涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策的政府信息,行政机关应当主动公开。",
                Field::Clause,
            ),
            ("法律、行政法规", Field::EffectLevel),
            ("行政法规；办法", Field::EffectLevel),
            ("相关信息形成或变更之日起 20 个工作日内", Field::Deadline),
            ("本级政府财政部门批复后20日内", Field::Deadline),
            ("每年1月31日前", Field::Deadline),
            ("政府网站", Field::Channel),
            ("■政府网站 □政府公报 □两微一端", Field::Channel),
            ("全社会", Field::Audience),
            ("办公室、财务室", Field::Department),
            ("机关党委(人事科)", Field::Department),
            ("鄂托克旗医疗保障局", Field::Publisher),
            ("依申请公开", Field::Disclosure),
        ] {
            assert_eq!(Evidence::of(text).best().0, field, "{text}");
        }
        for text in ["机构职能", "领导班子成员照片、职务、分工、简历", "年度计划", "工作进展"]
        {
            assert!(Evidence::of(text).best().1 < 0.5, "{text}: {:?}", Evidence::of(text).best());
        }
        assert!(Evidence::of("√").tick && !Evidence::of("无").tick);
        assert!(is_placeholder("---") && is_placeholder("—") && !is_placeholder("") && !is_placeholder("无"));
    }
}
