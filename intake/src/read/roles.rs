//! What a date means, by the words beside it: the nearest cue before it on its line, else the caption above it,
//! else the head of its column; and, where the words only say "date", by the kind of paper and the sentence.

use sanad_checks::facts::Role;
use sanad_checks::page::Region;

use super::cues::{Phrases, Place};
use super::dates::Found;
use super::rows::{Row, right};
use super::text::fold;

/// What a cue says of the value it stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// A date of this role.
    Date(Role),
    /// A date, of whatever kind.
    SomeDate,
    /// A number that is no date.
    Number,
}

use Says::{Date, Number, SomeDate};

/// Cue words with what they say. The longest that fits a place wins.
const CUES: &[(Says, &[&str])] = &[
    (
        Date(Role::Accident),
        &[
            "تاریخ حادثه",
            "تاریخ وقوع",
            "تاریخ وقوع حادثه",
            "تاریخ سانحه",
            "تاریخ تصادف",
            "تاریخ وقوع تصادف",
            "زمان حادثه",
            "زمان وقوع",
            "روز حادثه",
            "تاریخ حادثه به اظهار همراه",
            "تاریخ و ساعت حادثه",
            "تاریخ و ساعت وقوع",
            "date of accident",
            "accident date",
            "تاریخ واقعه",
        ],
    ),
    (
        Date(Role::Report),
        &[
            "تاریخ گزارش",
            "تاریخ تنظیم",
            "تاریخ تنظیم گزارش",
            "تاریخ صورتجلسه",
            "تاریخ تهیه گزارش",
            "report date",
            "تاریخ بازدید",
            "تاریخ بازرسی",
        ],
    ),
    (
        Date(Role::Admission),
        &[
            "تاریخ پذیرش",
            "تاریخ بستری",
            "تاریخ مراجعه",
            "تاریخ ورود",
            "زمان پذیرش",
            "تاریخ و ساعت پذیرش",
            "تاریخ شروع بستری",
            "admission date",
            "date of admission",
            "تاریخ دخول",
        ],
    ),
    (
        Date(Role::Discharge),
        &[
            "تاریخ ترخیص",
            "تاریخ خروج",
            "تاریخ مرخصی",
            "زمان ترخیص",
            "تاریخ پایان بستری",
            "discharge date",
            "date of discharge",
        ],
    ),
    (
        Date(Role::Service),
        &[
            "تاریخ انجام",
            "تاریخ عمل",
            "تاریخ عمل جراحی",
            "تاریخ ویزیت",
            "تاریخ نسخه",
            "تاریخ خدمت",
            "تاریخ ارائه خدمت",
            "تاریخ معاینه",
            "تاریخ آزمایش",
            "تاریخ تصویربرداری",
            "تاریخ جراحی",
            "تاریخ کمیسیون",
            "تاریخ پایان درمان",
            "تاریخ پایان معالجات",
            "exam date",
            "date of exam",
            "study date",
            "تاریخ نمونه گیری",
        ],
    ),
    (
        Date(Role::Issue),
        &[
            "تاریخ صدور",
            "تاریخ نامه",
            "تاریخ ثبت",
            "تاریخ صورتحساب",
            "تاریخ فاکتور",
            "تاریخ قبض",
            "تاریخ پرداخت",
            "تاریخ دریافت",
            "تاریخ واریز",
            "date of issue",
            "issue date",
            "issued on",
            "تاریخ صدور گواهی",
            "تاریخ رای",
            "تاریخ ترجمه",
            "تاریخ دادنامه",
            "تاریخ وکالتنامه",
            "تاریخ تنظیم سند",
            "تاریخ تراکنش",
        ],
    ),
    (
        Date(Role::Death),
        &["تاریخ فوت", "تاریخ وفات", "تاریخ درگذشت", "زمان فوت", "تاریخ و ساعت فوت", "date of death", "متوفی در"],
    ),
    (Date(Role::Burial), &["تاریخ دفن", "تاریخ تدفین", "زمان دفن", "date of burial"]),
    (
        Date(Role::Birth),
        &["تاریخ تولد", "متولد", "تولد", "date of birth", "birth date", "سال تولد", "تاریخ ولادت", "date de naissance"],
    ),
    (
        Date(Role::Expiry),
        &[
            "تاریخ انقضا",
            "تاریخ انقضای گذرنامه",
            "تاریخ اعتبار",
            "پایان اعتبار",
            "اعتبار تا",
            "معتبر تا",
            "تاریخ انقضای اعتبار",
            "date of expiry",
            "expiry date",
            "valid until",
            "expires",
            "مدت اعتبار",
            "تاریخ ختم",
        ],
    ),
    (
        Date(Role::CoverFrom),
        &[
            "شروع پوشش",
            "تاریخ شروع",
            "شروع بیمه نامه",
            "تاریخ شروع بیمه نامه",
            "شروع اعتبار",
            "تاریخ شروع پوشش",
            "از تاریخ",
            "آغاز پوشش",
            "آغاز بیمه نامه",
            "تاریخ شروع بیمه",
            "شروع مدت بیمه",
            "valid from",
        ],
    ),
    (
        Date(Role::CoverTo),
        &[
            "پایان پوشش",
            "تاریخ پایان",
            "پایان بیمه نامه",
            "تاریخ پایان پوشش",
            "انقضای بیمه نامه",
            "تاریخ انقضای بیمه نامه",
            "لغایت",
            "تا تاریخ",
            "تاریخ پایان بیمه نامه",
            "انقضای پوشش",
            "تاریخ خاتمه",
        ],
    ),
    (
        Date(Role::Other),
        &["تاریخ چاپ", "اعتبار نسخه", "تاریخ بازنگری", "تاریخ ویرایش", "تاریخ مراجعه بعدی", "print date", "revision"],
    ),
    (SomeDate, &["تاریخ", "مورخ", "مورخه", "در تاریخ", "date", "تاریخه"]),
    (
        Number,
        &[
            "شماره",
            "کد",
            "تلفن",
            "پلاک",
            "نمبر",
            "کلاسه",
            "همراه",
            "فشار خون",
            "مبلغ",
            "شماره پرونده",
            "شماره بیمه نامه",
            "شماره گزارش",
            "شماره حساب",
            "کد پستی",
            "نمابر",
            "دما",
            "number",
            "tel",
            "شماره گذرنامه",
        ],
    ),
];

