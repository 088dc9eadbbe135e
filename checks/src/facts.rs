//! What the papers say: values read from a file, each with where it stands and how far it may be believed.
//!
//! A value is `trusted` when two readings agree on it or a rule decides (check digits, the calendar together
//! with a second reading, a person). What is not trusted is shown and asked for, and carries no rejection.

use serde::{Deserialize, Serialize};

use crate::page::Region;

/// What a paper is, with how sure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindFact {
    /// Name of the contract's closed list, or `other`.
    pub code: String,
    /// How sure, 0–1.
    pub confidence: f64,
}

/// Pages of one file that are one paper: what a file of several papers falls into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartFact {
    /// Its first page, from 0.
    pub first: u32,
    /// Its last page.
    pub last: u32,
    /// What it is.
    pub kind: KindFact,
    /// The slot it is proposed for; none where its kind is not told.
    pub slot: Option<String>,
}

/// How sure the kind of a page must be before it is said to begin another paper.
const SURE_OF_PART: f64 = 0.85;

/// The papers that a file's pages are, by the kinds of the pages in their order; none where the file is one paper. A page
/// whose kind is not sure goes with the page before it.
#[must_use]
pub fn parts<'k>(pages: impl IntoIterator<Item = (u32, &'k KindFact)>) -> Vec<PartFact> {
    let mut parts: Vec<PartFact> = Vec::new();
    for (page, kind) in pages {
        let sure = kind.code != "other" && kind.confidence >= SURE_OF_PART;
        match parts.last_mut().filter(|part| !sure || part.kind.code == kind.code) {
            Some(part) => part.last = page,
            None => {
                let slot = sure.then(|| kind.code.clone());
                parts.push(PartFact { first: page, last: page, kind: kind.clone(), slot });
            }
        }
    }
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// The calendar a date is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// Solar hijri, of Iran and Afghanistan.
    Jalali,
    /// Of passports.
    Gregorian,
    /// Lunar hijri; right to about two days.
    Lunar,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The day.
    #[default]
    Day,
    /// The month; the day stands for its first.
    Month,
    /// The year; the day stands for its first.
    Year,
    /// The day, give or take two (a lunar date).
    About,
}

/// What a date means, by the contract's closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of the contract's closed list and say what they are")]
pub enum Role {
    Accident,
    Report,
    Admission,
    Discharge,
    Service,
    Issue,
    Death,
    Burial,
    Birth,
    Expiry,
    CoverFrom,
    CoverTo,
    Other,
}

impl Role {
    /// Every role, in the contract's order.
    pub const ALL: [Self; 13] = [
        Self::Accident,
        Self::Report,
        Self::Admission,
        Self::Discharge,
        Self::Service,
        Self::Issue,
        Self::Death,
        Self::Burial,
        Self::Birth,
        Self::Expiry,
        Self::CoverFrom,
        Self::CoverTo,
        Self::Other,
    ];

    /// The word of the contract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accident => "accident",
            Self::Report => "report",
            Self::Admission => "admission",
            Self::Discharge => "discharge",
            Self::Service => "service",
            Self::Issue => "issue",
            Self::Death => "death",
            Self::Burial => "burial",
            Self::Birth => "birth",
            Self::Expiry => "expiry",
            Self::CoverFrom => "cover-from",
            Self::CoverTo => "cover-to",
            Self::Other => "other",
        }
    }

    /// What people call it, Persian.
    #[must_use]
    pub const fn persian(self) -> &'static str {
        match self {
            Self::Accident => "حادثه",
            Self::Report => "گزارش",
            Self::Admission => "پذیرش",
            Self::Discharge => "ترخیص",
            Self::Service => "خدمت",
            Self::Issue => "صدور",
            Self::Death => "فوت",
            Self::Burial => "دفن",
            Self::Birth => "تولد",
            Self::Expiry => "انقضا",
            Self::CoverFrom => "شروع پوشش",
            Self::CoverTo => "پایان پوشش",
            Self::Other => "دیگر",
        }
    }
}

