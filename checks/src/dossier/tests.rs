//! Claims put together of invented papers.

use super::*;

fn declared() -> Declared {
    Declared {
        claim_type: ClaimType::Injury,
        circumstances: vec![],
        channel: None,
        accident_date: "2023-12-20".to_owned(),
        submitted_on: Some("2024-01-27".to_owned()),
        insured: None,
        policy: None,
        iban: None,
    }
}

fn codes(judgement: &Judgement) -> Vec<&str> {
    judgement.findings.iter().map(|f| f.code.as_str()).collect()
}

#[test]
fn an_empty_claim_lists_what_is_missing_and_is_not_refused() {
    let judgement = assemble(&declared(), &[], &[], "2024-02-01");
    assert_eq!(judgement.verdict, Verdict::Accept);
    assert!(judgement.missing.iter().any(|m| m.slot == "hospital-bill"));
    assert!(judgement.not_run.iter().any(|n| n.check == "DAT-COVR"), "no cover was declared");
}

#[test]
fn declared_dates_are_held_against_each_other() {
    let mut claim = declared();
    claim.accident_date = "2024-03-01".to_owned();
    claim.policy = Some(Policy {
        cover_from: Some("2023-03-23".to_owned()),
        cover_to: Some("2024-02-01".to_owned()),
        issued: Some("2024-03-02".to_owned()),
        ..Policy::default()
    });
    claim.insured = Some(Insured { birth: Some("2024-05-01".to_owned()), ..Insured::default() });
    claim.iban = Some("IR000000000000000000000000".to_owned());
    let judgement = assemble(&claim, &[], &[], "2024-02-01");
    assert_eq!(codes(&judgement), ["DAT-FUTR", "DAT-COVR", "DAT-BIRT", "POL-LATE", "IBN-BAD"]);
    assert_eq!(judgement.verdict, Verdict::Reject);
}

#[test]
fn the_same_bytes_in_two_slots_are_asked_about() {
    let paper = |slot: &str| Paper {
        slot: slot.to_owned(),
        file: format!("{slot}.jpg"),
        sha256: "aa".to_owned(),
        ..Paper::default()
    };
    let judgement = assemble(&declared(), &[paper("policy"), paper("identity")], &[], "2024-02-01");
    assert_eq!(codes(&judgement), ["DUP-SLOT"]);
    assert_eq!(judgement.findings[0].evidence.len(), 2);
}

#[test]
fn another_capture_is_told_by_where_it_stands() {
    let again = |dir: Option<&str>, slot: &str, relation| Again {
        dir: dir.map(str::to_owned),
        slot: slot.to_owned(),
        file: "other.jpg".to_owned(),
        pages: [0, 0],
        relation,
        score: 0.99,
        regions: vec![],
    };
    let told = |slot: &str, again: Again| {
        let paper = Paper {
            slot: slot.to_owned(),
            file: "a.jpg".to_owned(),
            sha256: "aa".to_owned(),
            form: None,
            findings: vec![],
            elsewhere: vec![],
            again: vec![again],
            ..Paper::default()
        };
        let judgement = assemble(&declared(), &[paper], &[], "2024-02-01");
        judgement.findings.iter().map(|f| (f.code.as_str(), f.severity)).collect::<Vec<_>>()
    };
    let bill = "hospital-bill";
    assert_eq!(told(bill, again(None, "identity", Relation::SamePaper)), [("DUP-SLOT", Severity::Warn)]);
    assert!(told(bill, again(None, bill, Relation::SamePaper)).is_empty());
    assert_eq!(told(bill, again(Some("x"), bill, Relation::SamePaperMarked)), [("DUP-CASE", Severity::Warn)]);
    assert_eq!(told(bill, again(Some("x"), bill, Relation::Possible)), [("DUP-NEAR", Severity::Info)]);
    assert!(told(bill, again(Some("x"), bill, Relation::SameTemplate)).is_empty());
    // the victims of one accident share its report
    let report = "accident-report";
    assert_eq!(told(report, again(Some("x"), report, Relation::SamePaper)), [("DUP-CASE", Severity::Info)]);
}