/// A cue on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) says: Says,
    pub(crate) place: Place,
}

/// All cues of a page; where several fit, the longest.
pub(crate) fn cues(rows: &[Row]) -> Vec<Cue> {
    let phrases = Phrases::of(rows);
    let mut all: Vec<(usize, Cue)> = Vec::new();
    for (says, words) in CUES {
        for text in *words {
            let folded = fold(text);
            let length = folded.chars().count();
            // A slip makes a cue as good as one that is shorter by this much, and each further one by a letter.
            let worth = |place: &Place| length.saturating_sub(if place.slips == 0 { 0 } else { 2 + place.slips });
            all.extend(phrases.places(&folded).into_iter().map(|place| (worth(&place), Cue { says: *says, place })));
        }
    }
    all.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    let mut kept: Vec<Cue> = Vec::new();
    for (_, cue) in all {
        let shares = |other: &Cue| {
            let (a, b) = (other.place.items, cue.place.items);
            other.place.row == cue.place.row && a.0 < b.1 && b.0 < a.1
        };
        if !kept.iter().any(shares) {
            kept.push(cue);
        }
    }
    kept
}

/// A date with what is said of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Told {
    /// What it means.
    pub(crate) role: Role,
    /// How sure, 0–1.
    pub(crate) confidence: f32,
    /// A word for "date" stands beside it.
    pub(crate) labelled: bool,
    /// The words say that this is a number and no date.
    pub(crate) number: bool,
}

impl Told {
    /// Whether a cue names the very role: "date" alone, in a sentence above all, leaves it open.
    pub(crate) fn named(&self) -> bool {
        const NAMED: f32 = 0.84;
        self.labelled && self.confidence > NAMED
    }
}

/// White between a cue and its value on one line, in letter heights, at most.
const FAR_BESIDE: f32 = 9.0;
/// The same for a caption above.
const FAR_ABOVE: f32 = 2.6;
/// A caption above is as near as a cue beside with this much more white.
const ABOVE_COSTS: f32 = 0.9;
/// Rows that a head of a column may stand above.
const COLUMN_ROWS: usize = 25;
/// A row of so many words may be running text.
pub(crate) const RUNNING: usize = 6;

