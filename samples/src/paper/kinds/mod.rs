//! One drawing per kind of paper.

mod care;
mod court;
mod death;
mod hospital;
mod identity;
mod lay;
mod letters;
mod money;
mod other;
mod registry;
mod reports;
mod work;

use crate::chance::Draw;
use crate::paper::sheet::{Anchor, Field, Note, Type};
use crate::paper::{Kind, Sheet};
use crate::story::{Story, names};

/// Puts the paper of `kind` about `story` on the sheet.
pub(crate) fn compose(kind: Kind, sheet: &mut Sheet<'_>, story: &Story) {
    match kind {
        Kind::OfficeLetter => letters::office_letter(sheet, story),
        Kind::Policy => letters::policy(sheet, story),
        Kind::Identity => identity::passport(sheet, story),
        Kind::AccidentReport => reports::accident(sheet, story),
        Kind::TrafficReport => reports::traffic(sheet, story),
        Kind::AdmissionRecord => hospital::admission(sheet, story),
        Kind::DischargeSummary => hospital::discharge(sheet, story),
        Kind::ImagingReport => hospital::imaging(sheet, story),
        Kind::HospitalBill => money::bill(sheet, story),
        Kind::CashReceipt => money::receipt(sheet, story),
        Kind::PharmacyInvoice => money::pharmacy(sheet, story),
        Kind::BankSlip => money::bank_slip(sheet, story),
        Kind::DeathCertificate => death::certificate(sheet, story),
        Kind::DrivingLicence => work::licence(sheet, story),
        Kind::WorkAccidentReport => work::accident_report(sheet, story),
        Kind::WorkPermit => work::permit(sheet, story),
        Kind::LocalTestimony => registry::testimony(sheet, story),
        Kind::JudicialLetter => court::judicial(sheet, story),
        Kind::OperationNote => care::operation(sheet, story),
        Kind::TreatmentEnd => care::treatment_end(sheet, story),
        Kind::DisabilityOpinion => care::disability(sheet, story),
        Kind::DeathRegistration => registry::death(sheet, story),
        Kind::BurialPermit => registry::burial(sheet, story),
        Kind::BodyExamination => care::body(sheet, story),
        Kind::Inheritance => court::inheritance(sheet, story),
        Kind::Guardianship => court::guardianship(sheet, story),
        Kind::KinshipProof => registry::household(sheet, story),
        Kind::PowerOfAttorney => court::attorney(sheet, story),
        Kind::Translation => care::translation(sheet, story),
        Kind::IdCancellation => registry::cancelled(sheet, story),
        Kind::Other => other::other(sheet, story),
    }
}

/// The person as most papers name them.
fn person_fields(sheet: &Sheet<'_>, story: &Story, with_birth: bool) -> Vec<Field> {
    let person = &story.person;
    let mut fields = vec![
        Field::new("نام و نام خانوادگی", person.name()),
        Field::new("نام پدر", person.father),
        Field::new("تابعیت", person.land),
        Field::new("شماره گذرنامه", person.passport.as_str()),
        Field::new("جنسیت", if person.woman { "زن" } else { "مرد" }),
    ];
    if with_birth {
        fields.push(sheet.dated_in("تاریخ تولد", "birth", person.birth, crate::calendar::Calendar::Gregorian));
    }
    fields
}

/// A cell of a table.
fn cell(text: impl Into<String>) -> Field {
    Field::new("", text)
}

/// A sum in a cell.
fn money_cell(sheet: &Sheet<'_>, name: &'static str, rials: u64) -> Field {
    Field { label: "", value: sheet.digits.money(rials), note: Note::Amount { name, rials } }
}

/// The foot of a paper: who signs, the signature, and the issuer's stamp over or beside it.
fn foot(sheet: &mut Sheet<'_>, role: &str, stamp: &[String]) {
    let name = format!("{role}: {}", sheet.rng.pick(&names::OFFICIALS));
    // The foot needs room for a stamp; the small print stands in the margin below.
    let low = sheet.height - sheet.margin - 62.0;
    let y = sheet.y + sheet.size * 2.6;
    sheet.overrun = (y - low).max(0.0);
    let left = sheet.variant != 1;
    let centre = sheet.margin + sheet.measure() * if left { 0.2 } else { 0.5 };
    sheet.line();
    let style = Type { bold: sheet.bold_labels, ..sheet.plain() };
    sheet.text(centre, y, Anchor::Middle, style, sheet.measure() * 0.4, &name, Note::Plain);
    if sheet.free.is_some() {
        sheet.free_foot(centre, y, stamp);
        sheet.y = y + 40.0;
        return;
    }
    let (w, h) = (sheet.rng.real(55.0, 95.0), sheet.rng.real(20.0, 34.0));
    let drift = sheet.rng.real(-8.0, 8.0);
    sheet.sign(centre + drift, y + 24.0, w, h);
    if !stamp.is_empty() {
        // Away from the side where a certifying stamp may stand.
        let side = if left { 1.0 } else { -1.0 };
        let aside = sheet.rng.real(30.0, 95.0) * side;
        let down = sheet.rng.real(18.0, 44.0);
        sheet.stamp(centre + aside, y + down, stamp);
    }
    sheet.y = y + 40.0;
}

/// Sometimes a copy: the stamp that certifies it, on the free side of the foot.
fn maybe_certified(sheet: &mut Sheet<'_>, odds: f64) {
    if sheet.free.is_some() {
        sheet.free_certify();
    } else if sheet.rng.odds(odds) {
        let x = sheet.margin + sheet.measure() * sheet.rng.real(0.74, 0.86);
        let y = (sheet.y - 8.0).min(sheet.height - sheet.margin - 30.0);
        sheet.certify(x, y);
    }
}

/// A small grey line at the foot of the page.
fn small_print(sheet: &mut Sheet<'_>, text: &str) {
    let style = Type { size: sheet.size * 0.8, colour: crate::paper::sheet::GREY, ..sheet.plain() };
    let y = sheet.height - sheet.margin * 0.6;
    let (x, room) = (sheet.width / 2.0, sheet.measure());
    sheet.line();
    sheet.text(x, y, Anchor::Middle, style, room, text, Note::Plain);
}
