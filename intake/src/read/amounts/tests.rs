use super::super::rows::rows;
use super::super::rows::tests::line;
use super::*;

fn other() -> KindFact {
    KindFact { code: "other".to_owned(), confidence: 0.5 }
}

fn sums(text: &str) -> Vec<(String, u64)> {
    find(&rows(&line(text, 1200, 10)), Seen::default(), &ByInk::default(), &other(), 0)
        .into_iter()
        .map(|a| (a.name, a.rials))
        .collect()
}

#[test]
fn labels_name_the_sums() {
    assert_eq!(sums("جمع کل: ۵۹۹٬۷۵۰٬۰۰۰ ریال"), [("total".to_owned(), 599_750_000)]);
    assert_eq!(sums("قابل پرداخت بیمار: ۲۹۹,۸۷۰,۰۰۰ ریال"), [("payable".to_owned(), 299_870_000)]);
    assert_eq!(sums("مبلغ: ۱۲٬۰۰۰ تومان"), [("paid".to_owned(), 120_000)]);
}

#[test]
fn a_label_without_its_sum_does_not_take_that_of_another() {
    let share = || ("insured-share".to_owned(), 305_535_000);
    assert_eq!(sums("جمع کل: رال سهم بیمه پایه: ۳۰۵٬۵۳۵٬۰۰۰ ریال"), [share()]);
    assert_eq!(
        sums("جمع کل: ۹۹۹٬۰۰۰٬۰۰۰ ریال سهم بیمه پایه: ۳۰۵٬۵۳۵٬۰۰۰ ریال"),
        [("total".to_owned(), 999_000_000), share()]
    );
    // one label of several words names one sum
    assert_eq!(sums("جمع کل مبلغ: ۹۹۹٬۰۰۰٬۰۰۰ ریال"), [("total".to_owned(), 999_000_000)]);
}

#[test]
fn treatment_is_no_currency() {
    assert_eq!(sums("مبلغ: ۱۲٬۰۰۰ بابت درمان"), [("paid".to_owned(), 12_000)]);
    assert_eq!(sums("مبلغ: ۱۲٬۰۰۰ تومن بابت درمان"), [("paid".to_owned(), 120_000)]);
}

#[test]
fn torn_sums_are_joined_and_odd_groups_refused() {
    assert_eq!(value("۵۹۹٬۷۵۰"), Some((599_750, true)));
    assert_eq!(value("۵۹۹٬۷۵"), None);
    assert_eq!(value("1234567"), Some((1_234_567, false)));
}

/// A page of labelled sums, one a line, and what the reader of numbers makes of each.
fn page(sums: &[(&str, &str)], sure: f32) -> Vec<(String, u64, bool)> {
    let mut words = Vec::new();
    let mut second = Vec::new();
    for (at, (text, figures)) in sums.iter().enumerate() {
        let row = line(text, 1200, 10 + 60 * at as u32);
        let field = row.iter().find(|word| word.text.chars().any(|c| digit(c).is_some())).unwrap().region;
        second.push(SecondReading {
            text: (*figures).to_owned(),
            region: field,
            confidence: sure,
            ..SecondReading::default()
        });
        words.extend(row);
    }
    find(&rows(&words), Seen { second: &second, alone: &[] }, &ByInk::default(), &other(), 0)
        .into_iter()
        .map(|a| (a.name, a.rials, a.trusted))
        .collect()
}

#[test]
fn a_sum_is_trusted_when_both_readers_say_it() {
    let told = |figures, sure| page(&[("جمع کل: ۵۹۹٬۷۵۰٬۰۰۰ ریال", figures)], sure);
    assert_eq!(told("599,750,000", 0.95), [("total".to_owned(), 599_750_000, true)]);
    assert_eq!(told("599,150,000", 0.95), [("total".to_owned(), 599_750_000, false)]);
    assert_eq!(told("599,150,000", 0.99), [("total".to_owned(), 599_150_000, false)], "the surer one is told");
}

#[test]
fn a_garbled_sum_is_read_by_its_figures_and_proved_by_the_others() {
    let sums = [
        ("جمع کل: ۹٬۰۰۰٬۰۰۰ ریال", "9,000,000"),
        ("سهم بیمه: ۶٬0۵۰ ریال", "6,000,000"),
        ("سهم بیمار: ۳٬۰۰۰٬۰۰۰ ریال", "8,000,000"),
    ];
    let told = page(&sums, 0.92);
    let of = |name: &str| told.iter().find(|sum| sum.0 == name).map(|sum| (sum.1, sum.2));
    assert_eq!(of("total"), Some((9_000_000, true)));
    assert_eq!(of("payable"), Some((3_000_000, true)));
}

