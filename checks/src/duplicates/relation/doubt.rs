//! Two pages that are one but for places that may show other signs: who has eyes may come back with what they see.
//!
//! The pixels alone leave open whether a sign is worn or another one. The places are handed out as both pages show them; an
//! eye for signs says how sure it is that another sign stands there, and a reader of numbers reads the rows of figures on
//! which that eye is not sure. What that is worth is weighed here.

use std::collections::BTreeMap;

use super::super::overlay::Overlay;
use super::super::twins::Twin;
use super::crops::crop;
use super::form::Form;
use super::looked::{Known, Looked, Place};
use super::readings::{Both, Left, Row, Said, Seen};
use super::unshown::CutAway;
use super::{Answer, DoubtThresholds, Relation};
use crate::page::{Luma, Region};

/// Who can see more than the comparison does.
pub trait Eyes {
    /// The number in a crop of ink as grey on white, as one look has it; nothing where none is read.
    fn glance(&self, crop: &Luma) -> Option<Said>;

    /// The same by as many looks as it takes, which costs up to six times as much.
    fn number(&self, crop: &Luma) -> Option<Said>;

    /// How sure it is that a place shows another sign on the second page, as a logarithm of odds; `usual` as of
    /// [`Looked`].
    fn other(&self, twin: &Twin, usual: f32) -> f32;
}

/// What is open between two pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    looked: Looked,
    /// Where each of the places stands on the first page and on the second.
    regions: Vec<[Region; 2]>,
    laid: Overlay,
    cut_away: CutAway,
    /// The answer if all places show the same.
    alike: Box<Answer>,
}

impl Doubt {
    pub(super) fn of(
        looked: Looked,
        laid: Overlay,
        on_both: impl Fn([i32; 4]) -> [Region; 2],
        cut_away: CutAway,
        alike: Answer,
    ) -> Self {
        let regions = looked.places.iter().map(|place| on_both(place.twin.square())).collect();
        Self { looked, regions, laid, cut_away, alike: Box::new(alike) }
    }

    /// How sure the eye is that each place shows another sign on the second page, as far as it takes to know that it is
    /// another paper.
    fn looked_at(&self, eyes: &impl Eyes, limits: &DoubtThresholds) -> Vec<f32> {
        let mut others = Expected::default();
        let mut all = Vec::with_capacity(self.looked.places.len());
        for place in &self.looked.places {
            let sure = limits.seen(place, |twin| eyes.other(twin, self.looked.usual));
            all.push(sure);
            others.and(place, sure, limits);
            if others.too_many(limits) {
                break;
            }
        }
        all
    }

    /// Places that show other signs on the second page, those side by side as one; `None` where there are so many, or a
    /// row is so surely another number, that it is another paper.
    ///
    /// To read a row costs far more than to look at a place. So all places are looked at before any row is read, and each
    /// row is read once.
    fn others(&self, sure: &[f32], eyes: &impl Eyes, limits: &DoubtThresholds) -> Option<Vec<[Region; 2]>> {
        let mut expected = Expected::default();
        self.looked.places.iter().zip(sure).for_each(|(place, sure)| expected.and(place, *sure, limits));
        if expected.too_many(limits) {
            return None;
        }
        let told = |place, sure: &f32| limits.told(place, *sure);
        let seen: Vec<Seen> = self.looked.places.iter().zip(sure).map(|(place, sure)| told(place, sure)).collect();
        let mut surely = self.regions.iter().zip(&seen).filter(|(_, seen)| matches!(seen, Seen::Other(_)));
        let mut others = surely.try_fold(vec![], |others, (regions, _)| joined(others, *regions, limits))?;
        let mut read = self.reading(eyes, limits);
        for ((place, seen), regions) in self.looked.places.iter().zip(seen).zip(&self.regions) {
            match seen.row().map(|row| seen.read_as(read(seen, row, place))) {
                None | Some(Left::One) => {}
                Some(Left::Question) => others = joined(others, *regions, limits)?,
                Some(Left::TwoPapers) => return None,
            }
        }
        Some(others)
    }

    /// Whether no place shows so surely another sign that papers of the form cannot take it back.
    fn open_to_form(&self, sure: &[f32], limits: &DoubtThresholds) -> bool {
        self.looked.places.iter().zip(sure).all(|(place, sure)| limits.one(place, sure - Form::MOST_WORTH))
    }

