//! The invented person and accident behind the papers of one claim.
//!
//! Everything a paper prints comes from here, so that two papers of one story always agree.

pub(crate) mod names;
pub(crate) mod places;

use crate::calendar::{Calendar, Day};
use crate::chance::{Chance, Draw, stream};
use crate::identifiers::{Passport, iban, mrz_lines};

/// A person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) given: &'static str,
    pub(crate) surname: &'static str,
    pub(crate) father: &'static str,
    pub(crate) given_latin: &'static str,
    pub(crate) surname_latin: &'static str,
    pub(crate) father_latin: &'static str,
    pub(crate) land: &'static str,
    pub(crate) land_latin: &'static str,
    pub(crate) land_code: &'static str,
    pub(crate) woman: bool,
    pub(crate) birth: Day,
    pub(crate) passport: String,
    pub(crate) passport_issued: Day,
    pub(crate) passport_expires: Day,
    /// A check digit of the zone is wrong.
    pub(crate) spoilt_zone: bool,
}

impl Person {
    /// Given name and surname, Persian.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    /// The zone of the passport.
    pub(crate) fn mrz(&self) -> [String; 2] {
        let short = |day: Day| {
            let p = day.parts(Calendar::Gregorian);
            format!("{:02}{:02}{:02}", p.year % 100, p.month, p.day)
        };
        let mut lines = mrz_lines(&Passport {
            state: self.land_code,
            surname: self.surname_latin,
            given: self.given_latin,
            number: &self.passport,
            birth: &short(self.birth),
            sex: if self.woman { 'F' } else { 'M' },
            expiry: &short(self.passport_expires),
        });
        if self.spoilt_zone {
            // the birth's check digit, one further
            let digit = lines[1].as_bytes()[19];
            let other = char::from(b'0' + (digit - b'0' + 1) % 10);
            lines[1].replace_range(19..20, &other.to_string());
        }
        lines
    }

    fn draw(rng: &mut Chance, accident: Day) -> Self {
        let woman = rng.odds(0.35);
        let (given, given_latin) = if woman { *rng.pick(&names::WOMEN) } else { *rng.pick(&names::MEN) };
        let (surname, surname_latin) = *rng.pick(&names::SURNAMES);
        let (father, father_latin) = *rng.pick(&names::MEN);
        let land = rng.pick(&names::LANDS);
        let passport_issued = accident.plus(-(rng.whole(120, 1500) as i32));
        Self {
            given,
            surname,
            father,
            given_latin,
            surname_latin,
            father_latin,
            land: land.persian,
            land_latin: land.latin,
            land_code: land.code,
            woman,
            birth: accident.plus(-(rng.whole(19 * 365, 62 * 365) as i32)),
            passport: format!("{}{}", rng.pick(&["P", "O", "A", "R"]), rng.digits(8)),
            passport_issued,
            passport_expires: passport_issued.plus(5 * 365),
            spoilt_zone: false,
        }
    }
}

/// What the claim is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Injury,
    Disability,
    Death,
}

impl Outcome {
    /// The word of `claim_type`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Injury => "injury",
            Self::Disability => "disability",
            Self::Death => "death",
        }
    }
}

/// One line of a bill.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) what: &'static str,
    pub(crate) count: u64,
    pub(crate) price: u64,
}

/// One person's accident and all that followed.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) person: Person,
    pub(crate) outcome: Outcome,
    pub(crate) accident: Day,
    pub(crate) hour: String,
    pub(crate) spot: &'static str,
    pub(crate) mishap: &'static str,
    pub(crate) traffic: bool,
    pub(crate) injury: &'static str,
    pub(crate) town: &'static str,
    pub(crate) hospital: &'static str,
    pub(crate) admitted: Day,
    pub(crate) discharged: Day,
    pub(crate) died: Option<Day>,
    pub(crate) bill: Vec<Item>,
    pub(crate) bill_number: String,
    pub(crate) record_number: String,
    pub(crate) insured_share: u64,
    pub(crate) insurer: &'static str,
    pub(crate) policy: String,
    pub(crate) cover_from: Day,
    pub(crate) cover_to: Day,
    pub(crate) policy_issued: Day,
    pub(crate) office: &'static str,
    pub(crate) bank: &'static str,
    pub(crate) iban: String,
    pub(crate) submitted: Day,
    pub(crate) medicines: Vec<Item>,
    pub(crate) pharmacy: &'static str,
    /// The office's letter names the account.
    pub(crate) account_in_letter: bool,
}

