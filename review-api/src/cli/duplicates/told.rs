//! The answer, as the contract wants it and for people.

use anyhow::Result;
use sanad_checks::duplicates::fingerprint::Unfit;
use sanad_checks::duplicates::relation::Relation;
use sanad_checks::reasons::persian_digits;
use serde_json::{Value, json};

use super::register::{Pair, Register};
use crate::cli::check::line::Failure;

/// Digits of a score that mean something.
const SCORE_STEPS: f32 = 1000.0;

/// One object with the pairs, what was not compared, and our own failures.
pub(super) fn json(register: &Register, pairs: &[Pair], failures: &[(String, Failure)]) -> Result<String> {
    let name = |file: usize| register.files[file].name.as_str();
    let pairs: Vec<Value> = pairs
        .iter()
        .map(|p| {
            json!({
                "a": name(p.a),
                "b": name(p.b),
                "relation": p.relation,
                "score": f64::from((p.score * SCORE_STEPS).round()) / f64::from(SCORE_STEPS),
                "regions": p.regions,
                "pages": p.pages,
            })
        })
        .collect();
    let not_run: Vec<Value> = register
        .unfit
        .iter()
        .map(|(file, page, why)| json!({ "file": name(*file), "page": page, "why": why.to_string() }))
        .collect();
    let mut answer = json!({ "pairs": pairs, "not_run": not_run });
    if !failures.is_empty() {
        answer["errors"] =
            failures.iter().map(|(file, error)| json!({ "file": file, "error": error })).collect::<Vec<_>>().into();
    }
    Ok(serde_json::to_string(&answer)?)
}

/// The pairs in Persian, one a line.
pub(super) fn people(register: &Register, pairs: &[Pair], failures: &[(String, Failure)]) -> String {
    let mut lines: Vec<String> = pairs
        .iter()
        .map(|p| {
            let share = persian_digits(&(p.score * 100.0).round().to_string());
            let (a, b) = (&register.files[p.a].name, &register.files[p.b].name);
            format!("{} — {share}٪\n  {}\n  {}", words(p.relation), a.escape_debug(), b.escape_debug())
        })
        .collect();
    if lines.is_empty() {
        lines.push("برگهٔ تکراری یافت نشد.".to_owned());
    }
    for (file, page, why) in &register.unfit {
        let page = persian_digits(&(page + 1).to_string());
        lines.push(format!("سنجیده نشد: {} صفحهٔ {page} — {}", register.files[*file].name.escape_debug(), reason(*why)));
    }
    lines.extend(failures.iter().map(|(file, error)| format!("{}: {}", file.escape_debug(), error.message.fa)));
    lines.join("\n")
}

const fn words(relation: Relation) -> &'static str {
    match relation {
        Relation::SameBytes => "همان فایل",
        Relation::SamePicture => "همان تصویر",
        Relation::SamePaper => "همان برگه",
        Relation::SamePaperMarked => "همان برگه، با مهر یا نوشتهٔ تازه",
        Relation::Possible => "شاید همان برگه؛ نگاه کنید",
        Relation::SameTemplate => "همان فرم، برگه‌ای دیگر",
    }
}

const fn reason(why: Unfit) -> &'static str {
    match why {
        Unfit::Small => "تصویر بسیار کوچک است",
        Unfit::Plain => "نوشته‌ای که برگه را بشناساند ندارد",
        Unfit::Texture => "پر از نقش یا نویز است",
    }
}
