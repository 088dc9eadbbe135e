//! Papers with sums: the hospital's bill, the cashier's receipt, the pharmacy's invoice, the bank's slip.

use super::{cell, foot, money_cell, person_fields, small_print};
use crate::chance::Draw;
use crate::identifiers::grouped;
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::{Anchor, Field, Note, Type};
use crate::story::{Item, Story};

fn item_rows(sheet: &Sheet<'_>, items: &[Item]) -> Vec<Vec<Field>> {
    items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            vec![
                cell(sheet.digits.show(&(at + 1).to_string())),
                cell(item.what),
                cell(sheet.digits.show(&item.count.to_string())),
                money_cell(sheet, "price", item.price),
                money_cell(sheet, "line", item.count * item.price),
            ]
        })
        .collect()
}

const BILL_COLUMNS: [(&str, f32); 5] =
    [("ردیف", 0.08), ("شرح", 0.36), ("تعداد", 0.1), ("مبلغ واحد (ریال)", 0.22), ("جمع (ریال)", 0.24)];

/// The hospital's bill.
pub(super) fn bill(sheet: &mut Sheet<'_>, story: &Story) {
    let issuer = [format!("بیمارستان {}", story.hospital), format!("امور مالی - شهرستان {}", story.town)];
    let refs = vec![
        Field::new("شماره صورتحساب", sheet.digits.show(&story.bill_number)),
        sheet.dated("تاریخ صدور", "issue", story.discharged),
    ];
    sheet.heading(Heading { issuer: &issuer, title: "صورتحساب بیمارستانی", refs });
    let mut fields = person_fields(sheet, story, false);
    fields.push(Field::new("شماره پرونده", sheet.digits.show(&story.record_number)));
    fields.push(sheet.dated("تاریخ پذیرش", "admission", story.admitted));
    fields.push(sheet.dated("تاریخ ترخیص", "discharge", story.discharged));
    sheet.fields(fields);
    let rows = item_rows(sheet, &story.bill);
    sheet.table(&BILL_COLUMNS, &rows);
    let sums = vec![
        sheet.sum("جمع کل", "total", story.total()),
        sheet.sum("سهم بیمه پایه", "insured-share", story.insured_share),
        sheet.sum("قابل پرداخت بیمار", "payable", story.paid()),
    ];
    sheet.fields(sums);
    foot(sheet, "مسئول حسابداری", &[format!("بیمارستان {}", story.hospital), "حسابداری".to_owned()]);
    small_print(sheet, "این صورتحساب بدون مهر حسابداری فاقد اعتبار است.");
}

/// The cashier's receipt.
pub(super) fn receipt(sheet: &mut Sheet<'_>, story: &Story) {
    let issuer = [format!("بیمارستان {}", story.hospital)];
    let number = sheet.rng.digits(6);
    let refs =
        vec![Field::new("شماره قبض", sheet.digits.show(&number)), sheet.dated("تاریخ", "issue", story.discharged)];
    sheet.heading(Heading { issuer: &issuer, title: "قبض رسید صندوق", refs });
    let fields = vec![
        Field::new("دریافت شد از", story.person.name()),
        Field::new("شماره پرونده", sheet.digits.show(&story.record_number)),
        sheet.sum("مبلغ", "paid", story.paid()),
        Field::new("بابت", "هزینه بستری و درمان"),
        Field::new("نحوه پرداخت", *sheet.rng.pick(&["کارتخوان", "نقدی"])),
        Field::new("صندوق", sheet.digits.show("3")),
    ];
    sheet.fields(fields);
    foot(sheet, "صندوقدار", &["صندوق".to_owned(), format!("بیمارستان {}", story.hospital)]);
}

/// The pharmacy's invoice.
pub(super) fn pharmacy(sheet: &mut Sheet<'_>, story: &Story) {
    let issuer = [story.pharmacy.to_owned(), format!("{}، {}", story.town, "خیابان امام، جنب درمانگاه")];
    let number = sheet.rng.digits(6);
    let refs =
        vec![Field::new("شماره فاکتور", sheet.digits.show(&number)), sheet.dated("تاریخ", "issue", story.discharged)];
    sheet.leading = sheet.leading.min(1.7);
    sheet.heading(Heading { issuer: &issuer, title: "فاکتور فروش دارو و تجهیزات", refs });
    let fields = vec![
        Field::new("نام بیمار", story.person.name()),
        Field::new("پزشک", format!("دکتر {}", sheet.rng.pick(&crate::story::names::OFFICIALS))),
    ];
    sheet.fields(fields);
    let rows = item_rows(sheet, &story.medicines);
    sheet.table(&BILL_COLUMNS, &rows);
    let total = sheet.sum("جمع کل", "total", story.medicine_total());
    sheet.fields(vec![total]);
    foot(sheet, "مسئول فنی", &[story.pharmacy.to_owned(), "داروساز".to_owned()]);
}

/// The bank's slip that proves an account.
pub(super) fn bank_slip(sheet: &mut Sheet<'_>, story: &Story) {
    let branch = sheet.rng.digits(4);
    let issuer = [story.bank.to_owned(), format!("شعبه {} کد {}", story.town, sheet.digits.show(&branch))];
    let refs = vec![sheet.dated("تاریخ", "issue", story.submitted.plus(-4))];
    sheet.heading(Heading { issuer: &issuer, title: "گواهی شماره شبا", refs });
    let account = sheet.rng.digits(13);
    let fields = vec![
        Field::new("صاحب حساب", story.person.name()),
        Field::new("شماره گذرنامه", story.person.passport.as_str()),
        Field::new("شماره حساب", sheet.digits.show(&account)),
        Field::new("نوع حساب", *sheet.rng.pick(&["کوتاه‌مدت", "قرض‌الحسنه پس‌انداز", "جاری"])),
    ];
    sheet.fields(fields);
    sheet.down(1.4);
    sheet.line();
    let (right, y) = (sheet.right(), sheet.y);
    let label = sheet.bold();
    let used = sheet.text(right, y, Anchor::Right, label, 120.0, "شماره شبا:", Note::Plain);
    let style = Type { typewriter: true, size: sheet.size * 1.1, bold: sheet.rng.odds(0.5), ..sheet.plain() };
    let text = if sheet.rng.odds(0.7) { grouped(&story.iban) } else { story.iban.clone() };
    let room = sheet.measure() - used - 16.0;
    sheet.text(right - used - 14.0, y, Anchor::Right, style, room, &text, Note::Iban(story.iban.clone()));
    sheet.down(0.6);
    sheet.paragraph("گواهی می‌شود حساب فوق به نام مشتری یادشده در این شعبه فعال می‌باشد و این گواهی بنا به درخواست ایشان صادر گردیده است.");
    foot(sheet, "رئیس شعبه", &[story.bank.to_owned(), format!("شعبه {}", story.town)]);
}
