//! [`ImportError`]: why a file cannot be read, in one line that says what to do about it.

use thiserror::Error;

/// Every variant is one clear message for the person who gave the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    #[error("文件是空的：里面没有任何文字")]
    Empty,
    #[error("文件太大：{what}为 {size}，上限为 {limit}；请拆分后再读")]
    TooLarge { what: &'static str, size: u64, limit: u64 },
    #[error("读不了这种文件：{what}；请另存为 xlsx、docx、html、csv 或 txt 再试")]
    Unsupported { what: String },
    #[error("{format} 文件损坏或不完整：{reason}；请用原软件打开并重新保存")]
    Broken { format: &'static str, reason: String },
    #[error(
        "文件打不开：它是 xlsx、docx、ods 一类的文件，但不完整，可能没有下载或上传完；请重新取得，或用原软件打开并重新保存"
    )]
    Torn,
    #[error("文件加了密码，无法读取；请去掉密码后另存一份")]
    Encrypted,
    #[error("文字中有无法识别的字符（第 {line} 行），说明文件在转换时已经丢字；请换原始文件，或另存为 UTF-8 文本")]
    Garbled { line: u32 },
    #[error("读取 {format} 要用 {tool}，本机没有装；请安装 {tool}，或把文件另存为 {instead} 再试")]
    NeedsTool { format: &'static str, tool: &'static str, instead: &'static str },
    #[error("{tool} 没能转换这个文件：{reason}；请把文件另存为 {instead} 再试")]
    ToolFailed { tool: &'static str, reason: String, instead: &'static str },
}
