//! The rules about papers: the list of versions, and one version as a table whose rows are edited in place.

use askama::Template;
use sanad_checks::completeness::{Certifier, Circumstance, ClaimType, Need, Slot};
use sanad_checks::dossier::Form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shell;
use super::terms;
use crate::claim::rules::{RulesDetail, RulesSummary};
use crate::claim::text::ascii_digits;
use crate::claim::{CIRCUMSTANCES, SLOTS};
use crate::i18n::msg;

/// A row as it is typed. Words outside the lists count as nothing chosen.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TypedRow {
    /// Revision of the draft that was seen.
    pub revision: i64,
    /// Place in the list, from 1; empty: where it stands.
    pub order: String,
    /// The paper's Persian name.
    pub label_fa: String,
    /// The paper's English name.
    pub label_en: String,
    /// `required`, `conditional`, `optional` or empty.
    pub death: String,
    /// The same for a disability.
    pub disability: String,
    /// The same for an injury.
    pub injury: String,
    /// Circumstances that make a conditional paper needed.
    pub when: Vec<String>,
    /// Circumstances that lift a required paper.
    pub unless: Vec<String>,
    /// Types for which it may stay away with a reason.
    pub waivable: Vec<String>,
    /// Kinds of papers that fill it besides its own.
    pub kinds: Vec<String>,
    /// `office`, `individual` or empty for both.
    pub channel: String,
    /// `original`, `certified-copy` or empty.
    pub form: String,
    /// `issuer`, `authority` or empty.
    pub certifier: String,
    /// The form in a death, where it is stricter.
    pub death_form: String,
    /// The certifier in a death, where that is stricter.
    pub death_certifier: String,
    /// What must be seen: `stamp`, `signature`, `states_accident`, `no_iban`.
    pub seen: Vec<String>,
    /// Pages it has at least.
    pub min_pages: String,
}

fn word<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

fn words<T: serde::de::DeserializeOwned>(texts: &[String]) -> Vec<T> {
    texts.iter().filter_map(|text| word(text)).collect()
}

/// The word of a value of a closed list.
fn text_of<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl TypedRow {
    /// The row, of the paper that stands there.
    #[must_use]
    pub fn row(&self, known: &Slot) -> Slot {
        let seen = |name: &str| self.seen.iter().any(|seen| seen == name);
        Slot {
            name: known.name.clone(),
            label: sanad_checks::finding::Bilingual {
                fa: self.label_fa.trim().to_owned(),
                en: self.label_en.trim().to_owned(),
            },
            death: word(&self.death),
            disability: word(&self.disability),
            injury: word(&self.injury),
            when: words(&self.when),
            unless: words(&self.unless),
            waivable: words(&self.waivable),
            kinds: self.kinds.iter().filter(|kind| SLOTS.contains(&kind.as_str())).cloned().collect(),
            channel: word(&self.channel),
            form: word(&self.form),
            certifier: word(&self.certifier),
            death_form: word(&self.death_form),
            death_certifier: word(&self.death_certifier),
            stamp: seen("stamp"),
            signature: seen("signature"),
            states_accident: seen("states_accident"),
            no_iban: seen("no_iban"),
            // What is no number asks for no page, which is refused.
            min_pages: ascii_digits(self.min_pages.trim()).parse().unwrap_or(0),
        }
    }
}

/// One choice of a list.
struct Pick {
    value: String,
    key: String,
    chosen: bool,
}

/// A row with what may be chosen in it.
struct RowForm<'a> {
    place: i64,
    row: &'a Slot,
    needs: Vec<(&'static str, &'static str, Vec<Pick>)>,
    when: Vec<Pick>,
    unless: Vec<Pick>,
    waivable: Vec<Pick>,
    kinds: Vec<Pick>,
    channel: Vec<Pick>,
    forms: Vec<(&'static str, &'static str, Vec<Pick>)>,
    seen: Vec<Pick>,
}

fn pick(value: &str, key: &str, chosen: bool) -> Pick {
    Pick { value: value.to_owned(), key: key.to_owned(), chosen }
}

