//! What the eye for signs and the reader of numbers say of the places that leave open whether two pages are one paper.

use std::borrow::Cow;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::Candidate;
use sanad_checks::duplicates::mates::Mates;
use sanad_checks::duplicates::relation::{
    Answer, Closer, Digit, DoubtThresholds, Eyes, FirstLook, Form, RelationThresholds, Said, relate_as_they_stand,
};
use sanad_checks::duplicates::twins::Twin;
use sanad_checks::page::Luma;

use super::number::{NumberReader, NumberReading, ReadSign};
use super::signs;

struct Both<'r>(&'r NumberReader);

impl Eyes for Both<'_> {
    fn glance(&self, crop: &Luma) -> Option<Said> {
        self.0.glance(crop).map(|reading| said(&reading))
    }

    fn number(&self, crop: &Luma) -> Option<Said> {
        self.0.read(crop).map(|reading| said(&reading))
    }

    fn other(&self, twin: &Twin, usual: f32) -> f32 {
        signs::other(twin, usual)
    }
}

fn said(reading: &NumberReading) -> Said {
    let digits = reading.text.chars().filter(char::is_ascii_digit).collect();
    let stand = |sign: &ReadSign| {
        let shares = sign.digits.filter(|_| sign.sign.is_ascii_digit())?;
        Some(Digit { middle: sign.span.0.midpoint(sign.span.1), shares })
    };
    Said { digits, confidence: reading.confidence, stand: reading.chars.iter().filter_map(stand).collect() }
}

/// The answer over two pages once the places it left open were looked at.
#[must_use]
pub fn settled(answer: Answer, reader: &NumberReader) -> Answer {
    answer.settled(&Both(reader), &DoubtThresholds::default())
}

/// What the comparison, the eye and the reader say of all candidate pairs of one first page, in their order, each with the turn in
/// which it was made: a first look at all of them tells which are worth a closer one. `page` gives the second page of a pair.
pub fn compared_with<'p>(
    first: &Prepared,
    pairs: &[Candidate],
    page: impl Fn(usize) -> Cow<'p, Prepared>,
    limits: &RelationThresholds,
    reader: &NumberReader,
) -> Vec<Option<(Candidate, Answer)>> {
    let look = |pair: &Candidate| {
        let second = page(pair.b);
        let in_turn = |quarters| [first, second.standing(pair.standing(quarters).back())];
        let (quarters, look) = FirstLook::in_turns((pair.quarters, pair.others), in_turn, limits)?;
        Some((pair.standing(quarters), look))
    };
    let mut looks: Vec<Option<(Candidate, FirstLook)>> = pairs.iter().map(look).collect();
    let mut answers: Vec<Option<(Candidate, Answer)>> = looks.iter().map(|_| None).collect();
    let (mut closer, mut next) = Closer::of(looks.iter().map(|found| Some(&found.as_ref()?.1)));
    while !next.is_empty() {
        let mut met = 0;
        for at in next {
            let Some((pair, look)) = looks[at].take() else { continue };
            let second = page(pair.b);
            let answer = looked_at_again(look, [first, second.standing(pair.back())], limits, reader);
            met += usize::from(answer.as_ref().is_some_and(Answer::may_be_again));
            answers[at] = answer.map(|answer| (pair, answer));
        }
        next = closer.further(met);
    }
    for (answer, found) in answers.iter_mut().zip(looks) {
        let Some((pair, look)) = found else { continue };
        *answer = Some((pair, look.of_one_form(first, page(pair.b).standing(pair.back()))));
    }
    answers
}

/// The answer over two pages by a closer look at them.
#[must_use]
pub fn looked_at_again(
    look: FirstLook,
    [first, second]: [&Prepared; 2],
    limits: &RelationThresholds,
    reader: &NumberReader,
) -> Option<Answer> {
    Some(settled(look.closely(first, second, limits)?, reader))
}

/// What two pages that were left open are after all, once they were laid on each other the other way round and papers of the form
/// were asked, of the first page and of the second; `None` where that does not make them one paper.
///
/// A page that is drawn in the frame of another is worn by that, and small signs of a coarse capture are lost in the one frame that
/// are seen in the other.
#[must_use]
pub fn settled_by_form(
    [first, second]: [&Prepared; 2],
    forms: [&Form<'_>; 2],
    limits: &RelationThresholds,
    reader: &NumberReader,
) -> Option<Answer> {
    let limits_of_doubt = DoubtThresholds::default();
    let round = relate_as_they_stand(second, first, limits)?.settled(&Both(reader), &limits_of_doubt.surer());
    if round.relation.again() {
        return Some(round.turned_round());
    }
    relate_as_they_stand(first, second, limits)?.settled_by(forms, &Both(reader), &limits_of_doubt)
}

/// Of pairs with one first page that were left open to the form those that its papers make one paper. `page` gives a page of
/// the register that the pairs and the mates are of.
pub fn settled_by_mates<'p>(
    pairs: &[Candidate],
    page: impl Fn(usize) -> Cow<'p, Prepared>,
    mates: &Mates,
    limits: &RelationThresholds,
    reader: &NumberReader,
) -> Vec<(Candidate, Answer)> {
    let Some(first) = pairs.first() else { return vec![] };
    let own = page(first.a);
    let others = |of: usize, turned: u8| -> Vec<(Cow<'_, Prepared>, u8)> {
        mates.of_page(of).into_iter().map(|(other, quarters)| (page(other), (quarters + turned) % 4)).collect()
    };
    let form = Form::of(&own, others(first.a, 0));
    let settle = |pair: &Candidate| {
        let second = page(pair.b);
        let second = second.standing(pair.back());
        let forms = [&form, &Form::of(second, others(pair.b, pair.back()))];
        settled_by_form([&own, second], forms, limits, reader)
    };
    pairs.iter().filter_map(|pair| Some((*pair, settle(pair)?))).collect()
}
