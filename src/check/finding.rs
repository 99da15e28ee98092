//! [`Finding`]: one result of a rule, with evidence and, where there is one, a repair.

use crate::catalog::Field;
use crate::quote::{Place, Segment};
use crate::text::Span;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Notice,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
            Severity::Notice => "提示",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// `paragraph-for-item`
    pub rule: &'static str,
    pub severity: Severity,
    /// `Item::row`.
    pub item: u32,
    /// Position among the catalog's citations; `None` where the finding is about the item.
    pub citation: Option<usize>,
    /// One line of Chinese: what is wrong and why.
    pub message: String,
    /// What should stand there.
    pub expected: Option<String>,
    pub evidence: Vec<Evidence>,
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding that says nothing yet but its rule, item and grade.
    pub fn new(rule: &'static str, severity: Severity, item: u32) -> Self {
        Finding {
            rule,
            severity,
            item,
            citation: None,
            message: String::new(),
            expected: None,
            evidence: Vec::new(),
            fix: None,
        }
    }
}

/// The official words that prove a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub place: Place,
    /// From the quotation to the official words; empty where no words are compared.
    pub diff: Vec<Segment>,
}

/// `Safe` repairs keep the meaning that the citation can only have had; `Unsafe` ones want a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    Safe,
    Unsafe,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
}

/// Replaces a span of one cell of the item.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    pub column: Field,
    pub span: Span,
    pub text: String,
}
