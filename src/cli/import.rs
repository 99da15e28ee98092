//! `yiju import`: official files and bulk collections → corpus format.

use super::{Common, Exit, say};
use crate::law::Corpus;
use crate::law::bulk::Bulk;
use crate::law::official::Official;
use crate::law::record::version_name;
use crate::law::slug::Slugs;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// 把官方文本或 articles.jsonl 转成法规库格式
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// 官方文件（docx、html、txt、md），或条文集 articles.jsonl、articles.jsonl.zst
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 写入哪个法规库目录
    #[arg(long, value_name = "目录", default_value = "corpus")]
    pub into: PathBuf,
}

/// What a killed import may have left is no longer being written after this long.
const LEFT_OVER: Duration = Duration::from_secs(600);

pub fn run(args: ImportArgs, _common: &Common) -> anyhow::Result<Exit> {
    clear_leftovers(&args.into);
    for file in &args.files {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name.ends_with(".jsonl") || name.ends_with(".jsonl.zst") {
            bulk(file, name, &args.into)?;
        } else {
            official(file, name, &args.into)?;
        }
    }
    Ok(Exit::Clean)
}

/// Removes the drafts of imports that were killed; nothing ever reads them.
fn clear_leftovers(into: &Path) {
    let folders = [into.join("packs"), into.join("regulations")];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    for entry in entries.filter(|e| e.file_name().to_str().is_some_and(|name| name.starts_with(".import-"))) {
        let modified = entry.metadata().and_then(|meta| meta.modified()).ok();
        if modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > LEFT_OVER) {
            let path = entry.path();
            let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        }
    }
}

fn bulk(path: &Path, name: &str, into: &Path) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("读不了 {}", path.display()))?;
    let bar = ProgressBar::new(file.metadata()?.len());
    let style = "{msg} [{bar:30}] {percent}%  已用 {elapsed}";
    bar.set_style(ProgressStyle::with_template(style)?.progress_chars("=> "));
    bar.set_message("读取");
    let raw = bar.wrap_read(file);
    let lines: Box<dyn BufRead> = match name.ends_with(".zst") {
        true => Box::new(BufReader::with_capacity(1 << 20, zstd::Decoder::new(raw)?)),
        false => Box::new(BufReader::with_capacity(1 << 20, raw as indicatif::ProgressBarIter<_>)),
    };
    let read = Bulk::read(lines, |_| {}).with_context(|| name.to_string())?;
    bar.finish_and_clear();
    let bar = ProgressBar::new(read.counts().1 as u64);
    bar.set_style(ProgressStyle::with_template(style)?.progress_chars("=> "));
    bar.set_message("整理");
    let today = jiff::Zoned::now().date();
    let (writer, imported) =
        read.pack(today, |done| bar.set_position(done as u64)).with_context(|| name.to_string())?;
    bar.finish_and_clear();
    let target = Bulk::writer_path(name, into);
    writer.write(&target).with_context(|| format!("写不进 {}", target.display()))?;
    say!("已导入 {} 件法规 {} 条，写入 {}", imported.documents, imported.articles, target.display());
    if !imported.unsure.is_empty() {
        say!("有 {} 件存疑，文字全部保留，下列位置请复核：", imported.unsure.len());
        imported.unsure.iter().for_each(|line| say!("  {line}"));
    }
    Ok(())
}

/// One official file: a new regulation, or a new version of one that is there; whole or not at all.
fn official(path: &Path, name: &str, into: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("读不了 {}", path.display()))?;
    let document = crate::import::read(name, &bytes).with_context(|| name.to_string())?;
    let official = Official::read(&document).with_context(|| name.to_string())?;
    let root = into.join("regulations");
    let corpus = match root.is_dir() || into.join("packs").is_dir() {
        true => Corpus::load(&[into.to_path_buf()])?,
        false => Corpus::default(),
    };
    let title = &official.record.title;
    let version = version_name(official.record.versions.first().and_then(|v| v.promulgated));
    let known = corpus.by_name(title).into_iter().find(|r| r.title == *title && root.join(&r.id).is_dir());
    let id = match known {
        Some(known) => known.id.clone(),
        None => {
            let mut slugs = Slugs::default();
            corpus.regulations().iter().for_each(|r| slugs.take(&r.id));
            slugs.give(title, &version)
        }
    };
    if known.and_then(|known| known.version_by_id(&version)).is_some() {
        bail!("{name}：《{title}》{version}的文本已在 {}，没有改动", root.join(&id).display());
    }
    let unwritable = || format!("写不进 {}", root.display());
    std::fs::create_dir_all(&root).with_context(unwritable)?;
    // Beside the target first: whatever happens, no folder is half there.
    let draft = tempfile::Builder::new().prefix(".import-").tempdir_in(&root).with_context(unwritable)?;
    let folder = root.join(&id);
    let (meta, text) = (draft.path().join("regulation.toml"), draft.path().join(format!("{version}.txt")));
    let before = known.map(|_| std::fs::read_to_string(folder.join("regulation.toml"))).transpose()?;
    let toml = before.map_or_else(|| official.toml(), |before| before + &official.version_toml());
    std::fs::write(&meta, toml).with_context(unwritable)?;
    std::fs::write(&text, &official.text).with_context(unwritable)?;
    if known.is_some() {
        // The text is read only once the metadata names it.
        std::fs::rename(&text, folder.join(format!("{version}.txt"))).with_context(unwritable)?;
        std::fs::rename(&meta, folder.join("regulation.toml")).with_context(unwritable)?;
    } else {
        std::fs::rename(draft.keep(), &folder).with_context(unwritable)?;
    }
    say!("已导入《{title}》{version}，写入 {}", folder.display());
    official.unsure.iter().for_each(|line| say!("  请复核：{line}"));
    Ok(())
}
