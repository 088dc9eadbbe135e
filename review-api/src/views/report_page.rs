//! The report of rejections: bars by reason, a table by reason, office and month, and the claims
//! behind each number.

use std::collections::BTreeMap;

use askama::Template;
use sanad_checks::reasons;
use serde::Serialize;

use super::Shell;
use crate::http::urlencode;
use crate::i18n::{Lang, month_name, msg};
use crate::reports::{CountedRejection, FirstPassRow, RaisedBy, RejectionRow};

/// Measures of the drawing, in its own units.
const CHART_WIDTH: i64 = 340;
const VALUE_WIDTH: i64 = 40;
const ROW_HEIGHT: i64 = 46;
const BAR_HEIGHT: i64 = 14;
/// From the top of a row to the base line of its label, to the bar, and to the base line of its number.
const LABEL_LINE: i64 = 14;
const BAR_TOP: i64 = 22;
const VALUE_LINE: i64 = 34;
const GAP: i64 = 8;

/// What was asked for, as it stood in the address.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Id of the office, or empty for all.
    pub office: String,
    /// `year-month`, Jalali, or empty for all.
    pub period: String,
    /// `machine`, `people`, or empty for both.
    pub by: String,
}

/// The resource: rows that add up to the number of rejections.
#[derive(Clone, Debug, Serialize)]
pub struct Rejections {
    /// One row for each reason, office, month and side that refused.
    pub rows: Vec<RejectionRow>,
    /// Papers accepted the first time, by office.
    pub first_pass: Vec<FirstPassRow>,
}

struct Bar {
    label: String,
    count: i64,
    label_x: i64,
    label_y: i64,
    text_y: i64,
    x: i64,
    y: i64,
    width: i64,
    value_x: i64,
}

struct Chart {
    width: i64,
    height: i64,
    bar_height: i64,
    bars: Vec<Bar>,
}

struct WordChoice {
    value: String,
    word: String,
    chosen: bool,
}

struct Line {
    code: String,
    label: String,
    office: String,
    month: String,
    by: String,
    count: i64,
    href: String,
}

struct ReportContext {
    csv: String,
    offices: Vec<WordChoice>,
    periods: Vec<WordChoice>,
    raisers: Vec<WordChoice>,
    total: i64,
    chart: Chart,
    lines: Vec<Line>,
    first_pass: Vec<FirstPassRow>,
}

impl ReportContext {
    /// The share of papers accepted the first time, in words.
    fn share(&self, shell: &Shell, row: &FirstPassRow) -> String {
        if row.documents == 0 {
            return "—".to_owned();
        }
        let percent = (row.first_time * 100 + row.documents / 2) / row.documents;
        let sign = if shell.lang == Lang::Fa { "٪" } else { "%" };
        format!("{}{sign}", shell.lang.number(percent))
    }
}

#[derive(Template)]
#[template(path = "reports/rejections.html")]
struct ReportPage<'a> {
    shell: &'a Shell,
    page: ReportContext,
}

/// The label of a reason, or its code where the catalogue has none.
fn label(shell: &Shell, code: &str) -> String {
    reasons::find(code).map_or_else(|| code.to_owned(), |reason| shell.say(&reason.label).to_owned())
}

/// A Jalali month in words.
fn month(shell: &Shell, year: i64, month: i64) -> String {
    format!("{} {}", month_name(shell.lang, month), shell.digits(&year.to_string()))
}

fn by_key(by: RaisedBy) -> &'static str {
    match by {
        RaisedBy::Machine => msg("report-by-machine"),
        RaisedBy::People => msg("report-by-people"),
    }
}

fn by_value(by: RaisedBy) -> &'static str {
    match by {
        RaisedBy::Machine => "machine",
        RaisedBy::People => "people",
    }
}

