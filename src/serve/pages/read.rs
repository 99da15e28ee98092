//! `/r/{regulation}`: a regulation whole, with contents, versions, and who cites each clause.

use super::frame::Frame;
use super::html;
use super::passage::{self, Kind, Line};
use super::references;
use crate::law::{Corpus, Coverage, Regulation, Status, Successor, Version};
use crate::report::jsonld;
use crate::serve::ask::Asked;
use crate::serve::cited_by::{CitedBy, Citing};
use crate::serve::formats::{Form, FormParams};
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::snapshot::Snapshot;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "read.html")]
struct ReadPage<'c> {
    frame: Frame,
    head: Head<'c>,
    contents: Vec<Entry>,
    blocks: Vec<Block>,
    /// Metadata for programs, safe inside a script element.
    json_ld: String,
}

/// What stands above the text, on the pages of a regulation and of a clause alike.
pub struct Head<'c> {
    pub regulation: &'c Regulation,
    pub version: &'c Version,
    /// `yusuan-fa@2018-12-29`
    pub id: String,
    pub status: Status,
    pub date: Date,
    pub versions: Vec<Dated<'c>>,
    /// What takes its place, now or on a day to come.
    pub end: Option<End>,
}

/// When and by what a version ends.
pub struct End {
    /// 2019年5月15日起
    pub day: String,
    /// The title of the regulation that repeals it; `None` where a later version replaces it.
    pub repealing: Option<String>,
    pub address: String,
}

/// A version in the timeline.
pub struct Dated<'c> {
    pub version: &'c Version,
    pub id: String,
    pub status: Status,
    pub shown: bool,
    pub has_text: bool,
}

impl<'s> ReadPage<'s> {
    fn of(snapshot: &'s Snapshot, regulation: &'s Regulation, at: usize, date: Date) -> Option<Self> {
        let head = Head::of(&snapshot.corpus, regulation, at, date)?;
        let mut lines = passage::lines(regulation, at);
        references::link(&mut lines, snapshot, regulation, at, true, date);
        let citing = Citing::of(snapshot, regulation, at, date);
        Some(ReadPage {
            frame: Frame::new(head.regulation.title.clone(), "/about"),
            contents: contents(&lines),
            blocks: blocks(lines, &head, |id| citing.clause(id)),
            json_ld: jsonld::metadata(&snapshot.corpus, regulation, at, date, "")?.to_string().replace('<', "\\u003c"),
            head,
        })
    }

    fn address(&self) -> String {
        format!("/r/{}", self.head.id)
    }
}

/// A heading in the contents, with those below it.
struct Entry {
    id: String,
    words: String,
    below: Vec<(String, String)>,
}

/// Lines from one 条 (or first-order point, or heading) to the next, with what is said beside them.
struct Block {
    lines: Vec<Line>,
    /// What the copy button of the block gives.
    citation: String,
    cited_by: CitedBy,
}

impl<'c> Head<'c> {
    pub fn of(corpus: &'c Corpus, regulation: &'c Regulation, at: usize, date: Date) -> Option<Self> {
        let version = regulation.versions.get(at)?;
        let versions = regulation.versions.iter().enumerate().map(|(v, version)| Dated {
            version,
            id: format!("{}@{}", regulation.id, version.id()),
            status: corpus.status(regulation, v, date),
            shown: v == at,
            has_text: version.coverage != Coverage::Metadata,
        });
        let tenure = corpus.tenure(regulation, at, date);
        let end = tenure.successor.map(|successor| {
            let by = successor.regulation();
            let version = by.versions.get(successor.version()).map(Version::id).unwrap_or_default();
            End {
                day: tenure.until.map(|until| format!("{}起", day(&until))).unwrap_or_default(),
                repealing: matches!(successor, Successor::Repealing(..)).then(|| by.title.clone()),
                address: format!("/r/{}@{version}", by.id),
            }
        });
        Some(Head {
            regulation,
            version,
            id: format!("{}@{}", regulation.id, version.id()),
            status: corpus.status(regulation, at, date),
            date,
            versions: versions.collect(),
            end,
        })
    }

    /// The version that is in force, where another is shown.
    pub fn newer(&self) -> Option<&Dated<'c>> {
        self.versions.iter().find(|v| v.status == Status::InForce && !v.shown)
    }

    /// The address of the comparison with the version before, where both have a text.
    pub fn comparison(&self) -> Option<String> {
        let at = self.versions.iter().position(|v| v.shown)?;
        let before = self.versions.get(..at)?.iter().rev().find(|v| v.has_text)?;
        self.compared(before, self.versions.get(at)?)
    }

    /// The address of the comparison with the version in force, where an older one is shown and both have a text.
    pub fn comparison_with_newer(&self) -> Option<String> {
        let at = self.versions.iter().position(|v| v.shown)?;
        let newer = self.versions.iter().skip(at + 1).find(|v| v.status == Status::InForce)?;
        self.compared(self.versions.get(at)?, newer)
    }

    fn compared(&self, old: &Dated<'c>, new: &Dated<'c>) -> Option<String> {
        let (before, after) = (old.version.id(), new.version.id());
        let both = old.has_text && new.has_text;
        both.then(|| format!("/compare/{}?old={before}&new={after}", self.regulation.id))
    }

    /// 《title》（number）: how the document is named in a citation.
    pub fn name(&self) -> String {
        match &self.version.number {
            Some(number) => format!("《{}》（{number}）", self.regulation.title),
            None => format!("《{}》", self.regulation.title),
        }
    }
}

pub fn coverage_name(coverage: &Coverage) -> &'static str {
    match coverage {
        Coverage::Full => "全文",
        Coverage::Excerpt => "节录",
        Coverage::Metadata => "仅题录",
    }
}

