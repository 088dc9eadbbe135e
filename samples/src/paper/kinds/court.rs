//! Papers of courts and notaries: the prosecutor's letter, inheritance, guardianship, power of attorney.

use super::cell;
use super::lay::{Form, Part, lay, numbered};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::{Story, names};

/// A letter or a ruling of a court.
pub(super) fn judicial(sheet: &mut Sheet<'_>, story: &Story) {
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let branch = sheet.digits.show(&sheet.rng.whole(1, 30).to_string());
    let plaintiff = story.person.name();
    let defendant = *sheet.rng.pick(&names::OFFICIALS);
    let refs = vec![numbered(sheet, "کلاسه پرونده", 9), sheet.dated("تاریخ", "issue", story.discharged.plus(9))];
    let (first, body, signer): (Vec<Field>, String, &'static str) = if sheet.variant == 1 {
        (
            vec![
                Field::new("خواهان", plaintiff.clone()),
                Field::new("خوانده", defendant),
                Field::new("خواسته", "مطالبه دیه و ضرر و زیان"),
                sheet.dated("تاریخ حادثه", "accident", story.accident),
            ],
            format!(
                "گردش کار: خواهان دادخواستی به طرفیت خوانده مبنی بر مطالبه دیه صدمات ناشی از {} در تاریخ {day} تقدیم نموده است. دادگاه با بررسی محتویات پرونده، نظریه پزشکی قانونی و گزارش مرجع انتظامی ختم رسیدگی را اعلام و به شرح آتی رأی صادر می‌نماید. رأی دادگاه: دعوی وارد تشخیص و خوانده به پرداخت دیه محکوم می‌گردد. رأی صادره ظرف بیست روز قابل تجدیدنظر است.",
                story.mishap
            ),
            "رئیس شعبه دادگاه",
        )
    } else {
        (
            vec![
                Field::new("شاکی", plaintiff.clone()),
                Field::new("متهم", defendant),
                Field::new("موضوع", "ایراد صدمه بدنی غیرعمدی"),
                sheet.dated("تاریخ حادثه", "accident", story.accident),
            ],
            format!(
                "در خصوص شکایت {plaintiff} تبعه {} علیه متهم دایر بر بی‌احتیاطی منجر به صدمه بر اثر {} که در تاریخ {day} واقع شده، بازپرس این شعبه پس از تحقیقات مقدماتی و اخذ نظریه پزشکی قانونی قرار جلب به دادرسی صادر نموده است. مراتب جهت اطلاع شرکت بیمه اعلام می‌گردد.",
                story.person.land, story.mishap
            ),
            "بازپرس شعبه",
        )
    };
    let form = Form {
        issuer: vec![
            "قوه قضاییه - دادگستری کل استان".to_owned(),
            format!("شعبه {branch} دادسرای عمومی و انقلاب {}", story.town),
        ],
        titles: ["نامه دادسرا", "دادنامه", "قرار نهایی بازپرسی"],
        refs,
        parts: vec![Part::Fields(first), Part::Words(body)],
        signer,
        stamp: vec!["دادگستری".to_owned(), format!("شعبه {branch}")],
        certified: 0.3,
        print: "",
    };
    lay(sheet, form);
}

const SHARES: [(&str, f32); 4] = [("ردیف", 0.1), ("نام وارث", 0.4), ("نسبت با متوفی", 0.26), ("سهم‌الارث", 0.24)];

fn heirs(sheet: &mut Sheet<'_>, story: &Story) -> Vec<(String, &'static str)> {
    let count = sheet.rng.whole(2, 5) as usize;
    let kin = ["همسر دائم", "پسر", "دختر", "پدر", "مادر"];
    (0..count)
        .map(|at| {
            let given = if at % 2 == 0 { sheet.rng.pick(&names::WOMEN).0 } else { sheet.rng.pick(&names::MEN).0 };
            (format!("{given} {}", story.person.surname), kin[at])
        })
        .collect()
}

