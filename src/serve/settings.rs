//! [`Settings`]: every bound of the server, from `[serve]` of yiju.toml, then the environment, then the command line.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::Path;

/// A setting that cannot be used; says which and what is allowed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("读不了 {file}：{source}")]
    Unreadable { file: String, source: std::io::Error },
    #[error("{origin} 里的服务设置有误：{message}。可用的设置见 yiju serve --help")]
    Invalid { origin: String, message: String },
}

/// All limits of the server. The defaults fit a county's office machine with two cores.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Largest uploaded file, in bytes.
    pub upload_bytes: usize,
    /// Largest pasted text, in bytes.
    pub text_bytes: usize,
    /// Longest query, in characters.
    pub query_chars: usize,
    /// Most rows of a checked catalog.
    pub rows: usize,
    /// Seconds for one request, from its first byte to its answer.
    pub request_seconds: u64,
    /// Checks that run at once; 0 stands for one core less than there are.
    pub checks: usize,
    /// Checks that wait; any more get 503.
    pub check_queue: usize,
    pub connections: usize,
    /// Requests per second and client, on average; 0 sets no limit. A client on this machine has none.
    pub requests_per_second: u32,
    /// Requests that a client may send at once.
    pub burst: u32,
    /// Pick up a changed corpus folder.
    pub reload: bool,
    /// Logs as JSON lines.
    pub json_logs: bool,
    /// Host names under which `/mcp` may be asked, besides this machine's own.
    pub mcp_hosts: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 7878)),
            upload_bytes: 10 << 20,
            text_bytes: 1 << 20,
            query_chars: 500,
            rows: 20_000,
            request_seconds: 30,
            checks: 0,
            check_queue: 32,
            connections: 1024,
            requests_per_second: 20,
            burst: 100,
            reload: true,
            json_logs: false,
            mcp_hosts: Vec::new(),
        }
    }
}

/// Setting, and what it means, as `yiju serve --help` lists them.
pub const HELP: &[(&str, &str)] = &[
    ("listen", "监听地址，默认 127.0.0.1:7878"),
    ("upload_bytes", "上传文件的上限（字节），默认 10485760"),
    ("text_bytes", "粘贴文字的上限（字节），默认 1048576"),
    ("query_chars", "检索词的上限（字），默认 500"),
    ("rows", "一份目录的行数上限，默认 20000"),
    ("request_seconds", "一次请求的时限（秒），默认 30"),
    ("checks", "同时核对的份数，默认 0（核数减一）"),
    ("check_queue", "排队等候核对的份数，超出的答 503，默认 32"),
    ("connections", "同时的连接数，默认 1024"),
    ("requests_per_second", "每个来源每秒的请求数，默认 20，0 为不限；本机不限"),
    ("burst", "每个来源一次可连发的请求数，默认 100"),
    ("reload", "法规库目录变动后自动换新，默认 true"),
    ("json_logs", "日志写成 JSON，默认 false"),
    ("mcp_hosts", "允许访问 /mcp 的主机名，默认只有本机"),
];

impl Settings {
    /// Reads `file` where there is one, then variables `YIJU_<SETTING>` as `variable` gives them.
    ///
    /// # Errors
    /// [`SettingsError`] names the file or variable that cannot be read.
    pub fn load(file: &Path, variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let invalid = |origin: &str, message: String| SettingsError::Invalid { origin: origin.into(), message };
        let mut table = match std::fs::read_to_string(file) {
            Ok(text) => section(&text).map_err(|message| invalid(&name, message))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
            Err(source) => return Err(SettingsError::Unreadable { file: name, source }),
        };
        toml::Table::try_into::<Settings>(table.clone()).map_err(|e| invalid(&name, e.message().into()))?;
        for (key, _) in HELP {
            let variable_name = format!("YIJU_{}", key.to_uppercase());
            let Some(value) = variable(&variable_name) else { continue };
            table.insert((*key).into(), typed(key, &value));
            toml::Table::try_into::<Settings>(table.clone())
                .map_err(|e| invalid(&format!("环境变量 {variable_name}"), e.message().into()))?;
        }
        table.try_into().map_err(|e| invalid(&name, e.message().into()))
    }

    /// `checks`, or what stands for 0.
    pub fn checks_at_once(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        if self.checks == 0 { cores.saturating_sub(1).max(1) } else { self.checks }
    }
}

fn section(text: &str) -> Result<toml::Table, String> {
    let mut file: toml::Table = text.parse().map_err(|e: toml::de::Error| e.message().to_string())?;
    match file.remove("serve") {
        None => Ok(toml::Table::new()),
        Some(toml::Value::Table(table)) => Ok(table),
        Some(_) => Err("[serve] 应是一节".into()),
    }
}

fn typed(key: &str, value: &str) -> toml::Value {
    if key == "mcp_hosts" {
        return toml::Value::Array(value.split(',').map(|host| host.trim().into()).collect());
    }
    let number = value.parse().map(toml::Value::Integer);
    let truth = value.parse().map(toml::Value::Boolean);
    number.or(truth).unwrap_or_else(|_| toml::Value::String(value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yiju.toml");
        std::fs::write(&file, text).unwrap();
        Settings::load(&file, |name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_string()))
    }

    #[test]
    fn the_environment_overrides_the_file_and_the_file_the_defaults() {
        let settings = load("[serve]\nburst = 7\nrows = 9\n[check]\nselect = []", &[("YIJU_ROWS", "11")]).unwrap();
        assert_eq!((settings.burst, settings.rows, settings.connections), (7, 11, 1024));
        let hosts = load("", &[("YIJU_MCP_HOSTS", "a.gov.cn, b.gov.cn")]).unwrap().mcp_hosts;
        assert_eq!(hosts, ["a.gov.cn", "b.gov.cn"]);
        assert_eq!(Settings::load(Path::new("no-such-file.toml"), |_| None).unwrap(), Settings::default());
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_origin() {
        for (text, variables, origin) in [
            ("[serve]\nbursts = 7", &[][..], "yiju.toml"),
            ("[serve]\nlisten = \"here\"", &[], "yiju.toml"),
            ("serve = 1", &[], "yiju.toml"),
            ("", &[("YIJU_LISTEN", "nowhere")], "YIJU_LISTEN"),
            ("", &[("YIJU_BURST", "many")], "YIJU_BURST"),
        ] {
            let error = load(text, variables).unwrap_err().to_string();
            assert!(error.contains(origin), "{error}");
        }
    }

    #[test]
    fn every_setting_has_a_line_of_help() {
        let shown = format!("{:?}", Settings::default());
        for (key, _) in HELP {
            assert!(shown.contains(&format!("{key}: ")), "{key}");
        }
        assert_eq!(shown.matches(": ").count(), HELP.len());
    }
}
