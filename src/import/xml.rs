//! [`Element`]: an XML part as a small tree that knows where each element stands in its text.
//!
//! Declared entities are never expanded and external ones never fetched: only the five of XML itself and character
//! references become characters, anything else is refused.

use super::{ImportError, limits};
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// Name without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// From `<` to the end of the closing tag.
    pub span: Span,
    /// Between the tags; empty for `<x/>`.
    pub inner: Span,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The first attribute of that name, prefix aside.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// All text inside, in order.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text
    }

    fn collect(&self, into: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.collect(into),
                Node::Text(text) => into.push_str(text),
            }
        }
    }
}

/// Parses one part.
///
/// # Errors
/// [`ImportError::Broken`] for XML that is not well-formed or uses entities of its own,
/// [`ImportError::TooLarge`] when it is nested too deeply or has too many elements.
pub(super) fn parse(text: &str, format: &'static str) -> Result<Element, ImportError> {
    let broken = |reason: &str| ImportError::Broken { format, reason: reason.to_string() };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0u64;
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| broken("XML 结构不完整"))?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                count += 1;
                limits::within("元素数", count, limits::ELEMENTS)?;
                limits::within("嵌套层数", open.len() as u64, limits::NESTING)?;
                let mut element = element(&tag);
                element.span = Span::new(start, end);
                element.inner = Span::new(end, end);
                open.push(element);
            }
            Event::Empty(tag) => {
                count += 1;
                limits::within("元素数", count, limits::ELEMENTS)?;
                let mut element = element(&tag);
                element.span = Span::new(start, end);
                element.inner = Span::new(end, end);
                push(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                let Some(mut element) = open.pop().filter(|_| !open.is_empty()) else {
                    return Err(broken("XML 标签不配对"));
                };
                element.inner.end = start;
                element.span.end = end;
                push(&mut open, Node::Element(element));
            }
            Event::Text(words) => add(&mut open, &words.xml10_content()),
            Event::CData(words) => add(&mut open, &words.xml10_content()),
            Event::GeneralRef(name) => {
                let name = name.into_inner();
                let character = character(&name).ok_or_else(|| broken("含有自定义的 XML 实体，不予展开"))?;
                add(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root),
        _ => Err(broken("XML 在中途断了")),
    }
}

fn element(tag: &BytesStart) -> Element {
    let attributes = tag.attributes().flatten().map(|attribute| {
        let key = attribute.key.local_name().as_ref().to_string();
        let value = quick_xml::escape::unescape(&attribute.value).map(|value| value.into_owned()).unwrap_or_default();
        (key, value)
    });
    Element { name: tag.local_name().as_ref().to_string(), attributes: attributes.collect(), ..Element::default() }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_string())),
    }
}

/// The five entities of XML, and character references.
fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Text with the characters that mean something in XML written as entities.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_know_their_places_and_expand_no_entities() {
        let text = "<a x='1'><w:b>甲&amp;&#20057;</w:b><c/></a>";
        let root = parse(text, "XML").unwrap();
        let a = root.child("a").unwrap();
        assert_eq!((a.attribute("x"), a.text().as_str()), (Some("1"), "甲&乙"));
        assert_eq!(a.child("b").unwrap().inner.of(text), "甲&amp;&#20057;");
        assert_eq!(a.child("c").unwrap().span.of(text), "<c/>");
        let bomb = "<!DOCTYPE a [<!ENTITY x \"yyyy\">]><a>&x;</a>";
        assert!(matches!(parse(bomb, "XML"), Err(ImportError::Broken { .. })));
        assert!(parse("<a><b></a>", "XML").is_err() && parse("<a>", "XML").is_err());
        assert!(matches!(parse(&"<a>".repeat(300), "XML"), Err(ImportError::TooLarge { .. })));
    }
}
