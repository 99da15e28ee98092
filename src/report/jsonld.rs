//! ELI-style metadata of one version as JSON-LD, for the head of a reading page: [`metadata`].

use crate::law::{Corpus, Regulation, Status, Successor};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// `base` is the address under which the site is reached, without a slash at its end; empty for relative addresses.
///
/// `None` when the regulation has no such version.
pub fn metadata(corpus: &Corpus, regulation: &Regulation, version: usize, today: Date, base: &str) -> Option<Value> {
    let this = regulation.versions.get(version)?;
    let work = |id: &str| format!("{base}/r/{id}");
    let expression = |regulation: &Regulation, v: usize| {
        regulation.versions.get(v).map(|version| format!("{base}/r/{}@{}", regulation.id, version.id()))
    };
    let tenure = corpus.tenure(regulation, version, today);
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| {
        if !value.is_null() {
            out.insert(key.into(), value);
        }
    };
    set(
        "@context",
        json!({
            "@vocab": "https://schema.org/",
            "eli": "http://data.europa.eu/eli/ontology#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }),
    );
    set("@type", json!(["Legislation", "eli:LegalExpression"]));
    set("@id", json!(expression(regulation, version)));
    set("name", json!(regulation.title));
    let names: Vec<&str> = regulation.names().skip(1).collect();
    set("alternateName", json!(names));
    set("inLanguage", json!("zh-CN"));
    set("legislationType", json!(regulation.level.name()));
    set("legislationIdentifier", json!(this.number.as_ref().map(ToString::to_string)));
    set(
        "legislationPassedBy",
        match regulation.issuer.is_empty() {
            true => Value::Null,
            false => json!({ "@type": "GovernmentOrganization", "name": regulation.issuer }),
        },
    );
    let day = |date: Option<Date>| json!(date.map(|d| d.to_string()));
    let typed = |date: Option<Date>| json!(date.map(|d| json!({ "@type": "xsd:date", "@value": d.to_string() })));
    let link = |id: Option<String>| json!(id.map(|id| json!({ "@id": id })));
    set("legislationDate", day(this.promulgated));
    set("legislationDateVersion", day(this.promulgated));
    let (schema, eli) = match tenure.status {
        Status::InForce => ("https://schema.org/InForce", "eli:InForce-inForce"),
        Status::NotYet | Status::Superseded | Status::Repealed => {
            ("https://schema.org/NotInForce", "eli:InForce-notInForce")
        }
        Status::Unknown => ("", ""),
    };
    if tenure.status != Status::Unknown {
        set("legislationLegalForce", json!(schema));
        set("eli:in_force", json!({ "@id": eli }));
    }
    set("eli:title", json!({ "@value": regulation.title, "@language": "zh" }));
    set("eli:language", json!({ "@id": "http://publications.europa.eu/resource/authority/language/ZHO" }));
    set("eli:id_local", json!(this.number.as_ref().map(ToString::to_string)));
    set("eli:version_date", typed(this.promulgated));
    set("eli:first_date_entry_in_force", typed(tenure.from));
    set("eli:date_no_longer_in_force", typed(tenure.until));
    let versions = (0..regulation.versions.len()).filter_map(|v| expression(regulation, v));
    set(
        "eli:realizes",
        json!({
            "@type": "eli:LegalResource",
            "@id": work(&regulation.id),
            "eli:type_document": { "@type": "eli:ResourceType", "name": regulation.level.name() },
            "eli:date_document": typed(regulation.versions.first().and_then(|first| first.promulgated)),
            "eli:is_realized_by": versions.map(|id| json!({ "@id": id })).collect::<Vec<_>>(),
        }),
    );
    // ELI has no term for one version taking another's place; Dublin Core has.
    set("dct:replaces", link(version.checked_sub(1).and_then(|v| expression(regulation, v))));
    match tenure.successor {
        Some(Successor::Version(next, v)) => set("dct:isReplacedBy", link(expression(next, v))),
        Some(Successor::Repealing(by, v)) => set("eli:repealed_by", link(expression(by, v))),
        None => {}
    }
    let repealed: Vec<Value> = this.repeals.iter().map(|id| json!({ "@id": work(id) })).collect();
    if !repealed.is_empty() {
        set("legislationRepeals", json!(repealed));
        set("eli:repeals", json!(repealed));
    }
    set("creditText", if this.source.is_empty() { Value::Null } else { json!(this.source) });
    set("url", json!(expression(regulation, version)));
    Some(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Every term of the ELI ontology that a document uses, and its values below.
    fn eli_terms(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields.iter().filter(|(key, _)| *key != "@context") {
                    found.extend(key.strip_prefix("eli:").map(str::to_string));
                    eli_terms(value, found);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| eli_terms(value, found)),
            Value::String(text) => found.extend(text.strip_prefix("eli:").map(str::to_string)),
            _ => {}
        }
    }

    #[test]
    fn a_version_names_its_work_its_force_and_its_successor() {
        let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
        let today = "2026-11-22".parse().unwrap();
        let of = |id: &str, v: usize| metadata(&corpus, corpus.get(id).unwrap(), v, today, "").unwrap();
        let old = of("zhengfu-xinxi-gongkai-tiaoli", 0);
        assert_eq!(old["legislationIdentifier"], "国务院令第492号");
        assert_eq!(old["eli:date_no_longer_in_force"]["@value"], "2019-05-15");
        assert_eq!(old["legislationLegalForce"], "https://schema.org/NotInForce");
        assert_eq!(old["eli:in_force"]["@id"], "eli:InForce-notInForce");
        assert_eq!(old["dct:isReplacedBy"]["@id"], "/r/zhengfu-xinxi-gongkai-tiaoli@2019-04-03");
        let new = of("zhengfu-xinxi-gongkai-tiaoli", 1);
        assert_eq!(new["dct:replaces"]["@id"], old["@id"]);
        assert_eq!(new["eli:realizes"], old["eli:realizes"], "one work");
        assert_eq!(new["eli:realizes"]["eli:date_document"]["@value"], "2007-04-05");
        assert_eq!(new["eli:realizes"]["eli:type_document"]["name"], "行政法规");
        let repealed = of("huanjing-baohu-fa", 0);
        assert_eq!(repealed["eli:repealed_by"]["@id"], "/r/shengtai-huanjing-fadian@2026-03-12");
        let repealing = of("shengtai-huanjing-fadian", 0);
        assert_eq!(repealing["eli:repeals"][0]["@id"], "/r/huanjing-baohu-fa");
        let unknown = of("hubei-zhengfu-xinxi-gongkai-guiding", 0);
        assert!(unknown.get("legislationLegalForce").is_none(), "what is not known is not said");
        assert!(metadata(&corpus, corpus.get("yusuan-fa").unwrap(), 9, today, "").is_none());
    }

    #[test]
    fn only_terms_of_the_published_ontology_are_used() {
        const KNOWN: [&str; 18] = [
            "InForce-inForce",
            "InForce-notInForce",
            "LegalExpression",
            "LegalResource",
            "ResourceType",
            "date_document",
            "date_no_longer_in_force",
            "first_date_entry_in_force",
            "id_local",
            "in_force",
            "is_realized_by",
            "language",
            "realizes",
            "repealed_by",
            "repeals",
            "title",
            "type_document",
            "version_date",
        ];
        let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
        let today = "2026-11-22".parse().unwrap();
        let mut terms = Vec::new();
        for regulation in corpus.regulations() {
            for v in 0..regulation.versions.len() {
                let written = metadata(&corpus, regulation, v, today, "https://example.org").unwrap().to_string();
                eli_terms(&serde_json::from_str(&written).unwrap(), &mut terms);
            }
        }
        terms.sort();
        terms.dedup();
        assert_eq!(terms, KNOWN);
    }
}