fn items(rng: &mut Chance, from: &'static [&'static str], low: u32, high: u32, price: (u32, u32)) -> Vec<Item> {
    let mut left: Vec<&'static str> = from.to_vec();
    (0..rng.whole(low, high))
        .map(|_| {
            let at = rng.whole(0, left.len() as u32 - 1) as usize;
            Item {
                what: left.swap_remove(at),
                count: u64::from(rng.whole(1, 6)),
                price: u64::from(rng.whole(price.0, price.1)) * 50_000,
            }
        })
        .collect()
}

impl Story {
    /// The story of `seed`.
    pub(crate) fn of(seed: u64) -> Self {
        let rng = &mut stream(seed, "story");
        let accident = Day::jalali(1401, 6, 1).plus(rng.whole(0, 1300) as i32);
        let person = Person::draw(rng, accident);
        let outcome =
            *rng.pick(&[Outcome::Injury, Outcome::Injury, Outcome::Injury, Outcome::Disability, Outcome::Death]);
        let (mishap, traffic) = *rng.pick(&places::MISHAPS);
        let admitted = accident.plus(i32::from(rng.odds(0.2)));
        let discharged = admitted.plus(rng.whole(2, 14) as i32);
        let cover_from = accident.plus(-(rng.whole(15, 300) as i32));
        let (bank, bank_code) = *rng.pick(&places::BANKS);
        let bill = items(rng, &places::SERVICES, 5, 10, (8, 900));
        let total: u64 = bill.iter().map(|item| item.count * item.price).sum();
        Self {
            outcome,
            accident,
            hour: format!("{:02}:{:02}", rng.whole(5, 22), rng.whole(0, 59)),
            spot: *rng.pick(&places::SPOTS),
            mishap,
            traffic,
            injury: *rng.pick(&places::INJURIES),
            town: *rng.pick(&places::TOWNS),
            hospital: *rng.pick(&places::HOSPITALS),
            admitted,
            discharged,
            died: (outcome == Outcome::Death).then_some(discharged),
            insured_share: total / 100 * u64::from(*rng.pick(&[0u32, 10, 30])),
            bill,
            bill_number: rng.digits(9),
            record_number: rng.digits(7),
            insurer: *rng.pick(&places::INSURERS),
            policy: format!("{}/{}/{}", rng.digits(4), rng.whole(10, 99), rng.digits(6)),
            cover_from,
            cover_to: cover_from.plus(365),
            policy_issued: cover_from.plus(-(rng.whole(0, 5) as i32)),
            office: *rng.pick(&places::OFFICES),
            bank,
            iban: iban(bank_code, &rng.digits(19)),
            submitted: discharged.plus(rng.whole(12, 60) as i32),
            medicines: items(rng, &places::MEDICINES, 3, 7, (2, 60)),
            pharmacy: *rng.pick(&places::PHARMACIES),
            account_in_letter: false,
            person,
        }
    }

    /// Sum of the bill, rials.
    pub(crate) fn total(&self) -> u64 {
        self.bill.iter().map(|item| item.count * item.price).sum()
    }

    /// What the patient paid, rials.
    pub(crate) fn paid(&self) -> u64 {
        self.total() - self.insured_share
    }

    /// Sum of the pharmacy's invoice, rials.
    pub(crate) fn medicine_total(&self) -> u64 {
        self.medicines.iter().map(|item| item.count * item.price).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_order() {
        for seed in 0..300 {
            let story = Story::of(seed);
            assert!(story.policy_issued <= story.cover_from && story.cover_from < story.accident);
            assert!(story.accident <= story.admitted && story.admitted < story.discharged);
            assert!(story.accident < story.cover_to && story.discharged < story.submitted);
            assert!(story.person.passport_expires > story.accident);
            assert_eq!(story.person.mrz()[1].len(), 44);
            assert_eq!(story.person.mrz()[0].len(), 44);
        }
    }
}
