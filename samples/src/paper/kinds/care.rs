//! More papers of doctors: operations, the end of treatment, forensic opinions; and translations.

use super::lay::{Form, Part, lay, numbered};
use super::person_fields;
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::Field;
use crate::script::date;
use crate::story::{Story, names};

fn hospital(story: &Story) -> Vec<String> {
    vec![format!("دانشگاه علوم پزشکی و خدمات بهداشتی درمانی {}", story.town), format!("بیمارستان {}", story.hospital)]
}

fn doctor(sheet: &mut Sheet<'_>) -> String {
    format!("دکتر {}", sheet.rng.pick(&names::OFFICIALS))
}

/// What was done in the theatre.
pub(super) fn operation(sheet: &mut Sheet<'_>, story: &Story) {
    let refs = vec![
        Field::new("شماره پرونده", sheet.digits.show(&story.record_number)),
        sheet.dated("تاریخ عمل", "service", story.admitted.plus(1)),
    ];
    let mut fields = person_fields(sheet, story, false);
    fields.push(Field::new("جراح", doctor(sheet)));
    fields.push(Field::new("کمک جراح", doctor(sheet)));
    fields.push(Field::new("متخصص بیهوشی", doctor(sheet)));
    fields.push(Field::new("نوع بیهوشی", *sheet.rng.pick(&["عمومی", "نخاعی", "موضعی"])));
    let form = Form {
        issuer: hospital(story),
        titles: ["برگ شرح عمل جراحی", "گزارش عمل جراحی", "شرح عمل و بیهوشی"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Section("تشخیص قبل و بعد از عمل"),
            Part::Words(story.injury.to_owned()),
            Part::Section("شرح عمل و یافته‌های حین عمل"),
            Part::Words("پس از پرپ و درپ و بیهوشی، با برش طولی ناحیه باز شد. هماتوم تخلیه، جااندازی انجام و با پلاک و پیچ تثبیت گردید. هموستاز برقرار، درن گذاشته و لایه‌ها به ترتیب بسته شد. شمارش گاز و وسایل صحیح بود و بیمار با حال عمومی خوب به ریکاوری منتقل گردید.".to_owned()),
        ],
        signer: "جراح: دکتر",
        stamp: vec![format!("بیمارستان {}", story.hospital), "اتاق عمل".to_owned()],
        certified: 0.6,
        print: "",
    };
    lay(sheet, form);
}

/// The doctor's word that treatment has ended, and what remains.
pub(super) fn treatment_end(sheet: &mut Sheet<'_>, story: &Story) {
    let end = story.discharged.plus(sheet.rng.whole(40, 120) as i32);
    let day = date(end, Calendar::Jalali, sheet.date_form, sheet.digits);
    let refs = vec![numbered(sheet, "شماره", 5), sheet.dated("تاریخ", "issue", end.plus(2))];
    let mut fields = person_fields(sheet, story, false);
    fields.push(sheet.dated("تاریخ حادثه", "accident", story.accident));
    let form = Form {
        issuer: vec![format!("مطب {}", doctor(sheet)), "متخصص جراحی استخوان و مفاصل".to_owned()],
        titles: ["گواهی پایان درمان", "گواهی پزشک معالج", "گواهی خاتمه معالجات"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Words(format!(
                "گواهی می‌شود معالجات بیمار یادشده که به علت {} تحت درمان اینجانب بوده، در تاریخ {day} خاتمه یافته است.",
                story.injury
            )),
            Part::Section("عوارض باقی‌مانده"),
            Part::Words("محدودیت حرکتی مفصل و ضعف عضلانی خفیف باقی مانده است که با توان‌بخشی بهبود نسبی خواهد یافت. ادامه درمان دیگری لازم نیست.".to_owned()),
        ],
        signer: "پزشک معالج: دکتر",
        stamp: vec!["ن پ".to_owned(), "جراح استخوان و مفاصل".to_owned()],
        certified: 0.2,
        print: "",
    };
    lay(sheet, form);
}

