//! One statute in the bytes of each format that offices publish: every one is read into the same tree and metadata.

use std::io::{Cursor, Write};
use yiju::law::official::Official;
use yiju::law::{Locator, parse_text};
use yiju::{import, law};

const TITLE: &str = "中华人民共和国示例法典";
const NOTE: &str = "（2018年3月11日第十三届全国人民代表大会第一次会议通过　自2018年10月1日起施行）";
const CONTENTS: [&str; 5] = ["第一编　总则", "第一章　范围", "第二编　公开", "第一章　方式", "第一节　主动公开"];
const BODY: [&str; 13] = [
    "第一编　总　　则",
    "第一章　范　　围",
    "第一条　为了示例，制定本法。",
    "第二条　本法适用于：",
    "（一）机关；",
    "（二）单位，包括：",
    "1.事业单位；",
    "2.企业。",
    "前款所称机关，是指国家机关。",
    "第二编　公　　开",
    "第一章　方　　式",
    "第一节　主动公开",
    "第二条之一　应当公开。",
];

/// As the national database of laws: a centred title in a large font, the promulgation line, 目录, spaced headings.
fn docx() -> Vec<u8> {
    let paragraph = |text: &str, properties: &str| {
        // Word breaks a line into runs wherever somebody edited it.
        let (head, tail) = text.split_at(text.char_indices().nth(2).map_or(text.len(), |(at, _)| at));
        format!(
            "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{head}</w:t></w:r>\
             <w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{tail}</w:t></w:r></w:p>"
        )
    };
    let centred = "<w:jc w:val=\"center\"/>";
    let mut body = paragraph(TITLE, centred) + "<w:p/>" + &paragraph(NOTE, centred) + &paragraph("目　　录", centred);
    CONTENTS.iter().for_each(|line| body += &paragraph(&format!("　　{line}"), ""));
    for line in BODY {
        let heading = line.starts_with('第') && !line.contains('条');
        body += &if heading { paragraph(line, centred) } else { paragraph(&format!("　　{line}"), "") };
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", types), ("word/document.xml", document.as_str())] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// As a government site: navigation, a title, the text in its own division, and a foot.
fn html() -> Vec<u8> {
    let lines: String =
        BODY.iter().map(|line| format!("<p style=\"text-indent:2em\">&emsp;&emsp;{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{TITLE}_某网</title><script>var a=1;</script></head>\
         <body><div class=\"nav\"><a href=\"/\">首页</a></div><h1>{TITLE}</h1><div class=\"pages_content\">\
         <p align=\"center\">{NOTE}</p>{lines}</div><div class=\"foot\"><p>责任编辑：某某</p></div></body></html>"
    )
    .into_bytes()
}

fn markdown() -> Vec<u8> {
    let line = |line: &str| match line {
        _ if line.contains('编') && line.starts_with('第') => format!("## {line}\n\n"),
        _ if line.contains('章') && line.starts_with('第') => format!("### {line}\n\n"),
        _ if line.contains('节') && line.starts_with('第') => format!("#### {line}\n\n"),
        _ => format!("{line}\n\n"),
    };
    format!("# {TITLE}\n\n{NOTE}\n\n{}", BODY.iter().map(|l| line(l)).collect::<String>()).into_bytes()
}

fn text() -> String {
    let contents: String = CONTENTS.iter().map(|line| format!("　　{line}\r\n")).collect();
    let body: String = BODY.iter().map(|line| format!("　　{line}\r\n")).collect();
    format!("{TITLE}\r\n{NOTE}\r\n目录\r\n{contents}\r\n{body}")
}

/// One line a place: id, mark and words.
fn shape(official: &Official) -> Vec<String> {
    let root = parse_text(&official.text).unwrap();
    let plain = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let line = |p: &law::Provision| {
        let id = p.locator.as_ref().map(Locator::id)?;
        Some(format!("{id} {}|{}", plain(&p.mark), plain(&p.text)))
    };
    root.walk().filter_map(line).collect()
}

#[test]
fn every_format_gives_the_same_tree() {
    let gb18030 = encoding_rs::GB18030.encode(&text()).0.into_owned();
    let files: [(&str, Vec<u8>); 5] = [
        ("法典.docx", docx()),
        ("法典.html", html()),
        ("法典.md", markdown()),
        ("法典.txt", gb18030),
        ("法典-utf8.txt", format!("\u{FEFF}{}", text()).into_bytes()),
    ];
    for (name, bytes) in files {
        let document = import::read(name, &bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        let official = Official::read(&document).unwrap_or_else(|e| panic!("{name}: {e}"));
        let version = &official.record.versions[0];
        assert_eq!(official.record.title, TITLE, "{name}");
        assert_eq!(version.promulgated, Some("2018-03-11".parse().unwrap()), "{name}");
        assert_eq!(version.effective, Some("2018-10-01".parse().unwrap()), "{name}");
        let expected = [
            "pt1 第一编|总则",
            "pt1.ch1 第一章|范围",
            "a1 第一条|",
            "a1.p1 |为了示例，制定本法。",
            "a2 第二条|",
            "a2.p1 |本法适用于：",
            "a2.p1.i1 （一）|机关；",
            "a2.p1.i2 （二）|单位，包括：",
            "a2.p1.i2.t1 1.|事业单位；",
            "a2.p1.i2.t2 2.|企业。",
            "a2.p2 |前款所称机关，是指国家机关。",
            "pt2 第二编|公开",
            "pt2.ch1 第一章|方式",
            "pt2.ch1.sec1 第一节|主动公开",
            "a2-1 第二条之一|",
            "a2-1.p1 |应当公开。",
        ];
        assert_eq!(shape(&official), expected, "{name}: {}", official.text);
    }
}
