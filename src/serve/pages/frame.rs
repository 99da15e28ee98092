//! [`Frame`]: what surrounds every page.

use crate::serve::assets::{ADDRESSES, Addresses};

pub struct Frame {
    pub title: String,
    /// The address in the navigation under which the page belongs; empty for none.
    pub current: &'static str,
    pub assets: &'static Addresses,
}

/// The navigation, in its order.
const NAV: [(&str, &str); 7] = [
    ("/", "检索"),
    ("/catalogs", "公开目录"),
    ("/check", "核对"),
    ("/basis", "找依据"),
    ("/about", "法规库"),
    ("/rules", "规则"),
    ("/api", "接口"),
];

impl Frame {
    /// `title` is that of the page; the product's name is added.
    pub fn new(title: impl Into<String>, current: &'static str) -> Self {
        let title = title.into();
        let title = if title.is_empty() { "依据".to_string() } else { format!("{title} · 依据") };
        Frame { title, current, assets: &ADDRESSES }
    }

    pub fn nav(&self) -> &'static [(&'static str, &'static str)] {
        &NAV
    }
}
