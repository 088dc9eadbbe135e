//! Invented papers for the demonstration: readable, stamped, each unlike the others, and marked as what they are.

use sha2::{Digest, Sha256};

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

/// Units, cities and remarks of which a paper names one each.
const UNITS: [&str; 8] = [
    "پذیرش نمونه",
    "بایگانی مرکزی",
    "امور بیماران",
    "دفتر همکاری‌ها",
    "مددکاری",
    "حسابداری نمونه",
    "روابط عمومی",
    "پاسخ‌گویی",
];
const CITIES: [&str; 8] = ["مشهد", "تهران", "کرج", "اصفهان", "شیراز", "قم", "یزد", "کرمان"];
const REMARKS: [&str; 8] = [
    "پرونده با حضور مراجعه‌کننده تکمیل شد.",
    "یک نسخه به همراه بیمار سپرده شد.",
    "پیوست‌ها جداگانه شماره خورده است.",
    "مراجعهٔ دوم برای دریافت نتیجه بوده است.",
    "نشانی تازه در سامانه ثبت شد.",
    "مترجم در هنگام مراجعه همراه بود.",
    "اصل برگه نزد صادرکننده مانده است.",
    "تماس تلفنی برای پیگیری انجام شد.",
];

/// What stands on a paper besides: as papers in life, those of two people differ in more than a name.
fn particulars(number: &str, place: usize) -> [String; 5] {
    let chance = Sha256::digest(format!("{number}/{place}"));
    let of = |list: [&'static str; 8], at: usize| list[usize::from(chance[at]) % list.len()];
    let digits = |at: usize, many: u32| {
        let value = chance[at..at + 4].iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
        let least = 10_u32.pow(many - 1);
        Lang::Fa.digits(&(least + value % (9 * least)).to_string())
    };
    [
        format!("واحد صادرکننده: {}، {}", of(UNITS, 0), of(CITIES, 1)),
        format!("کد بایگانی: {}", digits(2, 8)),
        format!("اتاق {}، قفسهٔ {}", digits(6, 3), digits(10, 2)),
        format!("داخلی {}، صندوق {}", digits(14, 4), digits(18, 5)),
        format!("توضیح: {}", of(REMARKS, 22)),
    ]
}

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
    for line in particulars(number, place) {
        sheet.text(&line, BODY, false, Align::Start)?;
    }
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
