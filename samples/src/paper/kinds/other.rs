//! Papers that belong to no slot: people send them all the same.

use super::lay::{Form, Part, lay, numbered};
use super::{cell, money_cell};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::{Story, names};

const GOODS: [&str; 8] = ["برنج ایرانی", "روغن مایع", "چای", "شکر", "پودر شوینده", "کنسرو", "ماکارونی", "دفتر مشق"];

/// One of the sorts, by the sheet's own chance.
pub(super) fn other(sheet: &mut Sheet<'_>, story: &Story) {
    match sheet.rng.whole(0, 6) {
        0 => shop(sheet, story),
        1 => utility(sheet, story),
        2 => private_letter(sheet, story),
        3 => newspaper(sheet, story),
        4 => lease(sheet, story),
        5 => school(sheet, story),
        _ => notice(sheet, story),
    }
}

fn shop(sheet: &mut Sheet<'_>, story: &Story) {
    let day = story.accident.plus(sheet.rng.whole(1, 90) as i32);
    let rows: Vec<Vec<Field>> = (0..sheet.rng.whole(3, 6))
        .map(|_| {
            let what = *sheet.rng.pick(&GOODS);
            let count = sheet.digits.show(&sheet.rng.whole(1, 6).to_string());
            let price = u64::from(sheet.rng.whole(4, 90)) * 25_000;
            vec![cell(what), cell(count), money_cell(sheet, "line", price)]
        })
        .collect();
    let total = u64::from(sheet.rng.whole(40, 400)) * 25_000;
    let total = sheet.sum("مبلغ کل", "other", total);
    let form = Form {
        issuer: vec!["فروشگاه بزرگ نوبهار".to_owned(), format!("{}، خیابان سعدی", story.town)],
        titles: ["رسید خرید", "فاکتور فروش کالا", "صورت خرید"],
        refs: vec![numbered(sheet, "شماره", 5), sheet.dated("تاریخ", "other", day)],
        parts: vec![
            Part::Table(&[("کالا", 0.5), ("تعداد", 0.2), ("مبلغ (ریال)", 0.3)], rows),
            Part::Fields(vec![total]),
            Part::Words("کالای فروخته‌شده تا سه روز با ارائه این برگه تعویض می‌شود. از خرید شما سپاسگزاریم.".to_owned()),
        ],
        signer: "فروشنده",
        stamp: vec!["فروشگاه نوبهار".to_owned()],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}

fn utility(sheet: &mut Sheet<'_>, story: &Story) {
    let day = story.accident.plus(sheet.rng.whole(1, 60) as i32);
    let what = *sheet.rng.pick(&["برق", "گاز", "آب و فاضلاب"]);
    let sum = u64::from(sheet.rng.whole(20, 300)) * 10_000;
    let sum = sheet.sum("مبلغ قابل پرداخت", "other", sum);
    let fields = vec![
        numbered(sheet, "شناسه قبض", 13),
        numbered(sheet, "شناسه پرداخت", 9),
        Field::new("نام مشترک", story.person.name()),
        sheet.dated("مهلت پرداخت", "other", day.plus(20)),
        numbered(sheet, "شماره کنتور", 8),
        sum,
    ];
    let form = Form {
        issuer: vec![format!("شرکت توزیع {what} استان"), format!("امور مشترکین {}", story.town)],
        titles: ["قبض مصرف مشترکین", "صورتحساب دوره مصرف", "قبض خدمات مشترک"],
        refs: vec![sheet.dated("تاریخ قرائت", "other", day)],
        parts: vec![
            Part::Fields(fields),
            Part::Words(
                "مشترک گرامی، با پرداخت به‌موقع قبض از قطع انشعاب جلوگیری فرمایید. الگوی مصرف را رعایت کنید.".to_owned(),
            ),
        ],
        signer: "امور مشترکین",
        stamp: vec![],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}

fn private_letter(sheet: &mut Sheet<'_>, story: &Story) {
    let day = date(story.accident.plus(3), Calendar::Jalali, sheet.date_form, sheet.digits);
    let form = Form {
        issuer: vec!["به نام خداوند بخشنده".to_owned()],
        titles: ["برادر گرامی", "درخواست مرخصی", "عرض سلام"],
        refs: vec![],
        parts: vec![
            Part::Words(format!("با درود فراوان. امیدوارم حال شما و خانواده خوب باشد. من از روز {day} در {} هستم و کارها رو به راه است. مادر سلام می‌رساند و دلتنگ شماست.", story.town)),
            Part::Words("اگر فرصت کردید پیش از زمستان سری به ما بزنید. بچه‌ها بزرگ شده‌اند و سراغ شما را می‌گیرند. از باغ هم امسال محصول خوبی برداشتیم و برای شما کنار گذاشته‌ایم.".to_owned()),
            Part::Words("دیگر عرضی نیست. شما را به خدا می‌سپارم.".to_owned()),
        ],
        signer: "ارادتمند",
        stamp: vec![],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}

fn newspaper(sheet: &mut Sheet<'_>, story: &Story) {
    let form = Form {
        issuer: vec!["روزنامه صبح فردا".to_owned(), "سال بیست و دوم".to_owned()],
        titles: ["بارش باران در بیشتر استان‌ها", "نمایشگاه کتاب گشایش یافت", "تیم شهر به نیمه‌نهایی رسید"],
        refs: vec![sheet.dated("تاریخ", "other", story.accident.plus(11)), numbered(sheet, "شماره", 4)],
        parts: vec![
            Part::Words(format!("خبرنگار ما از {} گزارش می‌دهد که با ورود سامانه تازه، هوای نیمه شمالی کشور تا پایان هفته خنک و بارانی خواهد بود. کشاورزان از این بارش‌ها خرسندند.", story.town)),
            Part::Section("ورزش"),
            Part::Words("در ادامه رقابت‌های لیگ، تیم میزبان با دو گل حریف خود را شکست داد و به صدر جدول رسید. مربی تیم پس از بازی از هواداران سپاسگزاری کرد.".to_owned()),
            Part::Section("فرهنگ و هنر"),
            Part::Words("نمایشگاه کتاب امسال با حضور ناشران بسیار برپا شد و تا پایان ماه دایر است. بازدید برای همگان آزاد است.".to_owned()),
        ],
        signer: "سردبیر",
        stamp: vec![],
        certified: 0.0,
        print: "آگهی می‌پذیریم",
    };
    lay(sheet, form);
}

fn lease(sheet: &mut Sheet<'_>, story: &Story) {
    let from = story.accident.plus(-90);
    let fields = vec![
        Field::new("موجر", *sheet.rng.pick(&names::OFFICIALS)),
        Field::new("مستأجر", story.person.name()),
        Field::new("مورد اجاره", "یک باب منزل مسکونی"),
        sheet.dated("از تاریخ", "other", from),
        sheet.dated("لغایت", "other", from.plus(365)),
    ];
    let form = Form {
        issuer: vec![format!("مشاور املاک آشیانه {}", story.town)],
        titles: ["اجاره‌نامه", "قرارداد اجاره مسکن", "مبایعه‌نامه"],
        refs: vec![numbered(sheet, "کد رهگیری", 10)],
        parts: vec![
            Part::Fields(fields),
            Part::Words("مستأجر متعهد است در پایان مدت، عین مستأجره را تخلیه و سالم به موجر تحویل دهد. پرداخت هزینه شارژ و تعمیرات جزئی بر عهده مستأجر است. طرفین با علم و آگاهی این قرارداد را امضا نمودند.".to_owned()),
        ],
        signer: "مشاور املاک",
        stamp: vec!["مشاور املاک آشیانه".to_owned()],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}

fn school(sheet: &mut Sheet<'_>, story: &Story) {
    let rows: Vec<Vec<Field>> = ["فارسی", "ریاضی", "علوم تجربی", "هنر", "تربیت بدنی"]
        .into_iter()
        .map(|lesson| vec![cell(lesson), cell(sheet.digits.show(&sheet.rng.whole(12, 20).to_string()))])
        .collect();
    let form = Form {
        issuer: vec!["وزارت آموزش و پرورش".to_owned(), format!("دبستان امید {}", story.town)],
        titles: ["کارنامه تحصیلی", "گواهی اشتغال به تحصیل", "برگه نمرات دانش‌آموز"],
        refs: vec![sheet.dated("تاریخ", "other", story.accident.plus(30))],
        parts: vec![
            Part::Fields(vec![Field::new("نام دانش‌آموز", story.person.name()), Field::new("پایه", "سوم")]),
            Part::Table(&[("درس", 0.6), ("نمره", 0.4)], rows),
            Part::Words("دانش‌آموز در این نوبت قبول شناخته می‌شود.".to_owned()),
        ],
        signer: "مدیر مدرسه",
        stamp: vec!["دبستان امید".to_owned()],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}

fn notice(sheet: &mut Sheet<'_>, story: &Story) {
    let form = Form {
        issuer: vec![format!("مجتمع مسکونی آفتاب {}", story.town)],
        titles: ["اطلاعیه", "آگهی دعوت به جلسه", "قابل توجه ساکنان محترم"],
        refs: vec![sheet.dated("تاریخ", "other", story.accident.plus(15))],
        parts: vec![
            Part::Words("به آگاهی ساکنان محترم می‌رساند جلسه ماهانه روز پنجشنبه ساعت شش عصر در سالن اجتماعات برگزار می‌شود. دستور جلسه: تعمیر آسانسور، نظافت راه‌پله و انتخاب هیئت مدیره.".to_owned()),
            Part::Words("خواهشمند است از پارک خودرو جلوی در ورودی خودداری فرمایید. همکاری شما مایه سپاس است.".to_owned()),
        ],
        signer: "هیئت مدیره",
        stamp: vec![],
        certified: 0.0,
        print: "",
    };
    lay(sheet, form);
}