/// The certificate that names the heirs.
pub(super) fn inheritance(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let rows: Vec<Vec<Field>> = heirs(sheet, story)
        .into_iter()
        .enumerate()
        .map(|(at, (name, kin))| {
            let number = sheet.digits.show(&(at + 1).to_string());
            vec![cell(number), cell(name), cell(kin), cell(if at == 0 { "یک هشتم" } else { "مابقی ترکه" })]
        })
        .collect();
    let refs = vec![numbered(sheet, "شماره گواهی", 7), sheet.dated("تاریخ صدور", "issue", died.plus(30))];
    let fields = vec![
        Field::new("مورث", story.person.name()),
        Field::new("تابعیت", story.person.land),
        sheet.dated("تاریخ فوت", "death", died),
        Field::new("اقامتگاه دائمی", story.town),
    ];
    let form = Form {
        issuer: vec!["قوه قضاییه".to_owned(), format!("شورای حل اختلاف شهرستان {}", story.town)],
        titles: ["گواهی انحصار وراثت", "گواهی حصر وراثت نامحدود", "تصدیق انحصار وراثت"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Words("خواهان به استناد گواهی فوت و استشهادیه درخواست صدور گواهی انحصار وراثت نموده است. با انقضای مدت آگهی و نرسیدن اعتراض، ورثه حین‌الفوت آن مرحوم منحصر است به:".to_owned()),
            Part::Table(&SHARES, rows),
            Part::Words("پس از پرداخت دیون و انجام وصیت، ترکه میان وراث به شرح بالا تقسیم می‌گردد.".to_owned()),
        ],
        signer: "رئیس شورای حل اختلاف",
        stamp: vec!["شورای حل اختلاف".to_owned(), story.town.to_owned()],
        certified: 0.5,
        print: "",
    };
    lay(sheet, form);
}

/// Who is a minor's guardian.
pub(super) fn guardianship(sheet: &mut Sheet<'_>, story: &Story) {
    let child = format!("{} {}", sheet.rng.pick(&names::MEN).0, story.person.surname);
    let guardian = story.person.name();
    let refs = vec![numbered(sheet, "شماره قیم‌نامه", 8), sheet.dated("تاریخ", "issue", story.discharged.plus(25))];
    let fields = vec![
        Field::new("نام قیم", guardian.clone()),
        Field::new("شماره گذرنامه", story.person.passport.as_str()),
        Field::new("نام صغیر", child.clone()),
        Field::new("نسبت", *sheet.rng.pick(&["مادر", "عمو", "برادر"])),
    ];
    let form = Form {
        issuer: vec!["دادسرای عمومی و انقلاب".to_owned(), format!("اداره سرپرستی صغار و محجورین {}", story.town)],
        titles: ["قیم‌نامه", "حکم نصب قیم", "گواهی قیمومت"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Words(format!(
                "به موجب این قیم‌نامه {guardian} به سمت قیم صغیر {child} منصوب می‌گردد تا با رعایت غبطه صغیر در حفظ و اداره اموال وی اقدام نماید. فروش اموال غیرمنقول صغیر و دریافت وجه دیه بدون اجازه دادستان ممنوع است. قیم مکلف است هر سال صورتحساب دوره تصدی خود را به اداره سرپرستی تسلیم نماید."
            )),
        ],
        signer: "سرپرست اداره سرپرستی",
        stamp: vec!["اداره سرپرستی".to_owned(), story.town.to_owned()],
        certified: 0.5,
        print: "",
    };
    lay(sheet, form);
}

/// A power of attorney, of a notary or of a consulate.
pub(super) fn attorney(sheet: &mut Sheet<'_>, story: &Story) {
    let attorney = *sheet.rng.pick(&names::OFFICIALS);
    let refs = vec![numbered(sheet, "شماره سند", 6), sheet.dated("تاریخ", "issue", story.discharged.plus(14))];
    let consulate = sheet.variant == 2;
    let issuer = if consulate {
        vec![format!("جنرال قونسلگری {}", story.person.land), "بخش وثایق و وکالت‌خط".to_owned()]
    } else {
        vec![
            "سازمان ثبت اسناد و املاک کشور".to_owned(),
            format!("دفتر اسناد رسمی شماره {} {}", sheet.digits.show("214"), story.town),
        ]
    };
    let fields = vec![
        Field::new("موکل", story.person.name()),
        Field::new("شماره گذرنامه", story.person.passport.as_str()),
        Field::new("وکیل", attorney),
        numbered(sheet, "کد ملی وکیل", 10),
    ];
    let form = Form {
        issuer,
        titles: ["وکالت‌نامه", "وکالت‌نامه رسمی", "وکالت‌خط"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Section("مورد وکالت"),
            Part::Words("مراجعه به شرکت بیمه و هر مرجع ذی‌صلاح جهت پیگیری پرونده خسارت، تسلیم مدارک، امضای اسناد و دریافت وجه خسارت به نام موکل.".to_owned()),
            Part::Section("حدود اختیارات"),
            Part::Words("وکیل مرقوم در انجام مورد وکالت دارای اختیارات تامه و کامل است و امضا و اقدام او به منزله امضا و اقدام موکل می‌باشد. این وکالت تنها در نفس وکالت مؤثر است.".to_owned()),
        ],
        signer: if consulate { "آمر بخش وثایق" } else { "سردفتر" },
        stamp: vec!["دفتر اسناد رسمی".to_owned(), story.town.to_owned()],
        certified: 0.4,
        print: "",
    };
    lay(sheet, form);
}
