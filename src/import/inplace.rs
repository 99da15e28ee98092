//! [`changed`]: words exchanged inside marked-up text, the markup around and between them kept.

use super::xml;

/// How many characters left and right of the words that differ are looked for with them, most first; markup may stand
/// close to them on either side.
const BESIDE: [(usize, usize); 9] = [(12, 12), (6, 6), (12, 0), (0, 12), (3, 3), (3, 0), (0, 3), (1, 0), (0, 1)];

/// The markup of a cell that said `before` and is to say `after`; `None` where the words that differ do not stand in
/// one piece, or not in one place only.
pub(super) fn changed(markup: &str, before: &str, after: &str) -> Option<String> {
    let common = |a: &mut dyn Iterator<Item = (char, char)>| {
        a.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum::<usize>()
    };
    let start = common(&mut before.chars().zip(after.chars()));
    let (old, new) = (before.get(start..)?, after.get(start..)?);
    let end = common(&mut old.chars().rev().zip(new.chars().rev()));
    let (old, rest) = old.split_at_checked(old.len() - end)?;
    let new = new.get(..new.len() - end)?;
    if new.contains('\n') {
        return None;
    }
    // The more of the words beside it can be found too, the surer the place.
    BESIDE.into_iter().find_map(|(before_it, after_it)| {
        let head = before.get(..start)?;
        let from = head.char_indices().rev().take(before_it).last().map_or(head.len(), |(at, _)| at);
        let left = head.get(from..)?;
        let right: String = rest.chars().take(after_it).collect();
        let wanted = xml::escaped(&format!("{left}{old}{right}"));
        let mut places = markup.match_indices(&wanted);
        let (at, _) = places.next().filter(|_| !wanted.is_empty() && places.next().is_none())?;
        let words = xml::escaped(&format!("{left}{new}{right}"));
        Some(format!("{}{words}{}", markup.get(..at)?, markup.get(at + wanted.len()..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn only_the_words_that_differ_are_exchanged() {
        let markup = "<b>第二十条</b><i>第七款</i>：财政、<u>预算</u>";
        for (after, expected) in [
            ("第二十条第七项：财政、预算", Some("<b>第二十条</b><i>第七项</i>：财政、<u>预算</u>")),
            ("第二十条第（七）项：财政、预算", Some("<b>第二十条</b><i>第（七）项</i>：财政、<u>预算</u>")),
            ("第二十条第七款：会计、预算", Some("<b>第二十条</b><i>第七款</i>：会计、<u>预算</u>")),
            ("第二十条第七款：财政、预算信息", Some("<b>第二十条</b><i>第七款</i>：财政、<u>预算信息</u>")),
            ("第二十一条第八款：财政、预算", None),
            ("第二十条第七款：\n财政、预算", None),
        ] {
            assert_eq!(changed(markup, "第二十条第七款：财政、预算", after).as_deref(), expected, "{after}");
        }
        assert_eq!(changed("甲<br/>甲", "甲\n甲", "甲\n乙"), None, "two places");
        assert_eq!(changed("a &lt; b", "a < b", "a < c").as_deref(), Some("a &lt; c"));
    }
}
