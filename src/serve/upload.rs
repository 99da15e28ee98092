//! [`Upload`]: a file or a text that somebody sends to be read; kept in memory for the answer alone.

use super::problem::Problem;
use super::settings::Settings;
use super::state::App;
use crate::catalog::{self, Catalog, Field, FieldCell, Item};
use crate::import::{self, Document, Origin};
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde::Deserialize;

/// What was sent. The name is for messages only; nothing is ever written under it.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub name: String,
    pub bytes: Bytes,
    /// Pasted rather than a file.
    pub is_text: bool,
    /// The format asked for by a form's button.
    pub format: Option<String>,
}

/// The JSON form of a pasted text.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Pasted {
    text: String,
}

/// The fields of a form: a file or a text.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes what is read field by field")]
pub struct UploadForm {
    #[schema(value_type = Option<String>, content_media_type = "application/octet-stream")]
    file: Option<Vec<u8>>,
    text: Option<String>,
    /// 文件字节的 Base64，与 name 一起代替 file
    content: Option<String>,
    name: Option<String>,
    format: Option<String>,
}

const PASTED: &str = "粘贴的文字";
/// Largest file that a result page holds for its downloads, in bytes.
const MOST_SENT_BACK: usize = 4 << 20;

impl FromRequest<App> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let content = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let content = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let query = request.uri().query().unwrap_or_default().to_string();
        if content == "multipart/form-data" {
            let form = Multipart::from_request(request, app).await;
            return read_form(form.map_err(|_| Problem::bad_request("表单不完整：缺少分隔标记"))?, &app.settings).await;
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(&app.settings),
            _ => Problem::bad_request("请求体没有收齐"),
        })?;
        let mut upload = Upload { name: PASTED.into(), is_text: true, bytes, format: None };
        match content.as_str() {
            "application/json" => {
                let pasted: Pasted = serde_json::from_slice(&upload.bytes)
                    .map_err(|_| Problem::bad_request("JSON 应写作 {\"text\":\"…\"}"))?;
                upload.bytes = pasted.text.into();
            }
            "application/x-www-form-urlencoded" => {
                let form: Vec<(String, String)> =
                    serde_urlencoded::from_bytes(&upload.bytes).map_err(|_| Problem::bad_request("表单内容有误"))?;
                upload.bytes = Bytes::new();
                for (name, value) in form {
                    match name.as_str() {
                        "text" => upload.bytes = value.into(),
                        "format" => upload.format = Some(value),
                        _ => {}
                    }
                }
            }
            "text/plain" | "" => {}
            _ => {
                let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
                let name = pairs.into_iter().find(|(key, _)| key == "name").map(|(_, value)| value);
                upload.name = harmless(&name.unwrap_or_else(|| "上传的文件".into()));
                upload.is_text = false;
            }
        }
        upload.bounded(&app.settings)
    }
}

async fn read_form(mut form: Multipart, settings: &Settings) -> Result<Upload, Problem> {
    let failed = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(settings),
        _ => Problem::bad_request("表单没有收齐或格式有误"),
    };
    let mut upload = Upload::default();
    let mut text = Bytes::new();
    // A result page sends the file back in this form, so that nobody has to choose it again.
    let (mut again, mut again_name) = (Bytes::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(failed)? {
        let name = field.name().unwrap_or_default().to_string();
        let file_name = field.file_name().map(harmless);
        let bytes = field.bytes().await.map_err(failed)?;
        match name.as_str() {
            "file" if !bytes.is_empty() && !upload.bytes.is_empty() => {
                return Err(Problem::bad_request("一次只核对一份文件，收到了两份；请分开来传"));
            }
            "file" if !bytes.is_empty() => {
                upload.name = file_name.unwrap_or_else(|| "上传的文件".into());
                upload.bytes = bytes;
            }
            "text" => text = bytes,
            "content" => again = bytes,
            "name" => again_name = harmless(&String::from_utf8_lossy(&bytes)),
            "format" => upload.format = String::from_utf8(bytes.to_vec()).ok(),
            _ => {}
        }
    }
    if upload.bytes.is_empty() && !again.is_empty() {
        let wrong = |_| Problem::bad_request("content 应是文件字节的 Base64");
        upload.bytes = BASE64.decode(&again).map_err(wrong)?.into();
        upload.name = again_name;
    }
    if upload.bytes.is_empty() {
        upload = Upload { name: PASTED.into(), bytes: text, is_text: true, ..upload };
    }
    upload.bounded(settings)
}

