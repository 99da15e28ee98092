//! The canonical id of a [`Locator`]: `a20.p1.i7`, `x2.a3`, `ch3.sec1`, `s2.6`.

use super::{ArticleLocator, ArticleNumber, Division, DivisionKind, Locator, Marker, OutlineLocator, OutlineStep};

impl Locator {
    /// The canonical id inside a version: `a14.p2`, `s2.6`, `ch3`.
    pub fn id(&self) -> String {
        let mut steps: Vec<String> = Vec::new();
        match self {
            Locator::Division(path) => steps.extend(path.iter().map(|d| format!("{}{}", d.kind.code(), d.number))),
            Locator::Article(a) => {
                steps.extend(a.annex.map(|n| format!("x{n}")));
                steps.push(format!("a{}", a.article));
                steps.extend(a.paragraph.map(|n| format!("p{n}")));
                steps.extend(a.item.map(|n| format!("i{n}")));
                steps.extend(a.subitem.map(|n| format!("t{n}")));
            }
            Locator::Outline(o) => {
                steps.extend(o.annex.map(|n| format!("x{n}")));
                let mut numbers = o.steps.iter().map(|s| s.number.to_string());
                match numbers.next() {
                    Some(_) if o.steps.first() == Some(&OutlineStep::UNKNOWN) => steps.push("s_".into()),
                    Some(first) => steps.push(format!("s{first}")),
                    None if o.annex.is_none() => steps.push("s0".into()),
                    None => {}
                }
                steps.extend(numbers);
                steps.extend(o.paragraph.map(|n| format!("p{n}")));
                steps.extend(o.ordinal.map(|n| format!("o{n}")));
            }
        }
        steps.join(".")
    }
}

impl DivisionKind {
    fn code(self) -> &'static str {
        match self {
            DivisionKind::Annex => "x",
            DivisionKind::Part => "pt",
            DivisionKind::SubPart => "sp",
            DivisionKind::Chapter => "ch",
            DivisionKind::Section => "sec",
        }
    }
}

pub(super) fn arabic(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

pub(super) fn parse(id: &str) -> Option<Locator> {
    let (annex, inner) = match id.strip_prefix('x').and_then(|rest| rest.split_once('.')) {
        Some((annex, inner)) => (Some(arabic(annex)?), inner),
        None => (None, id),
    };
    let letter = inner.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    if DivisionKind::ALL.into_iter().any(|k| k.code() == letter) {
        let annex = annex.map(|number| Division { kind: DivisionKind::Annex, number });
        return parse_divisions(annex, inner);
    }
    if letter == "a" {
        return parse_article(inner).map(|article| ArticleLocator { annex, ..article }.into());
    }
    parse_outline(id.split('.')).map(Locator::Outline)
}

/// The letters and the number of a step.
fn split(step: &str) -> Option<(&str, &str)> {
    let at = step.find(|c: char| c.is_ascii_digit())?;
    Some((&step[..at], &step[at..]))
}

fn parse_divisions(annex: Option<Division>, id: &str) -> Option<Locator> {
    let division = |step: &str| {
        let (code, number) = split(step)?;
        let kind = DivisionKind::ALL.into_iter().find(|k| k.code() == code)?;
        Some(Division { kind, number: arabic(number)? })
    };
    let path = annex.map(Some).into_iter().chain(id.split('.').map(division)).collect::<Option<Vec<_>>>()?;
    path.windows(2).all(|w| w[0].kind < w[1].kind).then_some(Locator::Division(path))
}

fn parse_article(id: &str) -> Option<ArticleLocator> {
    let mut steps = id.split('.');
    let mut locator = ArticleLocator::article(ArticleNumber::from_code(steps.next()?.strip_prefix('a')?)?);
    let mut rank = 0;
    for step in steps {
        let (code, number) = split(step)?;
        let number = arabic(number)?;
        let (field, own_rank) = match code {
            "p" => (&mut locator.paragraph, 1),
            "i" => (&mut locator.item, 2),
            "t" => (&mut locator.subitem, 3),
            _ => return None,
        };
        if own_rank <= rank {
            return None;
        }
        rank = own_rank;
        *field = Some(number);
    }
    Some(locator)
}

fn parse_outline<'t>(steps: impl Iterator<Item = &'t str>) -> Option<OutlineLocator> {
    let mut outline = OutlineLocator::default();
    // What has been read, in the order an id has it: annex, points, paragraph, ordinal.
    let mut rank = 0;
    for step in steps {
        if step == "s_" && rank < 2 {
            outline.steps.push(OutlineStep::UNKNOWN);
            rank = 2;
            continue;
        }
        let letter = step.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = arabic(&step[letter.len()..])?;
        let own_rank = match letter {
            "x" => 1,
            "s" => 2,
            "" if rank == 2 && !outline.steps.is_empty() => 2,
            "p" => 3,
            "o" => 4,
            _ => return None,
        };
        if own_rank < rank || (own_rank == rank && !letter.is_empty()) {
            return None;
        }
        rank = own_rank;
        match own_rank {
            1 => outline.annex = Some(number),
            2 if number == 0 => {}
            2 => {
                let marker = *Marker::ORDER.get(outline.steps.len())?;
                outline.steps.push(OutlineStep { marker, number });
            }
            3 => outline.paragraph = Some(number),
            _ => outline.ordinal = Some(number),
        }
    }
    (rank > 0).then_some(outline)
}
