//! The data page of a passport (ICAO Doc 9303: visual zone above, machine-readable zone below).

use std::fmt::Write as _;

use crate::calendar::{Calendar, Day};
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::{Anchor, GREY, INK, Note, Type};
use crate::script::passport_date;
use crate::story::Story;

const WASHES: [(&str, &str); 4] =
    [("#b9dfc6", "#d9c3e6"), ("#c3d7ee", "#eecfc3"), ("#e9d7b0", "#c9dcc4"), ("#d5d5ee", "#f0d9e4")];

/// Fine wavy lines under everything, as a guard against copying.
fn guilloche(sheet: &mut Sheet<'_>) {
    let (one, two) = *sheet.rng.pick(&WASHES);
    let lift = sheet.rng.real(3.0, 7.0);
    let lines = 26;
    for at in 0..lines {
        let y = sheet.height * (at as f32 + 0.5) / lines as f32;
        let colour = if at % 2 == 0 { one } else { two };
        let step = sheet.width / 6.0;
        let _ = write!(
            sheet.svg,
            r#"<path d="M0 {y:.1}q{:.1} {:.1} {step:.1} 0t{step:.1} 0t{step:.1} 0t{step:.1} 0t{step:.1} 0t{step:.1} 0" fill="none" stroke="{colour}" stroke-width="0.7"/>"#,
            step / 2.0,
            if at % 2 == 0 { lift } else { -lift },
        );
    }
}

/// A plain portrait: a head and shoulders.
fn portrait(sheet: &mut Sheet<'_>, x: f32, y: f32, w: f32, h: f32) {
    let skin = *sheet.rng.pick(&["#b98a68", "#c99e7c", "#a87854"]);
    let coat = *sheet.rng.pick(&["#34495e", "#5b3a6e", "#2f4f4f", "#444444"]);
    let hair = *sheet.rng.pick(&["#241a14", "#3a2a20", "#555555"]);
    sheet.frame(x, y, w, h, 0.6, GREY, "#d4dde4");
    let (cx, head) = (x + w / 2.0, y + h * 0.42);
    let _ = write!(
        sheet.svg,
        r#"<path d="M{:.1} {:.1}Q{cx:.1} {:.1} {:.1} {:.1}Z" fill="{coat}"/><ellipse cx="{cx:.1}" cy="{:.1}" rx="{:.1}" ry="{:.1}" fill="{hair}"/><ellipse cx="{cx:.1}" cy="{head:.1}" rx="{:.1}" ry="{:.1}" fill="{skin}"/>"#,
        x + w * 0.04,
        y + h,
        y + h * 0.45,
        x + w * 0.96,
        y + h,
        head - h * 0.05,
        w * 0.29,
        h * 0.27,
        w * 0.24,
        h * 0.22,
    );
}

/// One labelled entry of the visual zone.
struct Entry {
    label: &'static str,
    value: String,
    note: Note,
}

fn entry(label: &'static str, value: impl Into<String>) -> Entry {
    Entry { label, value: value.into(), note: Note::Plain }
}

fn day_entry(label: &'static str, role: &'static str, day: Day) -> Entry {
    Entry { label, value: passport_date(day), note: Note::Date { role, day, calendar: Calendar::Gregorian } }
}

/// The data page.
pub(super) fn passport(sheet: &mut Sheet<'_>, story: &Story) {
    let person = &story.person;
    guilloche(sheet);
    let value = Type { size: 9.2, bold: true, colour: INK, typewriter: false };
    let label = Type { size: 6.2, bold: false, colour: GREY, typewriter: false };
    sheet.line();
    let middle = sheet.width / 2.0;
    let head = Type { size: 10.5, ..value };
    sheet.text(middle, 22.0, Anchor::Middle, head, sheet.width * 0.85, person.land_latin, Note::Plain);
    let bilingual = sheet.variant != 1;
    if bilingual {
        let title = format!("گذرنامه {}", person.land);
        sheet.line();
        sheet.text(middle, 36.0, Anchor::Middle, head, 200.0, &title, Note::Plain);
    }
    let entries = [
        entry("Type", "P"),
        entry("Country code", person.land_code),
        entry("Passport No", person.passport.as_str()),
        entry("Surname", person.surname_latin),
        entry("Given names", person.given_latin),
        entry("Father name", person.father_latin),
        day_entry("Date of birth", "birth", person.birth),
        entry("Sex", if person.woman { "F" } else { "M" }),
        day_entry("Date of issue", "issue", person.passport_issued),
        day_entry("Date of expiry", "expiry", person.passport_expires),
    ];
    let photo_right = sheet.variant == 2;
    let (photo_w, photo_h) = (86.0, 108.0);
    let photo_x = if photo_right { sheet.width - 18.0 - photo_w } else { 18.0 };
    portrait(sheet, photo_x, 48.0, photo_w, photo_h);
    let left = if photo_right { 20.0 } else { 118.0 };
    let columns = if sheet.variant == 1 { 1 } else { 2 };
    let column = 112.0;
    for (at, item) in entries.iter().enumerate() {
        let (row, col) = (at / columns, at % columns);
        let x = left + col as f32 * column;
        let step = if columns == 2 { 24.5 } else { 13.6 };
        let y = 56.0 + row as f32 * step;
        sheet.line();
        let (vx, vy) = if columns == 2 { (x, y + 10.0) } else { (x + 62.0, y) };
        sheet.text(x, y, Anchor::Left, label, column - 6.0, item.label, Note::Plain);
        sheet.text(vx, vy, Anchor::Left, value, column - 6.0, &item.value, item.note.clone());
    }
    let zone = Type { size: 11.4, bold: false, colour: INK, typewriter: true };
    let room = sheet.width - 36.0;
    for (at, text) in person.mrz().iter().enumerate() {
        sheet.line();
        sheet.text(18.0, sheet.height - 36.0 + at as f32 * 19.0, Anchor::Left, zone, room, text, Note::Zone);
    }
    if sheet.free.is_some() {
        sheet.y = sheet.height * 0.62;
        sheet.free_certify();
    } else if sheet.rng.odds(0.4) {
        let (x, y) = (sheet.rng.real(210.0, 290.0), sheet.rng.real(120.0, 165.0));
        sheet.certify(x, y);
    }
}
