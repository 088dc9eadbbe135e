//! Who may do what, and how far: one table, role by action, which every handler asks.
//!
//! The answer is never a bare yes. It says how far the permission reaches: the own policy, the
//! own office, everything, or nothing. Whoever asks [`require`] gets the reach and holds it
//! against the row it is about with [`Reach::covers`].

use super::{Actor, Role};
use crate::claim::words::words;
use crate::store::ids::{InsuredId, OfficeId};

words! {
    /// What somebody may want to do.
    Action {
        /// See claims: their lists, their facts, their notes; no pictures.
        SeeClaims = "see-claims",
        /// See pages and files of papers.
        SeePictures = "see-pictures",
        /// Open a claim.
        OpenClaim = "open-claim",
        /// Change a draft, explain a missing paper, raise the type.
        EditClaim = "edit-claim",
        /// Delete a claim that is not payable, and bring it back.
        DeleteClaim = "delete-claim",
        /// Send a paper into a slot.
        UploadPaper = "upload-paper",
        /// Send the claim to the experts.
        SubmitClaim = "submit-claim",
        /// Write a note that both sides read.
        WriteNote = "write-note",
        /// Write and read notes that stay inside the company.
        WriteInternalNote = "write-internal-note",
        /// See insured persons and dependants.
        SeeInsured = "see-insured",
        /// Register and change insured persons and dependants.
        RegisterInsured = "register-insured",
        /// See the queue and the desk.
        SeeQueue = "see-queue",
        /// Take claims, decide papers, propose an outcome.
        DecidePaper = "decide-paper",
        /// Be the second person of a refusal.
        ConfirmRefusal = "confirm-refusal",
        /// Reopen a claim, take an approval back, give a claim to another expert.
        ReopenClaim = "reopen-claim",
        /// Say that the originals were posted.
        PostOriginals = "post-originals",
        /// Say which originals arrived.
        ReceiveOriginals = "receive-originals",
        /// Say that money was paid or came back.
        RecordPayment = "record-payment",
        /// See the office's own front page with its figures.
        SeeDashboard = "see-dashboard",
        /// See reports.
        SeeReports = "see-reports",
        /// Change rules and priorities.
        EditRules = "edit-rules",
        /// Write to everybody, a role or an office.
        WriteMessages = "write-messages",
        /// Add, disable and reset people of the office.
        ManageOfficeUsers = "manage-office-users",
        /// Add, disable and reset anybody.
        ManageUsers = "manage-users",
        /// Bring a register of policies.
        ImportPolicies = "import-policies",
        /// See the record of acts.
        SeeAudit = "see-audit",
    }

    /// How far a role's permission reaches.
    Scope {
        /// Not at all.
        Nothing = "none",
        /// To the own policy.
        OwnPolicy = "own-policy",
        /// To the own office.
        OwnOffice = "own-office",
        /// To everything.
        All = "all",
    }
}

/// The table: how far this role's permission for this action reaches.
#[must_use]
pub const fn scope(role: Role, action: Action) -> Scope {
    use Role::{Admin, Clerk, Expert, Finance, Individual, Manager, OfficeManager, PostDesk, SeniorExpert};
    match action {
        // An admin keeps accounts, rules and messages and needs no claim for it.
        Action::SeeClaims => match role {
            Individual => Scope::OwnPolicy,
            Clerk | OfficeManager => Scope::OwnOffice,
            Expert | SeniorExpert | Manager | PostDesk | Finance => Scope::All,
            Admin => Scope::Nothing,
        },
        // Who pays needs the sum and the account, not the medical papers.
        Action::SeePictures => match role {
            Individual => Scope::OwnPolicy,
            Clerk | OfficeManager => Scope::OwnOffice,
            Expert | SeniorExpert | Manager | PostDesk => Scope::All,
            Finance | Admin => Scope::Nothing,
        },
        Action::OpenClaim
        | Action::EditClaim
        | Action::DeleteClaim
        | Action::UploadPaper
        | Action::SubmitClaim
        | Action::PostOriginals => match role {
            Individual => Scope::OwnPolicy,
            Clerk | OfficeManager => Scope::OwnOffice,
            _ => Scope::Nothing,
        },
        Action::WriteNote => match role {
            Individual => Scope::OwnPolicy,
            Clerk | OfficeManager => Scope::OwnOffice,
            Expert | SeniorExpert | Manager | PostDesk => Scope::All,
            Finance | Admin => Scope::Nothing,
        },
        Action::WriteInternalNote => match role {
            Expert | SeniorExpert | Manager | PostDesk | Finance => Scope::All,
            _ => Scope::Nothing,
        },
        Action::SeeInsured => match role {
            Individual => Scope::OwnPolicy,
            Clerk | OfficeManager => Scope::OwnOffice,
            Expert | SeniorExpert | Manager => Scope::All,
            PostDesk | Finance | Admin => Scope::Nothing,
        },
        Action::RegisterInsured | Action::SeeDashboard => match role {
            Clerk | OfficeManager => Scope::OwnOffice,
            _ => Scope::Nothing,
        },
        Action::SeeQueue => match role {
            Expert | SeniorExpert | Manager => Scope::All,
            _ => Scope::Nothing,
        },
        Action::DecidePaper => match role {
            Expert | SeniorExpert => Scope::All,
            _ => Scope::Nothing,
        },
        Action::ConfirmRefusal | Action::ReopenClaim => match role {
            SeniorExpert | Manager => Scope::All,
            _ => Scope::Nothing,
        },
        Action::ReceiveOriginals => match role {
            PostDesk => Scope::All,
            _ => Scope::Nothing,
        },
        Action::RecordPayment => match role {
            Finance => Scope::All,
            _ => Scope::Nothing,
        },
        Action::SeeReports => match role {
            Clerk | OfficeManager => Scope::OwnOffice,
            Expert | SeniorExpert | Manager => Scope::All,
            _ => Scope::Nothing,
        },
        Action::WriteMessages | Action::EditRules | Action::SeeAudit => match role {
            Manager | Admin => Scope::All,
            _ => Scope::Nothing,
        },
        Action::ManageOfficeUsers => match role {
            OfficeManager => Scope::OwnOffice,
            Admin => Scope::All,
            _ => Scope::Nothing,
        },
        Action::ManageUsers | Action::ImportPolicies => match role {
            Admin => Scope::All,
            _ => Scope::Nothing,
        },
    }
}

