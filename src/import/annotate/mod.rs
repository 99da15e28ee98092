//! [`annotate`]: a workbook given back with cells coloured and commented on and sheets added, every other part as it was.

mod comments;
mod page;
mod sheet;
mod styles;

use super::document::Document;
use super::package::Package;
use super::xml::{self, Element};
use super::{ImportError, sniff, xlsx};
use crate::text::Span;
pub use page::{Entry, LIST, Look, Page, SUMMARY};
use std::collections::{BTreeMap, BTreeSet};
use styles::Styles;

/// A cell to colour and to comment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `RRGGBB`.
    pub fill: String,
    pub note: String,
}

/// Where marks stand: sheet by name, then row and column from 0.
pub type Marks = BTreeMap<String, BTreeMap<(u32, u32), Mark>>;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const BOOK: &str = "xl/workbook.xml";
const TYPES: &str = "[Content_Types].xml";

/// The same workbook with the marks and pages in it; `document` is what was read of it.
///
/// `None` where the file is no xlsx, or of a kind that cannot be changed for certain; then it has to be built anew.
///
/// # Errors
/// [`ImportError`] when the bytes are not the readable file they were.
pub fn annotate(
    bytes: &[u8],
    document: &Document,
    marks: &Marks,
    pages: &[Page],
) -> Result<Option<Vec<u8>>, ImportError> {
    if sniff::kind(bytes)? != sniff::Kind::Xlsx {
        return Ok(None);
    }
    let mut parts = Parts { package: Package::open(bytes, "xlsx")?, changed: BTreeMap::new(), types: Vec::new() };
    if changed(&mut parts, marks, pages).is_none() {
        return Ok(None);
    }
    let list: Vec<(String, String)> = parts.changed.into_iter().collect();
    let annotated = parts.package.with(&list)?;
    // What cannot be read back as it was read is not given out.
    let same = super::read(&document.file, &annotated)
        .is_ok_and(|read| read.blocks.get(..document.blocks.len()) == Some(&document.blocks));
    Ok(same.then_some(annotated))
}

/// The parts of the package, those that have changed first.
struct Parts<'b> {
    package: Package<'b>,
    changed: BTreeMap<String, String>,
    /// Content types to add: part and type.
    types: Vec<(String, &'static str)>,
}

impl Parts<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        match self.changed.get(path) {
            Some(text) => Some(text.clone()),
            None => self.package.text(path).ok(),
        }
    }

    fn put(&mut self, path: &str, text: String) {
        self.changed.insert(path.to_string(), text);
    }

    /// A path that no part has yet: `xl/comments-yiju1.xml`.
    fn free(&self, before: &str, after: &str) -> String {
        let name = |n: u32| format!("{before}{n}{after}");
        let taken = |path: &str| self.changed.contains_key(path) || self.package.has(path);
        (1u32..).map(name).find(|path| !taken(path)).unwrap_or_else(|| name(0))
    }

    /// The part that a relationship of this kind leads to.
    fn related(&mut self, of: &str, kind: &str) -> Option<String> {
        let relations = self.text(&relations_path(of))?;
        let root = xml::parse(&relations, "xlsx").ok()?;
        let found = root
            .child("Relationships")?
            .elements()
            .find(|relation| relation.attribute("Type").is_some_and(|own| own.rsplit('/').next() == Some(kind)));
        let target = found?.attribute("Target")?.to_string();
        Some(resolved(of, &target))
    }

    /// The part that a relationship of this id leads to.
    fn target(&mut self, of: &str, id: &str) -> Option<String> {
        let relations = self.text(&relations_path(of))?;
        let root = xml::parse(&relations, "xlsx").ok()?;
        let found = root.child("Relationships")?.elements().find(|relation| relation.attribute("Id") == Some(id));
        Some(resolved(of, found?.attribute("Target")?))
    }

    /// Adds a relationship and gives its id.
    fn relate(&mut self, of: &str, kind: &str, target: &str) -> Option<String> {
        let path = relations_path(of);
        let text = self.text(&path).unwrap_or_else(|| {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".into()
        });
        let root = xml::parse(&text, "xlsx").ok()?;
        let list = root.child("Relationships")?;
        let taken: BTreeSet<&str> = list.elements().filter_map(|relation| relation.attribute("Id")).collect();
        let id = (1u32..).map(|n| format!("rIdYiju{n}")).find(|id| !taken.contains(id.as_str()))?;
        let own = prefix(list, &text);
        let entry = format!("<{own}Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{target}\"/>");
        let text = inside(&text, list, &entry)?;
        self.put(&path, text);
        Some(id)
    }
}

