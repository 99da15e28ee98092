//! Citation scanning in MB/s: running text of laws, a dense catalog cell, and hostile input.

use divan::Bencher;
use divan::counter::BytesCount;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use yiju::cite::{Names, resolve, scan};
use yiju::law::Corpus;

static CORPUS: LazyLock<Corpus> =
    LazyLock::new(|| Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap());
static NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(&CORPUS));

/// The text named by `YIJU_BENCH_TEXT`, else the shipped regulations, some 10 MB of them.
static RUNNING: LazyLock<String> = LazyLock::new(|| {
    if let Some(path) = std::env::var_os("YIJU_BENCH_TEXT").map(PathBuf::from) {
        return std::fs::read_to_string(path).unwrap();
    }
    let texts = CORPUS.regulations().iter().flat_map(|r| &r.versions).filter_map(|v| v.text());
    let once = texts.collect::<Vec<_>>().join("\n");
    once.repeat(10_000_000 / once.len().max(1) + 1)
});

fn main() {
    divan::main();
}

fn scanned(bencher: Bencher, text: &str) {
    bencher.counter(BytesCount::of_str(text)).bench(|| scan(divan::black_box(text), &NAMES).len());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn running_text(bencher: Bencher) {
    scanned(bencher, &RUNNING);
}

#[divan::bench(sample_count = 20)]
fn clause_cell(bencher: Bencher) {
    let cell = "1.《预算法》第十四条 经批准的预算应当公开。2.《政府信息公开条例》第二十条 行政机关应当依据本条例第十九条的规定，\
                主动公开本行政机关的下列政府信息：（七）财政预算、决算信息；";
    scanned(bencher, cell);
}

#[divan::bench(args = ["《", "第", "第一条、", "《第", "第一、", "（", "1号", "预算法", "〈《a", "同上。", "第一条 一", "《》一1.", "第一条至第三百条"], sample_count = 2, sample_size = 1)]
fn hostile(bencher: Bencher, unit: &str) {
    scanned(bencher, &unit.repeat(10_000_000 / unit.len()));
}

#[divan::bench]
fn resolving(bencher: Bencher) {
    let citations =
        scan("《预算法》第十四条、《政府信息公开条例》（国务院令第11号）第二十条、《不在库中的办法》第三条", &NAMES);
    let date = "2026-11-22".parse().unwrap();
    bencher.bench(|| citations.iter().map(|c| resolve(c, &CORPUS, date)).collect::<Vec<_>>());
}

#[divan::bench]
fn names(bencher: Bencher) {
    bencher.bench(|| Names::of(&CORPUS));
}
