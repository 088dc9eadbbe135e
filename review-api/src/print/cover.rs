//! The sheet that lies on top of the originals: the claim's number to be read by a camera, and the papers in order.

use qrcode::{Color, QrCode};

use super::PrintError;
use super::lines::number as ltr;
use super::sheet::{Align, Cell, Sheet};
use crate::claim::{ClaimDetail, ClaimState, DocumentDetail, DocumentState};
use crate::i18n::{self, Lang, msg};
use crate::views::{claim_acts, terms};

/// Sizes of letters, points.
const TITLE: f32 = 16.0;
const BODY: f32 = 11.0;

/// Side of the pattern with the claim's number, points.
const CODE_SIDE: f32 = 96.0;

/// Light dots around the pattern: it is not read without.
const QUIET: usize = 4;

/// Shares of the table's columns: number, paper, form, pages, tick of the office, tick of the post desk.
const COLUMNS: [f32; 6] = [0.07, 0.37, 0.26, 0.08, 0.11, 0.11];

/// The cover sheet of this claim.
///
/// # Errors
/// When it cannot be put together.
pub fn cover(claim: &ClaimDetail) -> Result<Vec<u8>, PrintError> {
    let lang = Lang::Fa;
    let say = |key: &str| i18n::text(lang, key, &[]);
    let fill = |key: &str, name: &str, value: &str| i18n::text(lang, key, &[(name, value.into())]);
    let mut sheet = Sheet::new()?;
    code(&mut sheet, &claim.summary.number)?;
    sheet.text(&say(msg("cover-title")), TITLE, true, Align::Start)?;
    let number = ltr(&lang.digits(&claim.summary.number));
    sheet.text(&fill(msg("cover-number"), "number", &number), TITLE, true, Align::Start)?;
    sheet.text(&fill(msg("cover-name"), "name", &claim.insured.name), BODY, false, Align::Start)?;
    sheet.text(&fill(msg("cover-office"), "office", &claim.summary.office_name_fa), BODY, false, Align::Start)?;
    // A parcel that was opened counts only where no other is awaited.
    let awaited = claim.summary.state == ClaimState::AwaitingPost;
    let tracking = claim.parcels.first().filter(|parcel| !awaited || parcel.received_at.is_none());
    let tracking = tracking.map_or_else(|| "………………………………………………".to_owned(), |parcel| ltr(&parcel.tracking));
    sheet.text(&fill(msg("cover-tracking"), "number", &tracking), BODY, false, Align::Start)?;
    sheet.gap(14.0);
    sheet.text(&say(msg("cover-lead")), BODY, false, Align::Start)?;
    sheet.gap(6.0);
    let heads = [
        msg("cover-column-number"),
        msg("cover-column-paper"),
        msg("cover-column-form"),
        msg("cover-column-pages"),
        msg("cover-column-put"),
        msg("cover-column-here"),
    ];
    let cells: Vec<Cell> = heads.iter().zip(COLUMNS).map(|(key, share)| Cell::text(share, say(key))).collect();
    sheet.row(&cells, BODY, true)?;
    let mut place = 0;
    for line in &claim.checklist {
        let approved = |state| state == DocumentState::Approved;
        for paper in claim.documents.iter().filter(|paper| paper.slot == line.slot && approved(paper.state)) {
            place += 1;
            let marks: Vec<String> = claim_acts::marks(line).into_iter().map(say).collect();
            let pages = paper.current.as_ref().map_or(1, |version| version.summary.pages.len().max(1));
            let pages = lang.number(i64::try_from(pages).unwrap_or(1));
            let [number, name, form, count, put, here] = COLUMNS;
            let cells = [
                Cell::text(number, lang.number(place)),
                Cell::text(name, [say(&terms::slot_key(&line.slot)), sheet_of(lang, paper)].join("")),
                Cell::text(form, marks.join("، ")),
                Cell::text(count, pages),
                Cell::tick(put),
                Cell::tick(here),
            ];
            sheet.row(&cells, BODY, false)?;
        }
    }
    sheet.gap(12.0);
    sheet.text(&say(msg("cover-foot")), BODY, false, Align::Start)?;
    sheet.finish()
}

/// Which of several papers of a slot it is.
fn sheet_of(lang: Lang, paper: &DocumentDetail) -> String {
    let words = [("place", paper.position.into()), ("count", paper.sheets.into())];
    if paper.sheets > 1 { format!(" — {}", i18n::text(lang, msg("sheet-of"), &words)) } else { String::new() }
}

/// The claim's number as a pattern that a camera reads.
fn code(sheet: &mut Sheet, number: &str) -> Result<(), PrintError> {
    let code = QrCode::new(number).map_err(|_| PrintError::Write)?;
    let (inner, colors) = (code.width(), code.to_colors());
    let across = inner + 2 * QUIET;
    let mut dark = vec![false; across * across];
    for (place, color) in colors.into_iter().enumerate() {
        let (row, column) = (place / inner + QUIET, place % inner + QUIET);
        dark[row * across + column] = color == Color::Dark;
    }
    sheet.pattern(&dark, across, CODE_SIDE);
    Ok(())
}