fn changed(parts: &mut Parts, marks: &Marks, pages: &[Page]) -> Option<()> {
    let book = parts.text(BOOK)?;
    // The strict form of the format has other names for everything.
    (!book.contains("purl.oclc.org")).then_some(())?;
    let styles_path = parts.related(BOOK, "styles")?;
    let mut styles = Styles::read(parts.text(&styles_path)?)?;
    for (name, cells) in marks {
        let number = xlsx::sheet_number(&mut parts.package, name)?;
        let path = xlsx::sheet_path(&mut parts.package, number)?;
        sheet::mark(parts, &path, cells, &mut styles)?;
    }
    page::add(parts, pages, &mut styles)?;
    parts.put(&styles_path, styles.finish()?);
    content_types(parts)
}

fn content_types(parts: &mut Parts) -> Option<()> {
    let mut text = parts.text(TYPES)?;
    for (path, kind) in std::mem::take(&mut parts.types) {
        let root = xml::parse(&text, "xlsx").ok()?;
        let list = root.child("Types")?;
        let own = prefix(list, &text);
        let extension = path.rsplit('.').next().unwrap_or_default();
        let known = |element: &Element| {
            let is = |name: &str, value: &str| element.attribute(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
            is("Extension", extension) && extension == "vml" || is("PartName", &format!("/{path}"))
        };
        if list.elements().any(known) {
            continue;
        }
        text = if extension == "vml" {
            // Defaults stand before the parts of their own.
            let entry = format!("<{own}Default Extension=\"vml\" ContentType=\"{kind}\"/>");
            let at = list.inner.start;
            super::rewrite::spliced(&text, vec![(Span::new(at, at), entry)])?
        } else {
            inside(&text, list, &format!("<{own}Override PartName=\"/{path}\" ContentType=\"{kind}\"/>"))?
        };
    }
    parts.put(TYPES, text);
    Some(())
}

fn relations_path(of: &str) -> String {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    format!("{folder}/_rels/{name}.rels")
}

/// A target as its part names it, as a path in the package.
fn resolved(of: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut folders: Vec<&str> = of.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// The prefix with its colon that an element is written with in the source.
fn prefix<'t>(element: &Element, text: &'t str) -> &'t str {
    let tag = element.span.of(text).strip_prefix('<').unwrap_or_default();
    let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    name.find(':').and_then(|at| name.get(..=at)).unwrap_or_default()
}

/// Words as XML can hold them: no control characters, and nothing that reads as markup.
fn words(text: &str) -> String {
    let held: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    xml::escaped(&held)
}

/// The text with more at the end of an element's inside; `None` where the element has no inside (`<x/>`).
fn inside(text: &str, element: &Element, more: &str) -> Option<String> {
    (element.inner.end < element.span.end).then_some(())?;
    let at = element.inner.end;
    super::rewrite::spliced(text, vec![(Span::new(at, at), more.to_string())])
}

/// The opening tag of an element with an attribute set, and where the tag stands.
fn with_attribute(element: &Element, text: &str, name: &str, value: &str) -> Option<(Span, String)> {
    let whole = element.span.of(text);
    let mut quote = None;
    let end = whole.char_indices().find(|(_, c)| match (quote, c) {
        (Some(open), c) if open == *c => {
            quote = None;
            false
        }
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (None, '>') => true,
        _ => false,
    });
    let end = end?.0 + 1;
    let tag = whole.get(..end)?;
    let span = Span::new(element.span.start, element.span.start + end);
    for mark in ['"', '\''] {
        for space in [' ', '\n', '\t', '\r'] {
            let own = format!("{space}{name}={mark}");
            if let Some(at) = tag.find(&own) {
                let from = at + own.len();
                let length = tag.get(from..)?.find(mark)?;
                return Some((span, format!("{}{value}{}", tag.get(..from)?, tag.get(from + length..)?)));
            }
        }
    }
    let close = if tag.ends_with("/>") { "/>" } else { ">" };
    Some((span, format!("{} {name}=\"{value}\"{close}", tag.strip_suffix(close)?.trim_end())))
}
