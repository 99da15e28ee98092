//! Formats that other programs turn into text: doc, wps, rtf and odt through LibreOffice, PDF through pdftotext.

use super::{Document, ImportError, decode, docx, limits, pdf, text};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a converter may take.
const PATIENCE: Duration = Duration::from_secs(60);
const OFFICE: &str = "LibreOffice";
const PDF: &str = "pdftotext（poppler-utils）";

/// Documents of older word processors.
pub(super) fn read_office(file: &str, bytes: &[u8], format: &'static str) -> Result<Document, ImportError> {
    let missing = ImportError::NeedsTool { format, tool: OFFICE, instead: "docx" };
    let failed = |reason: &str| ImportError::ToolFailed { tool: OFFICE, reason: reason.to_string(), instead: "docx" };
    let dir = tempfile::tempdir().map_err(|_| failed("没有可写的临时目录"))?;
    let input = dir.path().join(format!("input.{format}"));
    write(&input, bytes).map_err(|_| failed("临时文件写不了"))?;
    let profile = format!("-env:UserInstallation=file://{}/profile", dir.path().display());
    for program in ["soffice", "libreoffice"] {
        let mut command = Command::new(program);
        command.args([
            profile.as_str(),
            "--headless",
            "--norestore",
            // Of what it writes, this keeps merged cells, numbers that are counted by themselves and symbols.
            "--convert-to",
            "docx",
            "--outdir",
        ]);
        command.arg(dir.path()).arg(&input).stdout(Stdio::null()).stderr(Stdio::null());
        match run(&mut command) {
            Outcome::Missing => continue,
            Outcome::Slow => return Err(failed("转换超过 60 秒")),
            Outcome::Failed => return Err(failed("转换没有成功")),
            Outcome::Done => {
                let converted = std::fs::read(dir.path().join("input.docx")).map_err(|_| failed("没有得到结果"))?;
                return docx::read(file, &converted);
            }
        }
    }
    Err(missing)
}

/// PDF: tables by the lines ruled on the page, else text laid out as on the page; pages that are images are refused.
pub(super) fn read_pdf(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let failed =
        |reason: &str| ImportError::ToolFailed { tool: PDF, reason: reason.to_string(), instead: "docx 或 xlsx" };
    let dir = tempfile::tempdir().map_err(|_| failed("没有可写的临时目录"))?;
    let input = dir.path().join("input.pdf");
    write(&input, bytes).map_err(|_| failed("临时文件写不了"))?;
    let convert = |program: &str, options: &[&str], output: &str| {
        let output = dir.path().join(output);
        let mut command = Command::new(program);
        command.args(options).arg(&input).arg(&output).stdout(Stdio::null()).stderr(Stdio::null());
        (run(&mut command), output)
    };
    let text = |(outcome, output): (Outcome, PathBuf)| match outcome {
        Outcome::Missing => Err(ImportError::NeedsTool { format: "PDF", tool: PDF, instead: "docx 或 xlsx" }),
        Outcome::Slow => Err(failed("转换超过 60 秒")),
        Outcome::Failed => Err(failed("文件损坏或加了密码")),
        Outcome::Done => {
            let size = std::fs::metadata(&output).map_err(|_| failed("没有得到结果"))?.len();
            limits::within("PDF 转出的字节数", size, limits::UNPACKED_BYTES)?;
            let page = std::fs::read(&output).map_err(|_| failed("没有得到结果"))?;
            Ok(decode::decode(&page)?.text)
        }
    };
    let page = text(convert("pdftotext", &["-layout", "-enc", "UTF-8"], "output.txt"))?;
    if page.trim().is_empty() {
        return Err(failed("里面是扫描的图片，没有文字"));
    }
    // The lines of tables help where they can be had; without them the text is still all there.
    if let Ok(drawing) = text(convert("pdftocairo", &["-svg"], "output.svg")) {
        let boxes = text(convert("pdftotext", &["-bbox", "-enc", "UTF-8"], "output.html"))?;
        if let Some(document) = pdf::read(file, &boxes, &drawing)? {
            return Ok(document);
        }
    }
    let mut document = text::read(file, &text::columns_by_space(&page))?;
    document.notes.push("由 PDF 的版面取出文字，没有找到表格的框线，列的边界按空格判断，请对照原件".into());
    Ok(document)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::File::create(path)?.write_all(bytes)
}

enum Outcome {
    Done,
    Failed,
    Missing,
    Slow,
}

fn run(command: &mut Command) -> Outcome {
    let mut child = match command.stdin(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Outcome::Missing,
        Err(_) => return Outcome::Failed,
    };
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return if status.success() { Outcome::Done } else { Outcome::Failed },
            Ok(None) if started.elapsed() > PATIENCE => {
                // Already ended is as good as killed.
                let _ = child.kill();
                let _ = child.wait();
                return Outcome::Slow;
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            Err(_) => return Outcome::Failed,
        }
    }
}