/// A forensic opinion with a percentage.
pub(super) fn disability(sheet: &mut Sheet<'_>, story: &Story) {
    let share = sheet.digits.show(&(sheet.rng.whole(1, 14) * 5).to_string());
    let refs = vec![numbered(sheet, "شماره نظریه", 8), sheet.dated("تاریخ", "issue", story.discharged.plus(60))];
    let mut fields = person_fields(sheet, story, true);
    fields.push(sheet.dated("تاریخ حادثه", "accident", story.accident));
    fields.push(Field::new("درصد نقص عضو", format!("{share} درصد")));
    let form = Form {
        issuer: vec!["سازمان پزشکی قانونی کشور".to_owned(), format!("کمیسیون پزشکی استان {}", story.town)],
        titles: ["نظریه پزشکی قانونی", "نظریه کمیسیون پزشکی", "گواهی درصد از کارافتادگی"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Section("نظریه"),
            Part::Words(format!(
                "از نامبرده معاینه به عمل آمد و مدارک بالینی بررسی شد. صدمات ناشی از {} شامل {} بوده و منجر به نقص عضو دائم به میزان {share} درصد گردیده است. میزان ارش صدمات به شرح پیوست اعلام می‌گردد.",
                story.mishap, story.injury
            )),
        ],
        signer: "رئیس کمیسیون: دکتر",
        stamp: vec!["پزشکی قانونی".to_owned(), story.town.to_owned()],
        certified: 0.4,
        print: "",
    };
    lay(sheet, form);
}

/// The examination of a body.
pub(super) fn body(sheet: &mut Sheet<'_>, story: &Story) {
    let died = story.died.unwrap_or(story.discharged);
    let refs = vec![numbered(sheet, "شماره", 7), sheet.dated("تاریخ معاینه", "service", died.plus(1))];
    let mut fields = person_fields(sheet, story, false);
    fields.push(sheet.dated("تاریخ فوت", "death", died));
    fields.push(Field::new("مرجع درخواست‌کننده", format!("دادسرای {}", story.town)));
    let form = Form {
        issuer: vec!["سازمان پزشکی قانونی کشور".to_owned(), format!("سالن تشریح {}", story.town)],
        titles: ["گزارش معاینه جسد", "گزارش معاینه ظاهری جسد و کالبدگشایی", "برگ معاینه جسد"],
        refs,
        parts: vec![
            Part::Fields(fields),
            Part::Section("علائم ظاهری"),
            Part::Words("جسد متعلق به فردی حدوداً هم‌سن مشخصات یادشده است. جمود نعشی مستقر و کبودی نعشی در نواحی پشتی مشهود است. آثار ضرب و جرح در سر و اندام‌ها مشاهده گردید.".to_owned()),
            Part::Section("کالبدگشایی و علت تامه فوت"),
            Part::Words(format!("با توجه به معاینه جسد و نتایج آزمایش سم‌شناسی، علت تامه فوت {} ناشی از {} تعیین می‌گردد.", story.injury, story.mishap)),
        ],
        signer: "پزشک قانونی: دکتر",
        stamp: vec!["پزشکی قانونی".to_owned(), "سالن تشریح".to_owned()],
        certified: 0.5,
        print: "",
    };
    lay(sheet, form);
}

/// A sworn translation of a foreign paper.
pub(super) fn translation(sheet: &mut Sheet<'_>, story: &Story) {
    let refs = vec![numbered(sheet, "شماره ترجمه", 6), sheet.dated("تاریخ ترجمه", "issue", story.submitted.plus(-8))];
    let person = &story.person;
    let fields = vec![
        Field::new("نام", person.given),
        Field::new("نام خانوادگی", person.surname),
        Field::new("نام پدر", person.father),
        Field::new("شماره تذکره", sheet.digits.show(&story.record_number)),
        sheet.dated_in("تاریخ تولد", "birth", person.birth, Calendar::Gregorian),
        Field::new("محل صدور", person.land),
    ];
    let form = Form {
        issuer: vec![format!("دارالترجمه رسمی {}", story.town), "مترجم رسمی قوه قضاییه".to_owned()],
        titles: ["ترجمه رسمی", "ترجمه رسمی از زبان پشتو", "ترجمه رسمی سند خارجی"],
        refs,
        parts: vec![
            Part::Words(format!("جمهوری {} - وزارت امور داخله - ریاست ثبت احوال نفوس", person.land)),
            Part::Fields(fields),
            Part::Words("مهر و امضای ریاست ثبت احوال نفوس در ذیل سند دیده شد. ترجمه از زبان پشتو به فارسی با اصل سند ارائه‌شده مطابقت دارد.".to_owned()),
        ],
        signer: "مترجم رسمی",
        stamp: vec!["مترجم رسمی".to_owned(), "قوه قضاییه".to_owned()],
        certified: 0.1,
        print: "هزینه ترجمه بر پایه تعرفه رسمی دریافت گردید.",
    };
    lay(sheet, form);
}
