//! [`ProvisionView`]: a clause with its official words, address, effect level and validity.

use super::{LocatorShape, Views};
use crate::law::provision::{Located, locate};
use crate::law::{Locator, ProvisionRef};
use crate::quote::Place;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProvisionView {
    /// `yusuan-fa@2018-12-29/a14.p2`
    pub id: String,
    pub regulation: String,
    /// The version's promulgation date, or `undated`.
    pub version: String,
    pub title: String,
    #[schema(value_type = Option<LocatorShape>)]
    pub locator: Option<Locator>,
    /// 第十四条第二款
    pub label: String,
    /// The whole official text of the clause and of all below it, a natural paragraph a line.
    pub text: String,
    /// 时效 on the day of the view.
    pub status: &'static str,
    /// 效力位阶
    pub level: &'static str,
}

impl<'c> Views<'c> {
    pub fn provision(&self, provision: ProvisionRef<'_>) -> ProvisionView {
        let regulation = provision.regulation;
        ProvisionView {
            id: provision.id(),
            regulation: regulation.id.clone(),
            version: provision.version().id(),
            title: regulation.title.clone(),
            locator: provision.provision.locator.clone(),
            label: provision.label(),
            text: provision.provision.full_text(),
            status: self.corpus.status(regulation, provision.version, self.today).code(),
            level: regulation.level.name(),
        }
    }

    /// What stands at a place of the corpus; `None` when the place is of another corpus.
    pub fn at(&self, place: &Place) -> Option<ProvisionRef<'c>> {
        self.locate(place.regulation, place.version, &Locator::from_id(&place.locator).ok()?)
    }

    /// What a locator names in one version, when it names one place.
    pub fn locate(&self, regulation: usize, version: usize, locator: &Locator) -> Option<ProvisionRef<'c>> {
        let regulation = self.corpus.regulations().get(regulation)?;
        match locate(regulation.versions.get(version)?.provisions()?, locator) {
            Located::Found(provision) => Some(ProvisionRef { regulation, version, provision }),
            _ => None,
        }
    }
}
