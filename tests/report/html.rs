//! The report that is mailed and printed: whole in one file, and inert.

use super::sample::sample;
use yiju::report::html::write;

#[test]
fn the_page_is_one_file_that_loads_and_runs_nothing() {
    let page = write(&[sample().report()]).unwrap();
    for forbidden in ["<script", "http://", "https://", "javascript:", "@import", "url(", "<img", "<link"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("&#60;script&#62;alert(1)"), "the words of a cell are shown, not run");
}

#[test]
fn every_clause_that_is_named_is_printed_whole() {
    let page = write(&[sample().report()]).unwrap();
    for id in ["zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7", "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i6"]
    {
        assert!(page.contains(&format!("href=\"#1:{id}\"")), "{id}");
        assert!(page.contains(&format!("id=\"1:{id}\"")), "{id}");
    }
    let summary = page.find("id=\"summary-1\"").unwrap();
    let findings = page.find("id=\"findings-1\"").unwrap();
    let all = page.find("id=\"all-1\"").unwrap();
    assert!(summary < findings && findings < all, "summary first");
    assert!(page.contains("<del>试</del><ins>实施</ins>行政处罚"), "diffs stand inline");
}

#[test]
fn the_body_reads_as_it_should() {
    let page = write(&[sample().report()]).unwrap();
    let body = page.split("</style>").nth(1).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!("html", body);
}
