//! The answer for people at a terminal.

use std::fmt::Write;

use sanad_checks::finding::{Bilingual, Finding, Severity, Verdict};
use sanad_checks::report::{FileReport, PageReport};

use super::Language;
use super::line::Line;
use super::words::mark;

/// Colours of a terminal by their codes.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: u8, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        self.with(
            match severity {
                Severity::Info => 34,
                Severity::Warn => 33,
                Severity::Reject => 31,
            },
            text,
        )
    }

    fn verdict(self, verdict: Verdict, text: &str) -> String {
        self.with(
            match verdict {
                Verdict::Accept => 32,
                Verdict::Warn => 33,
                Verdict::Reject => 31,
            },
            text,
        )
    }
}

/// One file's answer, several lines without a last line break.
pub(super) fn render(line: &Line, lang: Language, colours: bool) -> String {
    let paint = Paint(colours);
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = match line {
        Line::Judged(report) => file(&mut out, report, lang, paint),
        Line::Failed { file, error } => {
            write!(out, "{}: {} — {}", plain(file), paint.with(31, lang.failed()), text(&error.message, lang))
        }
    };
    out
}

fn file(out: &mut String, report: &FileReport, lang: Language, paint: Paint) -> std::fmt::Result {
    let verdict = paint.verdict(report.verdict, lang.verdict(report.verdict));
    write!(out, "{}: {verdict}", plain(&report.file))?;
    for finding in &report.findings {
        self::finding(out, finding, "  ", lang, paint)?;
    }
    for page in &report.pages {
        self::page(out, page, lang, paint)?;
    }
    Ok(())
}

fn page(out: &mut String, page: &PageReport, lang: Language, paint: Paint) -> std::fmt::Result {
    let share = (page.readability * 100.0).round();
    write!(
        out,
        "\n  {} {}: {} — {} {}{}",
        lang.page(),
        lang.number(page.index + 1),
        paint.verdict(page.verdict, lang.verdict(page.verdict)),
        lang.readability(),
        lang.number(share),
        lang.percent(),
    )?;
    if page.uncertain {
        write!(out, " ({})", lang.uncertain())?;
    }
    for finding in &page.findings {
        self::finding(out, finding, "    ", lang, paint)?;
    }
    if !page.not_run.is_empty() {
        let checks: Vec<&str> = page.not_run.iter().map(|missed| missed.check.as_str()).collect();
        write!(out, "\n    {}", paint.with(2, &format!("{}: {}", lang.not_run(), checks.join(", "))))?;
    }
    Ok(())
}

fn finding(out: &mut String, finding: &Finding, indent: &str, lang: Language, paint: Paint) -> std::fmt::Result {
    let head = format!("{} {}", mark(finding.severity), finding.code.as_str());
    write!(out, "\n{indent}{} {}", paint.severity(finding.severity, &head), plain(text(&finding.message, lang)))?;
    let advice = text(&finding.advice, lang);
    if !advice.is_empty() {
        write!(out, "\n{indent}  → {advice}")?;
    }
    Ok(())
}

fn text(both: &Bilingual, lang: Language) -> &str {
    match lang {
        Language::Fa => &both.fa,
        Language::En => &both.en,
    }
}

/// A name as it may stand on a terminal: what would break the line, move the cursor or turn the
/// direction of the text is written out.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| {
            let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if c.is_control() || turns { format!("\\u{{{:x}}}", c as u32) } else { c.to_string() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_write_on_the_terminal() {
        assert_eq!(plain("a\n\u{202e}gpj.exe\u{1b}[2J"), "a\\u{a}\\u{202e}gpj.exe\\u{1b}[2J");
        assert_eq!(plain("صورت‌حساب ۱.jpg"), "صورت‌حساب ۱.jpg");
    }
}
