//! The main path of each page in a real browser, in light and dark, on a phone and in print, with axe-core looking on.
//!
//! Needs Debian's chromium, and axe-core where tests/run.sh puts it. YIJU_NO_BROWSER=1 skips it and says so.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};
use chromiumoxide::cdp::browser_protocol::input::InsertTextParams;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures::StreamExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use yiju::serve::{App, Settings};
use yiju::snapshot::{Snapshot, Sources};

const CHROMIUM: &str = "/usr/bin/chromium";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A browser on a server of its own.
struct Visit {
    browser: Browser,
    page: Page,
    root: String,
    /// The same pages without their script.
    scriptless: String,
    axe: String,
    _dirs: [tempfile::TempDir; 2],
}

impl Visit {
    async fn start() -> Self {
        let [index, profile] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let sources =
            Sources { corpora: vec![here("corpus")], index: index.path().join("index"), ..Sources::default() };
        let snapshot = Snapshot::open(&sources, jiff::Zoned::now().date()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let app = App::new(snapshot, Settings::default());
        let bare = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scriptless = format!("http://{}", bare.local_addr().unwrap());
        let no_script = |request: Request, next: Next| async move {
            match request.uri().path() {
                "/assets/app.js" => StatusCode::NOT_FOUND.into_response(),
                _ => next.run(request).await,
            }
        };
        let router = yiju::serve::router(app.clone()).layer(axum::middleware::from_fn(no_script));
        tokio::spawn(async move { axum::serve(bare, router).await });
        tokio::spawn(yiju::serve::serve(listener, app, std::future::pending()));
        let flags = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];
        let config = BrowserConfig::builder()
            .chrome_executable(CHROMIUM)
            .no_sandbox()
            .user_data_dir(profile.path())
            .args(flags.into_iter().chain(["disable-component-update", "disable-sync"]))
            .launch_timeout(Duration::from_secs(60))
            .viewport(None)
            .build()
            .unwrap();
        let (browser, mut events) = Browser::launch(config).await.expect("chromium starts");
        tokio::spawn(async move { while events.next().await.is_some() {} });
        let page = browser.new_page("about:blank").await.unwrap();
        let axe = std::fs::read_to_string(here("target/axe/node_modules/axe-core/axe.min.js"))
            .expect("axe-core is installed by tests/run.sh");
        Visit { browser, page, root, scriptless, axe, _dirs: [index, profile] }
    }

    async fn open(&self, address: &str) {
        self.open_at(&self.root, address).await;
    }

    async fn open_at(&self, root: &str, address: &str) {
        // A page that still comes in is not left: the browser would tell the one that follows as broken off.
        self.until("document.readyState === 'complete'").await;
        self.page.goto(format!("{root}{address}")).await.unwrap();
        self.page.wait_for_navigation().await.unwrap();
    }

    async fn eval<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        self.page.evaluate(script).await.unwrap_or_else(|e| panic!("{script}: {e}")).into_value().unwrap()
    }

    async fn click(&self, selector: &str) {
        // What stands on a page that still comes in may move, or be another's a moment later.
        self.until("document.readyState === 'complete'").await;
        self.page.find_element(selector).await.unwrap_or_else(|_| panic!("no {selector}")).click().await.unwrap();
    }

    /// Clicks on what leads to another page, and waits until that page is there and is as it should be.
    async fn follow(&self, selector: &str, condition: &str) {
        self.eval::<bool>("(document.documentElement.dataset.left = 'so') === 'so'").await;
        self.click(selector).await;
        self.until(&format!("!document.documentElement.dataset.left && ({condition})")).await;
    }

    /// Waits for what a click leads to.
    async fn until(&self, condition: &str) {
        for _ in 0..100 {
            // A page that is being left has nothing to ask.
            let met = self.page.evaluate(condition).await.ok().and_then(|met| met.into_value::<bool>().ok());
            if met == Some(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let shown: String = self.eval("location.href + ' ' + document.title").await;
        panic!("{condition} never came about on {shown}");
    }

    /// Fails with what axe finds wrong on the page as it stands.
    async fn audit(&self, what: &str) {
        self.page.evaluate(self.axe.as_str()).await.unwrap();
        let script = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
                      .then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))";
        let violations: Vec<String> = self.eval(script).await;
        assert!(violations.is_empty(), "{what}: {violations:#?}");
    }

    async fn look(&self, name: &str, width: i64, scheme: &str, media: &str) {
        let size = SetDeviceMetricsOverrideParams::new(width, 1000, 1.0, width < 600);
        self.page.execute(size).await.unwrap();
        let scheme = MediaFeature::new("prefers-color-scheme", scheme);
        let emulated = SetEmulatedMediaParams::builder().media(media).features(vec![scheme]).build();
        self.page.execute(emulated).await.unwrap();
        let overflow: bool = self.eval("document.documentElement.scrollWidth > window.innerWidth + 1").await;
        assert!(!overflow, "{name} is wider than {width}");
        let folder = here("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let shot = self.page.screenshot(ScreenshotParams::builder().full_page(false).build()).await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), shot).unwrap();
    }
}

