//! [`Unit`]: one document of the index, a provision that answers by itself.

use crate::law::{Level, Locator, Provision};

/// An article with its 款 and 项, or a point of a notice with the paragraphs that belong to it alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit<'p> {
    pub provision: &'p Provision,
    pub locator: &'p Locator,
    /// Headings of what holds it, outermost first: 第三章 主动公开.
    pub context: Vec<&'p str>,
    /// The words shown and searched, a natural paragraph a line.
    pub text: String,
}

/// All units of one version, in the order of the text.
pub fn units(root: &Provision) -> Vec<Unit<'_>> {
    let mut found = Vec::new();
    collect(root, &mut Vec::new(), &mut found);
    found
}

/// The id of the unit that holds the provision `id`: `x@d/a20.p1.i7` is in `x@d/a20`, `x@d/s2.6.p2.o1` in `x@d/s2.6`.
pub fn unit_id(id: &str) -> &str {
    let Some(slash) = id.find('/') else { return id };
    let locator = &id[slash + 1..];
    if locator.starts_with('a') {
        return locator.find('.').map_or(id, |dot| &id[..slash + 1 + dot]);
    }
    let mut end = id.len();
    while let Some(dot) = id[slash + 1..end].rfind('.') {
        let step = &id[slash + 2 + dot..end];
        // The paragraphs of a preamble (`s0.p1`) or of an annex without points are units themselves.
        let own = step.starts_with('o') || step.starts_with('p') && !is_bare(&id[slash + 1..slash + 1 + dot]);
        if !own {
            break;
        }
        end = slash + 1 + dot;
    }
    &id[..end]
}

fn is_bare(holder: &str) -> bool {
    holder == "s0" || holder.starts_with('x') && !holder.contains('.')
}

fn collect<'p>(node: &'p Provision, context: &mut Vec<&'p str>, found: &mut Vec<Unit<'p>>) {
    let depth = context.len();
    if let (true, Some(locator)) = (is_unit(node), &node.locator) {
        let text = own_text(node);
        if text.chars().any(char::is_alphanumeric) {
            found.push(Unit { provision: node, locator, context: context.clone(), text });
        }
    }
    if node.level == Level::Article {
        return;
    }
    context.extend(node.heading());
    for child in &node.children {
        collect(child, context, found);
    }
    context.truncate(depth);
}

fn is_unit(node: &Provision) -> bool {
    match (node.level, &node.locator) {
        (Level::Article, _) => true,
        (Level::Point, _) => !node.is_inline(),
        (Level::Paragraph, Some(Locator::Outline(outline))) => outline.steps.is_empty() && outline.ordinal.is_none(),
        _ => false,
    }
}

/// The words of a node without those of the units below it.
fn own_text(node: &Provision) -> String {
    if node.level == Level::Article {
        return node.full_text();
    }
    let mut own = node.clone();
    prune(&mut own);
    own.full_text()
}

fn prune(node: &mut Provision) {
    node.children.retain(|child| !is_unit(child));
    node.children.iter_mut().for_each(prune);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::parse_text;

    #[test]
    fn the_unit_around_a_provision() {
        for (id, unit) in [
            ("x@2019-04-03/a20.p1.i7", "x@2019-04-03/a20"),
            ("x@2019-04-03/a120-1", "x@2019-04-03/a120-1"),
            ("x@d/s2.6.p2.o1", "x@d/s2.6"),
            ("x@d/s2.6.1.2", "x@d/s2.6.1.2"),
            ("x@d/s0.p1", "x@d/s0.p1"),
            ("x@d/x2.p3", "x@d/x2.p3"),
            ("x", "x"),
        ] {
            assert_eq!(unit_id(id), unit);
        }
    }

    #[test]
    fn an_article_is_one_unit_with_its_chapter() {
        let root = parse_text(
            "某某条例\n\n第一章　总则\n\n第一条　为了公开。\n第二条　公开下列信息：\n（一）预算；\n（二）决算。\n",
        )
        .unwrap();
        let units = units(&root);
        assert_eq!(units.len(), 2);
        assert_eq!(units[1].text, "公开下列信息：\n（一）预算；\n（二）决算。");
        assert_eq!(units[1].context, ["总则"]);
    }
}
