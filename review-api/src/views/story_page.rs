//! The date story of a claim: what does not fit, what is asked, and one line of days.

use std::collections::BTreeSet;

use askama::Template;
use sanad_checks::dates::Source;
use sanad_checks::dates::story::days_between;
use sanad_checks::facts::Calendar;
use sanad_checks::finding::Severity;
use sanad_checks::page::Region;

use super::Shell;
use super::terms;
use crate::accounts::{self, Action};
use crate::claim::story::{self, AskedDate, FoundPlace, PaperPlace, StoryEntry, StoryFinding, StoryView};
use crate::i18n::{self, msg};

/// Entries of one day that are shown at once; the rest is folded away.
const SHOWN_A_DAY: usize = 12;
/// Days from which a gap is told in months, and from which in years.
const MONTHS_FROM: i64 = 60;
const YEARS_FROM: i64 = 730;
const DAYS_A_MONTH: i64 = 30;
const DAYS_A_YEAR: i64 = 365;

/// A date that was refused: its form keeps what was typed.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Version of the paper.
    pub version: String,
    /// The role.
    pub role: String,
    /// The place.
    pub place: Option<(u32, Region)>,
    /// What was typed.
    pub typed: String,
    /// Key of the refusal.
    pub key: &'static str,
}

/// Where a date is typed: the hidden fields of its form, and what stood in it when it was refused.
struct Form {
    id: String,
    version: String,
    role: String,
    page: String,
    region: String,
    typed: String,
    fault: Option<String>,
}

/// A place with its words for people.
struct Spot {
    slot_key: Option<String>,
    href: Option<String>,
    crop: Option<String>,
    role_key: Option<&'static str>,
    day: Option<String>,
    text: Option<String>,
}

struct Finding<'a> {
    told: &'a StoryFinding,
    class: &'static str,
    /// Worth a look, no remark.
    perhaps: bool,
    spots: Vec<Spot>,
}

struct Question {
    spot: Spot,
    form: Form,
}

struct Entry<'a> {
    told: &'a StoryEntry,
    spot: Spot,
    source_key: &'static str,
    source_class: &'static str,
    calendar_key: Option<&'static str>,
    percent: i64,
    form: Option<Form>,
    /// What a person's date took the place of: who said it, and the day.
    beside: Vec<(&'static str, String)>,
}

struct Day<'a> {
    iso: String,
    accident: bool,
    conflict: bool,
    gap: Option<String>,
    shown: Vec<Entry<'a>>,
    folded: Vec<Entry<'a>>,
}

struct StoryContext<'a> {
    badge: terms::Badge,
    findings: Vec<Finding<'a>>,
    questions: Vec<Question>,
    days: Vec<Day<'a>>,
    unsure: Vec<Entry<'a>>,
    back: String,
    office: bool,
    expert: bool,
}

#[derive(Template)]
#[template(path = "claims/story.html")]
struct StoryPage<'a> {
    shell: &'a Shell,
    view: &'a StoryView,
    page: StoryContext<'a>,
}

/// The word for a role of a date.
pub(crate) fn role_key(role: &str) -> &'static str {
    match role {
        "accident" => msg("date-accident"),
        "report" => msg("date-report"),
        "admission" => msg("date-admission"),
        "discharge" => msg("date-discharge"),
        "service" => msg("date-service"),
        "issue" => msg("date-issue"),
        "death" => msg("date-death"),
        "burial" => msg("date-burial"),
        "birth" => msg("date-birth"),
        "expiry" => msg("date-expiry"),
        "cover-from" => msg("date-cover-from"),
        "cover-to" => msg("date-cover-to"),
        _ => msg("date-other"),
    }
}

/// The word for a sum on a bill or receipt.
pub(crate) fn sum_key(name: &str) -> &'static str {
    match name {
        "total" => msg("sum-total"),
        "payable" => msg("sum-payable"),
        "insured-share" => msg("sum-insured-share"),
        "paid" => msg("sum-paid"),
        _ => msg("sum-other"),
    }
}

