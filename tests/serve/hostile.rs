//! Requests that mean harm: none crashes, none leaks, none hangs.

use super::{app, encoded, get, post, send};
use axum::body::Body;
use axum::http::{Request, header};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const INJECTIONS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}",
    "${7*7}",
    "%3Cscript%3E",
    "\u{202e}gpj.exe",
    "\u{0}\u{1}\u{7f}",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd\0.txt",
    "file:///etc/passwd",
    "http://127.0.0.1:22/",
    "\u{feff}\u{200b}\u{2028}",
    "AND OR NOT +-&&||!(){}[]^\"~*?:\\/",
    "\"unclosed",
    "[2000 TO",
    "a:b:c",
    "field:*",
    "((((((((((((((((((((((((((((((((",
    "第第第第第条条条条款款款",
    "第99999999999999999999条",
    "第十十十十十十百千万亿条",
    "《《《《《《《《",
    "》》》》》》",
    "〔〔〔2018〕〕〕号号号",
    "a14.p99999999999999999999",
    "s0.0.0.0.0.0.0.0.0.0",
    "x1.x1.x1",
    "💥💥💥💥",
    "ａｂｃ１２３",
    "-1",
    "NaN",
    "null",
    "%00",
    "%ff%fe",
    "%",
];

const TEMPLATES: &[&str] = &[
    "/?q={}",
    "/?q=预算&level={}",
    "/?q=预算&in={}",
    "/?q=预算&issuer={}",
    "/?q=预算&on={}",
    "/?q=预算&limit={}",
    "/r/{}",
    "/r/yusuan-fa/{}",
    "/r/yusuan-fa@{}",
    "/catalogs/{}",
    "/catalogs/{}?only={}",
    "/rules/{}",
    "/assets/{}",
    "/api/v1/search?q={}",
    "/api/v1/suggest?q={}",
    "/api/v1/regulations/{}",
    "/api/v1/provisions/yusuan-fa/{}",
    "/{}",
];

/// What an answer must never hold: a script that came in, a path of this machine, words of a panic.
fn assert_harmless(what: &str, answer: &super::Answer) {
    assert_ne!(answer.status, 500, "{what}");
    let text = String::from_utf8_lossy(&answer.body);
    for leak in ["panicked", env!("CARGO_MANIFEST_DIR"), "root:x:"] {
        assert!(!text.contains(leak), "{what} answers with {leak}");
    }
    // JSON may hold any words: it is sent as what it is, and no browser takes it for anything else.
    assert_eq!(answer.headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff", "{what}");
    if answer.header(header::CONTENT_TYPE).starts_with("text/html") {
        for script in ["<script>alert", "<img src=x", "<svg/onload"] {
            assert!(!text.contains(script), "{what} answers with {script}");
        }
    }
}

#[tokio::test]
async fn nothing_injected_comes_back_alive() {
    for template in TEMPLATES {
        for injection in INJECTIONS {
            // Percent signs are kept: some of the injections are percent-encoded already.
            let escape = |c: char| match c {
                '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '}' | '|' | '#' | '&' | '+' | '?' | ' ' | '[' | ']' => {
                    format!("%{:02X}", c as u32)
                }
                c if c.is_ascii_graphic() => c.to_string(),
                c => c.to_string().bytes().map(|b| format!("%{b:02X}")).collect(),
            };
            let escaped: String = injection.chars().map(escape).collect();
            let address = encoded(&template.replace("{}", &escaped));
            let Ok(request) = Request::get(&address).body(Body::empty()) else { continue };
            let answer = send(request).await;
            assert_harmless(&address, &answer);
        }
    }
}

