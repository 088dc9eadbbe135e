//! Invented papers for the demonstration: readable, stamped, each unlike the others, and marked as what they are.

use crate::i18n::Lang;
use crate::print::{Align, PrintError, Sheet};

/// Sizes of letters, points.
const TITLE: f32 = 17.0;
const BODY: f32 = 12.5;

/// Sentences that fill a paper.
const FILL: [&str; 6] = [
    "این برگه برای آشنایی با سامانه ساخته شده و به هیچ شخص واقعی مربوط نیست.",
    "شرح رویداد، مشخصات مراجعه‌کننده و تاریخ‌ها در پروندهٔ نمونه ثبت شده است.",
    "مسئول رسیدگی پس از بررسی، نتیجه را در همین پرونده می‌نویسد.",
    "رونوشت این برگه در بایگانی نمونه نگهداری می‌شود.",
    "هرگونه خط‌خوردگی در این برگه آن را بی‌اعتبار می‌کند.",
    "شمارهٔ ثبت و تاریخ در بالای برگه آمده است.",
];

/// A paper with this title, about this person, of this claim; `place` makes it unlike its neighbours.
///
/// # Errors
/// When it cannot be put together.
pub(super) fn paper(title: &str, name: &str, number: &str, place: usize) -> Result<Vec<u8>, PrintError> {
    let mut sheet = Sheet::new()?;
    sheet.text(title, TITLE, true, Align::Middle)?;
    sheet.gap(12.0);
    let place_number = i64::try_from(place).unwrap_or(0);
    let register = Lang::Fa.digits(&format!("{number}/{place_number}"));
    sheet.text(&format!("شمارهٔ ثبت: {register}"), BODY, false, Align::Start)?;
    sheet.text(&format!("نام و نام خانوادگی: {name}"), BODY, false, Align::Start)?;
    sheet.gap(10.0);
    for round in 0..FILL.len() * 2 {
        let words = FILL[(round * (place % 3 + 1) + place) % FILL.len()];
        sheet.text(words, BODY, false, Align::Start)?;
        if (round + place) % 4 == 3 {
            sheet.gap(8.0);
            sheet.text(
                &format!("بند {}", Lang::Fa.digits(&(place_number % 9 + 1).to_string())),
                BODY,
                true,
                Align::Start,
            )?;
        }
    }
    sheet.gap(14.0);
    sheet.seal("مهر نمونه")?;
    sheet.finish()
}