pub fn coverage_code(coverage: &Coverage) -> &'static str {
    match coverage {
        Coverage::Full => "full",
        Coverage::Excerpt => "excerpt",
        Coverage::Metadata => "metadata",
    }
}

/// A date as people write it: 2019年4月3日.
pub fn day(date: &Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 2019年4月3日版, from the id of a version, which is its date where that is known.
pub fn version_name(id: &str) -> String {
    id.parse::<Date>().map_or_else(|_| "版本日期不详".into(), |date| format!("{}版", day(&date)))
}

pub fn written(date: &Option<Date>) -> String {
    date.as_ref().map_or("日期不详".into(), day)
}

/// Finds what `name` in an address means: an id with or without a version, or an exact title, alias or number.
///
/// # Errors
/// [`Problem::not_found`] when the corpus has none, or several, of that name.
pub fn find<'c>(corpus: &'c Corpus, name: &str, date: Date) -> Result<(&'c Regulation, usize, bool), Problem> {
    let (name, version) = name.split_once('@').map_or((name, None), |(name, version)| (name, Some(version)));
    let (regulation, at, by_id) = match corpus.get(name) {
        Some(regulation) => (regulation, None, true),
        None => match corpus.get(&name.to_ascii_lowercase()) {
            Some(regulation) => (regulation, None, false),
            None => {
                let (regulation, at) = named(corpus, name)?;
                (regulation, at, false)
            }
        },
    };
    let missing = || Problem::not_found(format!("《{}》没有这个版本，已收录的版本见法规库", regulation.title));
    let at = match version {
        Some(version) => regulation.version_by_id(version).ok_or_else(missing)?,
        None => at.or_else(|| regulation.version_on(date)).ok_or_else(missing)?,
    };
    Ok((regulation, at, by_id))
}

fn named<'c>(corpus: &'c Corpus, name: &str) -> Result<(&'c Regulation, Option<usize>), Problem> {
    let bare = name.trim_matches(['《', '》']);
    let by_number =
        || crate::law::DocumentNumber::parse(name).map(|number| corpus.by_number(&number)).unwrap_or_default();
    match corpus.by_name(bare).as_slice() {
        [one] => Ok((one, None)),
        [] => match by_number().as_slice() {
            [(one, version)] => Ok((one, Some(*version))),
            _ => Err(Problem::not_found("法规库没有收录这份文件，未收录不等于不存在。已收录的见法规库")),
        },
        _ => Err(Problem::not_found("有几份文件同名，请用文号查找")),
    }
}

pub async fn handle(
    State(app): State<App>,
    Path(name): Path<String>,
    Asked(params): Asked<FormParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = Form::asked(&params, &headers, "text/html")?;
    let work = {
        let app = app.clone();
        move || answer(&app, &name, form)
    };
    app.work.quick(work).await?
}

fn answer(app: &App, name: &str, form: Option<Form>) -> Result<Response, Problem> {
    let snapshot = app.snapshot();
    let (regulation, at, by_id) = find(&snapshot.corpus, name, app.today())?;
    if !by_id {
        let other = regulation.versions.get(at).filter(|_| regulation.version_on(app.today()) != Some(at));
        let version = other.map(|version| format!("@{}", version.id())).unwrap_or_default();
        return Ok(Redirect::to(&format!("/r/{}{version}", regulation.id)).into_response());
    }
    match form {
        Some(form) => form.write(app, &snapshot, regulation, at),
        None => {
            let page = ReadPage::of(&snapshot, regulation, at, app.today()).ok_or_else(Problem::internal)?;
            Ok(html(&page)?.into_response())
        }
    }
}

/// Chapters with their sections; where there are none, the points of the first order; else the articles.
fn contents(lines: &[Line]) -> Vec<Entry> {
    let words = |line: &Line| line.text().trim().chars().take(40).collect::<String>();
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines {
        match (line.kind, entries.last_mut()) {
            (Kind::Section, Some(chapter)) => chapter.below.push((line.id().into(), words(line))),
            (Kind::Chapter | Kind::Section, _) => {
                entries.push(Entry { id: line.id().into(), words: words(line), below: Vec::new() });
            }
            _ => {}
        }
    }
    if entries.is_empty() {
        let heading = |line: &Line| match line.runs.first() {
            Some(run) if run.id.starts_with('a') => run.label.clone(),
            Some(run) => {
                let words = run.words.split_once('。').map_or(run.words.as_str(), |(heading, _)| heading);
                format!("{}{}", run.mark, words.chars().take(24).collect::<String>())
            }
            None => String::new(),
        };
        let opening = lines.iter().filter(|line| line.opens);
        entries.extend(opening.map(|l| Entry { id: l.id().into(), words: heading(l), below: Vec::new() }));
    }
    entries
}

fn blocks(lines: Vec<Line>, head: &Head<'_>, cited_by: impl Fn(&str) -> CitedBy) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let starts = line.opens || (line.kind != Kind::Words && !line.is_row());
        match blocks.last_mut().filter(|_| !starts) {
            Some(block) => block.lines.push(line),
            None => {
                let label = line.runs.first().filter(|_| line.opens).map(|run| run.label.clone());
                let citation = label.map(|label| format!("{}{label}", head.name())).unwrap_or_default();
                blocks.push(Block { lines: vec![line], citation, cited_by: CitedBy::default() });
            }
        }
    }
    for block in &mut blocks {
        let first = block.lines.first().map_or("", Line::id).to_string();
        block.cited_by = cited_by(&first);
    }
    blocks
}
