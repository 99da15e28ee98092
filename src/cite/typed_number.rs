//! [`typed_number`]: a document number typed by itself, its brackets lost or odd.

use crate::law::Corpus;
use crate::law::number::DocumentNumber;
use crate::text::fold::fold;

/// The document number that is typed and nothing else, in full, where one document alone of the corpus can be meant:
/// 国办发2018 118号, 国办发(2018)118. Of 国办发118号, which leaves the year open, also what the reader should know.
pub(super) fn typed_number(typed: &str, corpus: &Corpus) -> Option<(String, Option<String>)> {
    let folded = fold(typed).text;
    let (code, tail) = folded.split_at(folded.find(|c: char| c.is_ascii_digit() || is_bracket(c))?);
    let code = code.trim_end_matches(['字', '第']);
    let known = |c: char| c.is_ascii_digit() || is_bracket(c) || matches!(c, '年' | '第' | '字' | '号');
    if code.is_empty() || !code.chars().all(char::is_alphabetic) || !tail.chars().all(known) {
        return None;
    }
    let runs: Vec<&str> = tail.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let mut found = corpus.numbers().filter(|one| match (one, runs.as_slice()) {
        (DocumentNumber::Letter { code: own, .. }, _) if fold(own).text != code => false,
        (DocumentNumber::Letter { year, number, .. }, [first, second]) => {
            first.parse() == Ok(*year) && second.parse() == Ok(*number)
        }
        (DocumentNumber::Letter { year, number, .. }, [run]) => {
            run.parse() == Ok(*number) || *run == format!("{year}{number}")
        }
        _ => false,
    });
    let only = found.next()?;
    // Of several years none is guessed.
    if found.next().is_some() {
        return None;
    }
    let open = matches!(runs.as_slice(), [run] if run.parse() == Ok(only.sequence()));
    let note = open.then(|| format!("文号没有写年份，库中这样的文号只有{only}"));
    Some((only.to_string(), note))
}

fn is_bracket(c: char) -> bool {
    "()[]{}<>〔〕【】〈〉《》「」".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Names;
    use crate::cite::lookup::read;

    #[test]
    fn numbers_with_lost_or_odd_brackets_are_understood() {
        let corpus = Corpus::embedded().unwrap();
        let names = Names::of(&corpus);
        let whole = "国办发〔2018〕118号";
        for (typed, number, noted) in [
            ("国办发2018 118号", Some(whole), false),
            ("国办发2018118号", Some(whole), false),
            ("国办发(2018)118", Some(whole), false),
            ("国办发［2018］第118号", Some(whole), false),
            ("国办发〔2018 118号", Some(whole), false),
            (" 国办发２０１８年１１８号 ", Some(whole), false),
            (whole, Some(whole), false),
            ("国办发118号", Some(whole), true),
            ("国办发2019 118号", None, false),
            ("国办118号", None, false),
            ("预算法14", None, false),
            ("第118号", None, false),
            ("2018", None, false),
            ("（）", None, false),
            ("", None, false),
        ] {
            let found = typed_number(typed, &corpus);
            assert_eq!(found.as_ref().map(|(number, _)| number.as_str()), number, "{typed}");
            assert_eq!(found.is_some_and(|(_, note)| note.is_some()), noted, "{typed}");
            let reading = read(typed, &corpus, &names, None, "2026-11-22".parse().unwrap(), None);
            if number.is_some() {
                assert_eq!(reading.regulations[0].0.id, "guobanfa-2018-118", "{typed}");
                assert!(reading.rest.trim().is_empty(), "{typed}: {}", reading.rest);
            }
        }
    }
}
