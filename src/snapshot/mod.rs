//! [`Snapshot`]: everything built once and immutable, from corpus to findings; the server swaps it whole.

mod cited_by;
pub mod query;

pub use cited_by::{Cited, CitedBy};

use crate::basis::{Basis, Precedents, Proposal, Topics};
use crate::catalog::{self, Catalog, CatalogError, Item};
use crate::check::{self, Checked, Checker};
use crate::cite::Names;
use crate::cite::crossref::CrossReferences;
use crate::law::{Corpus, CorpusError, EffectLevel, Regulation};
use crate::quote::{self, Place};
use crate::search::{self, Anchors, SearchError, Semantic, Suggestions};
use jiff::civil::Date;
use rust_embed::RustEmbed;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The catalogs that the program carries.
#[derive(RustEmbed)]
#[folder = "corpus/catalogs/"]
struct ShippedCatalogs;

/// Clauses proposed for an item without a basis.
const PROPOSED: usize = 3;
/// Items up to which proposals are made: each costs a search, and a register of thousands is checked first.
const PROPOSING: usize = 300;

/// Where a snapshot is made from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Corpus folders, later ones adding to earlier ones; none means `corpus/` here, or else the copy inside the program.
    pub corpora: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Which embeddings endpoint is asked, if any.
    pub semantic: search::semantic::Settings,
}

/// All that a question needs, of one moment.
pub struct Snapshot {
    pub corpus: Corpus,
    /// By the order of their folders.
    pub catalogs: Vec<Catalog>,
    /// For each catalog.
    pub checked: Vec<Checked>,
    pub cited_by: CitedBy,
    /// The titles that are found in running text.
    pub names: Names,
    pub index: search::Index,
    /// Which items cite which provision, in the items' own words.
    pub anchors: Anchors,
    pub quotes: quote::Index,
    precedents: OnceLock<Precedents>,
    topics: OnceLock<Topics>,
    suggestions: OnceLock<Suggestions>,
    cross_references: OnceLock<CrossReferences>,
    /// The day on which texts are judged when a question names none.
    pub today: Date,
}

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl Sources {
    /// The folders that are read; empty when the copy inside the program is.
    pub fn folders(&self) -> Vec<PathBuf> {
        let here = PathBuf::from("corpus");
        let is_corpus = ["regulations", "packs"].iter().any(|part| here.join(part).is_dir());
        if self.corpora.is_empty() && is_corpus { vec![here] } else { self.corpora.clone() }
    }

    /// The regulations alone.
    ///
    /// # Errors
    /// [`CorpusError`] names the file that cannot be read.
    pub fn corpus(&self) -> Result<Corpus, CorpusError> {
        match self.folders() {
            folders if folders.is_empty() => Corpus::embedded(),
            folders => Corpus::load(&folders),
        }
    }

    /// The catalogs kept beside the regulations.
    ///
    /// # Errors
    /// [`CatalogError`] names the catalog that cannot be read.
    pub fn catalogs(&self) -> Result<Vec<Catalog>, CatalogError> {
        let folders = self.folders();
        if folders.is_empty() {
            return shipped_catalogs();
        }
        let read = folders.iter().map(|folder| catalog::load_folder(&folder.join("catalogs")));
        Ok(read.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

impl Snapshot {
    /// Builds everything; the index only where there is none that fits.
    ///
    /// # Errors
    /// [`SnapshotError`] of whichever part cannot be built; nothing is left half-written.
    pub fn open(sources: &Sources, today: Date) -> Result<Self, SnapshotError> {
        let corpus = sources.corpus()?;
        let catalogs = sources.catalogs()?;
        let mut index = search::Index::open_or_build(&sources.index, &corpus)?;
        index.attach(Semantic::open(sources.semantic.clone(), &sources.index));
        let names = Names::of(&corpus);
        let quotes = quote::Index::kept_in(&sources.index, &corpus);
        let checker = Checker { corpus: &corpus, names: &names, quotes: &quotes, today, propose: None };
        let checked: Vec<Checked> = catalogs.iter().map(|catalog| check::check(&checker, catalog)).collect();
        let cited_by = CitedBy::of(&checked);
        let anchors = cited_by.anchors(&corpus, &catalogs);
        let mut snapshot = Snapshot {
            corpus,
            catalogs,
            checked,
            cited_by,
            names,
            index,
            anchors,
            quotes,
            precedents: OnceLock::new(),
            topics: OnceLock::new(),
            suggestions: OnceLock::new(),
            cross_references: OnceLock::new(),
            today,
        };
        // The first check gave the precedents that proposals need; the second adds the proposals.
        snapshot.checked = snapshot.catalogs.iter().map(|catalog| snapshot.check(catalog)).collect();
        Ok(snapshot)
    }

    /// Checks a catalog, with proposals for items that have no basis.
    pub fn check(&self, catalog: &Catalog) -> Checked {
        // One question a proposal: a table of hundreds would wait for the endpoint.
        let basis = Basis { meaning: false, ..self.basis() };
        let propose = |item: &Item| -> Vec<Place> {
            let found = basis.propose(&item.subject(), 2 * PROPOSED, None).unwrap_or_default();
            let places = found.iter().filter_map(|proposal| self.place(&proposal.id));
            let binding = places.filter(|place| binds(&self.corpus.regulations()[place.regulation], catalog));
            binding.take(PROPOSED).collect()
        };
        let checker = Checker {
            corpus: &self.corpus,
            names: &self.names,
            quotes: &self.quotes,
            today: self.today,
            propose: (catalog.items.len() <= PROPOSING).then_some(&propose),
        };
        check::check(&checker, catalog)
    }

    /// The position of a provision named by its id.
    fn place(&self, id: &str) -> Option<Place> {
        let found = self.corpus.provision(id, self.today)?;
        let regulation = self.corpus.regulations().iter().position(|r| r.id == found.regulation.id)?;
        Some(Place { regulation, version: found.version, locator: found.provision.locator.as_ref()?.id() })
    }

    /// The names of the corpus as a reader types them, made when first asked for.
    pub fn suggestions(&self) -> &Suggestions {
        self.suggestions.get_or_init(|| Suggestions::of(&self.corpus))
    }

    /// Makes what is else made when first asked for, so that no reader waits for it.
    pub fn warm(&self) {
        self.suggestions();
        self.precedents();
        self.topics();
        self.cross_references();
        search::analyzer::words("预热");
    }

    /// Where the law cites itself, read when first asked for. It is read by all cores at once, so nothing that runs
    /// on them may ask for it.
    pub fn cross_references(&self) -> &CrossReferences {
        self.cross_references.get_or_init(|| CrossReferences::of(&self.corpus, &self.names, self.today))
    }

    /// The items of all catalogs with what they cite rightly; made when first asked for.
    pub fn precedents(&self) -> &Precedents {
        self.precedents.get_or_init(|| Precedents::of(&self.corpus, &self.catalogs, &self.checked))
    }

    /// The places that enumerate what is disclosed; read when first asked for. An index that cannot be asked gives none,
    /// and says so to whoever asks it for the words of an item.
    fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::of(&self.corpus, &self.index, self.today).unwrap_or_default())
    }

    /// What proposals are made from.
    pub fn basis(&self) -> Basis<'_> {
        Basis {
            corpus: &self.corpus,
            index: &self.index,
            precedents: self.precedents(),
            topics: self.topics(),
            meaning: true,
            on: self.today,
        }
    }

    /// The clauses that may justify an item, best first; none when nothing fits.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be asked.
    pub fn propose(&self, item: &str, limit: usize) -> Result<Vec<Proposal>, SearchError> {
        self.basis().propose(item, limit, None)
    }

    /// The catalog of this id with what its check gave.
    pub fn catalog(&self, id: &str) -> Option<(&Catalog, &Checked)> {
        self.catalogs.iter().zip(&self.checked).find(|(catalog, _)| catalog.id == id)
    }
}

