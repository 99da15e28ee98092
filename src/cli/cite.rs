//! `yiju cite`

use super::{Common, Exit, Format};
use crate::cite::{Citation, Names, Resolution, resolve, scan};
use crate::import::{self, Block};
use crate::law::Corpus;
use crate::report::json::{CitationView, Views};
use crate::text::CodePoints;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// 找出文字里的法律依据引用
#[derive(Debug, clap::Args)]
pub struct CiteArgs {
    /// 文件，- 或不写表示标准输入
    pub file: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// 每行一个 {"id","text"}
    #[arg(long)]
    pub jsonl: bool,
}

/// One line in; the id is whatever JSON value the caller uses.
#[derive(Deserialize)]
struct Asked {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Answered {
    id: serde_json::Value,
    citations: Vec<CitationView>,
}

#[derive(Serialize)]
struct Cited {
    citations: Vec<CitationView>,
}

struct Reader {
    corpus: Corpus,
    names: Names,
    today: jiff::civil::Date,
}

pub fn run(args: CiteArgs, common: &Common) -> anyhow::Result<Exit> {
    let corpus = common.corpus()?;
    let reader = Reader { names: Names::of(&corpus), corpus, today: Common::today() };
    let out = &mut std::io::BufWriter::new(std::io::stdout().lock());
    if args.jsonl {
        reader.lines(open(args.file.as_deref())?, out)?;
    } else {
        let text = read(args.file.as_deref())?;
        match args.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &Cited { citations: reader.citations(&text) })?;
                writeln!(out)?;
            }
            Format::Text => reader.print(&text, out)?,
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

impl Reader {
    fn found(&self, text: &str) -> Vec<(Citation, Resolution)> {
        let resolved = |citation: Citation| {
            let resolution = resolve(&citation, &self.corpus, self.today);
            (citation, resolution)
        };
        scan(text, &self.names).into_iter().map(resolved).collect()
    }

    fn citations(&self, text: &str) -> Vec<CitationView> {
        let views = Views::new(&self.corpus, self.today);
        let points = CodePoints::of(text);
        self.found(text).iter().map(|(c, r)| views.citation_in(c, r, text, &points)).collect()
    }

    fn lines(&self, input: impl BufRead, out: &mut impl Write) -> anyhow::Result<()> {
        for (line, number) in input.lines().zip(1..) {
            let line = line.context("读不了输入：应是 UTF-8 编码的文本")?;
            if line.trim().is_empty() {
                continue;
            }
            let asked: Asked = serde_json::from_str(&line)
                .with_context(|| format!("第 {number} 行不是 {{\"id\",\"text\"}} 形式的 JSON，请改正后重试"))?;
            let answered = Answered { id: asked.id, citations: self.citations(&asked.text) };
            serde_json::to_writer(&mut *out, &answered)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn print(&self, text: &str, out: &mut impl Write) -> anyhow::Result<()> {
        let found = self.found(text);
        if found.is_empty() {
            writeln!(out, "没有找到引用")?;
        }
        for (citation, resolution) in found {
            let line = text.get(..citation.span.start).unwrap_or_default().matches('\n').count() + 1;
            let words: String = citation.span.of(text).split_whitespace().collect();
            let mention = if citation.mention { "（提及）" } else { "" };
            writeln!(out, "第{line}行　{words}{mention}　→ {}", self.meaning(&citation, &resolution))?;
            if let Some(quote) = &citation.quote {
                writeln!(out, "　　引文：{}", quote.text.split_whitespace().collect::<String>())?;
            }
        }
        Ok(())
    }

    /// One line on what a citation means.
    fn meaning(&self, citation: &Citation, resolution: &Resolution) -> String {
        let title = |at: usize| self.corpus.regulations().get(at).map_or("", |r| r.title.as_str());
        let titles =
            |at: &mut dyn Iterator<Item = usize>| at.map(|at| format!("《{}》", title(at))).collect::<String>();
        match resolution {
            Resolution::Found(found) => {
                let places: Vec<String> = citation.locators.iter().map(|l| l.locator.to_string()).collect();
                let version = self.corpus.regulations().get(found.regulation).zip(found.version);
                let version = version.and_then(|(r, v)| r.versions.get(v)).map(|v| format!("（{}）", v.id()));
                let mut line =
                    format!("《{}》{}{}", title(found.regulation), version.unwrap_or_default(), places.join("、"));
                if let Some(other) = &found.number_disagrees {
                    let whose = other.names.map_or("不是它的文号".into(), |at| format!("属于《{}》", title(at)));
                    line.push_str(&format!("；所写文号{whose}"));
                }
                line
            }
            Resolution::Ambiguous(candidates) if candidates.is_empty() => "所指不明：前文没有它所指的文件".into(),
            Resolution::Ambiguous(candidates) => format!("不能确定，可能是{}", titles(&mut candidates.iter().copied())),
            Resolution::NotInCorpus(unknown) if unknown.near.is_empty() => "法规库里没有".into(),
            Resolution::NotInCorpus(unknown) => {
                format!("法规库里没有；名称相近的有{}", titles(&mut unknown.near.iter().map(|&(at, _)| at)))
            }
        }
    }
}

fn open(file: Option<&Path>) -> anyhow::Result<Box<dyn BufRead>> {
    Ok(match named(file) {
        Some(path) => Box::new(BufReader::new(std::fs::File::open(path).with_context(|| unreadable(path))?)),
        None => Box::new(BufReader::new(std::io::stdin())),
    })
}

/// The words of a file of any kind that can be read; standard input is plain text.
fn read(file: Option<&Path>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let Some(path) = named(file) else {
        std::io::stdin().read_to_end(&mut bytes)?;
        return String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("输入不是 UTF-8 编码的文本，请转换后重试"));
    };
    bytes = std::fs::read(path).with_context(|| unreadable(path))?;
    match String::from_utf8(bytes) {
        // A text file is read as it is, so that spans count its own characters.
        Ok(text) if !text.contains('\0') && !is_page(path) => Ok(text),
        Ok(text) => document(path, text.as_bytes()),
        Err(other) => document(path, other.as_bytes()),
    }
}

/// A web page's words stand between its tags.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"))
}

fn document(path: &Path, bytes: &[u8]) -> anyhow::Result<String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut lines = Vec::new();
    for block in import::read(&name, bytes)?.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text),
            Block::Table(table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                lines.extend(cells.filter(|cell| !cell.covered).map(|cell| cell.text));
            }
        }
    }
    Ok(lines.join("\n"))
}

fn named(file: Option<&Path>) -> Option<&Path> {
    file.filter(|path| path.as_os_str() != "-")
}

fn unreadable(path: &Path) -> String {
    format!("读不了 {}，请检查文件是否存在、有无读取权限", path.display())
}
