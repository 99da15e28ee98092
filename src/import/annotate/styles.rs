//! [`Styles`]: the workbook's formats, with copies of them that have another fill and a few of our own.

use super::super::rewrite::spliced;
use super::super::xml::{self, Element};
use super::{Look, prefix, with_attribute};
use crate::text::Span;
use std::collections::BTreeMap;

pub(super) struct Styles {
    text: String,
    root: Element,
    /// Prefix of the part's elements.
    own: String,
    /// New elements of each list, in order.
    fonts: Vec<String>,
    fills: Vec<String>,
    borders: Vec<String>,
    formats: Vec<String>,
    fill_ids: BTreeMap<String, usize>,
    marked: BTreeMap<(usize, String), usize>,
    looks: BTreeMap<String, usize>,
}

impl Styles {
    pub fn read(text: String) -> Option<Self> {
        let root = xml::parse(&text, "xlsx").ok()?;
        let own = prefix(root.child("styleSheet")?, &text).to_string();
        let styles = Styles {
            text,
            root,
            own,
            fonts: Vec::new(),
            fills: Vec::new(),
            borders: Vec::new(),
            formats: Vec::new(),
            fill_ids: BTreeMap::new(),
            marked: BTreeMap::new(),
            looks: BTreeMap::new(),
        };
        ["fonts", "fills", "borders", "cellXfs"].iter().all(|name| styles.list(name).is_some()).then_some(styles)
    }

    fn list(&self, name: &str) -> Option<&Element> {
        self.root.child("styleSheet")?.child(name).filter(|list| list.inner.end < list.span.end)
    }

    fn count(&self, name: &str) -> Option<usize> {
        Some(self.list(name)?.elements().count())
    }

    /// The number of the format that is like `style` with another fill.
    pub fn marked(&mut self, style: usize, fill: &str) -> Option<usize> {
        if let Some(known) = self.marked.get(&(style, fill.to_string())) {
            return Some(*known);
        }
        let fill_id = self.fill(fill)?;
        let element = self.list("cellXfs")?.elements().nth(style)?.clone();
        let (tag, filled) = with_attribute(&element, &self.text, "fillId", &fill_id.to_string())?;
        let whole = format!("{filled}{}", self.text.get(tag.end..element.span.end)?);
        let parsed = xml::parse(&whole, "xlsx").ok()?;
        let (tag, applied) = with_attribute(parsed.elements().next()?, &whole, "applyFill", "1")?;
        let format = format!("{applied}{}", whole.get(tag.end..)?);
        let number = self.add(format)?;
        self.marked.insert((style, fill.to_string()), number);
        Some(number)
    }

    /// The number of the format of a cell on a sheet of our own.
    pub fn look(&mut self, look: &Look) -> Option<usize> {
        let key = format!("{look:?}");
        if let Some(known) = self.looks.get(&key) {
            return Some(*known);
        }
        let own = self.own.clone();
        if self.borders.is_empty() {
            let side = |name: &str| format!("<{own}{name} style=\"thin\"><{own}color rgb=\"FFBFBFBF\"/></{own}{name}>");
            let sides = ["left", "right", "top", "bottom"].map(side).concat();
            self.borders.push(format!("<{own}border>{sides}<{own}diagonal/></{own}border>"));
            self.fonts.push(format!("<{own}font><{own}b/><{own}sz val=\"11\"/><{own}name val=\"宋体\"/></{own}font>"));
            self.fonts.push(format!(
                "<{own}font><{own}u/><{own}sz val=\"11\"/><{own}color rgb=\"FF2A5D8F\"/><{own}name val=\"宋体\"/></{own}font>"
            ));
        }
        let (border, bold) = (self.count("borders")?, self.count("fonts")?);
        let (font, fill) = match look {
            Look::Plain => (0, 0),
            Look::Head => (bold, self.fill("EDEFF2")?),
            Look::Filled(fill) => (0, self.fill(fill)?),
            Look::Link(_) => (bold + 1, 0),
        };
        let format = format!(
            "<{own}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{own}alignment vertical=\"top\" wrapText=\"1\"/></{own}xf>"
        );
        let number = self.add(format)?;
        // Links differ in where they lead, not in how they look.
        self.looks.insert(key, number);
        Some(number)
    }

    fn add(&mut self, format: String) -> Option<usize> {
        let before = self.count("cellXfs")?;
        let known = self.formats.iter().position(|own| *own == format);
        let at = known.unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        Some(before + at)
    }

    fn fill(&mut self, fill: &str) -> Option<usize> {
        let before = self.count("fills")?;
        let own = &self.own;
        let at = *self.fill_ids.entry(fill.to_string()).or_insert_with(|| {
            self.fills.push(format!(
                "<{own}fill><{own}patternFill patternType=\"solid\"><{own}fgColor rgb=\"FF{fill}\"/><{own}bgColor indexed=\"64\"/></{own}patternFill></{own}fill>"
            ));
            self.fills.len() - 1
        });
        Some(before + at)
    }

    /// The part with everything that was added.
    pub fn finish(self) -> Option<String> {
        let mut splices = Vec::new();
        let lists =
            [("fonts", &self.fonts), ("fills", &self.fills), ("borders", &self.borders), ("cellXfs", &self.formats)];
        for (name, added) in lists {
            let list = self.list(name)?;
            if added.is_empty() {
                continue;
            }
            let count = list.elements().count() + added.len();
            splices.push(with_attribute(list, &self.text, "count", &count.to_string())?);
            splices.push((Span::new(list.inner.end, list.inner.end), added.concat()));
        }
        spliced(&self.text, splices)
    }
}
