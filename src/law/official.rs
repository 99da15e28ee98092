//! [`Official`]: an official file, as its office published it → a regulation in the corpus format, with what the file
//! does not say left open and named.

mod head;
mod lines;

use super::effect::EffectLevel;
use super::number::DocumentNumber;
use super::parse::{ParseError, is_structural, parse_text};
use super::provision::{Level, Provision};
use super::record::RegulationRecord;
use crate::import::Document;
use crate::text::fold;
use head::Head;
use lines::{Line, Stated, lines, place, without_contents};

/// A regulation as one file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Official {
    pub record: RegulationRecord,
    /// The text in the corpus format.
    pub text: String,
    /// What a person has to fill in or look at, in Chinese.
    pub unsure: Vec<String>,
}

/// Why a file is no regulation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficialError {
    #[error("找不到题名：{0}之前没有以“法、条例、办法、规定、通知”等结尾的一行。请把题名单独放在第一行")]
    NoTitle(String),
    #[error("{place}起读不出结构：既没有“第一条”，也没有“一、”“（一）”。请检查是否为法规正文")]
    NoStructure { place: String },
    #[error("{place}：{reason}。请改正后重新导入")]
    Broken { place: String, reason: String },
}

/// What a title ends with.
const KINDS: [&str; 22] = [
    "法",
    "条例",
    "办法",
    "规定",
    "细则",
    "规则",
    "决定",
    "解释",
    "意见",
    "通知",
    "批复",
    "法典",
    "章程",
    "规程",
    "指引",
    "方案",
    "制度",
    "公告",
    "准则",
    "（试行）",
    "（暂行）",
    "标准",
];

/// Lines of a web page around the text; the text ends before the first of them.
const CHATTER: [&str; 9] =
    ["扫一扫", "责任编辑", "打印本页", "关闭窗口", "相关链接", "相关稿件", "版权所有", "主办单位", "分享到"];

impl Official {
    /// Reads a document.
    ///
    /// # Errors
    /// [`OfficialError`] with the line from which it cannot be read.
    pub fn read(document: &Document) -> Result<Self, OfficialError> {
        let mut unsure = document.notes.clone();
        let (lines, stated) = lines(document, &mut unsure);
        let (title, from) = title(&lines, &stated)?;
        let mut body: Vec<&Line> = lines[from..].iter().collect();
        if let Some(end) = body.iter().position(|l| CHATTER.iter().any(|word| l.text.starts_with(word))) {
            unsure.push(format!("{}起像是网页的附加文字，没有收入", place(&body[end].origin)));
            body.truncate(end);
        }
        without_contents(&mut body);
        let text: String = std::iter::once(title.as_str())
            .chain(body.iter().map(|l| l.text.as_str()))
            .flat_map(|line| [line, "\n"])
            .collect();
        // Line 1 is the title.
        let at = |line: u32| body.get((line as usize).saturating_sub(2)).map_or("第1行".into(), |l| place(&l.origin));
        let root = parse_text(&text).map_err(|error| match &error {
            ParseError::BrokenHeading { line, text } => OfficialError::Broken {
                place: at(*line),
                reason: format!("“{text}”像是标题或条号，但数字读不出来"),
            },
            ParseError::Duplicate { line, first, label } => OfficialError::Broken {
                place: at(*line),
                reason: format!("{label}重复，前一次在{}", at(*first)),
            },
            other => OfficialError::Broken { place: at(2), reason: other.to_string() },
        })?;
        let structured = |p: &Provision| matches!(p.level, Level::Article | Level::Point);
        if !root.walk().any(structured) {
            return Err(OfficialError::NoStructure { place: at(2) });
        }
        let front: Vec<&str> = lines[..from.saturating_sub(1)].iter().map(|l| l.text.as_str()).collect();
        let head = Head::of(&title, &root, &stated, &front);
        let mut record = head.record(title, &mut unsure);
        for version in &mut record.versions {
            version.source = format!("由文件“{}”导入，来源待补", document.file);
        }
        Ok(Official { record, text, unsure })
    }

    /// `regulation.toml` of a new regulation; what is open is marked 待补.
    pub fn toml(&self) -> String {
        let quote = |text: &str| toml::Value::String(text.into()).to_string();
        let record = &self.record;
        let open = |missing: bool| if missing { "  # 待补" } else { "" };
        let aliases: Vec<String> = record.aliases.iter().map(|a| quote(a)).collect();
        let mut out = format!("title = {}\naliases = [{}]\n", quote(&record.title), aliases.join(", "));
        out += &format!("issuer = {}{}\n", quote(&record.issuer), open(record.issuer.is_empty()));
        let undetermined = record.level == EffectLevel::Undetermined;
        out += &format!("level = {}{}\n", quote(record.level.name()), open(undetermined));
        if let Some(carries) = &record.carries {
            out += &format!("carries = {}\n", quote(carries));
        }
        out + &self.version_toml()
    }

    /// The `[[version]]` alone, to be added to a regulation that is there.
    pub fn version_toml(&self) -> String {
        let quote = |text: &str| toml::Value::String(text.into()).to_string();
        let mut out = String::from("\n[[version]]\n");
        for version in &self.record.versions {
            for (key, date) in [("promulgated", version.promulgated), ("effective", version.effective)] {
                match date {
                    Some(date) => out += &format!("{key} = {date}\n"),
                    None => out += &format!("# {key} = 待补\n"),
                }
            }
            match &version.number {
                Some(number) => out += &format!("number = {}\n", quote(number)),
                None => out += "# number = 待补\n",
            }
            out += &format!("event = \"{}\"\ncoverage = \"full\"\n", version.event.name());
            out += &format!("source = {}\n", quote(&version.source));
        }
        out
    }
}

/// The title, and the first line after it.
fn title(lines: &[Line], stated: &Stated) -> Result<(String, usize), OfficialError> {
    let body = lines.iter().position(|l| is_structural(&l.text)).unwrap_or(lines.len());
    let is_title = |text: &str| {
        let order = text.ends_with('号') || DocumentNumber::parse(text).is_ok();
        !order && !text.contains('。') && text.chars().count() <= 120 && KINDS.iter().any(|kind| text.ends_with(kind))
    };
    // What promulgates a regulation stands above it and has a name of its own.
    let is_order = |text: &str| text.ends_with('令') || text.ends_with("公告") && !text.contains("关于");
    let plain = |text: &str| text.trim_matches(['《', '》']).chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let front = &lines[..body];
    if let Some((_, told)) =
        stated.iter().find(|(label, value)| matches!(label.as_str(), "标题" | "名称") && is_title(value))
    {
        let key = fold::key(told);
        let at = front.iter().position(|l| fold::key(&l.text) == key);
        return Ok((plain(told), at.map_or(0, |at| at + 1)));
    }
    if let Some(at) =
        front.iter().position(|l| l.heading == Some(1) && l.text.chars().count() <= 120 && !is_order(&l.text))
    {
        return Ok((plain(&front[at].text), at + 1));
    }
    for at in 0..front.len() {
        if is_title(&front[at].text) && !is_order(&front[at].text) {
            return Ok((plain(&front[at].text), at + 1));
        }
        // A long title is broken over two lines.
        if let Some(next) = front.get(at + 1) {
            let joined = format!("{}{}", front[at].text, next.text);
            let opens = front[at].text.contains("关于") && !front[at].text.contains('。');
            if opens && is_title(&joined) {
                return Ok((plain(&joined), at + 2));
            }
        }
    }
    Err(OfficialError::NoTitle(lines.get(body).map_or("正文".into(), |l| place(&l.origin))))
}