/// A sum of money for people.
pub(crate) fn rials(shell: &Shell, rials: u64) -> String {
    let number = shell.n(&i64::try_from(rials).unwrap_or(i64::MAX));
    shell.t1(msg("sum-rials"), "sum", &number)
}

const fn calendar_key(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Jalali => msg("calendar-jalali"),
        Calendar::Gregorian => msg("calendar-gregorian"),
        Calendar::Lunar => msg("calendar-lunar"),
    }
}

/// Who said it, in words, and the tone of it.
const fn source(entry: &StoryEntry) -> (&'static str, &'static str) {
    match (entry.source, entry.trusted) {
        (Source::Declared, _) => (msg("source-declared"), ""),
        (Source::Expert, _) => (msg("source-expert"), "good"),
        (Source::Typed, _) => (msg("source-typed"), "calm"),
        (Source::Read, true) => (msg("source-read"), "good"),
        (Source::Read, false) => (msg("source-unsure"), "care"),
    }
}

fn gap(shell: &Shell, from: &str, to: &str) -> Option<String> {
    let days = days_between(from, to).filter(|days| *days > 0)?;
    Some(if days >= YEARS_FROM {
        shell.t1(msg("gap-years"), "count", days / DAYS_A_YEAR)
    } else if days >= MONTHS_FROM {
        shell.t1(msg("gap-months"), "count", days / DAYS_A_MONTH)
    } else {
        shell.t1(msg("gap-days"), "count", days)
    })
}

fn form(place: &PaperPlace, role: &str, number: usize, fault: Option<&Fault>, shell: &Shell) -> Form {
    let at = place.page.zip(place.region);
    let own = fault.filter(|f| f.version == place.version.as_str() && f.role == role && f.place == at);
    let region = place.region.map(|region| {
        let [x, y, width, height] = <[u32; 4]>::from(region);
        format!("{x},{y},{width},{height}")
    });
    Form {
        id: format!("date-{number}"),
        version: place.version.to_string(),
        role: role.to_owned(),
        page: at.map(|(page, _)| page.to_string()).unwrap_or_default(),
        region: region.unwrap_or_default(),
        typed: own.map(|fault| fault.typed.clone()).unwrap_or_default(),
        fault: own.map(|fault| i18n::text(shell.lang, &format!("refusal-{}", fault.key), &[])),
    }
}

/// Where the page of a paper is looked at whole.
fn href(shell: &Shell, view: &StoryView, place: &PaperPlace) -> String {
    if shell.office() {
        return format!("/documents/{}/versions/{}", place.document, place.version);
    }
    let page = place.page.map_or(1, |page| i64::from(page) + 1);
    format!("/claims/{}/desk?document={}&page={page}", view.claim, place.document)
}

fn spot(shell: &Shell, view: &StoryView, place: Option<&PaperPlace>) -> Spot {
    Spot {
        slot_key: place.map(|place| terms::slot_key(&place.slot)),
        href: place.map(|place| href(shell, view, place)),
        crop: place.and_then(|place| place.crop.clone()),
        role_key: None,
        day: None,
        text: None,
    }
}

fn found(shell: &Shell, view: &StoryView, found: &FoundPlace) -> Spot {
    let text = found.text.clone().filter(|text| found.value_iso.as_ref() != Some(text) && !text.trim().is_empty());
    Spot {
        role_key: found.role.as_deref().filter(|role| !role.is_empty()).map(role_key),
        day: found.value_iso.as_deref().map(|iso| shell.day(iso)),
        text,
        ..spot(shell, view, found.place.as_ref())
    }
}

fn question(shell: &Shell, view: &StoryView, asked: &AskedDate, number: usize, fault: Option<&Fault>) -> Question {
    Question {
        spot: Spot {
            role_key: Some(role_key(&asked.role)),
            text: asked.text.clone(),
            ..spot(shell, view, Some(&asked.place))
        },
        form: form(&asked.place, &asked.role, number, fault, shell),
    }
}