/// A date printed for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFact {
    /// What it means.
    pub role: Role,
    /// The day, `YYYY-MM-DD`, Gregorian.
    pub iso: String,
    /// The calendar it is printed in.
    pub calendar: Calendar,
    /// How much of it is known.
    #[serde(default)]
    pub precision: Precision,
    /// As read.
    pub text: String,
    /// Whether it may stand against another date.
    pub trusted: bool,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
}

/// A place that ought to hold a date which could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnreadDate {
    /// What the words beside it say it is.
    pub role: Role,
    /// What was made of it; may be empty.
    pub text: String,
    /// Why it is not taken: `no-date`, `not-a-day`, `not-likely` (no paper of a claim bears such a day).
    pub why: String,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
}

/// A machine-readable zone (ICAO Doc 9303).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MrzFact {
    /// `TD1`, `TD2`, `TD3`, `MRV-A` or `MRV-B`.
    pub format: String,
    /// Number of the paper, fillers stripped.
    pub number: String,
    /// Surname.
    pub surname: String,
    /// Given names.
    pub given_names: String,
    /// Day of birth, `YYYY-MM-DD`; empty where it is no day.
    pub birth: String,
    /// Last day of validity, `YYYY-MM-DD`; empty where it is no day.
    pub expiry: String,
    /// Issuing state, three letters.
    pub country: String,
    /// Nationality, three letters.
    pub nationality: String,
    /// `M`, `F` or empty.
    pub sex: String,
    /// Every check digit holds, the composite too.
    pub valid: bool,
    /// Fields whose check digit fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
}

/// An account number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IbanFact {
    /// Without spaces, ASCII.
    pub text: String,
    /// Its check digits hold.
    pub valid: bool,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
    /// Bank by digits 5–7, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// Holder of the account as printed, where found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmountFact {
    /// `total`, `payable`, `insured-share`, `paid` or `other`.
    pub name: String,
    /// In rials.
    pub rials: u64,
    /// As read.
    pub text: String,
    /// Whether it may stand against another sum.
    pub trusted: bool,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
}

/// What a number is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbered {
    /// A bill or an invoice.
    Invoice,
    /// A receipt.
    Receipt,
    /// A payment or a case that is followed up by it.
    Tracking,
}

impl Numbered {
    /// The word of the contract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Receipt => "receipt",
            Self::Tracking => "tracking",
        }
    }
}

/// A number by which whoever made the paper knows it: no two papers of one issuer should bear the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberFact {
    /// What it is given to.
    pub of: Numbered,
    /// Its figures and letters, ASCII, without signs between them.
    pub text: String,
    /// Whether two readers made out the same.
    pub trusted: bool,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
}

/// A stamp or a signature: a hint for the expert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkFact {
    /// Page, from 0.
    pub page: u32,
    /// Where, in page pixels.
    pub region: Region,
    /// `blue`, `red`, `violet`, `green` or `dark`.
    pub colour: String,
    /// How sure, 0–1.
    pub confidence: f64,
}

/// How near a page came to bearing a stamp and a signature, 0–1: low where nothing on it looks like one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MarksSeen {
    /// To a stamp.
    pub stamp: f64,
    /// To a signature.
    pub signature: f64,
}

/// Whether a copy is certified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedCopy {
    /// The words «برابر اصل» or their like were read.
    pub phrase: bool,
    /// A stamp stands near them.
    pub stamp: bool,
}

