//! Akoma Ntoso 3.0 (OASIS LegalDocML): [`write()`] gives one version as XML, [`read`] gives its text back.
//!
//! 编 part · 分编 subpart · 章 chapter · 节 section · 条 article · 款 paragraph; 项 and 目 are `hcontainer`s named item
//! and subitem, because AKN's own lists stand outside its hierarchy. A notice is a `doc`: 一、 section, （一）
//! subsection, 1. point, （1） indent, its natural paragraphs alinea. Lines that nobody cites stand in the preface or
//! as crossHeading, between the outermost divisions as a container without a number. The printed marks are in `num`, so
//! that the text comes back character by character.

use crate::law::locator::{ArticleLocator, DivisionKind, Marker, OutlineLocator};
use crate::law::{Corpus, Event, Level, Locator, Provision, Regulation};
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use std::fmt::Write;

/// Why a version cannot be written, or XML not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AknError {
    #[error("《{0}》的这一版本没有可用的正文")]
    NoText(String),
    #[error("不是可读的 Akoma Ntoso 文件：{0}")]
    Malformed(String),
}

/// One version as an Akoma Ntoso document.
///
/// # Errors
/// [`AknError::NoText`].
pub fn write(corpus: &Corpus, regulation: &Regulation, version: usize) -> Result<String, AknError> {
    let none = || AknError::NoText(regulation.title.clone());
    let this = regulation.versions.get(version).ok_or_else(none)?;
    let root = this.provisions().ok_or_else(none)?;
    let is_act = root.walk().any(|p| p.level == Level::Article);
    let (kind, body) = if is_act { ("act", "body") } else { ("doc", "mainBody") };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n");
    let _ = writeln!(out, "<{kind} name=\"{}\" contains=\"singleVersion\">", attribute(regulation.level.name()));
    meta(&mut out, corpus, regulation, version, kind);
    let preface = root.children.iter().take_while(|p| p.level == Level::Matter).count();
    let (front, rest) = root.children.split_at(preface);
    if !front.is_empty() {
        out.push_str("<preface>\n");
        for (line, at) in front.iter().zip(0..) {
            let words = text(&line.text);
            let _ = match at {
                0 => writeln!(out, "<longTitle><p><docTitle>{words}</docTitle></p></longTitle>"),
                _ => writeln!(out, "<p>{words}</p>"),
            };
        }
        out.push_str("</preface>\n");
    }
    let _ = writeln!(out, "<{body}>");
    let mut unnamed = 0;
    for node in rest {
        // The body holds divisions alone: a line between them is one without a number.
        if matches!(node.level, Level::Matter | Level::Gap) {
            unnamed += 1;
            let words = text(&node.text);
            let _ = writeln!(
                out,
                "<hcontainer name=\"line\" eId=\"hcontainer_nn-{unnamed}\"><content><p>{words}</p></content></hcontainer>"
            );
        } else {
            element(&mut out, node, &mut unnamed);
        }
    }
    let _ = writeln!(out, "</{body}>\n</{kind}>\n</akomaNtoso>");
    Ok(out)
}

