//! Papers of registrars, councils and graveyards: deaths registered, burials, households, witnesses, cancelled papers.

use super::lay::{Form, Part, lay, numbered};
use super::{cell, person_fields};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::{Story, names};

/// The registrar's extract about a death.
pub(super) fn death(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let refs = vec![numbered(sheet, "شماره ثبت وفات", 6), sheet.dated("تاریخ ثبت", "issue", died.plus(4))];
    let mut fields = person_fields(sheet, story, true);
    fields.push(sheet.dated("تاریخ وفات", "death", died));
    fields.push(Field::new("محل وفات", story.town));
    let office = if sheet.variant == 1 {
        vec!["وزارت کشور".to_owned(), format!("اداره کل امور اتباع و مهاجرین خارجی استان {}", story.town)]
    } else {
        vec!["سازمان ثبت احوال کشور".to_owned(), format!("اداره ثبت احوال {}", story.town)]
    };
    let form = Form {
        issuer: office,
        titles: ["خلاصه رونوشت وفات", "گواهی تأیید فوت اتباع خارجی", "رونوشت سند وفات"],
        refs,
        parts: vec![
            Part::Section("مشخصات متوفی"),
            Part::Fields(fields),
            Part::Words("واقعه وفات نامبرده در دفاتر این اداره به ثبت رسیده و این رونوشت جهت ارائه به مراجع ذی‌ربط صادر گردیده است.".to_owned()),
        ],
        signer: "مأمور ثبت",
        stamp: vec!["ثبت احوال".to_owned(), story.town.to_owned()],
        certified: 0.5,
        print: "این برگ در حکم شناسنامه نیست.",
    };
    lay(sheet, form);
}

/// The permit to bury.
pub(super) fn burial(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let plot = sheet.digits.show(&sheet.rng.whole(1, 320).to_string());
    let refs = vec![numbered(sheet, "شماره جواز", 7), sheet.dated("تاریخ صدور", "issue", died.plus(1))];
    let fields = vec![
        Field::new("نام متوفی", story.person.name()),
        Field::new("نام پدر", story.person.father),
        Field::new("تابعیت", story.person.land),
        sheet.dated("تاریخ فوت", "death", died),
        sheet.dated("تاریخ دفن", "burial", died.plus(2)),
        Field::new("محل دفن", format!("آرامستان {}", story.town)),
        Field::new("قطعه", plot),
        Field::new("نام تحویل‌گیرنده", *sheet.rng.pick(&names::OFFICIALS)),
    ];
    let form = Form {
        issuer: vec![format!("شهرداری {}", story.town), "سازمان مدیریت آرامستان‌ها".to_owned()],
        titles: ["جواز دفن", "پروانه دفن", "مجوز دفن متوفی"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Words(
                "با توجه به گواهی فوت ارائه‌شده، دفن جسد متوفی پس از غسل و کفن در غسالخانه این سازمان بلامانع است."
                    .to_owned(),
            ),
        ],
        signer: "مسئول پذیرش متوفیات",
        stamp: vec!["آرامستان".to_owned(), story.town.to_owned()],
        certified: 0.5,
        print: "",
    };
    lay(sheet, form);
}

const MEMBERS: [(&str, f32); 4] =
    [("ردیف", 0.1), ("نام و نام خانوادگی", 0.42), ("نسبت با سرپرست", 0.26), ("جنسیت", 0.22)];

