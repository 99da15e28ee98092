//! The program as a process: a corpus that changes under it, and an end at the worst moment.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A server on a corpus and an index of its own; killed when it goes out of use.
struct Server {
    child: Child,
    address: String,
    log: PathBuf,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let log = folder.join("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_yiju"))
            .current_dir(folder)
            .args(["serve", "--listen", "127.0.0.1:0", "--corpus", "corpus", "--index", "index"])
            .stdout(Stdio::piped())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_string();
        assert!(!address.is_empty(), "{}", fs::read_to_string(&log).unwrap());
        Server { child, address, log }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks until the answer is as wanted.
    fn until(&self, path: &str, wanted: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            assert!(start.elapsed() < Duration::from_secs(90), "{path} stays {answer}");
            sleep(Duration::from_millis(100));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// A folder with a part of the shipped corpus: enough to serve, quick to read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for part in ["regulations/yusuan-fa", "regulations/zhengfu-xinxi-gongkai-tiaoli", "catalogs/qiaokou-yibaoju"] {
        copy(&shipped.join(part), &folder.path().join("corpus").join(part));
    }
    folder
}

fn regulations(health: &str) -> Option<u64> {
    let body: serde_json::Value = serde_json::from_str(health.split("\r\n\r\n").nth(1)?).ok()?;
    body["regulations"].as_u64()
}

fn add(folder: &Path, id: &str, title: &str) {
    let to = folder.join("corpus/regulations").join(id);
    fs::create_dir_all(&to).unwrap();
    fs::write(
        to.join("2020-01-01.txt"),
        format!("{title}\n第一条　为了测试，制定本办法。\n第二条　本办法自公布之日起施行。\n"),
    )
    .unwrap();
    let meta = format!(
        "title = \"{title}\"\nissuer = \"测试市人民政府\"\nlevel = \"地方政府规章\"\n\n[[version]]\npromulgated = 2020-01-01\n\
         effective = 2020-01-01\nevent = \"公布\"\ncoverage = \"full\"\nsource = \"测试\"\n"
    );
    fs::write(to.join("regulation.toml"), meta).unwrap();
}

#[test]
fn a_changed_corpus_is_served_without_a_restart_and_a_broken_one_is_not() {
    let folder = folder();
    let server = Server::start(folder.path());
    assert_eq!(regulations(&server.get("/healthz")), Some(2));

    add(folder.path(), "ceshi-banfa", "测试市热更新办法");
    server.until("/healthz", |health| regulations(health) == Some(3));
    assert!(server.get("/r/ceshi-banfa").contains("为了测试"));
    assert!(server.get("/api/v1/search?q=%E4%B8%BA%E4%BA%86%E6%B5%8B%E8%AF%95").contains("ceshi-banfa"));

    let toml = folder.path().join("corpus/regulations/ceshi-banfa/regulation.toml");
    let whole = fs::read_to_string(&toml).unwrap();
    fs::write(&toml, "title = [\n").unwrap();
    let health = server.until("/healthz", |health| health.contains("\"stale\""));
    assert!(health.contains("reload_error") && health.contains("regulation.toml"), "{health}");
    assert!(!health.contains(folder.path().to_str().unwrap()), "no path of the server: {health}");
    assert!(server.get("/r/ceshi-banfa").contains("为了测试"), "the old snapshot stays");
    assert!(server.log().contains("the old snapshot stays in service"), "{}", server.log());
    assert!(server.get("/metrics").contains("yiju_snapshot_swaps_failed_total 1"));

    fs::write(&toml, whole.replace("热更新", "已改名")).unwrap();
    server.until("/healthz", |health| health.contains("\"ok\""));
    assert!(server.get("/r/ceshi-banfa").contains("测试市已改名办法"));
}

/// Runs the program on the folder and kills it (SIGKILL) after a time; whether it was still running.
fn killed(folder: &Path, arguments: &[&str], after: Duration) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_yiju"))
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(after);
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

fn serves(folder: &Path) {
    let server = Server::start(folder);
    assert!(regulations(&server.get("/healthz")).is_some_and(|n| n >= 2), "{}", server.log());
    let found = server.get("/api/v1/search?q=%E9%83%A8%E9%97%A8%E9%A2%84%E7%AE%97");
    assert!(found.contains("yusuan-fa@2018-12-29"), "{found}");
}

#[test]
fn killed_while_the_index_is_built_the_next_start_serves() {
    let folder = folder();
    let index = ["index", "--corpus", "corpus", "--index", "index"];
    // The build takes a second or so here: each end falls somewhere else in it.
    let cut =
        [20, 60, 120, 200, 300, 450, 700, 1000].map(Duration::from_millis).map(|t| killed(folder.path(), &index, t));
    assert!(cut.contains(&true), "no build was cut off");
    serves(folder.path());
    let parts = fs::read_dir(folder.path().join("index")).unwrap().count();
    assert!(parts > 0, "an index is there");
}

#[test]
fn killed_while_a_snapshot_is_swapped_the_next_start_serves() {
    let folder = folder();
    for (round, after) in [350, 500, 650, 800, 1100].into_iter().enumerate() {
        let mut server = Server::start(folder.path());
        add(folder.path(), "ceshi-banfa", &format!("测试市第{round}次办法"));
        sleep(Duration::from_millis(after));
        server.child.kill().unwrap();
    }
    serves(folder.path());
    assert!(
        Server::start(folder.path()).get("/r/ceshi-banfa").contains("测试市第4次办法"),
        "the newest state is served"
    );
}

#[test]
fn killed_while_a_document_is_imported_the_next_start_serves() {
    let folder = folder();
    let articles: String = (1..4000)
        .map(|n| {
            format!("第{}条　测试条文第{n}号，各级人民政府应当依法公开政府信息。\n", yiju::text::numeral::chinese(n))
        })
        .collect();
    fs::write(
        folder.path().join("测试市长文件办法.txt"),
        format!("测试市长文件办法\n（2020年1月1日测试市人民政府公布）\n{articles}"),
    )
    .unwrap();
    let import = ["import", "测试市长文件办法.txt", "--into", "corpus"];
    for after in [5, 15, 30, 60, 120, 250, 500] {
        killed(folder.path(), &import, Duration::from_millis(after));
        // Whatever is there is whole: it can be read.
        let verified = Command::new(env!("CARGO_BIN_EXE_yiju"))
            .current_dir(folder.path())
            .args(["corpus", "verify", "--corpus", "corpus"])
            .output()
            .unwrap();
        assert_ne!(verified.status.code(), Some(2), "{}", String::from_utf8_lossy(&verified.stderr));
    }
    serves(folder.path());
}
