//! The files of one call: which of their pages are worth comparing, and what the comparison says.

use std::io;
use std::sync::OnceLock;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{Candidate, all_keys, candidates};
use sanad_checks::duplicates::fingerprint::{Fingerprint, Unfit};
use sanad_checks::duplicates::relation::{Answer, Relation, RelationThresholds, relate_as_they_stand};
use sanad_checks::page::Region;
use sanad_checks::report::FileReport;
use sanad_intake::ocr::figures;
use sanad_intake::ocr::number::NumberReader;
use sanad_intake::{PageIdentity, PageImages};

use crate::cli::check::crew;

/// Pages that are kept ready for comparison at once; of more, each is made ready when it is wanted.
const MOST_READY: usize = 4000;

/// One file that was read.
#[derive(Debug)]
pub(in crate::cli) struct File {
    pub(in crate::cli) name: String,
    sha256: String,
    bytes: u64,
    pages: Vec<Option<PageIdentity>>,
}

impl File {
    pub(in crate::cli) fn of(report: FileReport, images: Vec<PageImages>) -> Self {
        let pages = images.into_iter().map(|image| image.identity).collect();
        Self { name: report.file, sha256: report.sha256, bytes: report.bytes, pages }
    }
}

/// A page that can be compared.
struct Page {
    file: usize,
    index: usize,
    print: Fingerprint,
    ready: OnceLock<Prepared>,
}

impl Page {
    fn with<T>(&self, keep: bool, work: impl FnOnce(&Prepared) -> T) -> T {
        if keep { work(self.ready.get_or_init(|| Prepared::of(&self.print))) } else { work(&Prepared::of(&self.print)) }
    }
}

/// All files of a call.
pub(in crate::cli) struct Register {
    pub(in crate::cli) files: Vec<File>,
    pages: Vec<Page>,
    candidates: Vec<Candidate>,
    /// Pages that are compared with none, and why: file, page, reason.
    pub(in crate::cli) unfit: Vec<(usize, usize, Unfit)>,
}

/// Two files that have to do with each other.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Pair {
    pub(in crate::cli) a: usize,
    pub(in crate::cli) b: usize,
    /// The pages that show it.
    pub(in crate::cli) pages: [usize; 2],
    pub(in crate::cli) relation: Relation,
    pub(in crate::cli) score: f32,
    /// Places on the first file's page that differ or bear a later mark.
    pub(in crate::cli) regions: Vec<Region>,
    /// The same places on the other's.
    pub(in crate::cli) others: Vec<Region>,
}

impl Register {
    /// Files in the order of the call.
    ///
    /// # Errors
    /// Never in practice; the type is the crew's.
    pub(in crate::cli) fn of(files: Vec<File>, jobs: usize) -> io::Result<Self> {
        let (mut pages, mut unfit) = (Vec::new(), Vec::new());
        for (file, index, identity) in identities(&files) {
            match &identity.fingerprint {
                Ok(bytes) => {
                    if let Ok(print) = Fingerprint::from_bytes(bytes) {
                        pages.push(Page { file, index, print, ready: OnceLock::new() });
                    }
                }
                Err(why) => unfit.push((file, index, *why)),
            }
        }
        let keep = pages.len() <= MOST_READY;
        let mut keys = Vec::with_capacity(pages.len());
        crew::in_order(
            &pages,
            jobs,
            |_, page| page.with(keep, all_keys),
            |k| {
                keys.push(k);
                Ok(())
            },
        )?;
        let mut candidates = candidates(&keys);
        candidates.retain(|c| pages[c.a].file != pages[c.b].file);
        Ok(Self { files, pages, candidates, unfit })
    }

    /// Pages that will be compared.
    pub(in crate::cli) fn comparisons(&self) -> usize {
        self.candidates.len()
    }

