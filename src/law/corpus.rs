//! [`Corpus`]: all regulations, found by exact name, by number, by id, and on a date.

use super::locator::Locator;
use super::number::DocumentNumber;
use super::pack::PackError;
use super::provision::{Level, Located, Provision, locate};
use super::regulation::{Regulation, Status, Version};
use crate::text::fold;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;

/// Why a corpus folder cannot be read; every variant names the file, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("读不了 {}：{source}。请检查文件是否存在、有无读取权限", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} 的格式有误：{message}。请按 corpus/README.md 的字段表改正", path.display())]
    Malformed { path: PathBuf, message: String },
    #[error("{}：{source}", path.display())]
    Text { path: PathBuf, source: super::parse::ParseError },
    #[error("{}：{source}", path.display())]
    Pack { path: PathBuf, source: PackError },
    #[error(
        "{} 里没有 regulations/、packs/，也没有带 regulation.toml 的目录，不是法规库。请检查 --corpus 的路径；\
         官方文件请先用 yiju import 导入",
        path.display()
    )]
    NotACorpus { path: PathBuf },
    #[error("法规标识“{id}”重复：《{first}》和《{second}》用了同一个标识。请改其中一个的目录名")]
    DuplicateId { id: String, first: String, second: String },
}

/// All regulations, immutable once loaded.
#[derive(Debug, Default)]
pub struct Corpus {
    regulations: Vec<Regulation>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_number: HashMap<DocumentNumber, Vec<(usize, usize)>>,
    /// id of a regulation → the regulation and version that repeal it.
    repealed_by: HashMap<String, (usize, usize)>,
}

/// One provision where it stands: regulation, version, node.
#[derive(Debug, Clone, Copy)]
pub struct ProvisionRef<'c> {
    pub regulation: &'c Regulation,
    /// Position in `regulation.versions`.
    pub version: usize,
    pub provision: &'c Provision,
}

impl Corpus {
    /// Regulations already in memory, in layers: a later layer adds regulations, and versions and texts to those of
    /// the same title and issuer.
    ///
    /// # Errors
    /// [`CorpusError::DuplicateId`] when two different regulations have one id.
    pub fn of(layers: Vec<Vec<Regulation>>) -> Result<Self, CorpusError> {
        let mut corpus = Corpus::default();
        for layer in layers {
            let below = corpus.regulations.len();
            for regulation in layer {
                corpus.add(regulation, below)?;
            }
        }
        for (at, regulation) in corpus.regulations.iter().enumerate() {
            for (v, version) in regulation.versions.iter().enumerate() {
                if let Some(number) = &version.number {
                    corpus.by_number.entry(number.clone()).or_default().push((at, v));
                }
                for repealed in &version.repeals {
                    corpus.repealed_by.insert(repealed.clone(), (at, v));
                }
            }
        }
        Ok(corpus)
    }

    /// `below`: how many regulations lower layers gave.
    fn add(&mut self, regulation: Regulation, below: usize) -> Result<(), CorpusError> {
        let same_title = self.by_name.get(&fold::key(&regulation.title)).into_iter().flatten().copied();
        let same_work = same_title.filter(|&at| at < below).find(|&at| self.regulations[at].is_same_work(&regulation));
        if let Some(at) = same_work {
            let names: Vec<String> = regulation.names().map(fold::key).collect();
            self.regulations[at].absorb(regulation);
            names.into_iter().for_each(|name| self.name(name, at));
            return Ok(());
        }
        let at = self.regulations.len();
        if let Some(&other) = self.by_id.get(&regulation.id) {
            let first = self.regulations[other].title.clone();
            return Err(CorpusError::DuplicateId { id: regulation.id, first, second: regulation.title });
        }
        self.by_id.insert(regulation.id.clone(), at);
        regulation.names().map(fold::key).for_each(|name| self.name(name, at));
        self.regulations.push(regulation);
        Ok(())
    }

    fn name(&mut self, key: String, at: usize) {
        let named = self.by_name.entry(key).or_default();
        if !named.contains(&at) {
            named.push(at);
        }
    }

    pub fn regulations(&self) -> &[Regulation] {
        &self.regulations
    }

    pub fn get(&self, id: &str) -> Option<&Regulation> {
        self.by_id.get(id).map(|&at| &self.regulations[at])
    }

    /// Regulations with exactly this name, title marks and width aside. Never a part of a name.
    pub fn by_name(&self, name: &str) -> Vec<&Regulation> {
        let found = self.by_name.get(&fold::key(name));
        found.into_iter().flatten().map(|&at| &self.regulations[at]).collect()
    }

    /// Versions that bear this number, as positions in `Regulation::versions`.
    pub fn by_number(&self, number: &DocumentNumber) -> Vec<(&Regulation, usize)> {
        let found = self.by_number.get(number);
        found.into_iter().flatten().map(|&(at, v)| (&self.regulations[at], v)).collect()
    }

