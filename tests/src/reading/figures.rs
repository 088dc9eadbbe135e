//! Figures of reading over labelled folders, by typeface.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use sanad_checks::completeness::wrong_kind;
use sanad_checks::facts::{Facts, KindFact, parts};
use sanad_intake::ocr::WordReader;

use super::said::facts;
use super::truth::{Paper, open};

/// Counts of dates.
#[derive(Clone, Copy, Debug, Default)]
struct Dates {
    truth: u32,
    right: u32,
    role: u32,
    asked: u32,
    told: u32,
    wrong: u32,
    trusted: u32,
    trusted_wrong: u32,
}

impl Dates {
    fn add(&mut self, other: Self) {
        self.truth += other.truth;
        self.right += other.right;
        self.role += other.role;
        self.asked += other.asked;
        self.told += other.told;
        self.wrong += other.wrong;
        self.trusted += other.trusted;
        self.trusted_wrong += other.trusted_wrong;
    }

    fn line(&self, name: &str) -> String {
        let share = |n: u32, of: u32| if of == 0 { f64::NAN } else { 100.0 * f64::from(n) / f64::from(of) };
        format!(
            "{name:<22} {:>5}  right {:>5.1}%  role {:>5.1}%  asked {:>3}  wrong {:>3} of {:>4}  trusted {:>5.1}%  trusted wrong {}",
            self.truth,
            share(self.right, self.truth),
            share(self.role, self.right),
            self.asked,
            self.wrong,
            self.told,
            share(self.trusted, self.told),
            self.trusted_wrong,
        )
    }
}

fn dates(paper: &Paper, facts: &Facts) -> Dates {
    let right = |iso: &String| facts.dates.iter().any(|d| d.iso == *iso);
    let role = |role: &String, iso: &String| facts.dates.iter().any(|d| d.iso == *iso && d.role.word() == role);
    let count = |n: usize| n as u32;
    let wrong = || facts.dates.iter().filter(|d| !paper.days.contains(&d.iso));
    Dates {
        truth: count(paper.dates.len()),
        right: count(paper.dates.iter().filter(|(_, iso)| right(iso)).count()),
        role: count(paper.dates.iter().filter(|(r, iso)| role(r, iso)).count()),
        asked: count(facts.unread.len()),
        told: count(facts.dates.len()),
        wrong: count(wrong().count()),
        trusted: count(facts.dates.iter().filter(|d| d.trusted).count()),
        trusted_wrong: count(wrong().filter(|d| d.trusted).count()),
    }
}

/// Names of the sums that checks go by.
const NAMED: [&str; 4] = ["total", "payable", "insured-share", "paid"];

/// Counts of the sums that checks go by.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    truth: u32,
    right: u32,
    /// Told, and no sum of its page.
    wrong: u32,
    trusted: u32,
    trusted_wrong: u32,
}

impl Sums {
    /// Adds a paper whose sums are noted.
    fn add(&mut self, paper: &Paper, facts: &Facts) {
        if paper.sums.is_empty() {
            return;
        }
        let told = |name: &str, rials: u64| facts.amounts.iter().any(|sum| sum.name == name && sum.rials == rials);
        for (name, rials) in paper.sums.iter().filter(|(name, _)| NAMED.contains(&name.as_str())) {
            self.truth += 1;
            self.right += u32::from(told(name, *rials));
        }
        let known = |rials: u64| paper.sums.iter().any(|(_, sum)| *sum == rials);
        for sum in &facts.amounts {
            self.wrong += u32::from(!known(sum.rials));
            self.trusted += u32::from(sum.trusted);
            self.trusted_wrong += u32::from(sum.trusted && !known(sum.rials));
        }
    }
}

/// Other counts over all papers.
#[derive(Debug, Default)]
struct Others {
    kinds: (u32, u32),
    kind_wrong: u32,
    /// Papers in their right slots that would be called wrong.
    misplaced: u32,
    /// What each page is, and what it was told to be, in the order they were read.
    pages: Vec<(String, KindFact)>,
    zones: (u32, u32),
    zones_wrong: u32,
    ibans: (u32, u32),
    ibans_wrong: u32,
}