/// Identification, lifecycle and references: the FRBR work is the regulation, the expression its version.
fn meta(out: &mut String, corpus: &Corpus, regulation: &Regulation, version: usize, kind: &str) {
    let this = &regulation.versions[version];
    let first = regulation.versions.iter().find_map(|v| v.promulgated);
    let date = |date: Option<jiff::civil::Date>| date.map_or("9999-12-31".into(), |d| d.to_string());
    let work = format!("/akn/cn/{kind}/{}/{}", date(first), regulation.id);
    let expression = format!("{work}/zho@{}", this.id());
    let number = this.number.as_ref().map(|n| n.to_string()).unwrap_or_default();
    out.push_str("<meta>\n<identification source=\"#yiju\">\n");
    for (level, uri, day, extra) in [
        ("FRBRWork", &work, date(first), "<FRBRcountry value=\"cn\"/>"),
        ("FRBRExpression", &expression, date(this.promulgated), "<FRBRlanguage language=\"zho\"/>"),
        ("FRBRManifestation", &format!("{expression}.xml"), date(this.promulgated), ""),
    ] {
        let name = if level == "FRBRManifestation" { "#yiju" } else { "#issuer" };
        let _ = write!(out, "<{level}><FRBRthis value=\"{uri}/!main\"/><FRBRuri value=\"{uri}\"/>");
        let _ = write!(out, "<FRBRdate date=\"{day}\" name=\"promulgation\"/><FRBRauthor href=\"{name}\"/>{extra}");
        if level == "FRBRWork" && !number.is_empty() {
            let _ = write!(out, "<FRBRnumber value=\"{}\"/>", attribute(&number));
        }
        if level == "FRBRWork" {
            let _ = write!(out, "<FRBRname value=\"{}\"/>", attribute(&regulation.title));
        }
        let _ = writeln!(out, "</{level}>");
    }
    out.push_str("</identification>\n<lifecycle source=\"#yiju\">\n");
    let mut event = |n: usize, day: String, kind: &str, href: &str| {
        let _ = writeln!(out, "<eventRef eId=\"evt_{n}\" date=\"{day}\" source=\"{href}\" type=\"{kind}\"/>");
    };
    for (v, n) in regulation.versions.iter().zip(1..) {
        let kind = match (n, v.event) {
            (_, Event::Repealed) => "repeal",
            (1, _) => "generation",
            _ => "amendment",
        };
        event(n, date(v.starts()), kind, "#issuer");
    }
    if let Some((by, v)) = corpus.repealed_by(regulation) {
        event(regulation.versions.len() + 1, date(by.versions[v].starts()), "repeal", "#repealing");
    }
    out.push_str("</lifecycle>\n<references source=\"#yiju\">\n");
    out.push_str("<TLCOrganization eId=\"yiju\" href=\"/ontology/organization/yiju\" showAs=\"依据\"/>\n");
    let issuer = attribute(&regulation.issuer);
    let _ =
        writeln!(out, "<TLCOrganization eId=\"issuer\" href=\"/ontology/organization/issuer\" showAs=\"{issuer}\"/>");
    if let Some((by, _)) = corpus.repealed_by(regulation) {
        let (id, title) = (attribute(&by.id), attribute(&by.title));
        let _ = writeln!(out, "<passiveRef eId=\"repealing\" href=\"/akn/cn/act/{id}\" showAs=\"{title}\"/>");
    }
    out.push_str("</references>\n</meta>\n");
}

/// `unnamed` counts the elements without a number, whose ids have nothing else to go by.
fn element(out: &mut String, node: &Provision, unnamed: &mut usize) {
    if matches!(node.level, Level::Matter | Level::Gap) {
        let _ = writeln!(out, "<crossHeading>{}</crossHeading>", text(&node.text));
        return;
    }
    let (name, title) = tag(node);
    let id = node.locator.as_ref().map(eid).unwrap_or_else(|| {
        *unnamed += 1;
        format!("{name}_nn-{unnamed}")
    });
    let title = title.map(|t| format!(" name=\"{t}\"")).unwrap_or_default();
    let _ = write!(out, "<{name}{title} eId=\"{id}\">");
    if !node.mark.is_empty() {
        let _ = write!(out, "<num>{}</num>", text(&node.mark));
    }
    let (heading, words) = node.text.split_at(node.heading_len.min(node.text.len()));
    if !heading.is_empty() {
        let _ = write!(out, "<heading>{}</heading>", text(heading));
    }
    if node.children.is_empty() {
        let _ = write!(out, "<content><p>{}</p></content>", text(words));
    } else {
        if !words.is_empty() {
            let _ = write!(out, "<intro><p>{}</p></intro>", text(words));
        }
        out.push('\n');
        node.children.iter().for_each(|child| element(out, child, unnamed));
    }
    let _ = writeln!(out, "</{name}>");
}

fn tag(node: &Provision) -> (&'static str, Option<&'static str>) {
    let outline = match &node.locator {
        Some(Locator::Outline(outline)) => Some(outline),
        _ => None,
    };
    match node.level {
        Level::Part => ("part", None),
        Level::SubPart => ("subpart", None),
        Level::Chapter => ("chapter", None),
        Level::Section => ("section", None),
        Level::Article => ("article", None),
        Level::Paragraph if outline.is_some() => ("alinea", None),
        Level::Paragraph => ("paragraph", None),
        Level::Item => ("hcontainer", Some("item")),
        Level::Subitem => ("hcontainer", Some("subitem")),
        Level::Annex => ("hcontainer", Some("annex")),
        _ => match outline.map(|o| (o.ordinal, o.steps.last())) {
            Some((Some(_), _)) => ("hcontainer", Some("ordinal")),
            Some((None, Some(step))) => (point_tag(step.marker), None),
            _ => ("hcontainer", Some("point")),
        },
    }
}

