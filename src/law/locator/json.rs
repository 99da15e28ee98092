//! A [`Locator`] in JSON: `{"article":"14","paragraph":2,…}`, `{"outline":["二","六"]}`.

use super::{Locator, Marker, OutlineStep};
use crate::text::numeral::chinese;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Locator::Division(path) => {
                let words: Vec<String> = path.iter().map(ToString::to_string).collect();
                map.serialize_entry("division", &words)?;
            }
            Locator::Article(a) => {
                map.serialize_entry("article", &a.article.to_string())?;
                map.serialize_entry("paragraph", &a.paragraph)?;
                map.serialize_entry("item", &a.item)?;
                map.serialize_entry("subitem", &a.subitem)?;
                if let Some(n) = a.annex {
                    map.serialize_entry("annex", &n)?;
                }
            }
            Locator::Outline(o) => {
                let steps: Vec<String> = o
                    .steps
                    .iter()
                    .map(|s| match s.marker {
                        _ if *s == OutlineStep::UNKNOWN => "……".into(),
                        Marker::Han | Marker::HanParenthesized => chinese(s.number),
                        Marker::Arabic => s.number.to_string(),
                        Marker::ArabicParenthesized => format!("({})", s.number),
                    })
                    .collect();
                map.serialize_entry("outline", &steps)?;
                if let Some(n) = o.paragraph {
                    map.serialize_entry("paragraph", &n)?;
                }
                if let Some(n) = o.ordinal {
                    map.serialize_entry("ordinal", &n)?;
                }
                if let Some(n) = o.annex {
                    map.serialize_entry("annex", &n)?;
                }
            }
        }
        map.end()
    }
}