/// What each date found means on a paper of this kind.
pub(crate) fn told(found: &[Found], rows: &[Row], cues: &[Cue], kind: &str) -> Vec<Told> {
    let mut told: Vec<Told> = found.iter().map(|date| one(date, found, rows, cues, kind)).collect();
    let own = own_date(kind);
    // Where a cue names the paper's own date, read or not, "date" in running text speaks of another day.
    if cues.iter().any(|cue| matches!(cue.says, Date(role) if by_kind(role, kind) == own)) {
        let beside = |(date, told): &(&Found, &mut Told)| {
            told.role == own && told.labelled && !told.named() && rows[date.row].items.len() >= RUNNING
        };
        for (_, told) in found.iter().zip(&mut told).filter(beside) {
            *told = Told { role: Role::Other, confidence: 0.4, ..*told };
        }
    }
    told
}

fn one(date: &Found, found: &[Found], rows: &[Row], cues: &[Cue], kind: &str) -> Told {
    let height = rows[date.row].height.max(1) as f32;
    let mut best: Option<(f32, &Cue)> = None;
    for cue in cues {
        if let Some(cost) = cost(date, cue, found, rows, height)
            && best.is_none_or(|(least, _)| cost < least)
        {
            best = Some((cost, cue));
        }
    }
    let latin = rows[date.row].items.iter().any(|item| item.text.chars().any(|c| c.is_ascii_alphabetic()));
    match best.map(|(cost, cue)| (cost, cue.says)) {
        Some((cost, Date(role))) => {
            let sure = if cost < 4.0 { 0.97 } else { 0.85 };
            Told { role: by_kind(role, kind), confidence: sure, labelled: true, number: false }
        }
        Some((_, SomeDate)) => {
            let (role, confidence) = sentence(date, rows).unwrap_or((own_date(kind), 0.8));
            Told { role, confidence, labelled: true, number: false }
        }
        Some((_, Number)) => Told { role: Role::Other, confidence: 0.3, labelled: false, number: true },
        None => {
            let (role, confidence) = sentence(date, rows).filter(|_| !latin).unwrap_or((Role::Other, 0.4));
            Told { role, confidence, labelled: false, number: false }
        }
    }
}

/// How far a cue stands from a date in its reading place; `None` where it does not stand before it.
fn cost(date: &Found, cue: &Cue, found: &[Found], rows: &[Row], height: f32) -> Option<f32> {
    let (value, label) = (date.region, cue.place.region);
    if cue.place.row == date.row {
        // Persian runs from the right; a Latin line from the left.
        let latin = rows[cue.place.row].items[cue.place.items.0].text.chars().any(|c| c.is_ascii_alphabetic());
        let white = if latin { value.x as f32 - right(label) as f32 } else { label.x as f32 - right(value) as f32 };
        if white < -0.5 * height {
            return None;
        }
        let (from, to) = if latin { (right(label), value.x) } else { (right(value), label.x) };
        let between = found.iter().any(|other| {
            other.row == date.row && other.region != value && other.region.x >= from && right(other.region) <= to
        });
        let cost = white.max(0.0) / height;
        return (cost <= FAR_BESIDE && !between).then_some(cost);
    }
    above(value, label, height).or_else(|| column(date, cue, rows, height))
}

/// A caption directly above.
fn above(value: Region, label: Region, height: f32) -> Option<f32> {
    let white = value.y as f32 - (label.y + label.height) as f32;
    if white < -0.3 * height || white > FAR_ABOVE * height {
        return None;
    }
    let shared = right(value).min(right(label)) as f32 - value.x.max(label.x) as f32;
    let least = value.width.min(label.width) as f32;
    let edges = (right(value) as f32 - right(label) as f32).abs();
    (shared > 0.3 * least || (edges < 1.5 * height && shared > 0.0)).then(|| white.max(0.0) / height + ABOVE_COSTS)
}

/// The head of the column the date stands in: above it, over the same place, many rows up at most.
fn column(date: &Found, cue: &Cue, rows: &[Row], height: f32) -> Option<f32> {
    /// A head costs more than anything that stands nearer.
    const COSTS: f32 = 12.0;
    if cue.says == Number || cue.place.row >= date.row || date.row - cue.place.row > COLUMN_ROWS {
        return None;
    }
    let (value, label) = (date.region, cue.place.region);
    let middle = |r: Region| r.x as f32 + r.width as f32 / 2.0;
    let over = (middle(value) - middle(label)).abs() < 0.6 * value.width.max(label.width) as f32;
    // A head has other heads beside it, so its row holds several words apart.
    let heads = rows[cue.place.row].items.windows(2);
    let apart = heads.filter(|w| super::rows::gap(w[0].region, w[1].region) as f32 > 1.5 * height).count();
    (over && apart >= 2).then_some(COSTS + (date.row - cue.place.row) as f32 * 0.1)
}

