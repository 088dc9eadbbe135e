//! An invented office to look around in: accounts, persons and claims, none of them real.

mod cases;
mod many;
mod papers;
mod story;

use std::path::Path;

pub use many::{CLAIMS, populate};
pub use story::{Story, play};

use crate::accounts::{self, AccountError, Actor, Role, hash_password};
use crate::audit::{Entry, EventKind};
use crate::claim::ClaimError;
use crate::claim::insured::{self, NewInsured};
use crate::policies::ONLINE;
use crate::policies::import::{ImportError, import};
use crate::store::ids::{OfficeId, UserId};
use crate::store::tables::offices;
use crate::store::tables::offices::Office;
use crate::store::tables::users::{self, UserRow};
use crate::store::{Store, StoreError};

/// The password of every invented account. It opens nothing outside a demonstration: the server
/// refuses to start with such accounts otherwise.
pub const DEMO_PASSWORD: &str = "sanad-demo";

/// Policy of the invented person who bought it on the internet, and the number of the passport on it.
const DEMO_POLICY: &str = "1405/05/11/9147/100001";
const DEMO_PASSPORT: &str = "P10200301";

/// The register that the demonstration brings: the person above, and one who may still register.
const DEMO_REGISTER: &str = "policy_number,document_number,name,nationality,birth,office,cover_from,cover_to\n\
    1405/05/11/9147/100001,P10200301,نجیب‌الله رحیمی,AFG,1370/02/14,ONLINE,1405/05/11,1406/05/10\n\
    1405/06/20/9147/100002,P10200302,فرشته حیدری,AFG,1378/11/03,ONLINE,1405/06/20,1406/06/19\n";

/// An invented account.
#[derive(Clone, Copy, Debug)]
pub struct DemoUser {
    /// Name to log in with.
    pub user_name: &'static str,
    /// Role.
    pub role: Role,
    /// Name for people.
    pub display_name: &'static str,
    /// Code of the office, for people of an office.
    pub office: Option<&'static str>,
}

/// The invented accounts.
pub const DEMO_USERS: &[DemoUser] = &[
    DemoUser { user_name: "daftar1", role: Role::Clerk, display_name: "مریم صادقی", office: Some("D-101") },
    DemoUser { user_name: "daftar2", role: Role::Clerk, display_name: "رضا کریمی", office: Some("D-102") },
    DemoUser { user_name: "daftar3", role: Role::Clerk, display_name: "نرگس احمدی", office: Some("D-103") },
    DemoUser { user_name: "karshenas1", role: Role::Expert, display_name: "سارا محمدی", office: None },
    DemoUser { user_name: "karshenas2", role: Role::Expert, display_name: "حسین رستمی", office: None },
    DemoUser { user_name: "karshenas3", role: Role::Expert, display_name: "مینا رحیمی", office: None },
    DemoUser { user_name: "karshenas4", role: Role::Expert, display_name: "یوسف مرادی", office: None },
    DemoUser { user_name: "karshenas5", role: Role::Expert, display_name: "الهام قاسمی", office: None },
    DemoUser {
        user_name: "daftar1_modir",
        role: Role::OfficeManager,
        display_name: "اکبر صادقی",
        office: Some("D-101"),
    },
    DemoUser {
        user_name: "arshad", role: Role::SeniorExpert, display_name: "محسن یگانه‌فر", office: None
    },
    DemoUser { user_name: "post", role: Role::PostDesk, display_name: "لیلا بهرامی", office: None },
    DemoUser { user_name: "mali", role: Role::Finance, display_name: "امیر شریفی", office: None },
    DemoUser { user_name: "admin", role: Role::Admin, display_name: "پریسا کاظمی", office: None },
    // The user name is the number of the policy, which was sold on the internet.
    DemoUser {
        user_name: DEMO_POLICY, role: Role::Individual, display_name: "نجیب‌الله رحیمی", office: Some(ONLINE)
    },
    DemoUser { user_name: "modir", role: Role::Manager, display_name: "زهرا نوری", office: None },
];

/// Code, Persian and English name of each invented office.
const OFFICES: &[(&str, &str, &str)] = &[
    ("D-101", "دفتر کفالت نمونهٔ یک", "Sample Office One"),
    ("D-102", "دفتر کفالت نمونهٔ دو", "Sample Office Two"),
    (ONLINE, "فروش اینترنتی", "Online sales"),
    ("D-103", "دفتر کفالت نمونهٔ سه", "Sample Office Three"),
];

