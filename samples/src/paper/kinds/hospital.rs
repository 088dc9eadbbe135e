//! Papers of the hospital: admission, discharge, imaging.

use super::{foot, maybe_certified, person_fields, small_print};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::{Anchor, Field, Note, Type};
use crate::script::date;
use crate::story::Story;

fn head(sheet: &mut Sheet<'_>, story: &Story, title: &str, refs: Vec<Field>) {
    let issuer =
        [format!("دانشگاه علوم پزشکی و خدمات بهداشتی درمانی {}", story.town), format!("بیمارستان {}", story.hospital)];
    sheet.heading(Heading { issuer: &issuer, title, refs });
}

fn record_number(sheet: &Sheet<'_>, story: &Story) -> Field {
    Field::new("شماره پرونده", sheet.digits.show(&story.record_number))
}

/// The admission record.
pub(super) fn admission(sheet: &mut Sheet<'_>, story: &Story) {
    let refs = vec![record_number(sheet, story), sheet.dated("تاریخ پذیرش", "admission", story.admitted)];
    head(sheet, story, "برگ پذیرش و شرح حال بیمار", refs);
    let mut fields = person_fields(sheet, story, true);
    fields.push(Field::new("ساعت مراجعه", sheet.digits.show(&story.hour)));
    fields.push(Field::new("نحوه مراجعه", *sheet.rng.pick(&["آمبولانس", "همراهان", "اورژانس ۱۱۵"])));
    fields.push(Field::new("بخش", *sheet.rng.pick(&["اورژانس", "ارتوپدی", "جراحی عمومی", "مراقبت‌های ویژه"])));
    sheet.fields(fields);
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    sheet.section("شکایت اصلی و شرح حال");
    let text = format!(
        "بیمار به دنبال {} در تاریخ {day} با شکایت از درد شدید و محدودیت حرکت به اورژانس آورده شده است. سابقه بیماری خاص و مصرف دارو را ذکر نمی‌کند.",
        story.mishap
    );
    sheet.paragraph(&text);
    sheet.section("معاینه و تشخیص اولیه");
    sheet.paragraph(&format!("تشخیص: {}. آزمایش خون و تصویربرداری درخواست و بیمار بستری گردید.", story.injury));
    let vital = format!(
        "فشار خون {}/{} نبض {} تنفس {} دما {}",
        sheet.rng.whole(100, 140),
        sheet.rng.whole(60, 90),
        sheet.rng.whole(70, 110),
        sheet.rng.whole(14, 22),
        sheet.rng.whole(36, 38)
    );
    let vital = sheet.digits.show(&vital);
    sheet.paragraph(&vital);
    foot(sheet, "پزشک اورژانس: دکتر", &[format!("بیمارستان {}", story.hospital), "پذیرش".to_owned()]);
    maybe_certified(sheet, 0.6);
}

/// The summary at discharge.
pub(super) fn discharge(sheet: &mut Sheet<'_>, story: &Story) {
    let refs = vec![
        record_number(sheet, story),
        sheet.dated("تاریخ پذیرش", "admission", story.admitted),
        sheet.dated("تاریخ ترخیص", "discharge", story.discharged),
    ];
    head(sheet, story, "خلاصه پرونده بیمار", refs);
    let fields = person_fields(sheet, story, false);
    sheet.fields(fields);
    sheet.section("تشخیص نهایی");
    sheet.paragraph(story.injury);
    sheet.section("اقدامات انجام‌شده و سیر بیماری");
    let days = sheet.digits.show(&(story.discharged.0 - story.admitted.0).to_string());
    let text = format!(
        "بیمار با سابقه {} بستری و پس از انجام اقدامات اولیه تحت درمان جراحی و دارویی قرار گرفت. طی {days} روز بستری علائم حیاتی پایدار بود و زخم عفونت نداشت.",
        story.mishap
    );
    sheet.paragraph(&text);
    sheet.section("وضعیت هنگام ترخیص و توصیه‌ها");
    if story.died.is_some() {
        sheet.paragraph("علی‌رغم اقدامات احیا، بیمار به علت شدت ضایعات فوت نمود و جسد به سردخانه تحویل گردید.");
    } else {
        sheet.paragraph("بیمار با حال عمومی خوب مرخص شد. مصرف داروها طبق نسخه، پرهیز از فعالیت سنگین به مدت شش هفته و مراجعه به درمانگاه دو هفته بعد توصیه گردید.");
    }
    foot(sheet, "پزشک معالج: دکتر", &[format!("بیمارستان {}", story.hospital), story.town.to_owned()]);
    maybe_certified(sheet, 0.6);
    small_print(sheet, "این برگه بدون مهر و امضای پزشک معالج معتبر نیست.");
}

const PARTS: [(&str, &str); 4] = [
    ("رادیوگرافی ساق پا", "X-RAY LEFT LEG AP/LAT"),
    ("سی‌تی‌اسکن مغز بدون تزریق", "BRAIN CT SCAN WITHOUT CONTRAST"),
    ("ام‌آر‌آی ستون فقرات کمری", "LUMBOSACRAL MRI"),
    ("سونوگرافی شکم و لگن", "ABDOMINOPELVIC SONOGRAPHY"),
];

const LATIN_FINDINGS: [&str; 6] = [
    "Displaced fracture of the shaft with mild angulation.",
    "No evidence of intracranial hemorrhage.",
    "Soft tissue swelling is noted.",
    "Joint space is preserved. No dislocation.",
    "Free fluid is not seen in the peritoneal cavity.",
    "Compression of the vertebral body, about 20 percent.",
];

/// The imaging report, its findings in Latin letters.
pub(super) fn imaging(sheet: &mut Sheet<'_>, story: &Story) {
    let refs = vec![record_number(sheet, story), sheet.dated("تاریخ انجام", "service", story.admitted)];
    head(sheet, story, "گزارش تصویربرداری", refs);
    let (part, latin) = *sheet.rng.pick(&PARTS);
    let mut fields = person_fields(sheet, story, false);
    fields.push(Field::new("نوع تصویربرداری", part));
    sheet.fields(fields);
    sheet.section("شرح گزارش");
    let text = format!("در بررسی انجام‌شده با توجه به سابقه {}، یافته‌ها به شرح زیر است:", story.mishap);
    sheet.paragraph(&text);
    let heading = Type { bold: true, ..sheet.plain() };
    sheet.down(1.2);
    latin_line(sheet, heading, latin);
    let first = sheet.rng.whole(0, LATIN_FINDINGS.len() as u32 - 1) as usize;
    let count = sheet.rng.whole(3, 5) as usize;
    for at in 0..count {
        sheet.down(1.0);
        latin_line(sheet, sheet.plain(), LATIN_FINDINGS[(first + at) % LATIN_FINDINGS.len()]);
    }
    sheet.section("نظریه");
    sheet.paragraph(&format!("نمای فوق با {} مطابقت دارد. تطبیق بالینی توصیه می‌شود.", story.injury));
    foot(sheet, "رادیولوژیست: دکتر", &["بخش تصویربرداری".to_owned(), format!("بیمارستان {}", story.hospital)]);
    maybe_certified(sheet, 0.3);
}

fn latin_line(sheet: &mut Sheet<'_>, style: Type, text: &str) {
    sheet.line();
    let (x, y, room) = (sheet.margin + 10.0, sheet.y, sheet.measure() - 10.0);
    sheet.text(x, y, Anchor::Left, style, room, text, Note::Plain);
}