fn chart(shell: &Shell, rows: &[RejectionRow]) -> Chart {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows {
        *sums.entry(&row.code).or_default() += row.count;
    }
    let mut sums: Vec<(&str, i64)> = sums.into_iter().collect();
    sums.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let most = sums.first().map_or(1, |(_, count)| (*count).max(1));
    let room = CHART_WIDTH - VALUE_WIDTH;
    let rtl = shell.lang == Lang::Fa;
    let bars = (0..).zip(&sums).map(|(place, (code, count))| {
        let width = (room * count / most).max(2);
        let top = place * ROW_HEIGHT;
        Bar {
            label: label(shell, code),
            count: *count,
            label_x: if rtl { CHART_WIDTH } else { 0 },
            label_y: top + LABEL_LINE,
            text_y: top + VALUE_LINE,
            x: if rtl { CHART_WIDTH - width } else { 0 },
            y: top + BAR_TOP,
            width,
            value_x: if rtl { CHART_WIDTH - width - GAP } else { width + GAP },
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let rows = i64::try_from(bars.len()).unwrap_or(0);
    Chart { width: CHART_WIDTH, height: rows * ROW_HEIGHT, bar_height: BAR_HEIGHT, bars }
}

fn line(shell: &Shell, row: &RejectionRow) -> Line {
    Line {
        label: label(shell, &row.code),
        office: shell.either(&row.office_name_fa, &row.office_name_en).to_owned(),
        month: month(shell, row.year, row.month),
        by: shell.t(by_key(row.by)),
        count: row.count,
        href: format!(
            "/reports/rejections/claims?office={}&year={}&month={}&by={}&code={}",
            urlencode(row.office.as_str()),
            row.year,
            row.month,
            by_value(row.by),
            urlencode(&row.code)
        ),
        code: row.code.clone(),
    }
}

fn periods(shell: &Shell, all: &[RejectionRow], asked: &Asked) -> Vec<WordChoice> {
    let mut months: Vec<(i64, i64)> = all.iter().map(|row| (row.year, row.month)).collect();
    months.sort_unstable_by(|a, b| b.cmp(a));
    months.dedup();
    let choice = |(year, number): (i64, i64)| {
        let value = format!("{year}-{number}");
        WordChoice { chosen: value == asked.period, word: month(shell, year, number), value }
    };
    months.into_iter().map(choice).collect()
}

fn offices(shell: &Shell, all: &[RejectionRow], asked: &Asked) -> Vec<WordChoice> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for row in all {
        names.insert(row.office.to_string(), shell.either(&row.office_name_fa, &row.office_name_en));
    }
    let choice =
        |(value, word): (String, &str)| WordChoice { chosen: value == asked.office, word: word.to_owned(), value };
    names.into_iter().map(choice).collect()
}

/// The page; `all` are the rows without a filter, from which the choices are made.
///
/// # Errors
/// When the template fails.
pub fn draw(shell: &Shell, report: &Rejections, all: &[RejectionRow], asked: &Asked) -> Result<String, askama::Error> {
    let raisers =
        [("", msg("report-by-any")), ("machine", by_key(RaisedBy::Machine)), ("people", by_key(RaisedBy::People))];
    let mut rows = report.rows.clone();
    rows.sort_by(|a, b| {
        (b.year, b.month, b.count, &a.code, &a.office).cmp(&(a.year, a.month, a.count, &b.code, &b.office))
    });
    let page = ReportContext {
        csv: format!(
            "/reports/rejections.csv?office={}&period={}&by={}",
            urlencode(&asked.office),
            urlencode(&asked.period),
            urlencode(&asked.by)
        ),
        offices: if shell.office() { Vec::new() } else { offices(shell, all, asked) },
        periods: periods(shell, all, asked),
        raisers: raisers
            .map(|(value, key)| WordChoice { value: value.to_owned(), word: shell.t(key), chosen: value == asked.by })
            .into(),
        total: rows.iter().map(|row| row.count).sum(),
        chart: chart(shell, &rows),
        lines: rows.iter().map(|row| line(shell, row)).collect(),
        first_pass: report.first_pass.clone(),
    };
    ReportPage { shell, page }.render()
}

/// The rows as comma-separated values, with a mark that tells spreadsheets the encoding.
#[must_use]
pub fn csv(shell: &Shell, rows: &[RejectionRow]) -> String {
    let heads = [
        msg("report-reason"),
        msg("report-reason"),
        msg("term-office"),
        msg("report-month"),
        msg("report-by"),
        msg("report-count"),
    ];
    let mut out = String::from('\u{feff}');
    out.push_str("code,");
    out.push_str(&heads[1..].iter().map(|key| quoted(&shell.t(key))).collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
    for row in rows {
        let fields = [
            row.code.clone(),
            label(shell, &row.code),
            shell.either(&row.office_name_fa, &row.office_name_en).to_owned(),
            format!("{}/{:02}", row.year, row.month),
            shell.t(by_key(row.by)),
            row.count.to_string(),
        ];
        out.push_str(&fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// A field that no spreadsheet takes for a formula and no comma breaks.
fn quoted(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if risky { "'" } else { "" }, text.replace('"', "\"\""))
}

/// The claims behind one number.
#[derive(Clone, Debug, Serialize)]
pub struct Behind {
    /// One row for each rejection counted.
    pub rows: Vec<CountedRejection>,
}

struct BehindContext {
    title: String,
    subtitle: String,
}

#[derive(Template)]
#[template(path = "reports/behind.html")]
struct BehindPage<'a> {
    shell: &'a Shell,
    view: &'a Behind,
    page: BehindContext,
}

/// The page of the claims behind one number.
///
/// # Errors
/// When the template fails.
pub fn behind(shell: &Shell, view: &Behind, cell: &crate::reports::Cell) -> Result<String, askama::Error> {
    let office = view.rows.first().map(|row| shell.either(&row.claim.office_name_fa, &row.claim.office_name_en));
    let parts =
        [office.unwrap_or_default(), &month(shell, cell.year, cell.month), &shell.t(by_key(cell.by))].join(" · ");
    let page = BehindContext { title: label(shell, &cell.code), subtitle: parts };
    BehindPage { shell, view, page }.render()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn fields_cannot_become_formulas_or_break_the_row() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a\"b,c"), "\"a\"\"b,c\"");
    }
}
