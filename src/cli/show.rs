//! `yiju show`: the clause that a citation or id names, with its version, validity and source beside it.

use super::{Common, Exit};
use crate::cite::Names;
use crate::cite::lookup::lookup;
use crate::law::{Corpus, Coverage, ProvisionRef};
use crate::report::json::Views;
use jiff::civil::Date;

/// 显示一条引用或一个标识所指的条文
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// 引用（预算法第十四条第二款）或标识（yusuan-fa/a14.p2）
    pub citation: String,
    /// 按哪一天有效的文本
    #[arg(long, value_name = "日期")]
    pub on: Option<Date>,
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
    match args.format {
        ShowFormat::Text => {
            let shown: Vec<String> = found.iter().map(|p| text(*p, &corpus, day)).collect();
            println!("{}", shown.join("\n\n"));
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
            println!("{json}");
        }
        ShowFormat::Akn => {
            for provision in found.iter().take(1) {
                print!("{}", crate::report::akn::write(&corpus, provision.regulation, provision.version)?);
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
    out.push_str(&format!("{}，{}\n", corpus.tenure(regulation, provision.version, day), regulation.level));
    if version.coverage == Coverage::Excerpt {
        out.push_str("法规库里只有节录，“……”处有省略\n");
    }
    if !version.source.is_empty() {
        out.push_str(&format!("来源：{}\n", version.source));
    }
    out.push_str(&format!("标识：{}\n\n", provision.id()));
    out + &provision.provision.printed()
}
