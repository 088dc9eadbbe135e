//! The certificate of death.

use super::{foot, maybe_certified, person_fields, small_print};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::Story;

/// The certificate. A story without a death is told as if the patient had died at discharge.
pub(super) fn certificate(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let issuer = ["سازمان پزشکی قانونی کشور".to_owned(), format!("مرکز شهرستان {}", story.town)];
    let number = sheet.rng.digits(8);
    let refs =
        vec![Field::new("شماره گواهی", sheet.digits.show(&number)), sheet.dated("تاریخ صدور", "issue", died.plus(1))];
    sheet.heading(Heading { issuer: &issuer, title: "گواهی فوت", refs });
    sheet.section("مشخصات متوفی");
    let mut fields = person_fields(sheet, story, true);
    fields.push(sheet.dated("تاریخ فوت", "death", died));
    fields.push(Field::new("محل فوت", format!("بیمارستان {}", story.hospital)));
    sheet.fields(fields);
    sheet.section("علت فوت");
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let text = format!(
        "علت اصلی: {}. علت زمینه‌ای: {} در تاریخ {day}. گواهی می‌شود نامبرده پس از معاینه جسد فوت‌شده تشخیص داده شد و جواز دفن با رعایت مقررات بلامانع است.",
        story.injury, story.mishap
    );
    sheet.paragraph(&text);
    let code = sheet.rng.digits(6);
    let fields = vec![
        sheet.dated("تاریخ حادثه", "accident", story.accident),
        Field::new("کد نظام پزشکی", sheet.digits.show(&code)),
    ];
    sheet.fields(fields);
    foot(sheet, "پزشک صادرکننده: دکتر", &["پزشکی قانونی".to_owned(), story.town.to_owned()]);
    maybe_certified(sheet, 0.7);
    small_print(sheet, "هرگونه خدشه و قلم‌خوردگی موجب بی‌اعتباری این گواهی است.");
}
