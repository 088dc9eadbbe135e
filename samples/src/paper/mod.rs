//! Papers: what is printed, and where.

mod blocks;
mod free;
mod kinds;
mod sheet;
mod signature;
mod stamp;

#[cfg(test)]
pub(crate) use free::{DECOYS, SEALS, SIGNS};
pub(crate) use kinds::compose;
pub(crate) use sheet::{Anchor, Mark, Note, Sheet, Type};
pub(crate) use stamp::StampMark;

use serde::{Deserialize, Serialize};

use crate::error::SampleError;

macro_rules! kinds {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        /// What a paper is, by the closed list of the command line's contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant,)+
        }

        impl Kind {
            /// Every kind that can be drawn.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of the closed list.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

kinds! {
    OfficeLetter = "office-letter",
    Policy = "policy",
    Identity = "identity",
    AccidentReport = "accident-report",
    TrafficReport = "traffic-report",
    AdmissionRecord = "admission-record",
    DischargeSummary = "discharge-summary",
    HospitalBill = "hospital-bill",
    CashReceipt = "cash-receipt",
    PharmacyInvoice = "pharmacy-invoice",
    ImagingReport = "imaging-report",
    DeathCertificate = "death-certificate",
    BankSlip = "bank-slip",
    DrivingLicence = "driving-licence",
    WorkAccidentReport = "work-accident-report",
    WorkPermit = "work-permit",
    LocalTestimony = "local-testimony",
    JudicialLetter = "judicial-letter",
    OperationNote = "operation-note",
    TreatmentEnd = "treatment-end-certificate",
    DisabilityOpinion = "disability-opinion",
    DeathRegistration = "death-registration",
    BurialPermit = "burial-permit",
    BodyExamination = "body-examination",
    Inheritance = "inheritance-certificate",
    Guardianship = "guardianship",
    KinshipProof = "kinship-proof",
    PowerOfAttorney = "power-of-attorney",
    Translation = "translation",
    IdCancellation = "id-cancellation",
    Other = "other",
}

impl Kind {
    /// The kinds that the first sets were drawn of. A wish that names none means these, so that the pages of a seed
    /// stay what they were when more kinds are added to the end.
    pub const FIRST: &'static [Self] = Self::ALL.split_at(13).0;

    /// Whether such a paper is only written when somebody has died.
    pub(crate) fn of_a_death(self) -> bool {
        matches!(
            self,
            Self::DeathCertificate
                | Self::DeathRegistration
                | Self::BurialPermit
                | Self::BodyExamination
                | Self::Inheritance
                | Self::IdCancellation
        )
    }
}

/// Layouts of each kind: boxed, letterhead, and form.
pub const LAYOUTS: u8 = 3;

impl std::str::FromStr for Kind {
    type Err = SampleError;

    fn from_str(word: &str) -> Result<Self, SampleError> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| SampleError::Unknown { what: "kind", name: word.to_owned() })
    }
}

/// Size of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 210 × 148 mm, lying.
    A5,
    /// 125 × 88 mm, the data page of a passport.
    Passport,
}

impl PaperSize {
    /// Width and height in points (1/72 inch).
    #[must_use]
    pub fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::A5 => (595.28, 419.53),
            Self::Passport => (354.33, 249.45),
        }
    }

    /// The word used in truth files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::Passport => "pp",
        }
    }
}

impl Kind {
    /// The sheet a kind is printed on in a layout.
    #[must_use]
    pub fn size(self, variant: u8) -> PaperSize {
        match self {
            Self::Identity => PaperSize::Passport,
            Self::CashReceipt | Self::DrivingLicence | Self::WorkPermit => PaperSize::A5,
            Self::BankSlip | Self::PharmacyInvoice | Self::BurialPermit if variant != 1 => PaperSize::A5,
            _ => PaperSize::A4,
        }
    }
}
