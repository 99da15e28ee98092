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
    set("@context", json!({ "@vocab": "https://schema.org/", "eli": "http://data.europa.eu/eli/ontology#" }));
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
    set("legislationDate", day(this.promulgated));
    set("legislationDateVersion", day(this.promulgated));
    set("eli:first_date_entry_in_force", day(tenure.from));
    set("eli:date_no_longer_in_force", day(tenure.until));
    set(
        "legislationLegalForce",
        match tenure.status {
            Status::InForce => json!("https://schema.org/InForce"),
            Status::NotYet | Status::Superseded | Status::Repealed => json!("https://schema.org/NotInForce"),
            Status::Unknown => Value::Null,
        },
    );
    set("eli:realizes", json!({ "@type": "eli:LegalResource", "@id": work(&regulation.id) }));
    set("eli:is_successor_of", json!(version.checked_sub(1).and_then(|v| expression(regulation, v))));
    match tenure.successor {
        Some(Successor::Version(next, v)) => set("eli:has_successor", json!(expression(next, v))),
        Some(Successor::Repealing(by, v)) => set("eli:repealed_by", json!(expression(by, v))),
        None => {}
    }
    let repealed: Vec<String> = this.repeals.iter().map(|id| work(id)).collect();
    if !repealed.is_empty() {
        set("legislationRepeals", json!(repealed));
    }
    set("creditText", if this.source.is_empty() { Value::Null } else { json!(this.source) });
    set("url", json!(expression(regulation, version)));
    set("eli:title", json!({ "@value": regulation.title, "@language": "zh" }));
    set("eli:id_local", json!(this.number.as_ref().map(ToString::to_string)));
    set("eli:date_document", day(this.promulgated));
    Some(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_version_names_its_work_its_force_and_its_successor() {
        let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
        let today = "2026-11-22".parse().unwrap();
        let of = |id: &str, v: usize| metadata(&corpus, corpus.get(id).unwrap(), v, today, "").unwrap();
        let old = of("zhengfu-xinxi-gongkai-tiaoli", 0);
        assert_eq!(old["legislationIdentifier"], "国务院令第492号");
        assert_eq!(old["eli:date_no_longer_in_force"], "2019-05-15");
        assert_eq!(old["legislationLegalForce"], "https://schema.org/NotInForce");
        assert_eq!(old["eli:has_successor"], "/r/zhengfu-xinxi-gongkai-tiaoli@2019-04-03");
        let repealed = of("huanjing-baohu-fa", 0);
        assert_eq!(repealed["eli:repealed_by"], "/r/shengtai-huanjing-fadian@2026-03-12");
        let unknown = of("hubei-zhengfu-xinxi-gongkai-guiding", 0);
        assert!(unknown.get("legislationLegalForce").is_none(), "what is not known is not said");
        assert!(metadata(&corpus, corpus.get("yusuan-fa").unwrap(), 9, today, "").is_none());
    }
}