/// The demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A claim could not be opened or filled.
    #[error("a sample claim was refused")]
    Claim(#[from] ClaimError),
    /// The invented register of policies was refused.
    #[error("the sample register was refused")]
    Register,
    /// A folder or file could not be read.
    #[error("a sample file could not be read: {path}")]
    Read {
        /// The file.
        path: String,
        /// What the disk said.
        #[source]
        source: std::io::Error,
    },
    /// An invented paper could not be made.
    #[error("a sample paper could not be made")]
    Paper(#[from] crate::print::PrintError),
    /// A sample's description is not understood.
    #[error("a sample's description is not understood: {path}")]
    Case {
        /// The file.
        path: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Accounts.
    pub accounts: usize,
    /// Claims.
    pub claims: usize,
    /// Uploads.
    pub uploads: usize,
}

/// Makes the invented office once; a second call finds it there and does nothing. `claims` is a
/// folder whose folders each hold a `case.json` and its files; they are opened and uploaded the
/// way an office does it. What becomes of them is left to [`play`], once workers run.
///
/// # Errors
/// When the database fails or a sample is not understood.
pub async fn seed(store: &Store, claims: Option<&Path>) -> Result<(Seeded, Story), DemoError> {
    if accounts::has_demo_accounts(store).await? {
        return Ok(Default::default());
    }
    let actors = make_accounts(store).await?;
    import(store, None, "demo.csv", DEMO_REGISTER.into()).await.map_err(|error| match error {
        ImportError::Account(AccountError::Store(error)) => DemoError::Store(error),
        _ => DemoError::Register,
    })?;
    let mut seeded = Seeded { accounts: actors.len(), ..Seeded::default() };
    let mut story = Story { claims: Vec::new(), people: actors.clone() };
    let offices: Vec<Actor> = actors.into_iter().filter(|actor| actor.role == Role::Clerk).collect();
    if let Some(folder) = claims {
        for (place, case) in cases::folders(folder)?.into_iter().enumerate() {
            let office = &offices[place % offices.len()];
            let (claim, uploads) = cases::bring(store, office, &case).await?;
            story.claims.push((office.clone(), claim));
            seeded.uploads += uploads;
            seeded.claims += 1;
        }
    }
    Ok((seeded, story))
}

async fn make_accounts(store: &Store) -> Result<Vec<Actor>, StoreError> {
    // One hash for all: the password is public, and hashing is slow on purpose.
    let password_hash = hash_password(DEMO_PASSWORD, store.chance())?;
    let mut act = store.act(None).await?;
    let now = act.now;
    for (code, name_fa, name_en) in OFFICES {
        let office = Office {
            id: OfficeId::fresh(now, act.chance()),
            code: (*code).to_owned(),
            name_fa: (*name_fa).to_owned(),
            name_en: (*name_en).to_owned(),
        };
        offices::insert(&mut act.tx, &office, true, now).await?;
    }
    let mut actors = Vec::new();
    for user in DEMO_USERS {
        let office = match user.office {
            Some(code) => offices::by_code(&mut act.tx, code).await?.map(|office| office.id),
            None => None,
        };
        let actor = Actor {
            user: UserId::fresh(now, act.chance()),
            role: user.role,
            office,
            insured: None,
            display_name: user.display_name.to_owned(),
            user_name: user.user_name.to_owned(),
            must_change: false,
        };
        let row = UserRow::new(actor, password_hash.clone());
        users::insert(&mut act.tx, &row, true, now).await?;
        actors.push(row.actor);
    }
    for actor in actors.iter_mut().filter(|actor| actor.role == Role::Individual) {
        let Some(office) = actor.office.clone() else { continue };
        let person = NewInsured {
            name: actor.display_name.clone(),
            nationality: "AFG".to_owned(),
            document_number: DEMO_PASSPORT.to_owned(),
            policy_number: Some(DEMO_POLICY.to_owned()),
            ..NewInsured::default()
        };
        // What is written here is fit to keep; a refusal would be a fault of this file.
        if let Ok(person) = insured::written(&mut act, &office, &actor.user, &person).await {
            users::set_insured(&mut act.tx, &actor.user, &person.id).await?;
            actor.insured = Some(person.id);
        }
    }
    act.record(Entry::new(EventKind::DemoSeeded).with("accounts", actors.len())).await?;
    act.commit().await?;
    Ok(actors)
}
