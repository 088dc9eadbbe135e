//! Papers of the register that show one another again in other bytes.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use sanad_checks::dossier::Again;
use sanad_checks::duplicates::relation::Relation;
use sanad_checks::finding::Bilingual;

use super::folder::{Claim, ReadPaper};
use crate::cli::duplicates::register::{File, Register};

/// By claim and place in it: the other papers that show this one again.
pub(super) type Repeats = BTreeMap<(usize, usize), Vec<Again>>;

/// Compares all papers of all claims. Repeats of the very same bytes are found by their digest, not here.
pub(super) fn find(
    claims: &[Result<Claim, Bilingual>],
    papers: &BTreeMap<(usize, usize), ReadPaper>,
    dirs: &[PathBuf],
) -> io::Result<Repeats> {
    let (mut files, mut places) = (Vec::new(), Vec::new());
    for (&place, paper) in papers {
        if let ReadPaper::Judged(report, images) = paper {
            files.push(File::of((**report).clone(), images.clone()));
            places.push(place);
        }
    }
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let pairs = Register::of(files, jobs)?.pairs(false, jobs, || {})?;
    let mut repeats = Repeats::new();
    for pair in pairs.iter().filter(|p| p.relation != Relation::SameBytes) {
        let ends = [
            (pair.a, pair.b, pair.pages, &pair.regions),
            (pair.b, pair.a, [pair.pages[1], pair.pages[0]], &pair.others),
        ];
        for (own, other, [page, other_page], regions) in ends {
            let ((claim, _), (other_claim, other_place)) = (places[own], places[other]);
            let Ok(holder) = &claims[other_claim] else { continue };
            let document = &holder.documents[other_place];
            let number = |page: usize| u32::try_from(page).unwrap_or(u32::MAX);
            repeats.entry(places[own]).or_default().push(Again {
                dir: (claim != other_claim).then(|| dirs[other_claim].to_string_lossy().into_owned()),
                slot: document.slot.clone(),
                file: document.file.clone(),
                pages: [number(page), number(other_page)],
                relation: pair.relation,
                score: f64::from(pair.score),
                regions: regions.clone(),
            });
        }
    }
    Ok(repeats)
}
