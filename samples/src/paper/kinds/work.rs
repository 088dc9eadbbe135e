//! Papers about work and driving: the inspector's report, the permit, the licence.

use super::lay::{Form, Part, lay, numbered};
use super::person_fields;
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::Story;

const FIRMS: [&str; 5] = [
    "شرکت ساختمانی پی‌افکن",
    "کارگاه بلوک‌زنی صدف",
    "تولیدی پوشاک ماهان",
    "دامداری نمونه کویر",
    "پیمانکاری راه و بنای آرتا",
];
const TRADES: [&str; 6] = ["کارگر ساده ساختمانی", "آرماتوربند", "گچ‌کار", "کارگر دامداری", "نگهبان", "جوشکار"];

/// The labour inspector's report.
pub(super) fn accident_report(sheet: &mut Sheet<'_>, story: &Story) {
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let firm = *sheet.rng.pick(&FIRMS);
    let refs = vec![numbered(sheet, "شماره", 6), sheet.dated("تاریخ گزارش", "report", story.accident.plus(6))];
    let workplace = vec![
        Field::new("نام کارگاه", firm),
        numbered(sheet, "کد کارگاه", 10),
        Field::new("نشانی کارگاه", story.spot),
        Field::new("نوع فعالیت", "ساختمانی"),
    ];
    let mut hurt = person_fields(sheet, story, false);
    hurt.push(Field::new("شغل", *sheet.rng.pick(&TRADES)));
    hurt.push(sheet.dated("تاریخ وقوع حادثه", "accident", story.accident));
    hurt.push(Field::new("ساعت حادثه", sheet.digits.show(&story.hour)));
    let form = Form {
        issuer: vec![
            "وزارت تعاون، کار و رفاه اجتماعی".to_owned(),
            format!("اداره کل تعاون، کار و رفاه اجتماعی {}", story.town),
        ],
        titles: ["گزارش حادثه ناشی از کار", "فرم بررسی حادثه ناشی از کار", "گزارش بازرسی حوادث کار"],
        refs,
        parts: vec![
            Part::Section("مشخصات کارگاه و کارفرما"),
            Part::Fields(workplace),
            Part::Section("مشخصات حادثه‌دیده"),
            Part::Fields(hurt),
            Part::Section("شرح حادثه و نظر بازرس کار"),
            Part::Words(format!(
                "بازرس کار این اداره در پی اعلام کارفرما در محل کارگاه حاضر شد. بنا بر اظهار شهود، در تاریخ {day} هنگام کار {} رخ داده و کارگر یادشده دچار {} گردیده است. علت اصلی حادثه رعایت نشدن آیین‌نامه‌های حفاظت فنی و نبود وسایل حفاظت فردی تشخیص داده می‌شود.",
                story.mishap, story.injury
            )),
        ],
        signer: "بازرس کار",
        stamp: vec!["اداره کار".to_owned(), story.town.to_owned()],
        certified: 0.3,
        print: "",
    };
    lay(sheet, form);
}

/// The permit to work.
pub(super) fn permit(sheet: &mut Sheet<'_>, story: &Story) {
    let from = story.accident.plus(-(sheet.rng.whole(40, 300) as i32));
    let mut fields = person_fields(sheet, story, true);
    fields.push(Field::new("نوع کار مجاز", *sheet.rng.pick(&TRADES)));
    fields.push(Field::new("کارفرما", *sheet.rng.pick(&FIRMS)));
    fields.push(Field::new("محل اشتغال", story.town));
    fields.push(sheet.dated("تاریخ صدور", "issue", from));
    fields.push(sheet.dated("تاریخ اعتبار", "expiry", from.plus(365)));
    let form = Form {
        issuer: vec!["وزارت تعاون، کار و رفاه اجتماعی".to_owned(), "اداره کل اشتغال اتباع خارجی".to_owned()],
        titles: ["پروانه کار اتباع خارجی", "کارت کار موقت", "مجوز کار اتباع بیگانه"],
        refs: vec![numbered(sheet, "شماره پروانه", 9)],
        parts: vec![
            Part::Fields(fields),
            Part::Words("دارنده این پروانه مجاز است تنها در شغل و محل یادشده به کار اشتغال ورزد. به‌کارگیری وی نزد کارفرمای دیگر منوط به اجازه کتبی این اداره است.".to_owned()),
        ],
        signer: "مدیر کل",
        stamp: vec!["اشتغال اتباع خارجی".to_owned(), story.town.to_owned()],
        certified: 0.2,
        print: "در صورت یافتن، به نزدیک‌ترین صندوق پست بیندازید.",
    };
    lay(sheet, form);
}

/// The driving licence, as copied onto a sheet.
pub(super) fn licence(sheet: &mut Sheet<'_>, story: &Story) {
    let from = story.accident.plus(-(sheet.rng.whole(200, 2500) as i32));
    let person = &story.person;
    let fields = vec![
        Field::new("نام", person.given),
        Field::new("نام خانوادگی", person.surname),
        Field::new("نام پدر", person.father),
        sheet.dated_in("تاریخ تولد", "birth", person.birth, Calendar::Gregorian),
        numbered(sheet, "شماره گواهینامه", 10),
        Field::new("نوع گواهینامه", *sheet.rng.pick(&["پایه سوم", "پایه دوم", "موتورسیکلت"])),
        sheet.dated("تاریخ صدور", "issue", from),
        sheet.dated("تاریخ انقضا", "expiry", from.plus(3650)),
        Field::new("گروه خون", *sheet.rng.pick(&["A+", "O+", "B-", "AB+"])),
        Field::new("تابعیت", person.land),
    ];
    let form = Form {
        issuer: vec!["جمهوری اسلامی ایران".to_owned(), "پلیس راهنمایی و رانندگی".to_owned()],
        titles: ["گواهینامه رانندگی", "DRIVING LICENCE - گواهینامه رانندگی", "گواهی‌نامه رانندگی پایه سوم"],
        refs: vec![],
        parts: vec![
            Part::Fields(fields),
            Part::Words(
                "رانندگی با وسایل نقلیه‌ای که در این گواهینامه ذکر نشده ممنوع است. شرایط: استفاده از عینک طبی."
                    .to_owned(),
            ),
        ],
        signer: "رئیس پلیس راهور",
        stamp: vec!["پلیس راهور".to_owned()],
        certified: 0.3,
        print: "",
    };
    lay(sheet, form);
}