/// How far this very person's permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach<'a> {
    /// Not at all.
    Nothing,
    /// To what belongs to this insured person.
    OwnPolicy(&'a InsuredId),
    /// To what belongs to this office.
    OwnOffice(&'a OfficeId),
    /// To everything.
    All,
}

impl Reach<'_> {
    /// Whether it reaches what belongs to this person of this office.
    #[must_use]
    pub fn covers(&self, office: &OfficeId, insured: &InsuredId) -> bool {
        match self {
            Self::Nothing => false,
            Self::OwnPolicy(own) => *own == insured,
            Self::OwnOffice(own) => *own == office,
            Self::All => true,
        }
    }

    /// Whether it reaches anything.
    #[must_use]
    pub const fn any(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// The table forbids it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct NotAllowed;

/// How far this person may do this. Somebody of an office without one, or an insured without a
/// policy, reaches nothing.
#[must_use]
pub fn may(actor: &Actor, action: Action) -> Reach<'_> {
    match scope(actor.role, action) {
        Scope::Nothing => Reach::Nothing,
        Scope::OwnPolicy => actor.insured.as_ref().map_or(Reach::Nothing, Reach::OwnPolicy),
        Scope::OwnOffice => actor.office.as_ref().map_or(Reach::Nothing, Reach::OwnOffice),
        Scope::All => Reach::All,
    }
}

/// As [`may`], refusing who may not at all.
///
/// # Errors
/// [`NotAllowed`].
pub fn require(actor: &Actor, action: Action) -> Result<Reach<'_>, NotAllowed> {
    Some(may(actor, action)).filter(Reach::any).ok_or(NotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_outside_the_company_reaches_beyond_the_own_office() {
        for &action in Action::ALL {
            assert!(matches!(scope(Role::Individual, action), Scope::Nothing | Scope::OwnPolicy), "{action}");
            for role in [Role::Clerk, Role::OfficeManager] {
                assert!(matches!(scope(role, action), Scope::Nothing | Scope::OwnOffice), "{role} {action}");
            }
        }
    }

    #[test]
    fn every_action_has_somebody_and_nobody_has_every_action() {
        for &action in Action::ALL {
            assert!(Role::ALL.iter().any(|&role| scope(role, action) != Scope::Nothing), "{action}");
        }
        for &role in Role::ALL {
            assert!(Action::ALL.iter().any(|&action| scope(role, action) == Scope::Nothing), "{role}");
        }
    }

    #[test]
    fn medical_pictures_stay_away_from_who_needs_none() {
        for role in [Role::Admin, Role::Finance] {
            assert_eq!(scope(role, Action::SeePictures), Scope::Nothing);
        }
    }

    #[test]
    fn whoever_decides_neither_sends_nor_pays() {
        for &role in Role::ALL {
            if scope(role, Action::DecidePaper) != Scope::Nothing {
                assert_eq!(scope(role, Action::UploadPaper), Scope::Nothing, "{role}");
                assert_eq!(scope(role, Action::RecordPayment), Scope::Nothing, "{role}");
            }
        }
    }
}