fn skipped() -> bool {
    let asked = std::env::var_os("YIJU_NO_BROWSER").is_some_and(|value| value == "1");
    if asked {
        eprintln!("skipped: YIJU_NO_BROWSER=1, no page was looked at in a browser");
    }
    assert!(asked || Path::new(CHROMIUM).exists(), "chromium is missing: run tests/run.sh, or set YIJU_NO_BROWSER=1");
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_work_and_are_accessible() {
    if skipped() {
        return;
    }
    let visit = Visit::start().await;
    let catalog: String = {
        visit.open("/catalogs").await;
        visit.eval("document.querySelector('th a').getAttribute('href')").await
    };
    for (name, address) in [
        ("home", "/"),
        ("search", "/?q=政府信息公开的期限"),
        ("nothing", "/?q=无此词语"),
        ("read", "/r/zhengfu-xinxi-gongkai-tiaoli"),
        ("superseded", "/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05"),
        ("notice", "/r/guobanfa-2018-118"),
        ("clause", "/r/yusuan-fa/a14.p2"),
        ("compare", "/compare/zhengfu-xinxi-gongkai-tiaoli"),
        ("cited", "/?q=预算法14条2款"),
        ("coverage", "/coverage"),
        ("bodies", "/bodies?item=财政预算、决算"),
        ("catalogs", "/catalogs"),
        ("catalog", catalog.as_str()),
        ("check", "/check"),
        ("basis", "/basis?item=部门预算"),
        ("rules", "/rules"),
        ("rule", "/rules/paragraph-for-item"),
        ("about", "/about"),
        ("api", "/api"),
        ("error", "/nowhere"),
    ] {
        visit.open(address).await;
        for (form, width, scheme, media) in [
            ("wide", 1440, "light", "screen"),
            ("dark", 1280, "dark", "screen"),
            ("phone", 390, "light", "screen"),
            ("zoomed", 640, "light", "screen"),
            ("narrow", 320, "dark", "screen"),
            ("print", 794, "light", "print"),
        ] {
            visit.look(&format!("{name}-{form}"), width, scheme, media).await;
            if media == "screen" && form != "narrow" {
                visit.audit(&format!("{name} {form}")).await;
            }
        }
        let unseen: Vec<String> = visit.eval(UNSEEN_FOCUS).await;
        assert!(unseen.is_empty(), "{name}: the focus is not seen on {unseen:?}");
        let shift: f64 = visit.eval(SHIFT).await;
        assert!(shift < 0.01, "{name} shifts by {shift}");
        let elsewhere: usize = visit
            .eval("performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length")
            .await;
        assert_eq!(elsewhere, 0, "{name} asks another host");
    }
    main_path(&visit).await;
    keyboard(&visit).await;
    without_script(&visit).await;
    let mut browser = visit.browser;
    browser.close().await.unwrap();
    let _ = browser.wait().await;
}

/// How much the layout has moved since the page was opened: 0 is nothing.
const SHIFT: &str = "new Promise(done => { let sum = 0; \
    new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })\
    .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 120); })";

/// What can have the focus and shows no outline when it has.
const UNSEEN_FOCUS: &str = "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')]\
    .filter(e => e.checkVisibility() && !e.closest('.unseen')).slice(0, 80).filter(e => { e.focus({ focusVisible: true }); const s = getComputedStyle(e);\
    return document.activeElement === e && (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2); })\
    .map(e => e.outerHTML.slice(0, 120))";

/// The same ways where the browser gets no script, which the policy leaves the pages only one of: nothing may need it.
async fn without_script(visit: &Visit) {
    let root = &visit.scriptless;
    let type_into = async |selector: &str, words: &str| {
        visit.page.find_element(selector).await.unwrap().click().await.unwrap();
        visit.page.execute(InsertTextParams::new(words)).await.unwrap();
    };
    visit.open_at(root, "/").await;
    type_into("#q", "部门预算什么时候公开").await;
    visit.follow("main form button", "document.querySelector('.results h2 a') !== null").await;
    visit.follow(".facets a", "document.querySelector('.facets a[aria-current]') !== null").await;
    visit.follow(".results h2 a", "document.querySelector('h1').textContent.startsWith('第')").await;
    let dead: usize = visit.eval("document.querySelectorAll('button[data-copy]:not([hidden])').length").await;
    assert_eq!(dead, 0, "a button that needs a script is not shown without one");
    visit.follow("main p.meta a", "document.querySelector(':target') !== null").await;

    visit.open_at(root, "/r/zhengfu-xinxi-gongkai-tiaoli").await;
    visit.follow("a[href^='/compare/']", "document.querySelector('.pair ins') !== null").await;
    visit
        .follow("main form button", "location.search.includes('old=') && document.querySelector('.pair ins') !== null")
        .await;

    visit.open_at(root, "/catalogs").await;
    visit.follow("th a", "document.querySelector('details.finding summary') !== null").await;
    visit.click("details.finding summary").await;
    visit.until("document.querySelector('details.finding').open").await;
    visit.follow(".tally a.badge.not-checked", "location.search === '?only=not-checked'").await;

    visit.open_at(root, "/check").await;
    type_into("#text", "《政府信息公开条例》第二十条第七款").await;
    visit.click("main form button:not([name])").await;
    visit.until("document.querySelector('a[href=\"/rules/paragraph-for-item\"]') !== null").await;

    visit.open_at(root, "/basis").await;
    type_into("#item", "部门预算").await;
    visit.follow("main form button", "document.querySelector('.results details summary') !== null").await;
    visit.click(".results details summary").await;
    visit.until("document.querySelector('.results .cell').checkVisibility()").await;
}

/// What a keyboard does: to the main part, to the box, to a reference's preview and away from it.
async fn keyboard(visit: &Visit) {
    visit.look("keyboard", 1280, "light", "screen").await;
    let body = || async { visit.page.find_element("body").await.unwrap() };
    visit.open("/rules").await;
    body().await.press_key("Tab").await.unwrap();
    visit.until("document.activeElement.className === 'skip'").await;
    body().await.press_key("Enter").await.unwrap();
    visit.until("document.activeElement.id === 'main' || location.hash === '#main'").await;
    body().await.press_key("/").await.unwrap();
    visit.until("document.activeElement.id === 'q'").await;

    visit.open("/?q=部门预算").await;
    for (key, focus) in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)] {
        body().await.press_key(key).await.unwrap();
        visit.until(&format!("document.activeElement === document.querySelectorAll('.results h2 a')[{focus}]")).await;
    }
    body().await.press_key("ArrowUp").await.unwrap();
    visit.until("document.activeElement.id === 'q'").await;
    body().await.press_key("ArrowDown").await.unwrap();
    body().await.press_key("Enter").await.unwrap();
    visit.until("location.pathname.startsWith('/r/')").await;

    visit.open("/r/yusuan-fa/a14").await;
    let shown = "getComputedStyle(document.querySelector('.peek')).display !== 'none'";
    assert!(!visit.eval::<bool>(shown).await, "a preview is put away until it is asked for");
    visit.eval::<bool>("document.querySelector('.ref a').focus() ?? true").await;
    visit.until(shown).await;
    visit.look("preview", 1280, "light", "screen").await;
    visit.audit("an open preview").await;
    body().await.press_key("Escape").await.unwrap();
    visit.until(&format!("!({shown})")).await;

    let still = MediaFeature::new("prefers-reduced-motion", "reduce");
    visit.page.execute(SetEmulatedMediaParams::builder().features(vec![still]).build()).await.unwrap();
    let smooth: String = visit.eval("getComputedStyle(document.documentElement).scrollBehavior").await;
    assert_eq!(smooth, "auto", "no motion for who wants none");
}