fn point_tag(marker: Marker) -> &'static str {
    match marker {
        Marker::Han => "section",
        Marker::HanParenthesized => "subsection",
        Marker::Arabic => "point",
        Marker::ArabicParenthesized => "indent",
    }
}

/// The eId by the naming convention: `art_20__para_1__item_7`, `chp_3__sec_1`, `sec_2__subsec_6__al_1`.
pub fn eid(locator: &Locator) -> String {
    let steps: Vec<String> = match locator {
        Locator::Division(path) => path.iter().map(|d| format!("{}_{}", division_code(d.kind), d.number)).collect(),
        Locator::Article(a) => article_steps(a),
        Locator::Outline(o) => outline_steps(o),
    };
    steps.join("__")
}

fn division_code(kind: DivisionKind) -> &'static str {
    match kind {
        DivisionKind::Annex => "annex",
        DivisionKind::Part => "part",
        DivisionKind::SubPart => "subpart",
        DivisionKind::Chapter => "chp",
        DivisionKind::Section => "sec",
    }
}

fn article_steps(a: &ArticleLocator) -> Vec<String> {
    let own = [("para", a.paragraph), ("item", a.item), ("subitem", a.subitem)];
    let below = own.into_iter().filter_map(|(code, number)| Some(format!("{code}_{}", number?)));
    let annex = a.annex.map(|n| format!("annex_{n}"));
    annex.into_iter().chain([format!("art_{}", a.article)]).chain(below).collect()
}

fn outline_steps(o: &OutlineLocator) -> Vec<String> {
    let code = |marker: Marker| match marker {
        Marker::Han => "sec",
        Marker::HanParenthesized => "subsec",
        Marker::Arabic => "point",
        Marker::ArabicParenthesized => "indent",
    };
    let annex = o.annex.map(|n| format!("annex_{n}"));
    let points = o.steps.iter().map(|s| format!("{}_{}", code(s.marker), s.number));
    let inner = [("al", o.paragraph), ("ordinal", o.ordinal)].into_iter();
    let inner = inner.filter_map(|(code, number)| Some(format!("{code}_{}", number?)));
    annex.into_iter().chain(points).chain(inner).collect()
}

fn text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn attribute(words: &str) -> String {
    text(words).replace('"', "&quot;")
}

/// The text of an Akoma Ntoso document that [`write()`] gave, a natural paragraph a line, as in the corpus.
///
/// # Errors
/// [`AknError::Malformed`].
pub fn read(xml: &str) -> Result<String, AknError> {
    let malformed = |reason: String| AknError::Malformed(reason);
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    // Inside preface or body; what is outside is metadata.
    let mut depth = 0usize;
    let (mut content, mut preface) = (false, false);
    loop {
        match reader.read_event().map_err(|e| malformed(e.to_string()))? {
            Xml::Start(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                content |= matches!(name, "preface" | "body" | "mainBody");
                depth += 1;
                let ordinal =
                    tag.attributes().flatten().any(|a| a.key.as_ref() == "name" && a.value.as_ref() == "ordinal");
                preface = name == "preface" || preface && name != "body" && name != "mainBody";
                if content
                    && (starts_line(name) || preface && name == "p")
                    && !ordinal
                    && !out.is_empty()
                    && !out.ends_with(['\n', '\u{3000}', ' ', '】'])
                {
                    out.push('\n');
                }
            }
            Xml::End(tag) => {
                depth = depth.saturating_sub(1);
                content &= !matches!(tag.local_name().as_ref(), "preface" | "body" | "mainBody");
            }
            // White space between elements is layout, inside them it is text.
            Xml::Text(words) if content => {
                let words = words.xml10_content();
                if !(words.starts_with('\n') && words.trim().is_empty()) {
                    out.push_str(&words);
                }
            }
            Xml::GeneralRef(entity) if content => {
                out.push_str(match entity.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => return Err(malformed("未知的实体".into())),
                });
            }
            Xml::Eof if depth > 0 => return Err(malformed("文件不完整".into())),
            Xml::Eof => break,
            _ => {}
        }
    }
    if out.is_empty() { Err(malformed("没有正文".into())) } else { Ok(out) }
}

/// Elements that begin a line of the text. A 款 right after its article's number stays on that line, by the white
/// space that ends the number.
fn starts_line(name: &str) -> bool {
    matches!(
        name,
        "part"
            | "subpart"
            | "chapter"
            | "section"
            | "article"
            | "paragraph"
            | "alinea"
            | "hcontainer"
            | "subsection"
            | "point"
            | "indent"
            | "crossHeading"
            | "longTitle"
    )
}