/// A role as this kind of paper means it.
fn by_kind(role: Role, kind: &str) -> Role {
    match (role, kind) {
        (Role::Expiry, "policy") => Role::CoverTo,
        (Role::CoverFrom, "identity" | "driving-licence" | "work-permit") => Role::Issue,
        (Role::CoverTo, "identity" | "driving-licence" | "work-permit") => Role::Expiry,
        (Role::CoverFrom, k) if hospital(k) => Role::Admission,
        (Role::CoverTo, k) if hospital(k) => Role::Discharge,
        (role, _) => role,
    }
}

fn hospital(kind: &str) -> bool {
    matches!(kind, "admission-record" | "discharge-summary" | "operation-note" | "hospital-bill")
}

/// The role of the date in the cell under a caption; `None` under one that says number.
pub(crate) fn captioned(says: Says, kind: &str) -> Option<Role> {
    match says {
        Date(role) => Some(by_kind(role, kind)),
        SomeDate => Some(own_date(kind)),
        Number => None,
    }
}

/// What the date of a paper itself is called, for kinds that always bear one of their own and seldom another.
pub(crate) fn named_own_date(kind: &str) -> Option<Role> {
    let many = matches!(kind, "other" | "identity" | "policy" | "driving-licence" | "work-permit");
    (!many).then(|| own_date(kind))
}

/// What the date of a paper itself is called.
fn own_date(kind: &str) -> Role {
    match kind {
        "accident-report" | "traffic-report" | "work-accident-report" => Role::Report,
        "admission-record" => Role::Admission,
        "operation-note" | "imaging-report" => Role::Service,
        _ => Role::Issue,
    }
}

/// Words of a sentence that tell what happened on a day.
const EVENTS: &[(Role, &[&str])] = &[
    (
        Role::Accident,
        &[
            "حادثه",
            "تصادف",
            "سقوط",
            "دچار",
            "برخورد",
            "مصدوم",
            "واژگونی",
            "سانحه",
            "مجروح",
            "انفجار",
            "سوختگی",
            "آتش",
            "نزاع",
            "ریزش",
            "برق",
        ],
    ),
    (Role::Admission, &["بستری", "پذیرش", "مراجعه"]),
    (Role::Discharge, &["ترخیص", "مرخص"]),
    (Role::Death, &["فوت", "درگذشت", "وفات"]),
    (Role::Service, &["جراحی", "عمل"]),
    (Role::Birth, &["متولد"]),
];

/// The event nearest to a date in running text: on its own line and the lines beside it.
fn sentence(date: &Found, rows: &[Row]) -> Option<(Role, f32)> {
    /// Words looked at before and after the date.
    const REACH: usize = 14;
    let row = &rows[date.row];
    if row.items.len() < RUNNING {
        return None;
    }
    let before = row.items.iter().position(|item| item.region.x <= date.region.x + date.region.width / 2)?;
    let mut words: Vec<(i32, &str)> =
        row.items.iter().enumerate().map(|(i, item)| (i as i32 - before as i32, item.text.as_str())).collect();
    if let Some(next) = rows.get(date.row + 1).filter(|next| next.items.len() >= 4) {
        let from = row.items.len() as i32 - before as i32;
        words.extend(next.items.iter().enumerate().map(|(i, item)| (from + i as i32, item.text.as_str())));
    }
    if let Some(last) = date.row.checked_sub(1).map(|i| &rows[i]).filter(|last| last.items.len() >= RUNNING) {
        let from = -(before as i32) - last.items.len() as i32;
        words.extend(last.items.iter().enumerate().map(|(i, item)| (from + i as i32, item.text.as_str())));
    }
    words
        .into_iter()
        .filter(|(at, _)| at.unsigned_abs() as usize <= REACH)
        .filter_map(|(at, word)| {
            let folded = fold(word);
            let role = EVENTS.iter().find(|(_, list)| list.iter().any(|w| fold(w) == folded))?.0;
            Some((at.unsigned_abs(), role))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, role)| (role, 0.75))
}

#[cfg(test)]
mod tests;
