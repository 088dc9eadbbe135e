//! One insured person: registered, looked at, changed, asked for again, taken off the list.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::{self, Action};
use crate::claim::insured::{self, Insured, NewInsured, parse_birth};
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::{ApiError, FieldFault};
use crate::http::face;
use crate::http::visit::Signed;
use crate::i18n::{msg, parse_day};
use crate::store::ids::InsuredId;
use crate::views::form::Form;
use crate::views::person_page::{NewPersonPage, Person};

/// A person as typed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = Person)]
pub(crate) struct Typed {
    /// Full name; or the two after it.
    name: String,
    given_name: String,
    family_name: String,
    father_name: String,
    /// `female`, `male`, or nothing.
    sex: String,
    /// Three-letter code of the country.
    nationality: String,
    /// Passport or other document number; a child without a paper stands on the head's.
    document_number: String,
    /// Day of birth in either calendar, year first, or the year alone.
    birth: String,
    policy_number: String,
    /// First and last day of cover, in either calendar.
    cover_from: String,
    cover_to: String,
    phone: String,
    /// The head's id, for a dependant.
    head: String,
    /// `spouse`, `child`, `parent`, `sibling` or `other`.
    kinship: String,
    /// The revision that was shown; for changes only.
    revision: i64,
}

impl Typed {
    fn of(person: &Insured, shown: impl Fn(&str) -> String) -> Self {
        let given = if person.given_name.is_empty() && person.family_name.is_empty() {
            // Typed in one piece: offered in one piece.
            person.name.clone()
        } else {
            person.given_name.clone()
        };
        let day = |day: &Option<String>| day.as_deref().map(&shown).unwrap_or_default();
        let birth = match (&person.birth, person.birth_year) {
            (Some(birth), _) if person.birth_calendar.as_deref() == Some("gregorian") => birth.clone(),
            (Some(birth), _) => shown(birth),
            (None, Some(year)) => year.to_string(),
            (None, None) => String::new(),
        };
        Self {
            name: String::new(),
            given_name: given,
            family_name: person.family_name.clone(),
            father_name: person.father_name.clone(),
            sex: person.sex.clone().unwrap_or_default(),
            nationality: person.nationality.clone(),
            document_number: person.document_number.clone(),
            birth,
            policy_number: person.policy_number.clone().unwrap_or_default(),
            cover_from: day(&person.cover_from),
            cover_to: day(&person.cover_to),
            phone: person.phone.clone(),
            head: person.head.as_ref().map(ToString::to_string).unwrap_or_default(),
            kinship: person.kinship.clone().unwrap_or_default(),
            revision: person.revision,
        }
    }

    fn form(&self) -> Form {
        Form::default()
            .with("given_name", if self.given_name.is_empty() { &self.name } else { &self.given_name })
            .with("family_name", &self.family_name)
            .with("father_name", &self.father_name)
            .with("sex", &self.sex)
            .with("nationality", &self.nationality)
            .with("document_number", &self.document_number)
            .with("birth", &self.birth)
            .with("policy_number", &self.policy_number)
            .with("cover_from", &self.cover_from)
            .with("cover_to", &self.cover_to)
            .with("phone", &self.phone)
            .with("head", &self.head)
            .with("kinship", &self.kinship)
            .with("revision", self.revision.to_string())
    }

    /// What the domain checks; faults of what only a form can get wrong.
    fn read(&self) -> Result<NewInsured, ApiError> {
        let mut faults = Vec::new();
        let mut day = |field: &'static str, typed: &str| {
            let typed = typed.trim();
            let day = parse_day(typed);
            if day.is_none() && !typed.is_empty() {
                faults.push(FieldFault { field, key: "bad-date" });
            }
            day
        };
        let (cover_from, cover_to) = (day("cover_from", &self.cover_from), day("cover_to", &self.cover_to));
        let birth = parse_birth(&self.birth);
        if birth.is_none() && !self.birth.trim().is_empty() {
            faults.push(FieldFault { field: "birth", key: msg("refusal-bad-birth").trim_start_matches("refusal-") });
        }
        if !faults.is_empty() {
            return Err(ApiError::Fields(faults));
        }
        let head = if self.head.trim().is_empty() { None } else { Some(id::<InsuredId>(&self.head)?) };
        Ok(NewInsured {
            name: self.name.clone(),
            given_name: self.given_name.clone(),
            family_name: self.family_name.clone(),
            father_name: self.father_name.clone(),
            sex: self.sex.clone(),
            phone: self.phone.clone(),
            nationality: self.nationality.clone(),
            document_number: self.document_number.clone(),
            birth: birth.as_ref().and_then(|birth| birth.day.clone()),
            birth_year: birth.as_ref().and_then(|birth| birth.year),
            birth_calendar: birth.as_ref().map(|birth| birth.calendar),
            policy_number: Some(self.policy_number.clone()),
            cover_from,
            cover_to,
            head,
            kinship: self.kinship.clone(),
        })
    }
}

/// Whether a new person is a dependant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    head: Option<String>,
}

async fn head(app: &App, signed: &Signed, head: &str) -> Result<Option<Insured>, ApiError> {
    if head.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(insured::find(&app.store, &signed.actor, &id(head)?).await?))
}