/// A question, its clause, a catalog's finding, a check of a pasted text.
async fn main_path(visit: &Visit) {
    visit.look("start", 1280, "light", "screen").await;
    visit.open("/").await;
    visit.page.find_element("#q").await.unwrap().click().await.unwrap();
    visit.page.execute(InsertTextParams::new("部门预算什么时候公开")).await.unwrap();
    visit.follow("main form button", "document.querySelector('.results h2 a') !== null").await;
    let first: String = visit.eval("document.querySelector('.results h2 a').textContent").await;
    assert!(first.contains("预算法"), "{first}");
    visit.page.find_element("body").await.unwrap().press_key("ArrowDown").await.unwrap();
    visit.until("document.activeElement === document.querySelector('.results h2 a')").await;
    visit
        .follow(
            ".results h2 a",
            "location.pathname.startsWith('/r/') && document.querySelector('h1').textContent.startsWith('第')",
        )
        .await;
    visit.follow("main p.meta a", "document.querySelector(':target') !== null").await;

    visit.open("/catalogs").await;
    visit.follow("th a", "document.querySelector('details.finding summary') !== null").await;
    visit.click("details.finding summary").await;
    visit.until("document.querySelector('details.finding').open").await;
    visit.look("finding", 1280, "light", "screen").await;
    visit.audit("an open finding").await;

    visit.open("/check").await;
    let area = visit.page.find_element("#text").await.unwrap();
    area.click().await.unwrap();
    visit.page.execute(InsertTextParams::new("《政府信息公开条例》第二十条第七款")).await.unwrap();
    visit.click("main form button:not([name])").await;
    visit.until("document.querySelector('a[href=\"/rules/paragraph-for-item\"]') !== null").await;
    visit.look("checked", 1280, "light", "screen").await;
    visit.audit("the result of a check").await;
}
