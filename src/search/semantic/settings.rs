//! [`Settings`]: which embeddings endpoint is asked and how, from `[semantic]` of yiju.toml, then the environment.

use super::SemanticError;
use serde::Deserialize;
use std::path::Path;

/// The semantic side of search; without an endpoint there is none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address below which `/embeddings` answers, as `http://127.0.0.1:8000/v1`; empty: no semantic side.
    pub endpoint: String,
    pub model: String,
    /// Model named for questions, for servers that choose the prefix by it; empty: `model`.
    pub query_model: String,
    /// Model named for provisions; empty: `model`.
    pub passage_model: String,
    /// What the model wants before a question.
    pub query_prefix: String,
    /// What the model wants before a provision.
    pub passage_prefix: String,
    /// Sent as a bearer token; empty: none.
    pub key: String,
    /// The longest that a search waits for the vector of its question.
    pub timeout_ms: u64,
    /// The longest that the background waits for one batch.
    pub batch_timeout_ms: u64,
    /// The most provisions sent at once; fewer are sent while the endpoint is slow.
    pub batch: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            endpoint: String::new(),
            model: "multilingual-e5-small".into(),
            query_model: String::new(),
            passage_model: String::new(),
            query_prefix: "query: ".into(),
            passage_prefix: "passage: ".into(),
            key: String::new(),
            timeout_ms: 500,
            batch_timeout_ms: 60_000,
            batch: 32,
        }
    }
}

/// Setting, and what it means, as `yiju serve --help` lists them.
pub const HELP: &[(&str, &str)] = &[
    ("endpoint", "向量接口地址，如 http://127.0.0.1:8000/v1（其下须有 /embeddings）；默认空，不启用"),
    ("model", "模型名称，默认 multilingual-e5-small"),
    ("query_model", "编码问题时的模型名称，默认同 model"),
    ("passage_model", "编码条文时的模型名称，默认同 model"),
    ("query_prefix", "问题前的前缀，默认 \"query: \""),
    ("passage_prefix", "条文前的前缀，默认 \"passage: \""),
    ("key", "接口的密钥，默认空"),
    ("timeout_ms", "检索时最多等多少毫秒，默认 500；超时即按词检索"),
    ("batch_timeout_ms", "后台编码一批最多等多少毫秒，默认 60000"),
    ("batch", "后台编码一批最多几条，默认 32；接口慢时自动减少"),
];

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    semantic: toml::Table,
}

impl Settings {
    /// Reads `file` where there is one, then variables `YIJU_SEMANTIC_<SETTING>` as `variable` gives them.
    ///
    /// # Errors
    /// [`SemanticError::Settings`] names what cannot be read.
    pub fn load(file: &Path, variable: impl Fn(&str) -> Option<String>) -> Result<Self, SemanticError> {
        let invalid = |message: String| SemanticError::Settings(message);
        let mut table = match std::fs::read_to_string(file) {
            Ok(text) => toml::from_str::<File>(&text).map_err(|e| invalid(e.message().into()))?.semantic,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
            Err(error) => return Err(invalid(error.to_string())),
        };
        for (key, _) in HELP {
            let Some(value) = variable(&format!("YIJU_SEMANTIC_{}", key.to_uppercase())) else { continue };
            let number = key.ends_with("_ms") || *key == "batch";
            let value = match value.parse() {
                Ok(number_value) if number => toml::Value::Integer(number_value),
                _ => toml::Value::String(value),
            };
            table.insert((*key).into(), value);
        }
        let settings: Settings = table.try_into().map_err(|e: toml::de::Error| invalid(e.message().into()))?;
        settings.checked()
    }

    fn checked(mut self) -> Result<Self, SemanticError> {
        self.endpoint = self.endpoint.trim().trim_end_matches('/').to_string();
        if self.endpoint.starts_with("https://") {
            return Err(SemanticError::Https);
        }
        if !self.endpoint.is_empty() && !self.endpoint.starts_with("http://") {
            return Err(SemanticError::Settings("endpoint 应以 http:// 开头".into()));
        }
        self.batch = self.batch.clamp(1, 1024);
        self.timeout_ms = self.timeout_ms.max(1);
        Ok(self)
    }

    pub fn is_on(&self) -> bool {
        !self.endpoint.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yiju.toml");
        std::fs::write(&file, text).unwrap();
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_string());
        Settings::load(&file, variable).map_err(|e| e.to_string())
    }

    #[test]
    fn off_unless_an_endpoint_is_named() {
        assert!(!load("", &[]).unwrap().is_on());
        assert!(!load("[serve]\nburst = 1\n[check]\nignore = []", &[]).unwrap().is_on());
        let on = load("[semantic]\nendpoint = 'http://127.0.0.1:1/v1/'\nbatch = 4", &[]).unwrap();
        assert_eq!((on.endpoint.as_str(), on.batch, on.query_prefix.as_str()), ("http://127.0.0.1:1/v1", 4, "query: "));
        let by_variable = load(
            "[semantic]\nbatch = 4",
            &[
                ("YIJU_SEMANTIC_ENDPOINT", "http://127.0.0.1:2"),
                ("YIJU_SEMANTIC_TIMEOUT_MS", "7"),
                ("YIJU_SEMANTIC_QUERY_PREFIX", ""),
            ],
        );
        let by_variable = by_variable.unwrap();
        assert!(by_variable.is_on() && by_variable.query_prefix.is_empty());
        assert_eq!((by_variable.timeout_ms, by_variable.batch), (7, 4));
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        for (text, part) in [
            ("[semantic]\nendpoint = 'https://a/v1'", "https"),
            ("[semantic]\nendpoint = 'a/v1'", "http://"),
            ("[semantic]\nendpont = ''", "[semantic]"),
            ("[semantic]\nbatch = 'many'", "[semantic]"),
        ] {
            let error = load(text, &[]).unwrap_err();
            assert!(error.contains(part) && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn every_setting_has_a_line_of_help() {
        let shown = format!("{:?}", Settings::default());
        assert!(HELP.iter().all(|(key, _)| shown.contains(&format!("{key}: "))));
        assert_eq!(shown.matches(", ").count() + 1, HELP.len());
    }
}
