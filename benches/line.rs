//! The line that data takes, step by step, on what is shipped: parsing, reading, quotation matching, checking, searching.

use divan::Bencher;
use divan::counter::BytesCount;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use yiju::catalog;
use yiju::law::parse_text;
use yiju::search::Query;
use yiju::snapshot::{Snapshot, Sources};

const TODAY: &str = "2026-11-22";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    let sources = Sources {
        corpora: vec![root().join("corpus")],
        index: root().join("target/bench-index"),
        ..Sources::default()
    };
    Snapshot::open(&sources, TODAY.parse().unwrap()).unwrap()
});

fn main() {
    divan::main();
}

#[divan::bench]
fn parsing_a_law(bencher: Bencher) {
    let text = std::fs::read_to_string(root().join("corpus/regulations/yusuan-fa/2018-12-29.txt")).unwrap();
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse_text(&text));
}

#[divan::bench]
fn reading_a_catalog(bencher: Bencher) {
    bencher.bench(|| catalog::load(&root().join("corpus/catalogs/etuoke-yibaoju")));
}

/// A right quotation under its own clause, the same under another law, and one with changed words.
#[divan::bench(args = [
    "经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开",
    "一般性转移支付向社会公开应当细化到地区。专项转移支付向社会公开应当细化到地区和项目。",
    "试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
])]
fn matching_a_quotation(bencher: Bencher, quote: &str) {
    SNAPSHOT.quotes.warm(&SNAPSHOT.corpus);
    bencher.bench(|| SNAPSHOT.quotes.find(&SNAPSHOT.corpus, quote, &[]));
}

#[divan::bench]
fn checking_a_catalog(bencher: Bencher) {
    let (catalog, _) = SNAPSHOT.catalog("etuoke-yibaoju").unwrap();
    bencher.bench(|| SNAPSHOT.check(catalog));
}

#[divan::bench(args = ["部门预算", "政府信息公开 申请 答复", "申请政府信息公开多久能得到答复？"])]
fn searching(bencher: Bencher, words: &str) {
    let query = Query::new(words, TODAY.parse().unwrap());
    bencher.bench(|| SNAPSHOT.index.search(&SNAPSHOT.corpus, &query, &SNAPSHOT.anchors));
}