fn need_picks(need: Option<Need>) -> Vec<Pick> {
    let all = [Need::Required, Need::Conditional, Need::Optional];
    let picks = all.iter().map(|one| pick(&text_of(one), terms::need_key(&text_of(one)), need == Some(*one)));
    std::iter::once(pick("", msg("rule-not-needed"), need.is_none())).chain(picks).collect()
}

fn form_picks(form: Option<Form>) -> Vec<Pick> {
    vec![
        pick("", msg("rule-any-form"), form.is_none()),
        pick("original", msg("tick-original"), form == Some(Form::Original)),
        pick("certified-copy", msg("mark-certified"), form == Some(Form::CertifiedCopy)),
    ]
}

fn certifier_picks(certifier: Option<Certifier>) -> Vec<Pick> {
    vec![
        pick("", msg("rule-any-certifier"), certifier.is_none()),
        pick("issuer", msg("tick-issuer"), certifier == Some(Certifier::Issuer)),
        pick("authority", msg("tick-authority"), certifier == Some(Certifier::Authority)),
    ]
}

fn circumstance_picks(chosen: &[Circumstance]) -> Vec<Pick> {
    let is = |word: &str| chosen.iter().any(|one| text_of(one) == word);
    CIRCUMSTANCES.iter().map(|word| pick(word, &terms::circumstance_key(word), is(word))).collect()
}

impl<'a> RowForm<'a> {
    fn new(place: i64, row: &'a Slot) -> Self {
        let types = [
            (ClaimType::Death, msg("type-death")),
            (ClaimType::Disability, msg("type-disability")),
            (ClaimType::Injury, msg("type-injury")),
        ];
        let channel = row.channel.as_ref().map(text_of).unwrap_or_default();
        Self {
            place,
            needs: vec![
                ("death", msg("type-death"), need_picks(row.death)),
                ("disability", msg("type-disability"), need_picks(row.disability)),
                ("injury", msg("type-injury"), need_picks(row.injury)),
            ],
            when: circumstance_picks(&row.when),
            unless: circumstance_picks(&row.unless),
            waivable: types.iter().map(|(kind, key)| pick(&text_of(kind), key, row.waivable.contains(kind))).collect(),
            kinds: SLOTS
                .iter()
                .filter(|slot| **slot != row.name)
                .map(|slot| pick(slot, &terms::slot_key(slot), row.kinds.iter().any(|kind| kind == slot)))
                .collect(),
            channel: vec![
                pick("", msg("rule-both-channels"), channel.is_empty()),
                pick("office", msg("rule-office-only"), channel == "office"),
                pick("individual", msg("rule-individual-only"), channel == "individual"),
            ],
            forms: vec![
                ("form", msg("tick-form"), form_picks(row.form)),
                ("certifier", msg("tick-certifier"), certifier_picks(row.certifier)),
                ("death_form", msg("rule-death-form"), form_picks(row.death_form)),
                ("death_certifier", msg("rule-death-certifier"), certifier_picks(row.death_certifier)),
            ],
            seen: vec![
                pick("stamp", msg("tick-stamp"), row.stamp),
                pick("signature", msg("tick-signature"), row.signature),
                pick("states_accident", msg("tick-same-date"), row.states_accident),
                pick("no_iban", msg("tick-no-iban"), row.no_iban),
            ],
            row,
        }
    }
}

#[derive(Template)]
#[template(path = "rules/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    view: &'a [RulesSummary],
}

#[derive(Template)]
#[template(path = "rules/show.html")]
struct RulesPage<'a> {
    shell: &'a Shell,
    view: &'a RulesDetail,
    rows: Vec<RowForm<'a>>,
}

/// The page of the versions.
///
/// # Errors
/// When the template fails.
pub fn draw_list(shell: &Shell, view: &[RulesSummary]) -> Result<String, askama::Error> {
    ListPage { shell, view }.render()
}

/// The page of one version.
///
/// # Errors
/// When the template fails.
pub fn draw(shell: &Shell, view: &RulesDetail) -> Result<String, askama::Error> {
    let rows = (1..).zip(&view.rows).map(|(place, row)| RowForm::new(place, row)).collect();
    RulesPage { shell, view, rows }.render()
}
