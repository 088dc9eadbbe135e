//! Faults planted into otherwise sound claims, one at a time, so that a claim and its twin differ in nothing else.

use serde::Serialize;

use crate::paper::Kind;
use crate::story::{Outcome, Story};

macro_rules! faults {
    ($($(#[$doc:meta])* $variant:ident = $word:literal => [$($code:literal),+]),+ $(,)?) => {
        /// A fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Fault {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The reason codes that name it.
            #[must_use]
            pub fn codes(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($code),+]),+ }
            }
        }
    };
}

faults! {
    /// The police report is about another day.
    OtherAccident = "other-accident" => ["DAT-MISM"],
    /// The hospital admitted the patient before the accident.
    TreatedBefore = "treated-before" => ["DAT-BEFO"],
    /// The bill is older than the admission.
    BillFirst = "bill-first" => ["DAT-ORDR"],
    /// The death lies before the accident.
    DiedBefore = "died-before" => ["DAT-DETH"],
    /// The first visit was late.
    LateVisit = "late-visit" => ["DAT-LATE"],
    /// The cover had ended; neither end of it is declared.
    CoverEnded = "cover-ended" => ["DAT-COVR"],
    /// The bill is dated after the claim was sent.
    FutureBill = "future-bill" => ["DAT-FUTR"],
    /// The declared birth lies after the accident.
    Unborn = "unborn" => ["DAT-BIRT"],
    /// The passport had expired.
    Expired = "expired" => ["DAT-EXPI"],
    /// The policy was issued after the accident; its issue is not declared.
    PolicyLate = "policy-late" => ["POL-LATE"],
    /// The receipt is for another sum.
    OtherSum = "other-sum" => ["AMT-DIFF"],
    /// The letter names the account.
    AccountInLetter = "account-in-letter" => ["IBN-LETR"],
    /// The declared account number fails its check digits.
    BadAccount = "bad-account" => ["IBN-BAD"],
    /// The passport has another number.
    OtherPassport = "other-passport" => ["IDN-MISM"],
    /// A check digit of the zone is wrong.
    SpoiltZone = "spoilt-zone" => ["IDN-MRZ"],
    /// The bank's slip stands in the bill's place.
    WrongPaper = "wrong-paper" => ["TYP-WRONG"],
    /// Somebody crossed the day of discharge out until nobody can read it.
    CrossedOut = "crossed-out" => ["DAT-UNRD"],
    /// The copy of the policy bears no stamp.
    Unstamped = "unstamped" => ["STM-NONE"],
    /// The letter bears no signature.
    Unsigned = "unsigned" => ["SIG-NONE"],
    /// The admission record is said to be a certified copy and bears no stamp.
    Uncertified = "uncertified" => ["CRT-COPY"],
}

impl Fault {
    /// Whether a story can carry it.
    pub(crate) fn suits(self, story: &Story) -> bool {
        match self {
            Self::DiedBefore => story.outcome == Outcome::Death,
            // One paper would name the right day and excuse the other.
            Self::OtherAccident => !story.traffic,
            _ => true,
        }
    }

    /// Changes what a paper of `kind` prints.
    pub(crate) fn print(self, kind: Kind, story: &mut Story) {
        let hospital =
            matches!(kind, Kind::AdmissionRecord | Kind::DischargeSummary | Kind::HospitalBill | Kind::ImagingReport);
        match (self, kind) {
            (Self::OtherAccident, Kind::AccidentReport) => story.accident = story.accident.plus(-9),
            (Self::TreatedBefore, _) if hospital => story.admitted = story.accident.plus(-5),
            (Self::BillFirst, Kind::HospitalBill) => story.discharged = story.admitted.plus(-3),
            (Self::DiedBefore, Kind::DeathCertificate) => story.died = Some(story.accident.plus(-2)),
            (Self::LateVisit, _) if hospital => {
                story.admitted = story.accident.plus(9);
                story.discharged = story.admitted.plus(2);
            }
            (Self::LateVisit, Kind::CashReceipt | Kind::PharmacyInvoice) => story.discharged = story.accident.plus(11),
            (Self::CoverEnded, Kind::Policy) => {
                story.cover_to = story.accident.plus(-4);
                story.cover_from = story.cover_to.plus(-365);
                story.policy_issued = story.cover_from;
            }
            (Self::FutureBill, Kind::HospitalBill) => story.discharged = story.submitted.plus(6),
            (Self::Expired, Kind::Identity) => {
                story.person.passport_expires = story.accident.plus(-30);
                story.person.passport_issued = story.person.passport_expires.plus(-5 * 365);
            }
            (Self::PolicyLate, Kind::Policy) => story.policy_issued = story.accident.plus(2),
            (Self::OtherSum, Kind::CashReceipt) => story.insured_share += story.paid() / 4,
            (Self::AccountInLetter, Kind::OfficeLetter) => story.account_in_letter = true,
            (Self::OtherPassport, Kind::Identity) => {
                let last = if story.person.passport.ends_with('7') { '2' } else { '7' };
                story.person.passport.pop();
                story.person.passport.push(last);
            }
            (Self::SpoiltZone, Kind::Identity) => story.person.spoilt_zone = true,
            _ => {}
        }
    }

    /// The role of the dates that are crossed out on a paper of `kind`.
    pub(crate) fn crosses_out(self, kind: Kind) -> Option<&'static str> {
        (self == Self::CrossedOut && kind == Kind::DischargeSummary).then_some("discharge")
    }

    /// Whether a paper of `kind` bears no stamp.
    pub(crate) fn leaves_unstamped(self, kind: Kind) -> bool {
        matches!((self, kind), (Self::Unstamped, Kind::Policy) | (Self::Uncertified, Kind::AdmissionRecord))
    }

    /// Whether a paper of `kind` bears no signature.
    pub(crate) fn leaves_unsigned(self, kind: Kind) -> bool {
        (self, kind) == (Self::Unsigned, Kind::OfficeLetter)
    }

    /// Whether a paper of `kind` is said to be a certified copy whatever it bears.
    pub(crate) fn says_certified(self, kind: Kind) -> bool {
        (self, kind) == (Self::Uncertified, Kind::AdmissionRecord)
    }

    /// The kind of paper that is put where one of `kind` belongs.
    pub(crate) fn paper(self, kind: Kind) -> Kind {
        if self == Self::WrongPaper && kind == Kind::HospitalBill { Kind::BankSlip } else { kind }
    }
}
