//! [`Rule`]: the ruled lines of a page, taken from its drawing (SVG as pdftocairo writes it).

use crate::import::limits;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Lines drawn in several strokes, or as thin filled boxes, lie this far apart at most (points).
pub(super) const NEAR: f32 = 2.0;
/// Filled boxes up to this thick are lines.
const THIN: f32 = 3.0;
/// A page with more lines than this is a drawing, no table.
const MOST: usize = 4_000;

/// A level or upright line: where it lies, and from where to where it goes (points from the page's upper left).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub level: bool,
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

type Matrix = [f32; 6];
type Point = (f32, f32);

/// The lines of every page; `None` where the drawing cannot be read.
pub(super) fn pages(svg: &str) -> Option<Vec<Vec<Rule>>> {
    let mut reader = Reader::from_str(svg);
    let mut pages: Vec<Vec<Rule>> = Vec::new();
    let mut hidden = 0u32;
    let mut matrices: Vec<Matrix> = Vec::new();
    loop {
        let (tag, opens) = match reader.read_event().ok()? {
            Event::Start(tag) => (tag, true),
            Event::Empty(tag) => (tag, false),
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "defs" | "symbol" | "clipPath" | "mask" | "pattern" => hidden = hidden.saturating_sub(1),
                    "g" => drop(matrices.pop()),
                    _ => {}
                }
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        match tag.local_name().as_ref() {
            "defs" | "symbol" | "clipPath" | "mask" | "pattern" => hidden += u32::from(opens),
            "page" => pages.push(Vec::new()),
            "g" if opens => {
                let matrix = matrix(&attribute(&tag, "transform").unwrap_or_default());
                limits::within("嵌套层数", matrices.len() as u64, limits::NESTING).ok()?;
                matrices.push(matrices.last().map_or(matrix, |outer| times(outer, &matrix)));
            }
            "path" | "rect" if hidden == 0 => {
                if pages.is_empty() {
                    pages.push(Vec::new());
                }
                let own = matrix(&attribute(&tag, "transform").unwrap_or_default());
                let matrix = matrices.last().map_or(own, |outer| times(outer, &own));
                if let Some(page) = pages.last_mut().filter(|page| page.len() < MOST) {
                    page.extend(shape(&tag, &matrix));
                }
            }
            _ => {}
        }
    }
    Some(pages)
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.to_string())
}

/// The lines of one path or box: its straight strokes, or itself where it is filled and thin.
fn shape(tag: &BytesStart, matrix: &Matrix) -> Vec<Rule> {
    let parts = match attribute(tag, "d") {
        Some(path) => outline(&path),
        None => {
            let number = |name: &str| attribute(tag, name).and_then(|n| n.trim().parse::<f32>().ok()).unwrap_or(0.0);
            let (x, y, width, height) = (number("x"), number("y"), number("width"), number("height"));
            vec![vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]]
        }
    };
    let paint = |name: &str| {
        let style = attribute(tag, "style").unwrap_or_default();
        let of_style =
            style.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(':').map(str::to_string));
        of_style.or_else(|| attribute(tag, name))
    };
    let stroked = paint("stroke").is_some_and(|paint| paint.trim() != "none");
    let mut rules = Vec::new();
    for points in parts {
        let points: Vec<Point> = points.into_iter().map(|point| apply(matrix, point)).collect();
        if stroked {
            rules.extend(points.windows(2).filter_map(|ends| match ends {
                [start, end] => rule(*start, *end, 0.5),
                _ => None,
            }));
        } else if let Some((low, high)) = bounds(&points) {
            rules.extend(rule(low, high, THIN));
        }
    }
    rules
}

/// The line between two corners, where they are at most `thick` apart in one direction and further in the other.
fn rule(a: Point, b: Point, thick: f32) -> Option<Rule> {
    let (wide, high) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    if wide.max(high) <= THIN || wide.min(high) > thick {
        return None;
    }
    Some(match wide > high {
        true => Rule { level: true, at: (a.1 + b.1) / 2.0, from: a.0.min(b.0), to: a.0.max(b.0) },
        false => Rule { level: false, at: (a.0 + b.0) / 2.0, from: a.1.min(b.1), to: a.1.max(b.1) },
    })
}

fn bounds(points: &[Point]) -> Option<(Point, Point)> {
    let first = *points.first()?;
    Some(points.iter().fold((first, first), |(low, high), point| {
        ((low.0.min(point.0), low.1.min(point.1)), (high.0.max(point.0), high.1.max(point.1)))
    }))
}

/// The straight parts of a path; what is bent is left out.
fn outline(path: &str) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut words = path.split([' ', ',', '\n']).filter(|word| !word.is_empty());
    let mut bent = false;
    while let Some(command) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse::<f32>().ok());
        let at = parts.last().and_then(|part| part.last()).copied().unwrap_or_default();
        let next = match command {
            "M" | "L" => number().zip(number()),
            "H" => number().map(|x| (x, at.1)),
            "V" => number().map(|y| (at.0, y)),
            "Z" => parts.last().and_then(|part| part.first()).copied(),
            _ => {
                bent = true;
                continue;
            }
        };
        let Some(next) = next else { break };
        match parts.last_mut().filter(|_| command != "M") {
            Some(part) => part.push(next),
            None => parts.push(vec![next]),
        }
    }
    if bent { Vec::new() } else { parts }
}

fn matrix(transform: &str) -> Matrix {
    let numbers = transform.trim().strip_prefix("matrix(").and_then(|rest| rest.strip_suffix(')'));
    let numbers: Vec<f32> =
        numbers.unwrap_or_default().split([',', ' ']).filter_map(|number| number.parse().ok()).collect();
    numbers.try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
}

fn times(outer: &Matrix, inner: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *inner;
    let (origin, right, down) = (apply(outer, (e, f)), apply(outer, (e + a, f + b)), apply(outer, (e + c, f + d)));
    [right.0 - origin.0, right.1 - origin.1, down.0 - origin.0, down.1 - origin.1, origin.0, origin.1]
}

fn apply(matrix: &Matrix, (x, y): Point) -> Point {
    let [a, b, c, d, e, f] = *matrix;
    (a * x + c * y + e, b * x + d * y + f)
}
