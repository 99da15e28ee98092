//! HTML left inside the words of a cell (`<p>`, `<br>`, `&nbsp;`), taken out again.

/// Tags that end a line of text.
const BREAKS: [&str; 8] = ["p", "br", "div", "li", "tr", "ul", "ol", "h3"];
/// Tags that only dress words.
const DRESS: [&str; 16] = [
    "span", "strong", "b", "i", "u", "em", "font", "a", "sup", "sub", "o:p", "td", "tbody", "table", "center", "label",
];

const ENTITIES: [(&str, &str); 12] = [
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&middot;", "·"),
    ("&mdash;", "—"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&amp;", "&"),
];

/// The words of a cell: known tags become line ends or nothing, entities their characters, edges are trimmed.
///
/// Anything in angle brackets that is no such tag stays as it is: `<政府网站>` is words.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        match tag(tail) {
            Some((length, breaks)) => {
                if breaks {
                    out.push('\n');
                }
                rest = tail.get(length..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    if out.contains('&') {
        for (entity, character) in ENTITIES {
            if out.contains(entity) {
                out = out.replace(entity, character);
            }
        }
    }
    lines(&out)
}

/// Lines trimmed, empty ones dropped, `\r` and page marks taken as line ends.
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}']) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'));
        if !line.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line);
        }
    }
    out
}

/// Length of the known tag at the start of `text`, and whether it ends a line.
fn tag(text: &str) -> Option<(usize, bool)> {
    let end = text.find('>').filter(|&end| end < 400)?;
    let inner = text.get(1..end)?.trim_start_matches('/');
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
    let name = name.to_ascii_lowercase();
    let rest = inner.get(name.len()..)?;
    if !(rest.is_empty() || rest.starts_with([' ', '/', '\n', '\t'])) {
        return None;
    }
    let breaks = BREAKS.contains(&name.as_str());
    (breaks || DRESS.contains(&name.as_str())).then_some((end + 1, breaks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_markup_out_and_nothing_else() {
        for (text, plain) in [
            ("<p>办公室</p> <p>办公室、业务室</p>", "办公室\n办公室、业务室"),
            ("一<br/>二<BR>三", "一\n二\n三"),
            ("<span style=\"color:red\">公开</span>&nbsp;指南", "公开 指南"),
            ("<政府网站>和<p 公告栏", "<政府网站>和<p 公告栏"),
            ("a < b", "a < b"),
            ("《〈x〉》 &amp; &ldquo;y&rdquo;", "《〈x〉》 & “y”"),
            ("  \u{3000}全社会\u{3000} ", "全社会"),
        ] {
            assert_eq!(words(text), plain);
        }
    }
}