impl Others {
    fn add(&mut self, paper: &Paper, facts: &Facts) {
        let known = kind_name(&paper.kind);
        self.kinds.1 += 1;
        self.kinds.0 += u32::from(facts.kind.code == known);
        self.kind_wrong += u32::from(facts.kind.code != known && facts.kind.code != "other");
        self.misplaced += u32::from(matches!(wrong_kind(Some(known), &facts.kind), Ok(Some(_))));
        self.pages.push((known.to_owned(), facts.kind.clone()));
        if let [first, second, ..] = &paper.mrz[..] {
            self.zones.1 += 1;
            let number = if first.starts_with('I') { &first[5..14] } else { &second[..9] };
            if let Some(zone) = facts.mrz.as_ref().filter(|zone| zone.valid) {
                let right = zone.number == number.trim_matches('<');
                self.zones.0 += u32::from(right);
                self.zones_wrong += u32::from(!right);
            }
        }
        if let Some(iban) = &paper.iban {
            let read = || facts.ibans.iter().filter(|i| i.valid);
            self.ibans.1 += 1;
            self.ibans.0 += u32::from(read().any(|i| i.text == *iban));
            self.ibans_wrong += u32::from(read().any(|i| i.text != *iban));
        }
    }
}

/// The development data call some kinds by older names.
fn kind_name(kind: &str) -> &str {
    match kind {
        "passport" => "identity",
        "police_report" | "police-report" => "accident-report",
        other => other,
    }
}

/// Which papers are measured.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Keep words here.
    pub cache: Option<PathBuf>,
    /// Only papers of at most this severity.
    pub severity: f64,
    /// List what went wrong.
    pub list: bool,
    /// Only papers with this defect (`none` for those without).
    pub defect: Option<String>,
    /// Papers of a folder at most.
    pub papers: usize,
}

/// Prints the figures over folders.
///
/// # Errors
/// When a folder cannot be read.
pub fn print(folders: &[PathBuf], wish: &Wish) -> Result<()> {
    let mut reader = WordReader::new()?;
    let mut faces: BTreeMap<String, Dates> = BTreeMap::new();
    let mut others = Others::default();
    let (mut all, mut sums) = (Dates::default(), Sums::default());
    let mut papers = 0;
    for folder in folders {
        for paper in measured(folder, wish)? {
            let (facts, _) = facts(&paper, &mut reader, wish.cache.as_deref())?;
            let counted = dates(&paper, &facts);
            if wish.list {
                list(&paper, &facts);
            }
            faces.entry(paper.face.clone()).or_default().add(counted);
            all.add(counted);
            others.add(&paper, &facts);
            sums.add(&paper, &facts);
            papers += 1;
        }
    }
    println!("{papers} papers; dates by face:");
    for (face, counted) in &faces {
        println!("{}", counted.line(face));
    }
    println!("{}", all.line("all"));
    println!("kind {}/{}  another kind told {}", others.kinds.0, others.kinds.1, others.kind_wrong);
    println!("right papers called wrong in their slots {}/{}", others.misplaced, others.kinds.1);
    let (files, whole, begun, right) = files_of_several(&others.pages);
    println!("files of four pages: {whole}/{files} fall apart wholly rightly; papers begun rightly {right}/{begun}");
    println!("zones proved and right {}/{}  proved and wrong {}", others.zones.0, others.zones.1, others.zones_wrong);
    println!("account numbers {}/{}  wrong {}", others.ibans.0, others.ibans.1, others.ibans_wrong);
    println!(
        "sums told under their names {}/{}  wrong {}  trusted {}  trusted wrong {}",
        sums.right, sums.truth, sums.wrong, sums.trusted, sums.trusted_wrong
    );
    let proved = others.zones.0 + others.zones_wrong + others.ibans.0 + others.ibans_wrong;
    let wrong = others.zones_wrong + others.ibans_wrong;
    println!(
        "trusted values, dates and sums, zones and account numbers by their digits: {}  wrong {}",
        all.trusted + sums.trusted + proved,
        all.trusted_wrong + sums.trusted_wrong + wrong
    );
    Ok(())
}

