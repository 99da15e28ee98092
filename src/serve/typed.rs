//! [`Typed`]: a query that is a citation, and the clauses it names; they come before whatever the words find.

use super::problem::Problem;
use crate::cite::citation::Resolved;
use crate::cite::{Citation, Resolution, resolve, scan};
use crate::law::provision::{Located, locate};
use crate::law::{Locator, ProvisionRef};
use crate::snapshot::Snapshot;
use jiff::civil::Date;

/// What a typed citation names.
#[derive(Default)]
pub struct Typed {
    /// Ids of provisions, in the order of the citation.
    pub provisions: Vec<String>,
    /// Id and title of the document, where no clause is named.
    pub document: Option<(String, String)>,
    /// Why a clause that is named cannot be shown, in Chinese.
    pub notes: Vec<String>,
}

impl Typed {
    /// Reads a query as an id or a citation; nothing, when it is neither.
    pub fn of(snapshot: &Snapshot, query: &str, date: Date) -> Self {
        if let Some(provision) = snapshot.corpus.provision(query, date) {
            return Typed { provisions: vec![provision.id()], ..Typed::default() };
        }
        let mut typed = Typed::default();
        for citation in scan(query, &snapshot.names) {
            let alone = citation.span.of(query).trim() == query.trim();
            if citation.locators.is_empty() && !alone {
                continue;
            }
            typed.add(snapshot, &citation, date);
        }
        typed
    }

    fn add(&mut self, snapshot: &Snapshot, citation: &Citation, date: Date) {
        let regulations = snapshot.corpus.regulations();
        match resolve(citation, &snapshot.corpus, date) {
            Resolution::Found(Resolved { regulation, version: Some(version), number_disagrees }) => {
                let Some(regulation) = regulations.get(regulation) else { return };
                if let Some(disagrees) = number_disagrees {
                    let whose = disagrees.names.and_then(|at| regulations.get(at));
                    let whose =
                        whose.map_or("库中没有这个文号".into(), |r| format!("这个文号是《{}》的", r.title));
                    self.notes.push(format!("名称与文号不一致：{whose}。以下按名称打开"));
                }
                if citation.locators.is_empty() {
                    let id = regulation.versions.get(version).map(|v| format!("{}@{}", regulation.id, v.id()));
                    self.document = id.map(|id| (id, regulation.title.clone()));
                }
                for cited in &citation.locators {
                    match place(regulation, version, &cited.locator) {
                        Ok(provision) => self.provisions.push(provision.id()),
                        Err(problem) => self.notes.push(problem.detail),
                    }
                }
            }
            Resolution::NotInCorpus(unknown) => {
                let title = citation.title.as_ref().map(|title| format!("《{title}》"));
                let title = title.or_else(|| citation.number.as_ref().map(|number| number.text.clone()));
                let near = unknown.near.iter().take(3).filter_map(|&(at, _)| regulations.get(at));
                let near: String = near.map(|regulation| format!("《{}》", regulation.title)).collect();
                let near = if near.is_empty() { String::new() } else { format!("；名称相近的有{near}") };
                if let Some(title) = title {
                    self.notes.push(format!("法规库没有收录{title}，未收录不等于不存在{near}"));
                }
            }
            Resolution::Ambiguous(several) => {
                let names = several.into_iter().filter_map(|at| regulations.get(at));
                let names: String = names.map(|regulation| format!("《{}》", regulation.title)).collect();
                self.notes.push(format!("不能确定指哪一份，可能是{names}。请写全名称或文号"));
            }
            Resolution::Found(_) => {}
        }
    }
}

/// What stands at a locator in one version.
///
/// # Errors
/// [`Problem::not_found`] says how far the locator leads.
pub fn place<'c>(
    regulation: &'c crate::law::Regulation,
    version: usize,
    wanted: &Locator,
) -> Result<ProvisionRef<'c>, Problem> {
    let title = &regulation.title;
    let here = regulation.versions.get(version);
    let Some(root) = here.and_then(|v| v.provisions()) else {
        return Err(Problem::not_found(format!("库中没有《{title}》这个版本的正文，{wanted}未核")));
    };
    let place = |provision| ProvisionRef { regulation, version, provision };
    match locate(root, wanted) {
        Located::Found(provision) => Ok(place(provision)),
        Located::Several(several) => {
            let labels: Vec<String> = several.into_iter().map(|p| place(p).label()).collect();
            Err(Problem::not_found(format!("{wanted}不止一处：{}。请写明是哪一处", labels.join("、"))))
        }
        Located::Missing { .. } if here.is_some_and(|v| v.coverage != crate::law::Coverage::Full) => {
            Err(Problem::not_found(format!("《{title}》库中只有节录，没有收录{wanted}，不等于不存在")))
        }
        Located::Missing { deepest: Some(deepest) } => {
            let deepest = place(deepest).label();
            Err(Problem::not_found(format!("《{title}》有{deepest}，但其中没有{wanted}")))
        }
        Located::Missing { deepest: None } => Err(Problem::not_found(format!("《{title}》没有{wanted}"))),
    }
}