/// What stands beside a date that somebody gave: the dates for the same place that it goes before.
fn beside(shell: &Shell, view: &StoryView, given: &StoryEntry) -> Vec<(&'static str, String)> {
    if !matches!(given.source, Source::Typed | Source::Expert) {
        return Vec::new();
    }
    let paper = |entry: &StoryEntry| entry.place.as_ref().map(|place| place.version.clone());
    let whole = given.place.as_ref().is_some_and(|place| place.region.is_none());
    let same = |other: &&StoryEntry| {
        other.place == given.place || (whole && other.role == given.role && paper(other) == paper(given))
    };
    let replaced = view.timeline.iter().filter(|other| other.replaced).filter(same);
    replaced.map(|other| (source(other).0, shell.day(&other.iso))).collect()
}

/// The days of the line, and beside it what was read without certainty and no sure date bears out: a misread year
/// must not stretch the line over a century.
fn days<'a>(
    shell: &Shell,
    view: &'a StoryView,
    may_type: bool,
    first: usize,
    fault: Option<&Fault>,
) -> (Vec<Day<'a>>, Vec<Entry<'a>>) {
    let (mut days, mut unsure): (Vec<Day<'a>>, Vec<Entry<'a>>) = (Vec::new(), Vec::new());
    let sure: BTreeSet<&str> =
        view.timeline.iter().filter(|e| e.trusted && !e.replaced).map(|e| e.iso.as_str()).collect();
    for (place, told) in view.timeline.iter().enumerate().filter(|(_, told)| !told.replaced) {
        let (source_key, source_class) = source(told);
        let typed_at = told.place.as_ref().filter(|_| may_type);
        let entry = Entry {
            spot: spot(shell, view, told.place.as_ref()),
            source_key,
            source_class,
            calendar_key: told.calendar.map(calendar_key),
            percent: (told.confidence * 100.0).round() as i64,
            form: typed_at.map(|at| form(at, &told.role, first + place, fault, shell)),
            beside: beside(shell, view, told),
            told,
        };
        if !sure.contains(told.iso.as_str()) {
            unsure.push(entry);
            continue;
        }
        if days.last().is_none_or(|day| day.iso != told.iso) {
            let gap = days.last().and_then(|before| gap(shell, &before.iso, &told.iso));
            let accident = told.iso == view.accident_date;
            let (shown, folded) = (Vec::new(), Vec::new());
            days.push(Day { iso: told.iso.clone(), accident, conflict: false, gap, shown, folded });
        }
        let Some(day) = days.last_mut() else { continue };
        day.conflict |= told.conflict;
        // What does not fit is never folded away.
        if day.shown.len() < SHOWN_A_DAY || told.conflict { day.shown.push(entry) } else { day.folded.push(entry) }
    }
    (days, unsure)
}

fn context<'a>(shell: &Shell, view: &'a StoryView, fault: Option<&Fault>) -> StoryContext<'a> {
    let open = story::is_open(view.state);
    let may = |action| shell.actor.as_ref().is_some_and(|actor| accounts::may(actor, action).any());
    let expert = shell.expert();
    let may_type = open && (expert || may(Action::EditClaim));
    let asked = if may_type { &view.asked[..] } else { &[] };
    let questions: Vec<Question> =
        asked.iter().enumerate().map(|(number, asked)| question(shell, view, asked, number, fault)).collect();
    let (days, unsure) = days(shell, view, may_type, questions.len(), fault);
    StoryContext {
        badge: terms::claim_state(view.state),
        findings: view
            .findings
            .iter()
            .map(|told| Finding {
                told,
                class: terms::severity_class(&told.severity),
                perhaps: told.severity == Severity::Info,
                spots: told.evidence.iter().map(|evidence| found(shell, view, evidence)).collect(),
            })
            .collect(),
        days,
        unsure,
        questions,
        back: if shell.office() { format!("/claims/{}", view.claim) } else { format!("/claims/{}/desk", view.claim) },
        office: shell.office(),
        expert,
    }
}

/// The page of the story.
///
/// # Errors
/// When the template fails.
pub fn draw(shell: &Shell, view: &StoryView, fault: Option<&Fault>) -> Result<String, askama::Error> {
    StoryPage { shell, view, page: context(shell, view, fault) }.render()
}
