//! Meanings of dates, on words alone.

use super::super::dates::find;
use super::super::rows::rows;
use super::super::rows::tests::line;
use super::*;
use crate::ocr::Word;

fn roles(words: &[Word], kind: &str) -> Vec<(String, &'static str)> {
    let rows = rows(words);
    let found = find(&rows);
    let told = told(&found, &rows, &cues(&rows), kind);
    let mut all: Vec<_> =
        found.iter().zip(told).filter(|(_, t)| !t.number).map(|(f, t)| (f.text.clone(), t.role.word())).collect();
    all.sort();
    all
}

#[test]
fn the_nearest_cue_on_the_line_counts() {
    let words = line("تاریخ گزارش: ۱۴۰۱/۱۱/۱۷ تاریخ وقوع حادثه: ۱۴۰۱/۱۱/۱۶", 1200, 10);
    assert_eq!(
        roles(&words, "accident-report"),
        [("1401/11/16".to_owned(), "accident"), ("1401/11/17".to_owned(), "report")]
    );
}

#[test]
fn a_caption_above_counts_in_forms() {
    let mut words = line("تاریخ پذیرش", 1000, 10);
    words.extend(line("تاریخ ترخیص", 600, 10));
    words.extend(line("۱۴۰۱/۱۱/۱۶", 1000, 45));
    words.extend(line("۱۴۰۱/۱۱/۲۸", 600, 45));
    assert_eq!(
        roles(&words, "hospital-bill"),
        [("1401/11/16".to_owned(), "admission"), ("1401/11/28".to_owned(), "discharge")]
    );
}

#[test]
fn a_bare_date_goes_by_the_kind_and_a_sentence_by_its_event() {
    let words = line("تاریخ: ۱۴۰۲/۰۱/۰۲", 900, 10);
    assert_eq!(roles(&words, "cash-receipt")[0].1, "issue");
    assert_eq!(roles(&words, "traffic-report")[0].1, "report");
    let text = "نامبرده در تاریخ ۱۴۰۱/۱۱/۱۶ بر اثر برخورد دو خودرو دچار حادثه گردیده است";
    assert_eq!(roles(&line(text, 1200, 10), "office-letter")[0].1, "accident");
}

#[test]
fn the_same_words_mean_other_things_on_other_papers() {
    let words = line("تاریخ انقضا: ۱۴۰۲/۰۶/۱۷", 900, 10);
    assert_eq!(roles(&words, "policy")[0].1, "cover-to");
    assert_eq!(roles(&words, "identity")[0].1, "expiry");
}

#[test]
fn a_number_with_its_label_is_no_date() {
    assert!(roles(&line("شماره پرونده: ۱۴۰۱/۱۱/۱۶", 900, 10), "judicial-letter").is_empty());
}

#[test]
fn a_date_in_running_text_is_not_the_papers_own_where_a_cue_names_that() {
    let mut words = line("تاریخ صدور: ۱۴۰۴/۰۵/۱۰", 900, 10);
    let text = "تاریخ ۱۴۰۴/۰۵/۰۱ گواهی می‌شود نامبرده پس از معاینه تشخیص داده شد";
    words.extend(line(text, 1200, 90));
    let told = roles(&words, "death-certificate");
    assert_eq!(told, [("1404/05/01".to_owned(), "other"), ("1404/05/10".to_owned(), "issue")]);
    assert_eq!(roles(&line(text, 1200, 90), "death-certificate")[0].1, "issue");
}