#[test]
fn one_sum_of_three_may_be_its_second_likeliest() {
    let rows_of = |text: &str, y: u32| line(text, 1200, y);
    let texts = ["جمع کل: ۵۱٬۸۵۰۰", "سهم بیمه: ۱۵٬۵۵", "سهم بیمار: ۳۹٬۲۹۵۰"];
    let words: Vec<Vec<crate::ocr::Word>> =
        texts.iter().zip(0..).map(|(text, at)| rows_of(text, 10 + 60 * at)).collect();
    let read = ["518,500,000", "155,550,000", "392,950,000"];
    let second = |likely: &str| -> Vec<SecondReading> {
        let of = |(row, text): (&Vec<crate::ocr::Word>, &&str)| SecondReading {
            text: (*text).to_owned(),
            region: row.last().unwrap().region,
            confidence: 0.93,
            others: vec![(likely.to_owned(), 0.05)],
        };
        words.iter().zip(&read).map(of).collect()
    };
    let rows = rows(&words.concat());
    let told = |likely: &str| {
        let second = second(likely);
        let mut found = find(&rows, Seen { second: &second, alone: &[] }, &ByInk::default(), &other(), 0);
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found.into_iter().map(|sum| (sum.rials, sum.trusted)).collect::<Vec<_>>()
    };
    assert_eq!(told("362,950,000"), [(155_550_000, true), (362_950_000, true), (518_500_000, true)]);
    assert!(told("362,950,005").iter().all(|sum| !sum.1));
}

#[test]
fn a_sum_that_is_garbled_on_its_page_is_trusted_where_both_readers_have_it_by_itself() {
    let words = line("جمع کل: ۵۹رد۷۵۰٬۰۰۰ ریال", 1200, 10);
    let field = words[2].region;
    let reading = |text: &str| SecondReading {
        text: text.to_owned(),
        region: field,
        confidence: 0.95,
        ..SecondReading::default()
    };
    let (second, rows) = ([reading("599,750,000")], rows(&words));
    assert_eq!(sums_to_prove(&rows, &second, &[]), [field]);
    let told = |alone: &str| {
        let alone = [reading(alone)];
        let found = find(&rows, Seen { second: &second, alone: &alone }, &ByInk::default(), &other(), 0);
        found.into_iter().map(|sum| (sum.rials, sum.trusted)).collect::<Vec<_>>()
    };
    assert_eq!(told("۵۹۹٬۷۵۰٬۰۰۰"), [(599_750_000, true)]);
    assert_eq!(told("۵۹۹٬۱۵۰٬۰۰۰"), []);
}

#[test]
fn a_phone_is_no_sum() {
    assert!(sums("تلفن: ۰۹۱۲۳۴۵۶۷۸۹").is_empty());
}

#[test]
fn what_is_no_sum_speaks_for_the_sum_beside_it() {
    let told = |likely: &str| {
        let words = line("مبلغ: ۵۳۳۰۲۸۳۰۷۵۰ ریال", 1200, 10);
        let others = vec![(likely.to_owned(), 0.2)];
        let text = "533,283,750".to_owned();
        let second = [SecondReading { text, region: words[1].region, confidence: 0.67, others }];
        let seen = Seen { second: &second, alone: &[] };
        find(&rows(&words), seen, &ByInk::default(), &other(), 0).first().map(|sum| (sum.rials, sum.trusted))
    };
    assert_eq!(told("5330283,750"), Some((533_283_750, false)));
    assert_eq!(told("533,288,750"), None);
}

#[test]
fn what_is_no_sum_speaks_for_the_one_sum_of_a_receipt_too() {
    let told = |share: f32| {
        let reading = SecondReading {
            text: "515,100,000".to_owned(),
            region: Region::new(300, 90, 190, 30),
            confidence: 0.82,
            others: vec![("5157100,000".to_owned(), share)],
        };
        let kind = KindFact { code: "cash-receipt".to_owned(), confidence: 0.95 };
        let seen = Seen { second: &[reading], alone: &[] };
        find(&[], seen, &ByInk::default(), &kind, 0).first().map(|sum| (sum.name.clone(), sum.rials, sum.trusted))
    };
    assert_eq!(told(0.1), Some(("paid".to_owned(), 515_100_000, false)));
    assert_eq!(told(0.05), None);
}

#[test]
fn a_label_without_a_sum_is_told_by_its_name() {
    let named = |text: &str| {
        let rows = rows(&line(text, 1200, 10));
        unread(&Phrases::of(&rows), &find(&rows, Seen::default(), &ByInk::default(), &other(), 0))
    };
    assert_eq!(named("جمع کل: ۵۹۹٬۷۵۰٬۰۰۰ ریال قابل پرداخت بیمار: رال"), ["payable"]);
    assert!(named("جمع کل: ۵۹۹٬۷۵۰٬۰۰۰ ریال").is_empty());
}
