//! Many invented claims, in all states, so that lists, figures and desks look as they do at work.

use super::DemoError;
use super::story::{Fate, Story, advance};
use crate::accounts::Role;
use crate::claim::insured::{self, NewInsured};
use crate::claim::open::{NewClaim, open};
use crate::store::Store;
use crate::store::calendar::day_of;
use crate::store::clock::UnixMs;

const NAMES: [&str; 10] =
    ["عبدالکریم", "گل‌محمد", "زینب", "نجیب‌الله", "فاطمه", "حسین‌علی", "رقیه", "سید رضا", "معصومه", "عزیزالله"];
const FAMILIES: [&str; 9] = ["علیمی", "نوری", "احمدی", "رضایی", "محمدی", "حیدری", "یعقوبی", "سلطانی", "کریمی"];
const PLACES: [&str; 6] = ["تهران، شهرک صنعتی", "کرج", "مشهد", "قم، جادهٔ قدیم", "اصفهان", "شیراز"];
const STORIES: [(&str, &str); 5] = [
    ("work", "هنگام کار در ساختمان از داربست افتاد و دستش شکست."),
    ("traffic", "هنگام عبور از خیابان با موتورسیکلت تصادف کرد و زخمی شد."),
    ("home", "در خانه از پله افتاد و پایش آسیب دید."),
    ("outpatient", "در کارگاه جسمی روی پایش افتاد و سرپایی درمان شد."),
    ("no-treatment-cost", "در خیابان زمین خورد و بدون هزینهٔ درمان بهبود یافت."),
];

/// The fates of the claims, round and round: more of what fills a working day.
const FATES: [Fate; 23] = [
    Fate::Sent,
    Fate::Paid,
    Fate::Ruled,
    Fate::Approved,
    Fate::Sent,
    Fate::Posted,
    Fate::Closed,
    Fate::Draft,
    Fate::Proposed,
    Fate::Received,
    Fate::Sent,
    Fate::AwaitingPost,
    Fate::Ruled,
    Fate::Paying,
    Fate::Refused,
    Fate::Sent,
    Fate::Closed,
    Fate::Returned,
    Fate::Sent,
    Fate::Appealed,
    Fate::Posted,
    Fate::Draft,
    Fate::Approved,
];

const DAY_MS: i64 = 24 * 3_600_000;

/// Claims in the demonstration, the samples among them.
pub const CLAIMS: usize = 50;

/// Opens claims until there are this many and takes each as far as its fate; waits for the workers.
///
/// # Errors
/// When the database fails or a step is refused.
pub async fn populate(store: &Store, story: &Story, claims: usize) -> Result<(), DemoError> {
    for place in story.claims.len()..claims {
        let Some(office) = story.somebody(Role::Clerk, place) else { return Ok(()) };
        let name = format!("{} {}", NAMES[place % NAMES.len()], FAMILIES[place % FAMILIES.len()]);
        let (birth_year, policy) = (1965 + place % 50, 100_000 + place * 37);
        let person = NewInsured {
            name,
            nationality: "AFG".to_owned(),
            document_number: format!("P{:08}", 20_000_000 + place * 7919),
            birth: Some(format!("{birth_year}-0{}-1{}", place % 9 + 1, place % 9)),
            policy_number: Some(format!("1405/0{}/20/9147/{policy}", place % 9 + 1)),
            ..NewInsured::default()
        };
        let insured = insured::register(store, office, &person).await?.id;
        let (circumstance, description) = STORIES[place % STORIES.len()];
        let days = i64::try_from(place % 40 + 3).unwrap_or(3);
        // Papers of treatment are left out, so that a claim needs few and is soon there.
        let mut circumstances = vec!["no-treatment-cost".to_owned()];
        if !matches!(circumstance, "outpatient" | "no-treatment-cost") {
            circumstances.push(circumstance.to_owned());
        }
        let new = NewClaim {
            insured,
            claim_type: "injury".to_owned(),
            circumstances,
            channel: "office".to_owned(),
            accident_date: day_of(UnixMs(store.now().0 - days * DAY_MS)),
            place: PLACES[place % PLACES.len()].to_owned(),
            description: description.to_owned(),
            shared_with: String::new(),
        };
        let claim = open(store, office, &new).await?.summary.id;
        advance(store, story, office, &claim, FATES[place % FATES.len()], place).await?;
    }
    Ok(())
}
