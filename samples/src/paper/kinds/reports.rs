//! Reports of the accident: the police station's, and the traffic officer's with its sketch.

use std::fmt::Write as _;

use super::{foot, maybe_certified, person_fields, small_print};
use crate::calendar::Calendar;
use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::{Field, INK};
use crate::script::date;
use crate::story::Story;

/// Heading and numbers shared by both reports.
fn opening(sheet: &mut Sheet<'_>, story: &Story, station: String, title: &str) {
    let issuer = ["فرماندهی انتظامی جمهوری اسلامی ایران".to_owned(), station];
    let number = format!("{}/{}", sheet.rng.digits(5), sheet.rng.digits(3));
    let refs = vec![
        Field::new("شماره گزارش", sheet.digits.show(&number)),
        sheet.dated("تاریخ گزارش", "report", story.accident.plus(1)),
    ];
    sheet.heading(Heading { issuer: &issuer, title, refs });
    let fields = vec![
        sheet.dated("تاریخ وقوع حادثه", "accident", story.accident),
        Field::new("ساعت", sheet.digits.show(&story.hour)),
        Field::new("محل حادثه", story.spot),
        Field::new("نوع حادثه", story.mishap),
    ];
    sheet.fields(fields);
}

/// What happened, in the words of the officer.
fn account(sheet: &mut Sheet<'_>, story: &Story) {
    let day = date(story.accident, Calendar::Jalali, sheet.date_form, sheet.digits);
    let hour = sheet.digits.show(&story.hour);
    sheet.section("شرح واقعه");
    let text = format!(
        "در مورخ {day} حدود ساعت {hour} به دنبال اعلام مرکز فوریت‌ها، مأموران این یگان به نشانی {} اعزام شدند. پس از بررسی صحنه مشخص گردید {} رخ داده و {} تبعه {} مجروح و به بیمارستان {} منتقل شده است. صورت‌جلسه حاضر در محل تنظیم و به امضای حاضران رسید.",
        story.spot,
        story.mishap,
        story.person.name(),
        story.person.land,
        story.hospital
    );
    sheet.paragraph(&text);
}

/// The police station's report.
pub(super) fn accident(sheet: &mut Sheet<'_>, story: &Story) {
    let station = format!("کلانتری {} شهرستان {}", sheet.digits.show("12"), story.town);
    opening(sheet, story, station.clone(), "گزارش وقوع حادثه");
    sheet.section("مشخصات مصدوم");
    let fields = person_fields(sheet, story, false);
    sheet.fields(fields);
    account(sheet, story);
    if story.traffic && sheet.rng.odds(0.5) {
        sketch(sheet);
    } else {
        sheet.paragraph("شهود حادثه اظهارات خود را در برگه‌های جداگانه ثبت و امضا نمودند. مراتب جهت استحضار و اقدام قانونی ارسال می‌گردد.");
    }
    foot(sheet, "افسر تحقیق", &["فرماندهی انتظامی".to_owned(), station]);
    maybe_certified(sheet, 0.4);
}

/// The traffic officer's report.
pub(super) fn traffic(sheet: &mut Sheet<'_>, story: &Story) {
    let station = format!("پلیس راهور شهرستان {}", story.town);
    opening(sheet, story, station, "گزارش و کروکی تصادف");
    let plate = format!("{} ایران {}", sheet.rng.digits(3), sheet.rng.digits(2));
    let code = sheet.rng.digits(6);
    let guilt = sheet.rng.whole(3, 10) * 10;
    let fields = vec![
        Field::new("شماره انتظامی خودرو", sheet.digits.show(&plate)),
        Field::new("درصد تقصیر", sheet.digits.show(&guilt.to_string())),
        Field::new("مصدوم", story.person.name()),
        Field::new("تابعیت", story.person.land),
        Field::new("شماره گذرنامه", story.person.passport.as_str()),
        Field::new("کد کارشناس", sheet.digits.show(&code)),
    ];
    sheet.fields(fields);
    sketch(sheet);
    account(sheet, story);
    foot(sheet, "کارشناس تصادفات", &["پلیس راهور".to_owned(), story.town.to_owned()]);
    maybe_certified(sheet, 0.3);
    small_print(sheet, "نسخه اول: شرکت بیمه، نسخه دوم: بایگانی");
}

/// A plan of two crossing roads with two vehicles and their paths.
fn sketch(sheet: &mut Sheet<'_>) {
    sheet.section("کروکی محل");
    let (x, y, w) = (sheet.margin, sheet.y + 6.0, sheet.measure());
    let h = sheet.rng.real(110.0, 150.0);
    sheet.frame(x, y, w, h, 1.0, INK, "none");
    let (cx, cy) = (x + w * sheet.rng.real(0.35, 0.65), y + h / 2.0);
    let half = sheet.rng.real(16.0, 24.0);
    let (left, right, top, low) = (x + 6.0, x + w - 6.0, y + 4.0, y + h - 4.0);
    let _ = write!(
        sheet.svg,
        r#"<path d="M{left} {0}H{1}V{top}M{2} {top}V{0}H{right}M{left} {3}H{1}V{low}M{2} {low}V{3}H{right}" stroke="{INK}" stroke-width="1.6" fill="none"/><path d="M{left} {cy}H{right}" stroke="{INK}" stroke-width="0.8" stroke-dasharray="9 7" fill="none"/>"#,
        cy - half,
        cx - half,
        cx + half,
        cy + half
    );
    for (colour, dx, dy) in [("#8d1f1f", -52.0, -half * 0.5), ("#1f3f7d", half * 0.45, 34.0)] {
        let turn = sheet.rng.real(-0.5, 0.5);
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let _ = write!(
            sheet.svg,
            r#"<g transform="matrix({cos:.4} {sin:.4} {:.4} {cos:.4} {:.1} {:.1})"><rect x="-13" y="-6" width="26" height="12" fill="none" stroke="{colour}" stroke-width="1.5"/><path d="M20 0H42M37 -4L42 0L37 4" stroke="{colour}" stroke-width="1.2" fill="none"/></g>"#,
            -sin,
            cx + dx,
            cy + dy
        );
    }
    sheet.y = y + h;
}
