//! [`SemanticError`]: why an embeddings endpoint is of no use, in words for the person who set it up.

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SemanticError {
    #[error("[semantic] 设置有误：{0}。可用的设置见 yiju serve --help")]
    Settings(String),
    #[error("[semantic] 的 endpoint 不能用 https：本程序不带 TLS。请填内网的 http 地址，或在本机用代理转接")]
    Https,
    #[error("向量接口连不上")]
    Unreachable,
    #[error("向量接口太慢")]
    Slow,
    #[error("向量接口答了 HTTP {0}")]
    Status(u16),
    #[error("向量接口的应答有误：{0}")]
    Garbage(String),
    #[error("向量接口的向量有 {given} 维，已有的是 {known} 维：模型换过了。请改 model 的名称")]
    Dimension { given: usize, known: usize },
    #[error("向量接口刚才不可用，暂停询问")]
    Resting,
    #[error("向量文件写不进去：{0}")]
    Unwritable(String),
    #[error("另一个进程正在编码条文")]
    Busy,
}