#[tokio::test]
async fn bodies_that_mean_harm_are_answered_with_4xx_or_read_as_text() {
    let deep = "[".repeat(100_000);
    let nested = format!("{}\"text\":{}{}", "{\"a\":".repeat(2000), "1", "}".repeat(2000));
    let long = "《预算法》第十四条".repeat(3000);
    let wide = "a,".repeat(50_000);
    let xml = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><html><table><tr><td>&b;</td></tr></table></html>";
    let quotes = "“".repeat(20_000);
    let bodies: &[(&str, &[u8])] = &[
        ("application/json", deep.as_bytes()),
        ("application/json", nested.as_bytes()),
        ("application/json", b"{\"text\": 1}"),
        ("application/json", b"{\"text\": \"\\ud800\"}"),
        ("application/json", b""),
        ("text/plain", b"\xff\xfe\xfd"),
        ("text/plain", b"\xed\xa0\x80"),
        ("text/plain", long.as_bytes()),
        ("text/plain", quotes.as_bytes()),
        ("text/plain", wide.as_bytes()),
        ("text/html", xml.as_bytes()),
        ("application/zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00"),
        ("application/octet-stream", b"\x00\x01\x02\x03"),
        ("application/octet-stream", b"%PDF-1.7 broken"),
        ("application/octet-stream", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("application/x-www-form-urlencoded", b"text=%ff%fe"),
        ("application/x-www-form-urlencoded", b"%%%=&&&"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../../../tmp/owned\"\r\n\r\nx\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nexe\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        ("nonsense/\"\\", b"abc"),
    ];
    for address in ["/check", "/api/v1/check", "/api/v1/cite", "/mcp"] {
        for (kind, body) in bodies {
            let answer = tokio::time::timeout(Duration::from_secs(20), post(address, kind, body.to_vec())).await;
            let answer = answer.unwrap_or_else(|_| panic!("{address} hangs on {kind}"));
            assert_harmless(&format!("{address} {kind}"), &answer);
        }
    }
    assert!(!std::path::Path::new("/tmp/owned").exists());
}

#[tokio::test]
async fn a_cell_that_is_a_script_is_shown_as_words() {
    let file = "公开事项,公开内容,公开依据\n<script>alert(1)</script>,<img src=x onerror=alert(1)>,《<script>alert(1)</script>》第一条\n";
    for address in
        ["/check", "/api/v1/check?format=html&name=%3Cscript%3Ealert(1).csv", "/api/v1/check?name=a.csv&format=html"]
    {
        let answer = post(address, "text/csv", file).await;
        assert_eq!(answer.status, 200, "{address}");
        assert_harmless(address, &answer);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_without_being_read_whole() {
    let large = vec![b'a'; (1 << 20) + 4096];
    for (address, kind) in [
        ("/api/v1/check", "application/octet-stream"),
        ("/check", "application/x-www-form-urlencoded"),
        ("/api/v1/cite", "text/plain"),
        ("/mcp", "application/json"),
    ] {
        let answer = post(address, kind, large.clone()).await;
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
    }
    let text = post("/api/v1/cite", "text/plain", "预".repeat(30_000)).await;
    assert_eq!(text.status, 413, "over the bound for texts");
    assert_eq!(get(&format!("/?q={}", "a".repeat(600))).await.status, 400);
    assert_eq!(get(&format!("/?q={}", "a".repeat(9000))).await.status, 414);
}

#[tokio::test]
async fn methods_that_no_page_has_are_refused() {
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"] {
        for address in ["/", "/r/yusuan-fa", "/api/v1/search?q=a", "/check"] {
            let request = Request::builder().method(method).uri(address).body(Body::empty()).unwrap();
            let answer = send(request).await;
            assert_eq!(answer.status, 405, "{method} {address}");
            assert_harmless(address, &answer);
        }
    }
}

async fn raw(bytes: &[u8], wait: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(yiju::serve::serve(listener, app(), std::future::pending()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(wait, stream.read_to_end(&mut answer)).await;
    let mut alive = TcpStream::connect(address).await.unwrap();
    alive.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut health = String::new();
    alive.read_to_string(&mut health).await.unwrap();
    assert!(health.starts_with("HTTP/1.1 200"), "the server no longer answers");
    server.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn bytes_that_are_no_request_end_the_connection_and_nothing_else() {
    let flood: String = (0..500).map(|n| format!("X-{n}: {n}\r\n")).collect();
    let wide = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "a".repeat(100_000));
    for (bytes, expected) in [
        (format!("GET / HTTP/1.1\r\nHost: a\r\n{flood}\r\n").into_bytes(), "HTTP/1.1 431"),
        (wide.into_bytes(), "HTTP/1.1 431"),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n".to_vec(), "HTTP/1.1 400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), ""),
        (b"GET / HTTP/9.9\r\n\r\n".to_vec(), ""),
        (b"POST /api/v1/cite HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n".to_vec(), "HTTP/1.1 400"),
        (b"POST /api/v1/cite HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec(), "HTTP/1.1 4"),
    ] {
        let answer = raw(&bytes, Duration::from_secs(3)).await;
        assert!(answer.starts_with(expected), "{expected}: {}", answer.chars().take(80).collect::<String>());
    }
    // Half a body: no answer yet, and everybody else is served.
    let half = b"POST /api/v1/cite HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nabc";
    assert_eq!(raw(half, Duration::from_millis(300)).await, "");
}

#[tokio::test]
async fn a_broken_folder_keeps_the_old_snapshot_and_says_so() {
    let app = app();
    app.swap(Err("yusuan-fa/regulation.toml 的格式有误".into()));
    let health = get("/healthz").await.json();
    assert_eq!(health["status"], "stale");
    assert_eq!(get("/r/yusuan-fa").await.status, 200);
    assert!(get("/").await.headers.get(header::CONTENT_SECURITY_POLICY).is_some());
}

/// A workbook whose one sheet unpacks to `megabytes` of nothing.
fn bomb(name: &str, megabytes: usize) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for part in ["[Content_Types].xml", name] {
        archive.start_file(part, options).unwrap();
        let blank = vec![b' '; 1 << 20];
        for _ in 0..if part == name { megabytes } else { 1 } {
            archive.write_all(&blank).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_zip_bomb_is_refused_quickly() {
    for (name, file) in
        [("xl/worksheets/sheet1.xml", "a.xlsx"), ("word/document.xml", "a.docx"), ("content.xml", "a.ods")]
    {
        let bytes = bomb(name, 700);
        assert!(bytes.len() < 1 << 20, "{} bytes pass the limit of uploads", bytes.len());
        let start = std::time::Instant::now();
        let answer = post(&format!("/api/v1/check?name={file}"), "application/octet-stream", bytes).await;
        assert!(answer.status == 422 || answer.status == 413, "{file}: {}", answer.status);
        assert_harmless(file, &answer);
        assert!(start.elapsed() < Duration::from_secs(20), "{file} takes {:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_reading_program_of_another_origin_is_let_in_and_nothing_else() {
    let ask = |method: &str, address: &str| {
        let request = Request::builder().method(method).uri(address).header(header::ORIGIN, "https://example.gov.cn");
        send(request.header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET").body(Body::empty()).unwrap())
    };
    for address in ["/api/v1/search?q=a", "/api/v1/regulations/yusuan-fa", "/openapi.json"] {
        let answer = ask("GET", address).await;
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{address}");
        let asked_before = ask("OPTIONS", address).await;
        assert!(asked_before.status.is_success(), "{address}: {}", asked_before.status);
        assert_eq!(asked_before.header(header::ACCESS_CONTROL_ALLOW_METHODS), "GET", "{address}");
    }
    for address in ["/check", "/healthz", "/"] {
        assert_eq!(ask("GET", address).await.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN), None, "{address}");
    }
}