/// The form of a household, or a bureau's word about kin.
pub(super) fn household(sheet: &mut Sheet<'_>, story: &Story) {
    let count = sheet.rng.whole(3, 6) as usize;
    let kin = ["سرپرست", "همسر", "فرزند", "فرزند", "فرزند", "مادر"];
    let rows: Vec<Vec<Field>> = (0..count)
        .map(|at| {
            let woman = at % 2 == 1;
            let given = if woman { sheet.rng.pick(&names::WOMEN).0 } else { sheet.rng.pick(&names::MEN).0 };
            let name = if at == 0 { story.person.name() } else { format!("{given} {}", story.person.surname) };
            vec![
                cell(sheet.digits.show(&(at + 1).to_string())),
                cell(name),
                cell(kin[at]),
                cell(if woman { "زن" } else { "مرد" }),
            ]
        })
        .collect();
    let refs = vec![sheet.dated("تاریخ", "issue", story.submitted.plus(-6))];
    let fields = vec![
        numbered(sheet, "کد خانوار", 8),
        Field::new("سرپرست خانوار", story.person.name()),
        Field::new("تابعیت", story.person.land),
        Field::new("نشانی", story.town),
    ];
    let form = Form {
        issuer: vec!["اداره کل امور اتباع و مهاجرین خارجی".to_owned(), story.office.to_owned()],
        titles: ["فرم خانوار", "گواهی نسبت اعضای خانوار", "فرم مشخصات اعضای خانوار"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Table(&MEMBERS, rows),
            Part::Words("صحت نسبت اعضای خانوار یادشده با سرپرست بر پایه سوابق موجود تأیید می‌گردد.".to_owned()),
        ],
        signer: "کارشناس امور اتباع",
        stamp: vec!["امور اتباع".to_owned(), story.town.to_owned()],
        certified: 0.2,
        print: "",
    };
    lay(sheet, form);
}

/// What the neighbours bear witness to.
pub(super) fn testimony(sheet: &mut Sheet<'_>, story: &Story) {
    const SEEN: [(&str, f32); 4] = [("ردیف", 0.1), ("نام شاهد", 0.34), ("نشانی", 0.3), ("امضا", 0.26)];
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let count = sheet.rng.whole(3, 5) as usize;
    let rows: Vec<Vec<Field>> = (0..count)
        .map(|at| {
            let name = *sheet.rng.pick(&names::OFFICIALS);
            vec![cell(sheet.digits.show(&(at + 1).to_string())), cell(name), cell(story.town), cell("")]
        })
        .collect();
    let refs = vec![sheet.dated("تاریخ", "issue", story.accident.plus(5))];
    let form = Form {
        issuer: vec!["بسمه تعالی".to_owned(), format!("شورای اسلامی {}", story.town)],
        titles: ["استشهادیه محلی", "استشهاد محلی", "برگ استشهادیه"],
        refs,
        parts: vec![
            Part::Words(format!(
                "از کسانی که از حادثه روی‌داده برای {} فرزند {} تبعه {} اطلاع دارند تقاضا می‌شود مشاهدات خود را گواهی فرمایند.",
                story.person.name(),
                story.person.father,
                story.person.land
            )),
            Part::Words(format!(
                "اینجانبان امضاکنندگان زیر گواهی می‌نماییم که نامبرده در تاریخ {day} در {} بر اثر {} مجروح گردید و ما شاهد واقعه بودیم.",
                story.spot, story.mishap
            )),
            Part::Table(&SEEN, rows),
            Part::Words("صحت امضای شهود و سکونت آنان در محل از سوی معتمدین و شورا تأیید می‌گردد.".to_owned()),
        ],
        signer: "رئیس شورای اسلامی",
        stamp: vec!["شورای اسلامی".to_owned(), story.town.to_owned()],
        certified: 0.1,
        print: "",
    };
    lay(sheet, form);
}

/// An identity paper that is void.
pub(super) fn cancelled(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let refs = vec![numbered(sheet, "شماره", 6), sheet.dated("تاریخ", "issue", died.plus(20))];
    let mut fields = person_fields(sheet, story, true);
    fields.push(sheet.dated("تاریخ فوت", "death", died));
    let form = Form {
        issuer: vec!["وزارت کشور".to_owned(), format!("اداره کل امور اتباع خارجی {}", story.town)],
        titles: ["گواهی ابطال مدرک هویتی", "گواهی ابطال گذرنامه", "صورت‌جلسه ابطال مدرک شناسایی"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Words(
                "به استناد گواهی فوت، مدرک هویتی نامبرده به شماره یادشده در سامانه باطل گردید و اصل آن سوراخ و ضبط شد."
                    .to_owned(),
            ),
        ],
        signer: "رئیس اداره",
        stamp: vec!["باطل شد".to_owned(), story.town.to_owned()],
        certified: 0.2,
        print: "",
    };
    lay(sheet, form);
}
