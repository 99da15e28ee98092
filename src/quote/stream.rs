//! [`Stream`]: the words of one version in the order of the text, each knowing the provision it belongs to.

use super::words::Words;
use crate::law::{Provision, Version};

/// The own words of one provision (not those of its children), as a range of the stream's words.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Locator id.
    pub id: String,
    /// Line of the text file on which the provision starts.
    pub line: u32,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug, Default)]
pub struct Stream {
    /// The pieces as printed, one a line.
    pub text: String,
    pub words: Words,
    pub pieces: Vec<Piece>,
}

impl Stream {
    /// Everything a person may quote; titles of chapters, signatures and addressees are none of it.
    pub fn of(version: &Version) -> Self {
        let mut stream = Stream::default();
        let Some(root) = version.provisions() else { return stream };
        let mut ends = Vec::new();
        for node in root.walk() {
            let Some(locator) = &node.locator else { continue };
            if node.is_division() || node.text.is_empty() {
                continue;
            }
            push_printed(&mut stream.text, node);
            stream.pieces.push(Piece { id: locator.id(), line: node.line, from: 0, to: 0 });
            ends.push(stream.text.len());
        }
        stream.words = Words::of(&stream.text);
        let mut from = 0;
        for (piece, end) in stream.pieces.iter_mut().zip(ends) {
            let mut to = from;
            while to < stream.words.len() && stream.words.span(to, to + 1).start < end {
                to += 1;
            }
            (piece.from, piece.to) = (from, to);
            from = to;
        }
        stream
    }

    /// Positions of the pieces inside a provision, itself included; all for the empty id.
    pub fn pieces_within(&self, id: &str) -> impl Iterator<Item = usize> {
        self.pieces.iter().enumerate().filter(move |(_, piece)| is_within(&piece.id, id)).map(|(at, _)| at)
    }

    /// The piece that holds a word.
    pub fn piece_of(&self, word: usize) -> Option<usize> {
        let at = self.pieces.partition_point(|piece| piece.to <= word);
        (at < self.pieces.len()).then_some(at)
    }
}

fn push_printed(text: &mut String, node: &Provision) {
    if !text.is_empty() && !node.is_inline() {
        text.push('\n');
    }
    text.push_str(&node.mark);
    text.push_str(&node.text);
}

/// Whether the provision `id` is `outer` or lies in it; the empty id is the whole version.
pub fn is_within(id: &str, outer: &str) -> bool {
    outer.is_empty() || id.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
