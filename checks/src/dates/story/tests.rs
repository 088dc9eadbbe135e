//! What people give for a paper stands beside what was read, place by place.

use super::super::tests::{declared, paper};
use super::*;
use crate::facts::UnreadDate;

fn typed(role: Role, iso: &str, by: Source, place: Option<(u32, Region)>) -> Correction {
    Correction { slot: "operation-note".to_owned(), file: None, role, iso: iso.to_owned(), by, place, text: None }
}

/// An operation note with dates at places of their own, one below the other.
fn note(dates: &[(Role, &str)]) -> Paper {
    let mut paper = paper("operation-note", dates);
    for (line, date) in paper.facts.as_mut().unwrap().dates.iter_mut().enumerate() {
        date.region = at(line).1;
    }
    paper
}

fn at(line: usize) -> (u32, Region) {
    (0, Region::new(10, 40 * line as u32, 60, 20))
}

fn services(paper: Paper, corrections: &[Correction]) -> Vec<String> {
    let declared = declared("2023-12-20");
    let papers = [paper];
    let story = Story::of(&declared, &papers, corrections, "2024-03-01");
    story.on_papers(Role::Service).map(|told| told.iso.clone()).collect()
}

#[test]
fn a_date_given_for_one_place_leaves_the_others_of_its_role() {
    let two = || note(&[(Role::Service, "2023-12-21"), (Role::Service, "2023-12-23")]);
    let second = typed(Role::Service, "2023-12-24", Source::Typed, Some(at(1)));
    assert_eq!(services(two(), &[second]), ["2023-12-21", "2023-12-24"]);
}

#[test]
fn a_date_given_for_the_paper_takes_the_only_place_of_its_role_with_it() {
    let declared = declared("2023-12-20");
    let papers = [note(&[(Role::Service, "2023-12-21")])];
    let given = [typed(Role::Service, "2023-12-22", Source::Expert, None)];
    let story = Story::of(&declared, &papers, &given, "2024-03-01");
    let told = story.on_papers(Role::Service).next().unwrap();
    assert_eq!((told.iso.as_str(), told.page.zip(told.region)), ("2023-12-22", Some(at(0))));
    let read = story.all().iter().find(|told| told.source == Source::Read).unwrap();
    assert!(read.replaced, "what was read is still shown beside it");
}

#[test]
fn an_expert_goes_before_the_office_at_the_same_place() {
    let one = || note(&[(Role::Service, "2023-12-21")]);
    let given = [
        typed(Role::Service, "2023-12-22", Source::Typed, Some(at(0))),
        typed(Role::Service, "2023-12-23", Source::Expert, Some(at(0))),
    ];
    assert_eq!(services(one(), &given), ["2023-12-23"]);
    let declared = declared("2023-12-20");
    let papers = [one()];
    assert_eq!(Story::of(&declared, &papers, &given, "2024-03-01").all().iter().filter(|t| t.replaced).count(), 2);
}

#[test]
fn a_date_for_a_place_that_could_not_be_read_carries_that_place() {
    let mut paper = note(&[]);
    let (page, region) = at(3);
    let unread = UnreadDate { role: Role::Service, text: String::new(), why: "no-date".to_owned(), page, region };
    paper.facts.as_mut().unwrap().unread.push(unread);
    let declared = declared("2023-12-20");
    let papers = [paper];
    let given = [typed(Role::Service, "2023-12-22", Source::Typed, None)];
    let story = Story::of(&declared, &papers, &given, "2024-03-01");
    assert_eq!(story.on_papers(Role::Service).next().unwrap().evidence().region, Some(region));
}