    /// The pairs, sorted by the order of the files; each pair of files once, by the strongest of its pages.
    ///
    /// # Errors
    /// Never in practice; the type is the crew's.
    pub(in crate::cli) fn pairs(&self, templates: bool, jobs: usize, mut tick: impl FnMut()) -> io::Result<Vec<Pair>> {
        let mut pairs = self.exact();
        let settled: std::collections::HashSet<(usize, usize)> = pairs.iter().map(|p| (p.a, p.b)).collect();
        let (limits, reader) = (RelationThresholds::default(), NumberReader::new());
        let work = |_: usize, c: &Candidate| {
            let (a, b) = (&self.pages[c.a], &self.pages[c.b]);
            let order = if a.file < b.file { (a.file, b.file) } else { (b.file, a.file) };
            if settled.contains(&order) {
                return None;
            }
            self.compare(c, &limits).map(|answer| pair(a, b, &figures::settled(answer, &reader)))
        };
        crew::in_order(&self.candidates, jobs, work, |found| {
            tick();
            pairs.extend(found.filter(|p| templates || p.relation != Relation::SameTemplate));
            Ok(())
        })?;
        pairs.sort_by(|p, q| (p.a, p.b, p.relation).cmp(&(q.a, q.b, q.relation)).then(q.score.total_cmp(&p.score)));
        pairs.dedup_by_key(|p| (p.a, p.b));
        Ok(pairs)
    }

    fn compare(&self, c: &Candidate, limits: &RelationThresholds) -> Option<Answer> {
        let keep = self.pages.len() <= MOST_READY;
        let (a, b) = (&self.pages[c.a], &self.pages[c.b]);
        a.with(keep, |a| {
            b.with(keep, |b| match c.quarters {
                0 => relate_as_they_stand(a, b, limits),
                // the first page keeps its frame, so that its regions are those of the page
                quarters => relate_as_they_stand(a, &b.turned((4 - quarters) % 4), limits),
            })
        })
    }

    /// Pairs of the very same bytes or pixels.
    fn exact(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let one = |a: usize, b: usize, pages, relation| Pair {
            a,
            b,
            pages,
            relation,
            score: 1.0,
            regions: vec![],
            others: vec![],
        };
        for (i, file) in self.files.iter().enumerate() {
            for (j, other) in self.files.iter().enumerate().skip(i + 1) {
                if file.bytes > 0 && file.sha256 == other.sha256 {
                    pairs.push(one(i, j, [0, 0], Relation::SameBytes));
                } else if let Some(pages) = same_picture(file, other) {
                    pairs.push(one(i, j, pages, Relation::SamePicture));
                }
            }
        }
        pairs
    }
}

/// The first pages of two files that are the same picture. Pages without writing are all alike and do not count.
fn same_picture(a: &File, b: &File) -> Option<[usize; 2]> {
    let telling = |page: &Option<PageIdentity>| {
        page.as_ref().filter(|p| !matches!(p.fingerprint, Err(Unfit::Small | Unfit::Plain))).map(|p| p.pixels_sha256)
    };
    a.pages.iter().enumerate().find_map(|(i, page)| {
        let hash = telling(page)?;
        b.pages.iter().position(|other| telling(other) == Some(hash)).map(|j| [i, j])
    })
}

fn identities(files: &[File]) -> impl Iterator<Item = (usize, usize, &PageIdentity)> {
    files.iter().enumerate().flat_map(|(f, file)| {
        file.pages.iter().enumerate().filter_map(move |(p, identity)| Some((f, p, identity.as_ref()?)))
    })
}

fn pair(a: &Page, b: &Page, answer: &Answer) -> Pair {
    let (relation, score) = (answer.relation, answer.score);
    let (regions, others) = (answer.regions.clone(), answer.others.clone());
    if a.file < b.file {
        return Pair { a: a.file, b: b.file, pages: [a.index, b.index], relation, score, regions, others };
    }
    Pair { a: b.file, b: a.file, pages: [b.index, a.index], relation, score, regions: others, others: regions }
}