/// What a file says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What it is.
    pub kind: KindFact,
    /// The papers it falls into, where its pages are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartFact>,
    /// Dates printed for people; those of the zone stand in `mrz` alone.
    pub dates: Vec<DateFact>,
    /// Dates that stand there and could not be read.
    #[serde(default)]
    pub unread: Vec<UnreadDate>,
    /// The machine-readable zone.
    pub mrz: Option<MrzFact>,
    /// Account numbers.
    pub ibans: Vec<IbanFact>,
    /// Sums.
    pub amounts: Vec<AmountFact>,
    /// Names of sums of which the label stands there and the sum could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_sums: Vec<String>,
    /// Numbers of invoices and receipts, and tracking numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<NumberFact>,
    /// Stamps.
    pub stamps: Vec<MarkFact>,
    /// Signatures.
    pub signatures: Vec<MarkFact>,
    /// Certification of the copy.
    pub certified_copy: CertifiedCopy,
    /// How near the pages came to bearing marks; none where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<MarksSeen>,
    /// Whether the pages had colour, so that a coloured stamp could be seen.
    #[serde(default)]
    pub coloured: bool,
    /// Words read over all pages.
    #[serde(default)]
    pub words: u32,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            kind: KindFact { code: "other".to_owned(), confidence: 0.0 },
            parts: Vec::new(),
            dates: Vec::new(),
            unread: Vec::new(),
            mrz: None,
            ibans: Vec::new(),
            amounts: Vec::new(),
            unread_sums: Vec::new(),
            numbers: Vec::new(),
            stamps: Vec::new(),
            signatures: Vec::new(),
            certified_copy: CertifiedCopy::default(),
            marks: None,
            coloured: false,
            words: 0,
        }
    }
}

impl Facts {
    /// The facts of a file from those of its pages, in their order. The surest page says what the file is; a
    /// valid zone goes before one whose check digits fail.
    #[must_use]
    pub fn of_pages(pages: impl IntoIterator<Item = Self>) -> Option<Self> {
        pages.into_iter().reduce(|mut file, page| {
            if page.kind.code != "other" && (file.kind.code == "other" || page.kind.confidence > file.kind.confidence) {
                file.kind = page.kind;
            }
            file.dates.extend(page.dates);
            file.unread.extend(page.unread);
            file.mrz = match (file.mrz, page.mrz) {
                (Some(one), Some(other)) => Some(if other.valid && !one.valid { other } else { one }),
                (one, other) => one.or(other),
            };
            file.ibans.extend(page.ibans);
            file.amounts.extend(page.amounts);
            file.unread_sums.extend(page.unread_sums);
            file.numbers.extend(page.numbers);
            file.stamps.extend(page.stamps);
            file.signatures.extend(page.signatures);
            file.certified_copy.phrase |= page.certified_copy.phrase;
            file.certified_copy.stamp |= page.certified_copy.stamp;
            // A page nobody looked at may bear what the others lack.
            file.marks = file.marks.zip(page.marks).map(|(one, other)| MarksSeen {
                stamp: one.stamp.max(other.stamp),
                signature: one.signature.max(other.signature),
            });
            file.coloured |= page.coloured;
            file.words += page.words;
            file
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_page_names_the_file() {
        let page = |code: &str, confidence| Facts {
            kind: KindFact { code: code.to_owned(), confidence },
            words: 10,
            ..Facts::default()
        };
        let file = Facts::of_pages([page("other", 0.9), page("hospital-bill", 0.6), page("policy", 0.5)]).unwrap();
        assert_eq!((file.kind.code.as_str(), file.words), ("hospital-bill", 30));
        assert_eq!(Facts::of_pages([]), None);
    }

    #[test]
    fn a_file_of_several_papers_falls_into_them() {
        let kind = |code: &str, confidence| KindFact { code: code.to_owned(), confidence };
        let kinds = [kind("policy", 0.95), kind("other", 0.0), kind("hospital-bill", 0.97), kind("policy", 0.5)];
        let parts = parts((0..).zip(&kinds));
        let told: Vec<(u32, u32, Option<&str>)> =
            parts.iter().map(|part| (part.first, part.last, part.slot.as_deref())).collect();
        assert_eq!(told, [(0, 1, Some("policy")), (2, 3, Some("hospital-bill"))]);
        let one = [kind("policy", 0.95), kind("policy", 0.9), kind("other", 0.2)];
        assert!(super::parts((0..).zip(&one)).is_empty());
    }

    #[test]
    fn roles_are_the_words_of_the_contract() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.word()));
        }
    }
}
