//! [`CatalogError`]: why no catalog could be read, in one line that says what to do.

use crate::import::ImportError;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CatalogError {
    #[error(
        "《{file}》里没有找到事项表：没有表头（公开事项、公开内容、公开依据等），也没有成列的单元格；请确认文件是公开事项目录，若表头特别，可在文件旁的 catalog.toml 里写明各列的含义"
    )]
    NoTable { file: String },
    #[error("《{file}》的表格太宽太大，逐格对位的计算量超过上限；请删去无关的列，或拆分成几个文件再读")]
    TooMuch { file: String },
    #[error("{file}：{error}")]
    Import { file: String, error: ImportError },
    #[error("{file}：catalog.toml 写错了：{reason}")]
    Metadata { file: String, reason: String },
    #[error("{path} 读不了：{reason}")]
    Io { path: String, reason: String },
}
