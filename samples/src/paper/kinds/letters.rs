//! The bureau's letter and the policy.

use super::{cell, foot, maybe_certified, money_cell, person_fields, small_print};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::Story;

/// The letter of a bureau that announces the claim.
pub(super) fn office_letter(sheet: &mut Sheet<'_>, story: &Story) {
    let issuer = [story.office.to_owned(), format!("شهرستان {}", story.town)];
    let number = format!("{}/{}", sheet.rng.digits(4), sheet.rng.digits(2));
    let refs = vec![
        Field::new("شماره", sheet.digits.show(&number)),
        sheet.dated("تاریخ", "issue", story.submitted.plus(-2)),
        Field::new("پیوست", "دارد"),
    ];
    sheet.heading(Heading { issuer: &issuer, title: "معرفی‌نامه و اعلام خسارت", refs });
    sheet.section(&format!("به: شرکت {}", story.insurer));
    sheet.paragraph("موضوع: ارسال مدارک پزشکی");
    sheet.paragraph("با سلام و احترام");
    let person = &story.person;
    let respect = if person.woman { "خانم" } else { "آقای" };
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let text = format!(
        "به استحضار می‌رساند {respect} {} فرزند {} تبعه کشور {} که زیر نظر این دفتر بیمه گردیده است، در تاریخ {day} بر اثر {} در {} دچار حادثه شده و در بیمارستان {} تحت درمان قرار گرفته است.",
        person.name(),
        person.father,
        person.land,
        story.mishap,
        story.spot,
        story.hospital
    );
    sheet.paragraph(&text);
    sheet.paragraph("خواهشمند است دستور فرمایید مدارک پیوست بررسی و در خصوص پرداخت خسارت اقدام لازم معمول گردد.");
    sheet.down(0.5);
    let policy = sheet.digits.show(&story.policy);
    let fields = vec![
        Field::new("شماره گذرنامه", person.passport.as_str()),
        Field::new("شماره بیمه‌نامه", policy),
        sheet.dated("تاریخ حادثه", "accident", story.accident),
        Field::new("نوع خسارت", outcome_word(story)),
    ];
    sheet.fields(fields);
    if story.account_in_letter {
        let text = format!("لطفاً خسارت به شماره شبا {} واریز گردد.", story.iban);
        sheet.paragraph(&text);
    }
    let stamp = [story.office.to_owned(), story.town.to_owned()];
    foot(sheet, "مدیر دفتر", &stamp);
    small_print(sheet, "این نامه بدون مهر دفتر و امضای مدیر اعتبار ندارد.");
}

fn outcome_word(story: &Story) -> &'static str {
    match story.outcome {
        crate::story::Outcome::Injury => "جرح",
        crate::story::Outcome::Disability => "نقص عضو",
        crate::story::Outcome::Death => "فوت",
    }
}

const CONDITIONS: [&str; 6] = [
    "بیمه‌شده موظف است وقوع حادثه را حداکثر ظرف پنج روز کاری به بیمه‌گر اعلام نماید.",
    "ارائه اصل صورتحساب بیمارستان و قبض‌های صندوق برای پرداخت هزینه‌های پزشکی الزامی است.",
    "حوادث ناشی از عمد، نزاع و مصرف مواد مخدر در تعهد بیمه‌گر نیست.",
    "این بیمه‌نامه تنها در قلمرو جمهوری اسلامی ایران معتبر است.",
    "مدارک فوتی باید به تأیید مرجع صادرکننده رسیده باشد.",
    "تغییر مشخصات بیمه‌شده فقط با صدور الحاقیه معتبر خواهد بود.",
];

/// The policy.
pub(super) fn policy(sheet: &mut Sheet<'_>, story: &Story) {
    let issuer = [format!("شرکت {}", story.insurer), "سهامی عام".to_owned()];
    let policy = sheet.digits.show(&story.policy);
    let refs = vec![Field::new("شماره بیمه‌نامه", policy), sheet.dated("تاریخ صدور", "issue", story.policy_issued)];
    sheet.heading(Heading {
        issuer: &issuer, title: "بیمه‌نامه حوادث و درمان اتباع خارجی", refs
    });
    let mut fields = person_fields(sheet, story, true);
    fields.push(sheet.dated("شروع پوشش", "cover-from", story.cover_from));
    fields.push(sheet.dated("پایان پوشش", "cover-to", story.cover_to));
    fields.push(Field::new("دفتر صادرکننده", story.office));
    sheet.fields(fields);
    let base = u64::from(sheet.rng.whole(8, 40)) * 100_000_000;
    let rows: Vec<Vec<Field>> = [
        ("فوت ناشی از حادثه", base, "0"),
        ("نقص عضو و ازکارافتادگی دائم", base / 4 * 3, "0"),
        ("هزینه‌های پزشکی ناشی از حادثه", base / 4, "10"),
        ("بستری و جراحی", base / 8, "20"),
    ]
    .into_iter()
    .map(|(what, limit, share)| {
        let share = sheet.digits.show(share);
        vec![cell(what), money_cell(sheet, "limit", limit), cell(format!("{share} درصد"))]
    })
    .collect();
    sheet.table(&[("پوشش", 0.46), ("سقف تعهد (ریال)", 0.32), ("فرانشیز", 0.22)], &rows);
    sheet.section("شرایط خصوصی");
    let count = sheet.rng.whole(3, 5) as usize;
    let first = sheet.rng.whole(0, CONDITIONS.len() as u32 - 1) as usize;
    for at in 0..count {
        let number = sheet.digits.show(&(at + 1).to_string());
        sheet.paragraph(&format!("{number}- {}", CONDITIONS[(first + at) % CONDITIONS.len()]));
    }
    let premium = u64::from(sheet.rng.whole(20, 160)) * 500_000;
    let agent = sheet.rng.digits(5);
    let fields = vec![sheet.sum("حق بیمه", "premium", premium), Field::new("کد نماینده", sheet.digits.show(&agent))];
    sheet.fields(fields);
    let stamp = [story.insurer.to_owned(), "صدور بیمه‌نامه".to_owned()];
    foot(sheet, "مسئول صدور", &stamp);
    maybe_certified(sheet, 0.5);
}