/// The empty form; a page only.
pub(crate) async fn new_form(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::RegisterInsured)?;
    let head = head(&app, &signed, asked.head.as_deref().unwrap_or_default()).await?;
    let nationality = head.as_ref().map_or("AFG", |head| head.nationality.as_str());
    let form = Form::default()
        .with("nationality", nationality)
        .with("family_name", head.as_ref().map_or("", |head| head.family_name.as_str()))
        .with("head", head.as_ref().map(|head| head.id.to_string()).unwrap_or_default());
    let page = NewPersonPage::new(signed.visit.shell(), form, head);
    Ok(Html(askama::Template::render(&page)?).into_response())
}

/// Registers a person, after asking the insurer whether the policy stands under this office.
#[utoipa::path(post, path = "/insured", tag = "insured", request_body = Typed, responses(
    (status = 201, description = "The person; `standing` tells how far the policy was confirmed. Pages get 303", body = Object),
    (status = 422, description = "Fields refused; a page keeps everything typed", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::RegisterInsured)?;
    let registered = match typed.read() {
        Ok(new) => insured::register_with(&app.store, &app.policies, &signed.actor, &new).await.map_err(ApiError::from),
        Err(error) => Err(error),
    };
    match registered {
        Ok(person) => {
            let next = format!("/insured/{}", person.id);
            Ok(face::done(&signed.visit, StatusCode::CREATED, &next, &person))
        }
        Err(error) => match error.on_form().filter(|_| signed.visit.html()) {
            Some(faults) => {
                let form = typed.form().refused(signed.visit.lang(), &faults);
                let head = head(&app, &signed, &typed.head).await?;
                let page = NewPersonPage::new(signed.visit.shell(), form, head);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(askama::Template::render(&page)?)).into_response())
            }
            None => Err(error),
        },
    }
}

async fn view(app: &App, signed: &Signed, person: &InsuredId, form: Option<Form>) -> Result<Person, ApiError> {
    let household = insured::household(&app.store, &signed.actor, person).await?;
    let shell = signed.visit.shell();
    let shown = |iso: &str| shell.digits(&crate::i18n::jalali_numbers(iso));
    let form = form.unwrap_or_else(|| Typed::of(&household.person, shown).form());
    let may_change = accounts::may(&signed.actor, Action::RegisterInsured).any();
    Ok(Person { household, form, may_change })
}

/// One person with household, claims and earlier wordings.
#[utoipa::path(get, path = "/insured/{insured}", tag = "insured", params(("insured" = String, Path)), responses(
    (status = 200, description = "person, head, dependants, claims, earlier", body = Object),
    (status = 404, description = "Not there, or not the asker's", body = crate::http::Problem)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(person): Path<String>,
) -> Result<Response, ApiError> {
    let view = view(&app, &signed, &id(&person)?, None).await?;
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

/// Changes a person's particulars; the wording before is kept.
#[utoipa::path(post, path = "/insured/{insured}", tag = "insured", params(("insured" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The person; pages get 303", body = Object),
    (status = 409, description = "Somebody changed it since", body = crate::http::Problem),
    (status = 422, description = "Fields refused; a page keeps everything typed", body = crate::http::Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    signed: Signed,
    Path(person): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::RegisterInsured)?;
    let person: InsuredId = id(&person)?;
    let changed = match typed.read() {
        Ok(new) => {
            let changed = insured::change(&app.store, &app.policies, &signed.actor, &person, typed.revision, &new);
            changed.await.map_err(ApiError::from)
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(after) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/insured/{person}"), &after)),
        Err(error) => refused(&app, &signed, &person, Some(typed.form()), error).await,
    }
}

/// Shows a refusal on the person's page, with what was typed.
async fn refused(
    app: &App,
    signed: &Signed,
    person: &InsuredId,
    typed: Option<Form>,
    error: ApiError,
) -> Result<Response, ApiError> {
    match error.on_form().filter(|_| signed.visit.html()) {
        Some(faults) => {
            let mut view = view(app, signed, person, typed).await?;
            view.form = view.form.refused(signed.visit.lang(), &faults);
            let page = Html(view.draw(signed.visit.shell())?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        None => Err(error),
    }
}

/// Takes a person off the list; not with live claims or dependants.
#[utoipa::path(post, path = "/insured/{insured}/removal", tag = "insured", params(("insured" = String, Path)), responses(
    (status = 204, description = "Off the list; pages get 303"),
    (status = 422, description = "Live claims or dependants", body = crate::http::Problem)))]
pub(crate) async fn remove(
    State(app): State<App>,
    signed: Signed,
    Path(person): Path<String>,
) -> Result<Response, ApiError> {
    let person: InsuredId = id(&person)?;
    match insured::remove(&app.store, &signed.actor, &person).await {
        Ok(()) if signed.visit.html() => Ok(Redirect::to("/insured").into_response()),
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(error) => refused(&app, &signed, &person, None, error.into()).await,
    }
}

/// Asks the insurer again for a policy that waits.
#[utoipa::path(post, path = "/insured/{insured}/inquiry", tag = "insured", params(("insured" = String, Path)), responses(
    (status = 200, description = "The person with the answer; pages get 303", body = Object),
    (status = 422, description = "The insurer is still silent", body = crate::http::Problem)))]
pub(crate) async fn ask_again(
    State(app): State<App>,
    signed: Signed,
    Path(person): Path<String>,
) -> Result<Response, ApiError> {
    let person: InsuredId = id(&person)?;
    match insured::ask_again(&app.store, &app.policies, &signed.actor, &person).await {
        Ok(now) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/insured/{person}"), &now)),
        Err(error) => refused(&app, &signed, &person, None, error.into()).await,
    }
}