impl Upload {
    fn bounded(self, settings: &Settings) -> Result<Self, Problem> {
        let most = if self.is_text { settings.text_bytes } else { settings.upload_bytes };
        if self.bytes.len() > most {
            return Err(if self.is_text { text_too_large(settings) } else { too_large(settings) });
        }
        if self.bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Problem::unreadable("没有收到内容：请选一个文件，或粘贴文字"));
        }
        Ok(self)
    }

    /// The bytes as a form can send them back; `None` where that would be too much for a page.
    pub fn encoded(&self, settings: &Settings) -> Option<String> {
        let fits = self.bytes.len() <= MOST_SENT_BACK.min(settings.upload_bytes / 2);
        fits.then(|| BASE64.encode(&self.bytes))
    }

    /// The text as it was sent.
    ///
    /// # Errors
    /// [`Problem::unreadable`] when it is no UTF-8.
    pub fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.bytes).map_err(|_| Problem::unreadable("文字不是 UTF-8 编码，请转换后再发"))
    }

    /// The catalogs in it, and the document they were read from. A pasted text without a table is one item, whose
    /// basis it is.
    ///
    /// # Errors
    /// [`Problem::unreadable`] says why nothing could be read, [`Problem::too_large`] that it has too many rows.
    pub fn catalogs(&self, settings: &Settings) -> Result<(Vec<Catalog>, Document), Problem> {
        let name = if self.is_text { format!("{PASTED}.txt") } else { self.name.clone() };
        let document = import::read(&name, &self.bytes).map_err(|error| Problem::unreadable(error.to_string()))?;
        let catalogs = match catalog::read(&document, None) {
            Ok(catalogs) => catalogs,
            Err(_) if self.is_text => vec![one_item(self.text()?)],
            Err(error) => return Err(Problem::unreadable(error.to_string())),
        };
        let rows: usize = catalogs.iter().map(|catalog| catalog.items.len()).sum();
        if rows > settings.rows {
            return Err(Problem::too_large(format!("有 {rows} 个事项，上限为 {}，请拆分后再传", settings.rows)));
        }
        Ok((catalogs, document))
    }
}

fn one_item(text: &str) -> Catalog {
    let mut item = Item { row: 1, path: vec![PASTED.into()], origin: Origin::line(1), ..Item::default() };
    item.fields.insert(Field::Basis, FieldCell { text: text.into(), origin: Origin::line(1), ..FieldCell::default() });
    Catalog { title: PASTED.into(), file: PASTED.into(), items: vec![item], ..Catalog::default() }
}

/// The last part of a name, without what could be a path, and not too long.
fn harmless(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.trim_matches('.').is_empty() { "上传的文件".into() } else { clean }
}

fn too_large(settings: &Settings) -> Problem {
    Problem::too_large(format!("文件超过 {} MB，请拆分后再传", settings.upload_bytes >> 20))
}

fn text_too_large(settings: &Settings) -> Problem {
    Problem::too_large(format!("文字超过 {} KB，请存成文件上传", settings.text_bytes >> 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_anywhere() {
        for (name, kept) in [
            ("目录.xlsx", "目录.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\目录.docx", "目录.docx"),
            ("..", "上传的文件"),
            ("a/", "上传的文件"),
            ("一\u{0}\n二.csv", "一二.csv"),
        ] {
            assert_eq!(harmless(name), kept, "{name:?}");
        }
        assert_eq!(harmless(&"长".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn a_text_without_a_table_is_one_item() {
        let upload =
            Upload { bytes: "依据《预算法》第十四条。".into(), is_text: true, ..Upload::default() };
        let (catalogs, _) = upload.catalogs(&Settings::default()).unwrap();
        assert_eq!(catalogs.len(), 1);
        assert_eq!(catalogs[0].items[0].text(Field::Basis), "依据《预算法》第十四条。");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for bytes in [&b"\x00\x01\x02binary"[..], b"PK\x03\x04 broken"] {
            let upload = Upload { name: "a.xlsx".into(), bytes: bytes.into(), ..Upload::default() };
            assert_eq!(upload.catalogs(&Settings::default()).unwrap_err().status, 422);
        }
    }
}
