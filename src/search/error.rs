//! [`SearchError`]: why an index cannot be built, opened or asked.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("索引目录 {} 写不进去：{source}。请检查目录权限和剩余空间，或用 --index 指定别的目录", path.display())]
    Unwritable { path: PathBuf, source: std::io::Error },
    #[error("建立索引失败：{0}。请重试；仍失败时删除索引目录后运行 yiju index")]
    Build(String),
    #[error("索引打不开：{0}。请运行 yiju index 重建")]
    Open(String),
    #[error("检索失败：{0}。请运行 yiju index 重建索引后再试")]
    Ask(String),
}
