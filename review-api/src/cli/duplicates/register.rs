//! The files of one call: which of their pages are worth comparing, and what the comparison says.

use std::borrow::Cow;
use std::io;
use std::sync::OnceLock;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{Candidate, all_keys, candidates};
use sanad_checks::duplicates::fingerprint::{Fingerprint, Unfit};
use sanad_checks::duplicates::mates::{Kin, Mates};
use sanad_checks::duplicates::relation::{Answer, Relation, RelationThresholds};
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
    /// Ready for comparison, and kept so if wanted.
    fn made_ready(&self, keep: bool) -> Cow<'_, Prepared> {
        if keep {
            Cow::Borrowed(self.ready.get_or_init(|| Prepared::of(&self.print)))
        } else {
            Cow::Owned(Prepared::of(&self.print))
        }
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
            |_, page: &Page| all_keys(&page.made_ready(keep)),
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
        let unsettled = |c: &&Candidate| !settled.contains(&self.files_of(c));
        // the first page keeps its frame, so that its regions are those of the page
        let compared = |of_one_page: &[Candidate]| {
            let unsettled: Vec<Candidate> = of_one_page.iter().filter(unsettled).copied().collect();
            let Some(first) = unsettled.first().map(|c| self.ready(c.a)) else { return vec![] };
            figures::compared_with(&first, &unsettled, |page| self.ready(page), &limits, &reader)
        };
        let told = |c: &Candidate, answer: &Answer| {
            let told = templates || answer.relation != Relation::SameTemplate;
            told.then(|| pair(&self.pages[c.a], &self.pages[c.b], answer))
        };
        let (mut of_one_form, mut open) = (Vec::new(), Vec::new());
        crew::in_order(
            &Candidate::of_each_page(&self.candidates),
            jobs,
            |_, of_one_page| (of_one_page.len(), compared(of_one_page)),
            |(held, found)| {
                (0..held).for_each(|_| tick());
                for (c, answer) in found.into_iter().flatten() {
                    of_one_form.extend(Kin::of(&answer).map(|kin| (c, kin)));
                    open.extend(answer.open_to_form.then_some(c));
                    pairs.extend(told(&c, &answer));
                }
                Ok(())
            },
        )?;
        // what two pages leave open, others of their form may settle; of a pair that is told twice the stronger word stays
        let mates = Mates::of(of_one_form);
        crew::in_order(
            &Candidate::of_each_page(&open),
            jobs,
            |_, open| figures::settled_by_mates(open, |page| self.ready(page), &mates, &limits, &reader),
            |settled| {
                pairs.extend(settled.iter().filter_map(|(c, answer)| told(c, answer)));
                Ok(())
            },
        )?;
        pairs.sort_by(|p, q| (p.a, p.b, p.relation).cmp(&(q.a, q.b, q.relation)).then(q.score.total_cmp(&p.score)));
        pairs.dedup_by_key(|p| (p.a, p.b));
        Ok(pairs)
    }

    /// The files of two pages, the earlier first.
    fn files_of(&self, c: &Candidate) -> (usize, usize) {
        let (a, b) = (self.pages[c.a].file, self.pages[c.b].file);
        (a.min(b), a.max(b))
    }

    /// A page ready for comparison, kept so where there are not too many.
    fn ready(&self, page: usize) -> Cow<'_, Prepared> {
        self.pages[page].made_ready(self.pages.len() <= MOST_READY)
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