/// Files of four pages each, put together of all pages in a fixed disorder, as the product takes them apart: files,
/// those taken apart wholly rightly, papers in them, and papers that begin where they should under their right name.
fn files_of_several(pages: &[(String, KindFact)]) -> (u32, u32, u32, u32) {
    const PAGES: usize = 4;
    /// A stride without a divisor in common with most counts of pages.
    const STRIDE: usize = 7919;
    let mixed: Vec<&(String, KindFact)> = (0..pages.len()).map(|at| &pages[at * STRIDE % pages.len()]).collect();
    let (mut files, mut whole, mut begun, mut right) = (0, 0, 0, 0);
    for file in mixed.chunks_exact(PAGES) {
        let mut there: Vec<(u32, &str)> = Vec::new();
        for (at, (kind, _)) in (0..).zip(file) {
            if there.last().is_none_or(|(_, last)| *last != kind.as_str()) {
                there.push((at, kind.as_str()));
            }
        }
        let told = parts((0..).zip(file.iter().map(|(_, kind)| kind)));
        let told: Vec<(u32, &str)> = told.iter().map(|part| (part.first, part.kind.code.as_str())).collect();
        let hits = there.iter().filter(|paper| told.contains(paper)).count();
        files += 1;
        whole += u32::from(told == there || (told.is_empty() && there.len() == 1));
        begun += there.len() as u32;
        right += hits as u32;
    }
    (files, whole, begun, right)
}

fn measured(folder: &Path, wish: &Wish) -> Result<Vec<Paper>> {
    let papers = open(folder)?;
    let defect = |paper: &Paper| wish.defect.as_ref().is_none_or(|name| *name == paper.defect.0);
    let wanted = |paper: &Paper| !paper.turned && paper.defect.1 <= wish.severity && defect(paper);
    Ok(papers.into_iter().filter(wanted).take(wish.papers).collect())
}

fn list(paper: &Paper, facts: &Facts) {
    for (role, iso) in &paper.dates {
        let read = facts.dates.iter().find(|d| d.iso == *iso);
        match read {
            None => println!("  miss {} [{}] {role} {iso}", paper.name, paper.face),
            Some(_) if !facts.dates.iter().any(|d| d.iso == *iso && d.role.word() == role) => {
                let roles: Vec<&str> = facts.dates.iter().filter(|d| d.iso == *iso).map(|d| d.role.word()).collect();
                println!("  role {} {role} {iso} told {roles:?}", paper.name);
            }
            Some(_) => {}
        }
    }
    for date in facts.dates.iter().filter(|d| !paper.days.contains(&d.iso)) {
        println!(
            "  wrong {} [{}] {} {} «{}» trusted {}",
            paper.name,
            paper.face,
            date.role.word(),
            date.iso,
            date.text,
            date.trusted
        );
    }
    for (name, rials) in paper.sums.iter().filter(|(name, _)| NAMED.contains(&name.as_str())) {
        let here = || facts.amounts.iter().filter(|sum| sum.name == *name || sum.rials == *rials);
        if !here().any(|sum| sum.name == *name && sum.rials == *rials) {
            let told: Vec<String> = here().map(|sum| format!("{} {}", sum.name, sum.rials)).collect();
            println!("  sum {} [{}] {name} {rials} told {told:?}", paper.name, paper.face);
        }
    }
    for iban in facts.ibans.iter().filter(|iban| iban.valid && paper.iban.as_ref() != Some(&iban.text)) {
        println!("  iban {} {:?} told {}", paper.name, paper.iban, iban.text);
    }
    for sum in facts.amounts.iter().filter(|_| !paper.sums.is_empty()) {
        if !paper.sums.iter().any(|(_, rials)| *rials == sum.rials) {
            println!(
                "  wrong sum {} [{}] {} {} «{}» trusted {}",
                paper.name, paper.face, sum.name, sum.rials, sum.text, sum.trusted
            );
        }
    }
    if facts.kind.code != kind_name(&paper.kind) {
        println!("  kind {} {} told {} {}", paper.name, paper.kind, facts.kind.code, facts.kind.confidence);
    }
}
