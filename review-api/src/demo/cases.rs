//! Sample claims in folders, each with a `case.json`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::DemoError;
use crate::accounts::Actor;
use crate::claim::insured::{self, NewInsured};
use crate::claim::open::{NewClaim, open};
use crate::claim::upload::{self, Target, Upload};
use crate::store::Store;
use crate::store::ids::ClaimId;

/// What a sample does not tell about a person.
const UNTOLD_NAME: &str = "نام نمونه";
const UNTOLD_NATIONALITY: &str = "AFG";

/// What a sample does not tell about an accident.
const UNTOLD_PLACE: &str = "تهران";
const UNTOLD_DESCRIPTION: &str = "شرح نمونهٔ یک حادثهٔ ساختگی برای آشنایی با سامانه.";

#[derive(Deserialize)]
struct Person {
    name: Option<String>,
    nationality: Option<String>,
    document_number: Option<String>,
    birth: Option<String>,
}

#[derive(Deserialize)]
struct Policy {
    number: Option<String>,
}

#[derive(Deserialize)]
struct Paper {
    slot: String,
    file: String,
}

#[derive(Deserialize)]
pub(super) struct Told {
    claim_type: String,
    #[serde(default)]
    circumstances: Vec<String>,
    channel: Option<String>,
    accident_date: String,
    insured: Option<Person>,
    policy: Option<Policy>,
    documents: Vec<Paper>,
    place: Option<String>,
    description: Option<String>,
}

/// A sample and the folder it stands in.
pub(super) struct Case {
    folder: PathBuf,
    told: Told,
}

fn read(path: &Path) -> Result<Vec<u8>, DemoError> {
    fs::read(path).map_err(|source| DemoError::Read { path: path.display().to_string(), source })
}

/// The samples of a folder, by name.
pub(super) fn folders(root: &Path) -> Result<Vec<Case>, DemoError> {
    let failed = |source| DemoError::Read { path: root.display().to_string(), source };
    let mut folders = Vec::new();
    for entry in fs::read_dir(root).map_err(failed)? {
        let folder = entry.map_err(failed)?.path();
        if folder.join("case.json").is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    folders.into_iter().map(case).collect()
}

fn case(folder: PathBuf) -> Result<Case, DemoError> {
    let path = folder.join("case.json");
    let told = serde_json::from_slice(&read(&path)?);
    let told = told.map_err(|source| DemoError::Case { path: path.display().to_string(), source })?;
    Ok(Case { folder, told })
}

/// Opens the claim and uploads its papers the way an office does it: the claim, and how many uploads.
pub(super) async fn bring(store: &Store, office: &Actor, case: &Case) -> Result<(ClaimId, usize), DemoError> {
    let told = &case.told;
    let person = told.insured.as_ref();
    let of = |field: fn(&Person) -> &Option<String>| person.and_then(|person| field(person).clone());
    let folder = case.folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let new = NewInsured {
        name: of(|p| &p.name).unwrap_or_else(|| UNTOLD_NAME.to_owned()),
        nationality: of(|p| &p.nationality).unwrap_or_else(|| UNTOLD_NATIONALITY.to_owned()),
        document_number: of(|p| &p.document_number).or(folder).unwrap_or_default(),
        birth: of(|p| &p.birth),
        policy_number: told.policy.as_ref().and_then(|policy| policy.number.clone()),
        ..NewInsured::default()
    };
    let insured = insured::register(store, office, &new).await?;
    let new = NewClaim {
        insured: insured.id,
        claim_type: told.claim_type.clone(),
        circumstances: told.circumstances.clone(),
        channel: told.channel.clone().unwrap_or_else(|| "office".to_owned()),
        accident_date: told.accident_date.clone(),
        place: told.place.clone().unwrap_or_else(|| UNTOLD_PLACE.to_owned()),
        description: told.description.clone().unwrap_or_else(|| UNTOLD_DESCRIPTION.to_owned()),
        shared_with: String::new(),
    };
    let claim = open(store, office, &new).await?.summary.id;
    let mut seen: Vec<&str> = Vec::new();
    for paper in &told.documents {
        let slot = paper.slot.clone();
        let target = if seen.contains(&paper.slot.as_str()) { Target::Another(slot) } else { Target::Slot(slot) };
        seen.push(&paper.slot);
        let bytes = read(&case.folder.join(&paper.file))?;
        let upload = Upload { claim: claim.clone(), target, file_name: paper.file.clone(), bytes };
        upload::accept(store, office, upload).await?;
    }
    Ok((claim, told.documents.len()))
}
