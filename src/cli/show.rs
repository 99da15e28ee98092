//! `yiju show`: the clause that a citation or id names, with its version, validity and source beside it.

use super::{Common, Exit, say};
use crate::cite::Names;
use crate::cite::lookup::lookup;
use crate::law::concordance::{Change, Concordance, Correspondence, Edit};
use crate::law::{Corpus, Coverage, Provision, ProvisionRef};
use crate::report::json::Views;
use crate::search::analyzer;
use anyhow::bail;
use jiff::civil::Date;
use serde::Serialize;

/// 显示一条引用或一个标识所指的条文
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// 引用（预算法第十四条第二款）或标识（yusuan-fa/a14.p2）
    pub citation: String,
    /// 按哪一天有效的文本
    #[arg(long, value_name = "日期")]
    pub on: Option<Date>,
    /// 与上一个有正文的版本逐条对照
    #[arg(long)]
    pub compare: bool,
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ShowFormat {
    Text,
    Json,
    Akn,
}

pub fn run(args: ShowArgs, common: &Common) -> anyhow::Result<Exit> {
    let corpus = common.corpus()?;
    let today = Common::today();
    let found = lookup(&args.citation, &corpus, || Names::of(&corpus), today, args.on)?;
    let day = args.on.unwrap_or(today);
    if args.compare {
        return compare(&found, args.format);
    }
    match args.format {
        ShowFormat::Text => {
            let shown: Vec<String> = found.iter().map(|p| text(*p, &corpus, day)).collect();
            say!("{}", shown.join("\n\n"));
        }
        ShowFormat::Json => {
            let views = Views::new(&corpus, day);
            let mut shown: Vec<_> = found.iter().map(|p| views.provision(*p)).collect();
            // One place is the Provision itself.
            let json = match (shown.len(), shown.pop()) {
                (1, Some(one)) => serde_json::to_string_pretty(&one)?,
                (_, last) => {
                    shown.extend(last);
                    serde_json::to_string_pretty(&serde_json::json!({ "provisions": shown }))?
                }
            };
            say!("{json}");
        }
        ShowFormat::Akn => {
            for provision in found.iter().take(1) {
                say!("{}", crate::report::akn::write(&corpus, provision.regulation, provision.version)?.trim_end());
            }
        }
    }
    Ok(Exit::Clean)
}

fn text(provision: ProvisionRef<'_>, corpus: &Corpus, day: Date) -> String {
    let (regulation, version) = (provision.regulation, provision.version());
    let number = version.number.as_ref().map(|n| format!("，{n}")).unwrap_or_default();
    let id = version.id();
    let mut out = format!("《{}》（{id}{}{number}）{}\n", regulation.title, version.event.name(), provision.label());
    let tenure = corpus.tenure(regulation, provision.version, day).told(day, Common::today());
    out.push_str(&format!("{tenure}，{}\n", regulation.level));
    if version.coverage == Coverage::Excerpt {
        out.push_str("法规库里只有节录，“……”处有省略\n");
    }
    if !version.source.is_empty() {
        out.push_str(&format!("来源：{}\n", version.source));
    }
    out.push_str(&format!("标识：{}\n\n", provision.id()));
    out + &provision.provision.printed()
}

/// Each provision beside what it was in the version before.
fn compare(found: &[ProvisionRef<'_>], format: ShowFormat) -> anyhow::Result<Exit> {
    let mut rows = Vec::new();
    for shown in found {
        let versions = &shown.regulation.versions;
        let before = versions[..shown.version].iter().rev().find(|v| v.provisions().is_some());
        let (Some(before), Some(new)) = (before, shown.version().provisions()) else {
            bail!("《{}》{}之前没有可对照的正文", shown.regulation.title, shown.version().id());
        };
        let Some(old) = before.provisions() else { continue };
        let concordance = Concordance::between(old, new);
        let all = &concordance.rows;
        let own: Vec<_> = match &shown.provision.locator {
            Some(locator) => concordance.rows_of(locator, false).collect(),
            None => all.iter().collect(),
        };
        rows.extend(own.into_iter().map(|row| Compared::of(row, &before.id(), &shown.version().id())));
    }
    match format {
        ShowFormat::Json => say!("{}", serde_json::to_string_pretty(&serde_json::json!({ "rows": rows }))?),
        ShowFormat::Text => rows.iter().for_each(|row| say!("{row}")),
        ShowFormat::Akn => bail!("对照只有 text 和 json 两种格式"),
    }
    Ok(Exit::Clean)
}

#[derive(Serialize)]
struct Compared {
    change: &'static str,
    #[serde(skip)]
    name: &'static str,
    old_version: String,
    new_version: String,
    old: Vec<String>,
    new: Vec<String>,
    similarity: f32,
    diff: Vec<(&'static str, String)>,
}

impl Compared {
    fn of(row: &Correspondence<'_>, old_version: &str, new_version: &str) -> Self {
        let labels = |side: &[&Provision]| {
            side.iter().filter_map(|p| p.locator.as_ref()).map(ToString::to_string).collect::<Vec<_>>()
        };
        let diff = match row.change {
            Change::Same | Change::Moved => Vec::new(),
            _ => row.diff(analyzer::words),
        };
        let tag = |edit: Edit| match edit {
            Edit::Equal => "equal",
            Edit::Delete => "delete",
            Edit::Insert => "insert",
        };
        Compared {
            change: row.change.code(),
            name: row.change.name(),
            old_version: old_version.into(),
            new_version: new_version.into(),
            old: labels(&row.old),
            new: labels(&row.new),
            similarity: row.similarity,
            diff: diff.into_iter().map(|(edit, text)| (tag(edit), text)).collect(),
        }
    }
}

/// 修改　2007-04-05 第十条 → 2019-04-03 第二十条　相似度 0.41, then the words with [-what went-] and {+what came+}.
impl std::fmt::Display for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = |version: &str, places: &[String]| match places {
            [] => "（无）".to_string(),
            places => format!("{version} {}", places.join("、")),
        };
        let (old, new) = (side(&self.old_version, &self.old), side(&self.new_version, &self.new));
        write!(f, "{}　{old} → {new}　相似度 {:.2}", self.name, self.similarity)?;
        if self.diff.is_empty() {
            return Ok(());
        }
        f.write_str("\n　　")?;
        for (tag, text) in &self.diff {
            let text = text.replace('\n', "\n　　");
            match *tag {
                "delete" => write!(f, "[-{text}-]")?,
                "insert" => write!(f, "{{+{text}+}}")?,
                _ => f.write_str(&text)?,
            }
        }
        Ok(())
    }
}
