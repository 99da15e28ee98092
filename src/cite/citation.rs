//! [`Citation`]: words that name a legal basis, as written; [`Resolution`]: what they mean.

use crate::catalog::Field;
use crate::law::locator::Locator;
use crate::law::number::DocumentNumber;
use crate::text::Span;

/// One citation as written: a title, a number or an anaphor, with its locators and at most one quotation.
///
/// All spans are byte offsets into the original cell or text.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// From the first character of the citation to the end of its last locator; the quotation is outside.
    pub span: Span,
    /// The cell it stands in; `None` for a citation of a running text.
    pub column: Option<Field>,
    /// The title without 《》; for an anaphor (本法, 同上, a bare 第十九条) the title it stands for.
    pub title: Option<String>,
    /// Where the title stands, when it is written in this citation itself.
    pub title_span: Option<Span>,
    /// The number written with it, or with the title it stands for.
    pub number: Option<CitedNumber>,
    /// （2018年修正）, （2019修订）: the year of the version that the words name.
    pub version_year: Option<u32>,
    /// What the text says, not what it should say; a range gives every article in it.
    pub locators: Vec<CitedLocator>,
    pub quote: Option<Quote>,
    /// No basis: a cross-reference inside a quotation, a title in 公开内容 that is what is disclosed.
    pub mention: bool,
}

/// A document number as written, and read when it can be.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedNumber {
    pub text: String,
    pub span: Span,
    pub number: Option<DocumentNumber>,
    /// Written in this citation itself, not with the title it stands for.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CitedLocator {
    pub locator: Locator,
    pub span: Span,
}

/// The words given as those of the clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub text: String,
    pub span: Span,
}

/// What a citation means in a corpus.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// One regulation: its position in `Corpus::regulations`, and the version meant.
    Found(Resolved),
    /// Several regulations bear the name, or title and number name different ones.
    Ambiguous(Vec<usize>),
    NotInCorpus(Unknown),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Position in `Corpus::regulations`.
    pub regulation: usize,
    /// Position in `Regulation::versions`; `None` when the regulation has none.
    pub version: Option<usize>,
    /// What the number written with it names, where that is not the same document. `None`: they agree, or no number.
    pub number_disagrees: Option<NumberDisagrees>,
}

/// Title and number name different documents, or the number is nobody's.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberDisagrees {
    /// The regulation that the number does belong to.
    pub names: Option<usize>,
}

/// Why nothing was found, with near titles as suggestions, nearest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unknown {
    /// Position in `Corpus::regulations` and edit distance of the title.
    pub near: Vec<(usize, usize)>,
}