    /// Every number that a document of the corpus bears.
    pub fn numbers(&self) -> impl Iterator<Item = &DocumentNumber> {
        self.by_number.keys()
    }

    /// 时效 of a version on `date`, repeals by other documents included.
    pub fn status(&self, regulation: &Regulation, version: usize, date: Date) -> Status {
        let own = regulation.status(version, date);
        let repealed = self
            .repealed_by
            .get(&regulation.id)
            .is_some_and(|&(at, v)| self.regulations[at].versions[v].starts().is_some_and(|start| start <= date));
        if repealed && own != Status::NotYet { Status::Repealed } else { own }
    }

    /// The regulation and version that repeal this one, whatever the date.
    pub fn repealed_by(&self, regulation: &Regulation) -> Option<(&Regulation, usize)> {
        self.repealed_by.get(&regulation.id).map(|&(at, v)| (&self.regulations[at], v))
    }

    /// Reads an id: `yusuan-fa@2018-12-29/a14.p2`, without a version the one in force on `date`.
    pub fn provision(&self, id: &str, date: Date) -> Option<ProvisionRef<'_>> {
        let (document, locator) = id.split_once('/')?;
        let (regulation, version) = match document.split_once('@') {
            Some((id, version)) => {
                let regulation = self.get(id)?;
                (regulation, regulation.version_by_id(version)?)
            }
            None => {
                let regulation = self.get(document)?;
                (regulation, regulation.version_on(date)?)
            }
        };
        let locator = Locator::from_id(locator).ok()?;
        match locate(regulation.versions[version].provisions()?, &locator) {
            Located::Found(provision) => Some(ProvisionRef { regulation, version, provision }),
            _ => None,
        }
    }

    /// Every provision that somebody may cite, of every version whose text is here.
    pub fn provisions(&self) -> impl Iterator<Item = ProvisionRef<'_>> {
        self.regulations.iter().flat_map(|regulation| {
            (0..regulation.versions.len()).flat_map(move |version| regulation.provisions(version))
        })
    }
}

impl Regulation {
    /// Every provision of one version that somebody may cite, in the order of the text.
    pub fn provisions(&self, version: usize) -> impl Iterator<Item = ProvisionRef<'_>> {
        let root = self.versions.get(version).and_then(Version::provisions);
        root.into_iter().flat_map(Provision::walk).filter(|p| p.locator.is_some()).map(move |provision| ProvisionRef {
            regulation: self,
            version,
            provision,
        })
    }
}

impl<'c> ProvisionRef<'c> {
    pub fn version(&self) -> &'c Version {
        &self.regulation.versions[self.version]
    }

    /// The id used by page, API, finding and export alike; the version's for the whole text.
    pub fn id(&self) -> String {
        let document = format!("{}@{}", self.regulation.id, self.version().id());
        match &self.provision.locator {
            Some(locator) => format!("{document}/{}", locator.id()),
            None => document,
        }
    }

    /// The canonical citation inside the document: 款 is left out where the article has one 款 only.
    pub fn label(&self) -> String {
        let Some(locator) = &self.provision.locator else { return String::new() };
        if let Locator::Article(own) = locator
            && own.paragraph == Some(1)
            && own.item.is_some()
            && self.paragraphs_of_article() == 1
        {
            let mut short = own.clone();
            short.paragraph = None;
            return Locator::Article(short).to_string();
        }
        locator.to_string()
    }

    /// How many 款 the article around this provision has; 0 outside articles.
    pub fn paragraphs_of_article(&self) -> usize {
        let Some(Locator::Article(own)) = &self.provision.locator else { return 0 };
        let article = own.whole().into();
        match self.version().provisions().map(|root| locate(root, &article)) {
            Some(Located::Found(article)) => article.children_of(Level::Paragraph).count(),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Corpus {
        Corpus::load(&[std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap()
    }

    #[test]
    fn a_name_is_exact_or_it_is_not_found() {
        let corpus = shipped();
        let ids = |name: &str| corpus.by_name(name).iter().map(|r| r.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("预算法"), ["yusuan-fa"]);
        assert_eq!(ids("预算法实施条例"), ["yusuan-fa-shishi-tiaoli"]);
        assert!(ids("预算").is_empty());
        assert!(ids("预算法实施").is_empty());
    }

    #[test]
    fn a_provision_opens_by_id_and_names_itself() {
        let corpus = shipped();
        let today = "2026-11-22".parse().unwrap();
        let item = corpus.provision("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i7", today).unwrap();
        assert_eq!(item.label(), "第二十条第（七）项");
        assert_eq!(item.id(), "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7");
        assert_eq!(item.provision.text, "财政预算、决算信息；");
        let old = corpus.provision("zhengfu-xinxi-gongkai-tiaoli/a10", "2010-01-01".parse().unwrap()).unwrap();
        assert_eq!(old.version().id(), "2007-04-05");
        assert_eq!(corpus.status(old.regulation, old.version, today), Status::Superseded);
    }
}