    /// Whether the places show one sign each after all, by what papers of the form show there.
    ///
    /// To ask the form costs many looks. It is asked first where something hangs on it, and of the other places only where
    /// they are too many that may be other signs.
    fn one_by_form(&self, form: &Form<'_>, eyes: &impl Eyes, limits: &DoubtThresholds) -> bool {
        let eye = |twin: &Twin| eyes.other(twin, self.looked.usual);
        let by_form = |place: &Place, sure: f32| {
            let worth = || form.worth(self.laid.inks(), place.twin.at, place.row.is_some(), &eye);
            if sure > limits.plain { sure - worth() } else { sure }
        };
        let seen = self.looked.places.iter().map(|place| (place, limits.seen(place, eye)));
        let (clear, open): (Vec<_>, Vec<_>) = seen.partition(|(place, sure)| limits.told(place, *sure) == Seen::One);
        let mut expected = Expected::default();
        let mut rows = Vec::new();
        for (place, sure) in open {
            let sure = by_form(place, sure);
            expected.and(place, sure, limits);
            let seen = limits.told(place, sure);
            if matches!(seen, Seen::Other(_)) {
                return false;
            }
            rows.extend(seen.row().map(|row| (place, seen, row)));
        }
        let too_many = |judged: &dyn Fn(&Place, f32) -> f32| {
            let mut all = expected;
            clear.iter().for_each(|(place, sure)| all.and(place, judged(place, *sure), limits));
            all.too_many(limits)
        };
        if too_many(&|_, sure| sure) && too_many(&by_form) {
            return false;
        }
        let mut read = self.reading(eyes, limits);
        rows.into_iter().all(|(place, seen, row)| seen.read_as(read(seen, row, place)) == Left::One)
    }

    /// What readings of rows settle at places in them; each row is read once for a veto and once for anything else, at most.
    fn reading<'d>(
        &'d self,
        eyes: &'d impl Eyes,
        limits: &'d DoubtThresholds,
    ) -> impl FnMut(Seen, [i32; 4], &Place) -> Row + 'd {
        let mut read = BTreeMap::new();
        move |seen, row, place| {
            let veto = matches!(seen, Seen::OneUnlessRead(_));
            let both = read.entry((veto, row)).or_insert_with(|| self.read(row, veto, eyes, limits));
            both.as_ref().map_or(Row::Open, |both| limits.settled(both, place))
        }
    }

    /// What is read of a row on both pages, as far as that may settle something. Where only other digits count, a `veto`,
    /// a glance at either page that meets the same ones is enough.
    fn read(&self, row: [i32; 4], veto: bool, eyes: &impl Eyes, limits: &DoubtThresholds) -> Option<Both> {
        let [here, there] = self.laid.inks().map(|ink| crop(ink, row));
        let glance = |crop: &Luma| eyes.glance(crop).filter(|said| limits.hopeful(said));
        if veto && glance(&here)?.digits == glance(&there)?.digits {
            return None;
        }
        let number = |crop: &Luma| eyes.number(crop).filter(|said| limits.counts(said));
        Some(Both::of(row, [number(&here)?, number(&there)?]))
    }
}

impl Answer {
    /// The answer once papers of the form were asked what they show at the open places, as it is read off the first page
    /// and the second; `None` where that does not make the pages one paper.
    #[must_use]
    pub fn settled_by(self, forms: [&Form<'_>; 2], eyes: &impl Eyes, limits: &DoubtThresholds) -> Option<Self> {
        let doubt = self.doubt?;
        if !doubt.one_by_form(forms[0], eyes, limits) {
            return None;
        }
        let eye = |twin: &Twin| eyes.other(twin, doubt.looked.usual);
        let left = doubt.cut_away.but_for_alike(eye).but_for_print(|side, row| forms[side].prints(row, &eye));
        left.where_any(may_be_number(eyes, limits)).iter().all(Vec::is_empty).then_some(*doubt.alike)
    }

    /// The answer once somebody looked at the open places; as it is where nothing is open.
    #[must_use]
    pub fn settled(mut self, eyes: &impl Eyes, limits: &DoubtThresholds) -> Self {
        let Some(doubt) = self.doubt.take() else { return self };
        let sure = doubt.looked_at(eyes, limits);
        let open_to_form = doubt.open_to_form(&sure, limits);
        let Some(others) = doubt.others(&sure, eyes, limits) else {
            let (regions, others) = (vec![], vec![]);
            return Self { relation: Relation::SameTemplate, regions, others, open_to_form, ..self };
        };
        let eye = |twin: &Twin| eyes.other(twin, doubt.looked.usual);
        let cut_away = doubt.cut_away.but_for_alike(eye).where_any(may_be_number(eyes, limits));
        if others.is_empty() && cut_away.iter().all(Vec::is_empty) {
            return *doubt.alike;
        }
        let on = |side: usize| others.iter().map(|both| both[side]).chain(cut_away[side].iter().copied()).collect();
        Self { relation: Relation::Possible, regions: on(0), others: on(1), open_to_form, ..self }
    }
}

/// Whether a crop of what was cut away may be a number.
fn may_be_number(eyes: &impl Eyes, limits: &DoubtThresholds) -> impl Fn(&Luma) -> bool {
    |crop| eyes.number(crop).is_some_and(|said| limits.may_be_number(&said))
}

/// How many other signs are expected by the odds of all places together. Of figures under a mark none are: what one stroke
/// leaves on all of them is no evidence for each.
#[derive(Clone, Copy, Debug, Default)]
struct Expected {
    signs: f32,
    /// Whether a place shows one as far as the eye can tell.
    any_told: bool,
}

impl Expected {
    /// With one place more, by the logarithm of its odds.
    fn and(&mut self, place: &Place, odds: f32, limits: &DoubtThresholds) {
        if place.known != Known::Covered {
            self.signs += 1.0 / (1.0 + (-odds).exp());
            self.any_told |= !limits.one(place, odds);
        }
    }

