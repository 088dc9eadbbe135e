//! One check, one file, one reason; and the lists of the contract are complete.

use std::collections::BTreeSet;

use sanad_checks::registry::CHECKS;
use sanad_checks::{completeness, reasons};

const MACHINE: &str = "LEG-BLUR LEG-MOTION LEG-DARK LEG-BRIGHT LEG-FAINT LEG-GLARE LEG-SHADOW LEG-RES LEG-SMALL LEG-CROP \
    LEG-SKEW LEG-TURN LEG-NOISE LEG-JPEG LEG-BLANK FIL-TYPE FIL-SIZE FIL-PAGE FIL-LOCK FIL-ACTV FIL-CRPT FIL-EMPT FIL-FAIL \
    DUP-SAME DUP-SLOT DUP-CASE DUP-NEAR TYP-WRONG REQ-MISS REQ-PAGE DAT-MISM DAT-BEFO DAT-ORDR DAT-DETH DAT-LATE DAT-COVR \
    DAT-FUTR DAT-BIRT DAT-EXPI DAT-UNRD POL-OFFC POL-LATE STM-NONE SIG-NONE CRT-COPY AMT-DIFF IBN-LETR IBN-BAD IDN-MISM IDN-MRZ";
const PEOPLE: &str = "REQ-PAGE DAT-ALTR CRT-AUTH ORI-BILL IBN-NAME COV-EXCL FRD-SUSP PST-MISM PST-ORDR";

#[test]
fn the_catalogue_holds_the_closed_list_and_nothing_else() {
    let wanted: BTreeSet<&str> = MACHINE.split_whitespace().chain(PEOPLE.split_whitespace()).collect();
    let held: BTreeSet<&str> = reasons::all().iter().map(|r| r.code.as_str()).collect();
    assert_eq!(held, wanted);
    for code in PEOPLE.split_whitespace() {
        assert!(reasons::find(code).unwrap().by_people(), "{code} is for people");
    }
}

#[test]
fn every_check_has_its_file_and_every_legibility_reason_its_check() {
    let registered: BTreeSet<&str> = CHECKS.iter().map(|c| c.code).collect();
    assert_eq!(registered.len(), CHECKS.len(), "a check is registered twice");
    let wanted: BTreeSet<&str> = MACHINE.split_whitespace().filter(|c| c.starts_with("LEG-")).collect();
    assert_eq!(registered, wanted);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../checks/src/legibility");
    for check in CHECKS {
        let name = check.code.trim_start_matches("LEG-").to_lowercase();
        let text = std::fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        assert!(text.contains(check.code) && text.starts_with("//!"), "{name}.rs does not tell of {}", check.code);
    }
}

#[test]
fn every_slot_of_the_contract_has_its_rule() {
    let wanted = "office-letter policy identity head-identity accident-report traffic-report driving-licence \
        work-accident-report work-permit local-testimony judicial-letter admission-record discharge-summary operation-note \
        hospital-bill cash-receipt pharmacy-invoice imaging-report treatment-end-certificate disability-opinion \
        death-certificate death-registration burial-permit body-examination inheritance-certificate heirs-identity \
        guardianship kinship-proof power-of-attorney bank-slip translation id-cancellation";
    let held: Vec<&str> = completeness::slots().iter().map(|s| s.name.as_str()).collect();
    assert_eq!(held, wanted.split_whitespace().collect::<Vec<_>>());
}
