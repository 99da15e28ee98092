//! Citations: [`scan`] finds them in any text, [`row::read`] in an item's cells, [`resolve`] finds what they mean.
//!
//! Three passes (extract, resolve, judge): nothing here judges, and what cannot be decided stays a value.
//!
//! # Grammar
//!
//! A hand-written cursor reads it straight from the text, width folded and white space stepped over; every form is
//! bounded in length, so the whole is linear. `NUM` is a numeral of any kind, `PNUM` one in brackets (（七）, ㈦, ⑦).
//!
//! ```text
//! lead      = { list number | "【" label "】" | label "：" } [ issuers ]         belongs to the citation, not to its span
//! citation  = [ number ] title { bracket | number } [ locators ]
//!           | number [ locators ] | name { bracket | number } [ locators ]
//!           | anaphor locators | locators
//! title     = "《" words "》" [ "的" wrapper ]      words may hold titles; unclosed, doubled, misplaced marks are mended
//!           | [ office ] "关于" verb title { list title } "的" wrapper   verb: "修改" | "印发" | "转发" | …
//!             （2023年版） and （2024年本） at its end belong to it
//! name      = an exact name of the corpus, free on both sides
//!           | words that end as a title does, right before a clause or the bracket of a number; a bare "条例" there
//! wrapper   = "通知" | "意见" | "决定" | "公告" | …
//! bracket   = "（" { label | number | version | event | short } "）"
//! label     = "发文字号" | "文号" | …
//! version   = [ date ] [ decision ] ( "修正" | "修订" | "修改" | "版" ) | year       decision: a title that amends
//! event     = [ date ] … ( "公布" | "发布" | "施行" | "通过" | "批准" | "备案" | … ) | office
//! short     = ( "以下简称" | "下称" | … ) ( title | words )
//! number    = code [ "字" ] "〔" year "〕" [ "第" ] NUM "号"    〔〕 may be any bracket, or 年; in a bracket nothing
//!           | office "令" [ year "年" ] [ "第" ] NUM "号"
//!           | "第" NUM "号" office "令" | office [ "第" ] NUM "号令"
//!           | [ office ] ( "公告" | "通告" ) [ year "年" ] "第" NUM "号"
//!           | [ office ] [ year "年" ] "第" NUM "号" ( "公告" | "通告" ) | year "年第" NUM "号" at a bracket's beginning
//! issuers   = office { "、" office }
//! locators  = [ office ] articles | divisions [ articles ] | points
//! points    = point { ( list | range ) point }        a point of a list goes on from the one before it
//! point     = outline | "附件" [ NUM ] ( [ divisions ] articles | divisions )
//! articles  = series { [ "的" | "：" ] series | PNUM | list [ divisions ] series | range series }
//! series    = [ "第" ] value { ( list | range ) [ "第" ] value } unit
//! value     = NUM | PNUM
//! unit      = "条" [ "之" NUM ] | "款" | "项" | "目"
//! list      = "、" | "，" | "和" | "及" | "以及" | "与" | "或"
//! range     = "至" | "到" | "-" | "~" | "—"
//! divisions = "第" NUM ( "编" | "分编" | "章" | "节" ) { … }
//! outline   = "前言" [ "第" NUM "段" ] | [ "附件" [ NUM ] ] { ( "第" NUM "部分" | NUM "、" | PNUM | NUM "." | "第" value "项" ) [ heading ] }
//!             [ "第" NUM "段" ] [ NUM "是" ]            after a quotation in marks one more point may follow, 、三、（六）“
//! anaphor   = ( "本" | "该" | "同" | "上述" ) kind | ( "该" | "上述" ) rank | "同上"
//!           | ( "本" | "该" | "同" ) "条" [ "前" NUM "款" ] | "前" [ NUM ] ( "款" | "条" | "项" )
//! kind      = "法" | "条例" | "办法" | …
//! rank      = "法律" | "法规" | "规章" | "文件"
//! ```
//!
//! A quotation begins after the last locator and ends before the next citation that stands at the beginning of a
//! sentence, line or list point, or with its own closing mark; a citation in the middle of a sentence, or with which
//! the quoted words begin, is a `mention`. 前款 is counted back from the 款 that it stands in, every line of an article
//! that is no point of a list being one; 本条 is the article whose words are read. 条 that counts things (第三条地铁) is no clause. 同上 as a whole cell says
//! what the row above says ([`row::read_in`]).

mod anaphor;
mod antecedent;
mod assemble;
mod bracket;
pub mod citation;
mod cited_number;
pub mod crossref;
mod cursor;
mod extent;
mod heading;
mod heads;
mod items;
mod lead;
pub mod lookup;
pub mod names;
mod outline;
mod pinpoint;
mod places;
mod quotation;
mod resolve;
pub mod row;
mod scan;
mod series;
mod tie;
mod title;
mod typed_number;
mod unit;
mod unmarked;

pub use citation::{Citation, CitedLocator, CitedNumber, Quote, Resolution};
pub use heading::past_heading;
pub use names::Names;
pub use resolve::resolve;
pub use scan::{scan, scan_counted};
