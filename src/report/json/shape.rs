//! [`LocatorShape`]: how a [`crate::law::Locator`] looks in JSON, for the API's document.

use utoipa::ToSchema;

/// 条款的位置。条：article 必有；通知的一点：outline；章节：division
#[derive(ToSchema)]
#[schema(as = Locator)]
pub struct LocatorShape {
    /// 条号，"120-1" 是第一百二十条之一
    #[schema(required = false)]
    pub article: Option<String>,
    /// 款
    #[schema(required = false)]
    pub paragraph: Option<u32>,
    /// 项
    #[schema(required = false)]
    pub item: Option<u32>,
    /// 目
    #[schema(required = false)]
    pub subitem: Option<u32>,
    /// 没有条的文件：["二", "六"] 是二、（六）
    #[schema(required = false)]
    pub outline: Option<Vec<String>>,
    /// 一是、二是的序号
    #[schema(required = false)]
    pub ordinal: Option<u32>,
    /// 附件的序号
    #[schema(required = false)]
    pub annex: Option<u32>,
    /// ["第一编", "第二章"]
    #[schema(required = false)]
    pub division: Option<Vec<String>>,
}