    /// Whether it is another paper. A line that stands a little further shows no sign that is surely another one, but many that
    /// may be; a capture too light or too coarse shows some of these as well.
    fn too_many(self, limits: &DoubtThresholds) -> bool {
        self.signs > if self.any_told { limits.most_places as f32 } else { limits.most_expected }
    }
}

/// Places with one more; `None` where there are too many for a person to be asked.
fn joined(mut others: Vec<[Region; 2]>, more: [Region; 2], limits: &DoubtThresholds) -> Option<Vec<[Region; 2]>> {
    others.push(more);
    let others = side_by_side(others);
    (others.len() <= limits.most_places).then_some(others)
}

/// Places that touch on the first page as one.
fn side_by_side(mut places: Vec<[Region; 2]>) -> Vec<[Region; 2]> {
    let mut at = 0;
    while at < places.len() {
        let Some(other) = (at + 1..places.len()).find(|other| places[at][0].near(places[*other][0], 0)) else {
            at += 1;
            continue;
        };
        let joined = places.swap_remove(other);
        places[at] = [places[at][0].union(joined[0]), places[at][1].union(joined[1])];
        at = 0;
    }
    places
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::super::align::Prepared;
    use super::super::super::fingerprint::Frame;
    use super::super::super::ink::Ink;
    use super::super::super::twins::Cause;
    use super::super::Figures;
    use super::*;

    fn answer(relation: Relation, doubt: Option<Doubt>) -> Answer {
        let figures = Figures::default();
        Answer {
            relation,
            score: 1.0,
            regions: vec![],
            others: vec![],
            plane: [0.0; 9],
            figures,
            doubt,
            open_to_form: false,
            apart: false,
        }
    }

    /// More than stands for one sign in a row of figures, less than no reading takes back.
    const UNSURE: f32 = 2.0;

    /// Eyes that are as sure of every place, and read one thing on the first page (all ink) and another on the second.
    struct Dull<'t> {
        sure: f32,
        said: [Option<(&'t str, f32)>; 2],
        /// How many crops were read.
        read: Cell<usize>,
    }

    impl Eyes for Dull<'_> {
        fn glance(&self, crop: &Luma) -> Option<Said> {
            self.number(crop)
        }

        fn number(&self, crop: &Luma) -> Option<Said> {
            self.read.set(self.read.get() + 1);
            let said = self.said[usize::from(crop.at(crop.width() / 2, crop.height() / 2) == 255)];
            said.map(|(digits, confidence)| Said::spaced(digits, confidence))
        }

        fn other(&self, _: &Twin, _: f32) -> f32 {
            self.sure
        }
    }

    /// Pages with places, of which the second stands in a row of figures if wanted, at the third of them; the first page is black
    /// there.
    fn open(places: usize, row: bool, cut_away: bool) -> Answer {
        let mut mine = Ink::blank(128, 64);
        (0..128 * 64).for_each(|k| mine.set(k % 128, k / 128));
        let looks = [Luma::filled(40, 40, 0), Luma::filled(40, 40, 255)];
        let twin = |at| Twin { at: (30 * at, 30), cause: Cause::Parted, unlike: 1.0, looks: looks.clone() };
        let place = |at: usize| Place {
            twin: twin(at as i32),
            known: Known::StandsOut,
            row: (row && at == 1).then_some([20, 20, 60, 40]),
            may_be_figure: row && at == 1,
            foremost: false,
        };
        let looked = Looked { places: (0..places).map(place).collect(), usual: 0.1 };
        let laid = Overlay { mine, theirs: Ink::blank(128, 64), seen: Ink::blank(8, 4) };
        let region = |x: i32| Region::new(x.max(0) as u32, 0, 5, 5);
        let cut_away =
            if cut_away { CutAway::of_one_row(region(90), Luma::filled(40, 20, 0)) } else { CutAway::default() };
        let on_both = |place: [i32; 4]| [region(place[0]), region(place[0])];
        let doubt = Doubt::of(looked, laid, on_both, cut_away, answer(Relation::SamePaperMarked, None));
        answer(Relation::Possible, Some(doubt))
    }

    fn settled(open: Answer, sure: f32, said: [Option<(&str, f32)>; 2]) -> Answer {
        counted(open, sure, said).0
    }

    /// The answer, and how many crops were read for it.
    fn counted(open: Answer, sure: f32, said: [Option<(&str, f32)>; 2]) -> (Answer, usize) {
        let eyes = Dull { sure, said, read: Cell::new(0) };
        (open.settled(&eyes, &DoubtThresholds::default()), eyes.read.get())
    }

    #[test]
    fn one_sign_everywhere_is_the_paper_and_others_are_shown_or_make_it_another() {
        assert_eq!(settled(open(2, false, false), -4.0, [None, None]).relation, Relation::SamePaperMarked);
        let few = settled(open(2, false, false), 5.0, [None, None]);
        assert_eq!((few.relation, few.regions.len(), few.others.len()), (Relation::Possible, 2, 2));
        assert_eq!(settled(open(9, false, false), 5.0, [None, None]).relation, Relation::SameTemplate);
    }

    #[test]
    fn where_the_eye_is_not_sure_readings_settle_it_either_way_and_unsure_ones_leave_it_open() {
        let read = |said| settled(open(2, true, false), UNSURE, said).relation;
        assert_eq!(read([Some(("14020517", 0.8)), Some(("14020517", 0.7))]), Relation::SamePaperMarked);
        assert_eq!(read([Some(("14020517", 0.95)), Some(("14020511", 0.99))]), Relation::SameTemplate);
        for unsure in [
            [Some(("14020517", 0.95)), Some(("14020511", 0.6))],
            [Some(("14020517", 0.95)), Some(("14020517", 0.2))],
            [Some(("14020517", 0.95)), Some(("1402051", 0.95))],
            [Some(("17", 0.99)), Some(("17", 0.99))],
            [Some(("14020517", 0.95)), None],
        ] {
            assert_eq!(read(unsure), Relation::Possible, "{unsure:?}");
        }
        // what the eye is sure of no reading takes back, but for what a stroke of a mark may have made of a figure
        let sure = |known: Known| {
            let mut open = open(2, true, false);
            let places = &mut open.doubt.as_mut().unwrap().looked.places;
            (places[0].row, places[0].known, places[1].known) = (places[1].row, known, known);
            settled(open, 6.0, [Some(("14020517", 0.8)), Some(("14020517", 0.7))]).relation
        };
        assert_eq!([sure(Known::StandsOut), sure(Known::Plain)], [Relation::Possible; 2]);
        assert_eq!(sure(Known::Covered), Relation::SamePaperMarked);
    }

    #[test]
    fn a_row_that_reads_as_another_number_is_asked_about_though_the_eye_sees_one_sign_but_not_under_a_mark() {
        let limits = DoubtThresholds::default();
        let (almost, unheard) = (limits.figure.0 - 0.1, limits.heard.1 - 0.1);
        let others = [Some(("14020517", 0.8)), Some(("14920517", 0.7))];
        let read = |known: Known, foremost, sure, said| {
            let mut open = open(2, true, false);
            for place in &mut open.doubt.as_mut().unwrap().looked.places {
                (place.known, place.foremost) = (known, foremost);
            }
            counted(open, sure, said)
        };
        for (known, foremost, sure) in
            [(Known::StandsOut, false, almost), (Known::Plain, false, almost), (Known::Plain, true, unheard)]
        {
            let (answer, _) = read(known, foremost, sure, others);
            assert_eq!((answer.relation, answer.others.len()), (Relation::Possible, 1), "{known:?}");
            let not_there = Some(("14020511", 0.7));
            let hardly = Some(("14920517", limits.at_all - 0.05));
            for one in [others[0], not_there, hardly] {
                assert_eq!(
                    read(known, foremost, sure, [others[0], one]).0.relation,
                    Relation::SamePaperMarked,
                    "{known:?} {one:?}"
                );
            }
        }
        for (known, foremost, sure) in [(Known::Covered, true, almost), (Known::Plain, false, unheard)] {
            let (answer, crops) = read(known, foremost, sure, others);
            assert_eq!((answer.relation, crops), (Relation::SamePaperMarked, 0));
        }
    }

    #[test]
    fn many_places_that_may_be_other_signs_are_another_paper_though_none_of_them_is_sure() {
        let almost = DoubtThresholds::default().letter.0 - 0.1;
        // of a third of all places it is the way of a poor capture
        for few in [2, 8] {
            assert_eq!(settled(open(few, false, false), almost, [None, None]).relation, Relation::SamePaperMarked);
        }
        assert_eq!(settled(open(9, false, false), almost, [None, None]).relation, Relation::SameTemplate);
    }

    #[test]
    fn a_place_beside_a_figure_is_judged_as_one() {
        let sure = DoubtThresholds::default().figure.0.midpoint(DoubtThresholds::default().letter.0);
        let mut beside = open(1, false, false);
        assert_eq!(settled(beside.clone(), sure, [None, None]).relation, Relation::SamePaperMarked);
        beside.doubt.as_mut().unwrap().looked.places[0].may_be_figure = true;
        assert_eq!(settled(beside, sure, [None, None]).relation, Relation::Possible);
    }

    #[test]
    fn a_row_is_read_once_and_not_at_all_where_that_can_settle_nothing() {
        let read = |open: Answer, sure, said| counted(open, sure, said).1;
        let number = Some(("14020517", 0.8));
        let mut twice = open(2, true, false);
        let places = &mut twice.doubt.as_mut().unwrap().looked.places;
        (places[0].row, places[0].may_be_figure) = (places[1].row, true);
        assert_eq!(read(twice, UNSURE, [number, number]), 2);
        assert_eq!(read(open(2, true, false), UNSURE, [None, number]), 1);
        assert_eq!(read(open(2, true, false), -4.0, [number, number]), 0);
        // so many other signs are another paper whatever is read
        assert_eq!(read(open(9, true, false), 6.0, [number, number]), 0);
    }

    #[test]
    fn what_was_cut_away_stays_open_where_a_number_may_be_read_in_it() {
        let said = |said: Option<(&str, f32)>| {
            let answer = settled(open(0, false, true), 0.0, [said, None]);
            (answer.relation, answer.others.len())
        };
        let limits = DoubtThresholds::default();
        // letters are read as few digits, and not surely
        for none in [None, Some(("", 0.9)), Some(("7", 0.9)), Some(("17", 0.3)), Some(("090", 0.05))] {
            assert_eq!(said(none), (Relation::SamePaperMarked, 0), "{none:?}");
        }
        for some in [Some(("17", limits.alike)), Some(("105", limits.at_all)), Some(("33926", 0.02))] {
            assert_eq!(said(some), (Relation::Possible, 1), "{some:?}");
        }
    }

    #[test]
    fn what_the_form_is_asked_makes_pages_one_paper_or_says_nothing() {
        let blank = Prepared::from_ink(
            Ink::blank(128, 64),
            Ink::blank(8, 4),
            Frame { width: 128, height: 64, scale: 1.0, tilt_deg: 0.0, origin: (0.0, 0.0) },
            0,
        );
        let form = Form::of(&blank, vec![]);
        let by_form = |open: Answer, sure| {
            let eyes = Dull { sure, said: [None, None], read: Cell::new(0) };
            open.settled_by([&form, &form], &eyes, &DoubtThresholds::default()).map(|answer| answer.relation)
        };
        assert_eq!(by_form(open(2, false, false), -4.0), Some(Relation::SamePaperMarked));
        assert_eq!(by_form(open(2, false, false), 5.0), None);
        assert_eq!(by_form(answer(Relation::Possible, None), -4.0), None);
        // nor does it outvote readings of two numbers
        let others = [Some(("14020517", 0.8)), Some(("14920517", 0.7))];
        let eyes = Dull { sure: 0.5, said: others, read: Cell::new(0) };
        let read = open(2, true, false).settled_by([&form, &form], &eyes, &DoubtThresholds::default());
        assert_eq!(read.map(|answer| answer.relation), None);
        // it is asked where no place is surer of another sign than papers of a form can outweigh
        let left = |sure| settled(open(2, false, false), sure, [None, None]).open_to_form;
        assert!(left(5.0) && !left(6.0));
    }

    #[test]
    fn nothing_open_is_not_looked_at() {
        assert_eq!(settled(answer(Relation::SamePaper, None), 9.0, [None, None]).relation, Relation::SamePaper);
    }
}