/// Whether a document can oblige the body of this catalog: a local one only where its issuer governs, an internal rule
/// only in its own house. A region that is not known is not guessed.
fn binds(regulation: &Regulation, catalog: &Catalog) -> bool {
    let region = catalog.region.as_deref().unwrap_or(&catalog.publisher);
    let governs = |issuer: &str| {
        let named = ["人民政府", "人民代表大会"].iter().filter_map(|organ| issuer.find(organ)).min();
        named.is_some_and(|at| at > 0 && region.starts_with(&issuer[..at]))
    };
    match regulation.level {
        EffectLevel::LocalRegulation | EffectLevel::LocalGovernmentRule | EffectLevel::LocalDocument => {
            governs(&regulation.issuer)
        }
        EffectLevel::InternalRule => regulation.issuer == catalog.publisher,
        _ => true,
    }
}

fn shipped_catalogs() -> Result<Vec<Catalog>, CatalogError> {
    let mut catalogs = Vec::new();
    for path in ShippedCatalogs::iter() {
        let Some((id, "catalog.toml")) = path.split_once('/') else { continue };
        let Some(toml) = ShippedCatalogs::get(&path) else { continue };
        let sources = ShippedCatalogs::iter().filter(|other| other.starts_with(&format!("{id}/source.")));
        for source in sources {
            let Some(file) = ShippedCatalogs::get(&source) else { continue };
            let name = source.rsplit('/').next().unwrap_or(&source);
            catalogs.extend(catalog::load_bytes(id, &toml.data, name, &file.data)?);
        }
    }
    Ok(catalogs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_document_binds_only_where_its_issuer_governs() {
        let corpus = Corpus::embedded().unwrap();
        let here = |region: &str| Catalog { region: Some(region.into()), ..Catalog::default() };
        let local = corpus.get("neimenggu-xingzheng-quanli-jiandu-banfa").unwrap();
        assert!(binds(local, &here("内蒙古自治区鄂尔多斯市鄂托克旗")));
        assert!(!binds(local, &here("山东省菏泽市巨野县")));
        assert!(!binds(local, &Catalog::default()));
        assert!(binds(corpus.get("yusuan-fa").unwrap(), &Catalog::default()));
        let house = corpus.get("zhongmu-yibao-xinxi-gongkai-zhidu").unwrap();
        assert!(!binds(house, &here("河南省郑州市中牟县")));
    }
}
