//! Every form of the house, taken from the description of its routes, with what is wrong to type into each field. A
//! form or a field that stands in no line here fails; each line is then pressed over HTTP as a page does it: refused
//! with a clear Persian message beside the field, what was typed kept, nothing half saved, nothing ever our failure.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::StatusCode;
use serde_json::Value;

use crate::api::server::{Program, Server};

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any words up to 4000 signs: kept as text, whatever they are.
    Words,
    /// The same in one line of so many signs at most.
    Line(usize),
    /// A person's name: letters.
    Name,
    /// A number of a policy or a paper.
    Number,
    /// A day in either calendar.
    Day,
    /// Digits of a sum, an account, a parcel, a count.
    Digits,
    /// A word of a closed list.
    Code,
    /// A name to log in with.
    Login,
    /// Something that a wrong word leaves out: a tick, a choice that is not asked for here.
    Tick,
    /// A mark that the page itself carries: an identifier, a revision. Nobody types it.
    Mark,
    /// A password or a code; never sent back.
    Secret,
}

use Kind::{Code, Day, Digits, Line, Login, Mark, Name, Number, Secret, Tick, Words};

type Fields = &'static [(&'static str, Kind)];

const WHY: Fields = &[("revision", Mark), ("codes", Tick), ("reason", Words)];
const CLAIM: Fields = &[
    ("insured", Mark),
    ("revision", Mark),
    ("name", Name),
    ("document_number", Number),
    ("policy_number", Number),
    ("nationality", Code),
    ("birth", Day),
    ("claim_type", Code),
    ("accident_date", Day),
    ("place", Line(300)),
    ("description", Words),
    ("circumstances", Code),
    ("shared_with", Digits),
];
const PERSON: Fields = &[
    // For programs; the page asks for the two after it.
    ("name", Mark),
    ("given_name", Name),
    ("family_name", Name),
    ("father_name", Name),
    ("sex", Code),
    ("nationality", Code),
    ("document_number", Number),
    ("birth", Day),
    ("policy_number", Number),
    ("cover_from", Day),
    ("cover_to", Day),
    ("phone", Digits),
    ("head", Mark),
    ("kinship", Tick),
    ("revision", Mark),
];

/// Every form and its fields.
pub(super) const FORMS: &[(&str, Fields)] = &[
    ("/claims", CLAIM),
    ("/claims/{claim}/appeal", WHY),
    ("/claims/{claim}/appeal/rejection", WHY),
    ("/claims/{claim}/deletion", &[("revision", Mark), ("reason", Words)]),
    ("/claims/{claim}/explanations", &[("slot", Code), ("reason", Words)]),
    ("/claims/{claim}/extra-papers", &[("slot", Code), ("reason", Words)]),
    ("/claims/{claim}/facts", CLAIM),
    ("/claims/{claim}/iban", &[("revision", Mark), ("iban", Digits)]),
    ("/claims/{claim}/parcel", &[("revision", Mark), ("tracking", Digits)]),
    ("/claims/{claim}/parcel/preparation", &[("revision", Mark)]),
    ("/claims/{claim}/parcel/receipt", &[("revision", Mark), ("documents", Mark), ("arrived", Mark), ("codes", Code)]),
    ("/claims/{claim}/payment", &[("revision", Mark), ("amount", Digits), ("reference", Line(300)), ("paid_on", Day)]),
    ("/claims/{claim}/payment/close", &[("revision", Mark), ("reason", Tick)]),
    ("/claims/{claim}/payment/return", &[("revision", Mark), ("reason", Words)]),
    ("/claims/{claim}/payment/start", &[("revision", Mark), ("reason", Tick)]),
    ("/claims/{claim}/refusal", &[("revision", Mark), ("codes", Code), ("reason", Words)]),
    ("/claims/{claim}/refusal/confirmation", &[("revision", Mark), ("codes", Tick), ("reason", Tick)]),
    ("/claims/{claim}/refusal/decline", WHY),
    ("/claims/{claim}/reopening", WHY),
    (
        "/claims/{claim}/story/dates",
        &[("version", Mark), ("role", Code), ("page", Mark), ("region", Mark), ("date", Day)],
    ),
    ("/claims/{claim}/submission", &[("revision", Mark)]),
    ("/claims/{claim}/type", &[("revision", Mark), ("claim_type", Code), ("reason", Words)]),
    (
        "/documents/{document}/decision",
        &[
            ("version", Mark),
            ("revision", Mark),
            ("ruling", Mark),
            ("codes", Code),
            ("note", Words),
            ("form", Tick),
            ("certifier", Tick),
            ("seen", Tick),
            ("iban", Digits),
        ],
    ),
    ("/documents/{document}/notes", &[("text", Words), ("internal", Tick)]),
    ("/documents/{document}/place", &[("revision", Mark), ("place", Mark)]),
    ("/documents/{document}/revocation", &[("revision", Mark), ("reason", Words)]),
    ("/insured", PERSON),
    ("/insured/{insured}", PERSON),
    ("/language", &[("lang", Mark), ("then", Mark)]),
    ("/login", &[("user_name", Login), ("password", Secret), ("remember", Tick), ("then", Mark)]),
    ("/login/code", &[("code", Secret), ("half", Mark), ("then", Mark)]),
    ("/logout", &[("everywhere", Tick)]),
    ("/login/second-factor", &[("code", Secret), ("half", Mark), ("then", Mark)]),
    (
        "/messages",
        &[
            ("title", Line(300)),
            ("body", Words),
            ("role", Code),
            ("office", Code),
            ("expires_on", Day),
            ("welcome", Tick),
        ],
    ),
    ("/pairs/{pair}/answer", &[("answer", Mark)]),
    (
        "/profile",
        &[("display_name", Line(120)), ("current_password", Secret), ("password", Secret), ("password_again", Secret)],
    ),
    ("/profile/tokens", &[("label", Line(120))]),
    (
        "/register",
        &[("policy_number", Number), ("document_number", Number), ("password", Secret), ("password_again", Secret)],
    ),
    (
        "/register/check",
        &[("policy_number", Number), ("document_number", Number), ("password", Secret), ("password_again", Secret)],
    ),
    ("/rules/{version}/publication", &[("revision", Mark), ("valid_from", Day)]),
    (
        "/rules/{version}/rows/{slot}",
        &[
            ("revision", Mark),
            ("order", Tick),
            ("label_fa", Line(120)),
            ("label_en", Line(120)),
            ("death", Tick),
            ("disability", Tick),
            ("injury", Tick),
            ("when", Tick),
            ("unless", Tick),
            ("waivable", Tick),
            ("kinds", Tick),
            ("channel", Tick),
            ("form", Tick),
            ("certifier", Tick),
            ("death_form", Tick),
            ("death_certifier", Tick),
            ("seen", Tick),
            ("min_pages", Digits),
        ],
    ),
    ("/users", &[("user_name", Login), ("display_name", Line(120)), ("role", Code), ("office_code", Code)]),
    ("/versions/{version}/send-anyway", &[("reason", Words)]),
];

/// What every free text must bear: direction marks, three kinds of digits, a picture, markup, SQL, an empty byte.
pub(super) const HOSTILE: &str =
    "\u{202e}متن ۱۲34٥٦ \u{2067}😀\u{0} <script>alert(1)</script> '); DROP TABLE claims;-- \u{202c}پایان";

/// What is left of it: everything that can be read, and no sign that turns a line.
pub(super) const HARMLESS: &str = "متن ۱۲34٥٦ 😀 <script>alert(1)</script> '); DROP TABLE claims;-- پایان";

/// Markup and SQL in one short word.
const SHARP: &str = "<script>alert(1)</script>';--";

/// Values that a field of this kind must refuse.
fn wrong(kind: Kind) -> Vec<String> {
    let long = |signs: usize| "ن".repeat(signs);
    let sharp = || [SHARP.to_owned(), "😀".to_owned(), "\u{202e}\u{2067}".to_owned() + "😀<b>"];
    match kind {
        Words => vec![long(4001), long(20_000)],
        Line(most) => vec![long(most + 1), long(5000)],
        Name => vec![SHARP.to_owned(), "احمد 😀".to_owned(), "'); DROP TABLE insured;--1".to_owned(), long(121)],
        Number => vec![SHARP.to_owned(), "😀".to_owned(), "1405/<b>/۲".to_owned(), "1".repeat(400)],
        Day => {
            let days = ["دیروز", "1405/13/40", "31/02/2026", "2026-02-31", "۱۴٥5/99/۰۱", "\u{202e}امروز"];
            days.map(str::to_owned).into_iter().chain(sharp()).chain([long(5000)]).collect()
        }
        Digits => sharp().into_iter().chain(["12 تومان".to_owned(), long(5000), "9".repeat(5000)]).collect(),
        Code => sharp().into_iter().chain([long(5000), "no-such-word".to_owned()]).collect(),
        Login => vec![SHARP.to_owned(), "😀".to_owned(), long(5000)],
        Tick | Mark | Secret => vec![SHARP.to_owned(), "😀".to_owned(), "\u{0}".to_owned(), long(5000)],
    }
}

/// A form before somebody, filled in as it should be.
pub(super) struct Press<'p> {
    who: &'p Program,
    /// The line of [`FORMS`].
    route: &'static str,
    /// Its address, filled in.
    path: String,
    base: Vec<(&'static str, String)>,
    /// Where it shows whether anything was saved, and for whom.
    watch: (&'p Program, String),
    /// Only these fields; all without any.
    only: &'static [&'static str],
}

fn fields_of(route: &str) -> Fields {
    FORMS.iter().find(|(known, _)| *known == route).unwrap_or_else(|| panic!("{route} stands in no line")).1
}

/// The page of an answer must be Persian, whole and harmless.
fn looked_at(page: &str, place: &str) {
    assert!(page.contains("lang=\"fa\""), "{place}: {page}");
    assert!(!page.contains('⟦'), "{place}: a message is missing");
    assert!(!page.contains("<script>alert"), "{place}: what was typed became markup");
}

/// The page as people read it.
fn plain(page: &str) -> String {
    let signs = [("&#60;", "<"), ("&#62;", ">"), ("&#39;", "'"), ("&#34;", "\""), ("&lt;", "<"), ("&gt;", ">")];
    let page = signs.iter().fold(page.to_owned(), |page, (coded, sign)| page.replace(coded, sign));
    page.replace("&#x27;", "'").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
}

/// Whether a message stands beside the field.
fn beside(page: &str, field: &str) -> bool {
    let named = format!("name=\"{field}\"");
    let places: Vec<usize> = page.match_indices(&named).map(|(at, _)| at).collect();
    let near = |at: usize| {
        let after = &page[at..];
        let end = after.find("</form>").unwrap_or(after.len());
        let next = after[..end].match_indices(" name=\"").map(|(at, _)| at).find(|at| {
            let rest = &after[at + 7..];
            !rest.starts_with(&format!("{field}\""))
        });
        let stretch = &after[..next.unwrap_or(end)];
        stretch.contains("invalid-feedback")
    };
    places.into_iter().any(near) || page.contains(&format!("id=\"{field}-fault\""))
}

/// What stands of a thing. The lease of an expert goes on by itself, and words are read in the background.
async fn state(watch: &(&Program, String)) -> Value {
    let mut now = watch.0.json(&watch.1).await;
    if let Some(now) = now.as_object_mut() {
        now.remove("lease");
        now.remove("story");
        for paper in now.get_mut("documents").and_then(Value::as_array_mut).into_iter().flatten() {
            paper["current"] = paper["current"]["id"].clone();
        }
    }
    now
}

impl<'p> Press<'p> {
    pub(super) fn new(
        who: &'p Program,
        route: &'static str,
        path: &str,
        base: Vec<(&'static str, String)>,
        watch: (&'p Program, String),
    ) -> Self {
        Self { who, route, path: path.to_owned(), base, watch, only: &[] }
    }

    /// The same with only these fields.
    pub(super) fn only(self, fields: &'static [&'static str]) -> Self {
        Self { only: fields, ..self }
    }

    fn with(&self, field: &str, value: &str) -> Vec<(String, String)> {
        let others = self.base.iter().filter(|(name, _)| *name != field);
        let typed = others.map(|(name, value)| ((*name).to_owned(), value.clone()));
        typed.chain([(field.to_owned(), value.to_owned())]).collect()
    }

    async fn send(&self, typed: &[(String, String)]) -> (StatusCode, String) {
        let reply = self.who.post(&self.path).header("accept", "text/html").form(typed).send().await.unwrap();
        (reply.status(), reply.text().await.unwrap())
    }

    /// Types everything that is wrong into every field, one at a time.
    pub(super) async fn refused(&self, done: &mut BTreeSet<(&'static str, &'static str)>) {
        let before = state(&self.watch).await;
        for &(field, kind) in fields_of(self.route) {
            let marks = matches!(kind, Tick | Mark);
            let wanted = if self.only.is_empty() { !marks } else { self.only.contains(&field) };
            if !wanted {
                continue;
            }
            for value in wrong(kind) {
                let shown: String = value.chars().take(30).collect();
                let place = format!("{} {field} = {shown}", self.route);
                let (status, page) = self.send(&self.with(field, &value)).await;
                assert!(!status.is_server_error(), "{place}: {status} {page}");
                if !page.is_empty() {
                    looked_at(&page, &place);
                }
                if matches!(kind, Tick | Mark | Secret | Login) {
                    let echoed = page.contains("😀") && kind == Secret && value == "😀";
                    assert!(!echoed, "{place}: a secret is sent back");
                    continue;
                }
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{place}: {page}");
                let choice = kind == Code;
                assert!(choice || beside(&page, field), "{place}: no message beside the field: {page}");
                assert!(!choice || page.contains("role=\"alert\"") || beside(&page, field), "{place}: {page}");
                // What was typed is kept up to the field's limit; a word that no list holds cannot be shown in it.
                if matches!(kind, Words | Line(_) | Day | Digits | Number | Name) {
                    let kept: String = value.chars().take(100).filter(|sign| sign.is_alphanumeric()).collect();
                    let flat: String = plain(&page).chars().filter(|sign| sign.is_alphanumeric()).collect();
                    assert!(flat.contains(&kept), "{place}: not kept");
                }
                assert_eq!(state(&self.watch).await, before, "{place}: something was saved");
            }
            done.insert((self.route, field));
        }
    }

    /// Sends the form as it should be, with every free text as hostile as it can be: taken, and nothing but text.
    pub(super) async fn taken(&self) -> String {
        let mut typed: Vec<(String, String)> =
            self.base.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        for (field, kind) in fields_of(self.route) {
            if matches!(kind, Words | Line(_))
                && let Some((_, value)) = typed.iter_mut().find(|(name, _)| name == field)
            {
                *value = HOSTILE.to_owned();
            }
        }
        let reply = self.who.post(&self.path).header("accept", "text/html").form(&typed).send().await.unwrap();
        let (status, next) = (reply.status(), reply.headers().get("location").cloned());
        let page = reply.text().await.unwrap();
        assert!(status.is_success() || status == StatusCode::SEE_OTHER, "{}: {status} {page}", self.route);
        next.map(|next| next.to_str().unwrap().to_owned()).unwrap_or_default()
    }
}

/// The forms and their fields as the description tells them; uploads of files are tried elsewhere.
async fn described(server: &Server) -> BTreeMap<String, BTreeSet<String>> {
    let all: Value = server.sign_in("admin").await.json("/openapi.json").await;
    let mut forms = BTreeMap::new();
    for (path, methods) in all["paths"].as_object().unwrap() {
        let Some(schema) = methods["post"]["requestBody"]["content"]["application/json"]["schema"].as_object() else {
            continue;
        };
        let name = schema["$ref"].as_str().unwrap_or_else(|| panic!("{path}")).rsplit('/').next().unwrap();
        let fields = all["components"]["schemas"][name]["properties"].as_object().unwrap_or_else(|| panic!("{path}"));
        forms.insert(path.clone(), fields.keys().cloned().collect());
    }
    forms
}

#[tokio::test]
async fn every_form_of_the_description_and_every_field_has_its_line() {
    let server = Server::start();
    let named: BTreeMap<String, BTreeSet<String>> = FORMS
        .iter()
        .map(|(path, fields)| ((*path).to_owned(), fields.iter().map(|(name, _)| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(described(&server).await, named);
}

#[tokio::test]
async fn a_form_larger_than_any_and_a_page_that_is_none_are_answered_in_persian() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let html = |request: reqwest::RequestBuilder| request.header("accept", "text/html");
    let long = [("reason", "ن".repeat(200_000))];
    let reply = html(office.post("/claims")).form(&long).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.text().await.unwrap().contains("نوشته بسیار بلند است"));
    let json = office.post("/claims").json(&serde_json::json!({ "place": "x".repeat(400_000) })).send().await.unwrap();
    assert_eq!(json.status(), StatusCode::PAYLOAD_TOO_LARGE);
    for (path, status, words) in [
        ("/claims/no-such-claim", StatusCode::NOT_FOUND, "پیدا نشد"),
        ("/nowhere", StatusCode::NOT_FOUND, "پیدا نشد"),
        ("/audit", StatusCode::FORBIDDEN, "اجازه ندارید"),
        ("/claims?offset=%3Cb%3E", StatusCode::BAD_REQUEST, "درخواست خوانده نشد"),
        ("/claims?q=%00%F0%9F%98%80%3Cscript%3Ealert(1)", StatusCode::OK, "پرونده‌ای پیدا نشد"),
        ("/claims?state=%3Cb%3E", StatusCode::OK, "لیست خسارات"),
        ("/insured?q=%E2%80%AE%00%27%3B--", StatusCode::OK, "بیمه‌شدگان"),
    ] {
        let reply = html(office.get(path)).send().await.unwrap();
        assert_eq!(reply.status(), status, "{path}");
        let page = reply.text().await.unwrap();
        looked_at(&page, path);
        assert!(page.contains(words), "{path}: {page}");
    }
    // What the framework itself refuses is told in the same way, to people and to programs.
    let reply = html(office.post("/dashboard")).form(&[("x", "y")]).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::METHOD_NOT_ALLOWED);
    looked_at(&reply.text().await.unwrap(), "a method that is none");
    let reply = office.get("/claims?offset=x").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    assert_eq!(reply.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn marks_of_a_page_that_lie_are_no_failure_of_ours() {
    let server = Server::start();
    let (office, expert, admin) =
        (server.sign_in("daftar1").await, server.sign_in("karshenas1").await, server.sign_in("admin").await);
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let version = office.upload_and_wait(claim["id"].as_str().unwrap(), "policy", "a.png", crate::api::paper(1)).await;
    let seen = office.json(&format!("/claims/{}", claim["id"].as_str().unwrap())).await;
    let rules = admin.post("/rules").send().await.unwrap().json::<Value>().await.unwrap();
    let before = state(&(&office, format!("/claims/{}", claim["id"].as_str().unwrap()))).await;
    for (route, fields) in FORMS {
        // Whoever logs in by chance is slowed, and everybody else with them.
        let door = route.starts_with("/log") || route.starts_with("/register");
        // Any words at all are right here, and nothing else is asked for.
        let words = ["/documents/{document}/notes", "/versions/{version}/send-anyway", "/profile/tokens"];
        if door || words.contains(route) {
            continue;
        }
        let path = route.replace("{claim}", claim["id"].as_str().unwrap());
        let path = path.replace("{document}", seen["documents"][0]["id"].as_str().unwrap());
        let path = path.replace("{insured}", seen["insured"]["id"].as_str().unwrap()).replace("{slot}", "policy");
        let made = if route.starts_with("/rules") { &rules["id"] } else { &version["id"] };
        let path = path.replace("{version}", made.as_str().unwrap()).replace("{pair}", "\u{202e}");
        for who in [&office, &expert, &admin] {
            for value in [SHARP, "😀", "\u{0}", "-9223372036854775809", "1e999", "\u{202e}"] {
                let typed: Vec<(&str, &str)> = fields.iter().map(|(name, _)| (*name, value)).collect();
                let place = format!("{route} {value}");
                let reply = who.post(&path).header("accept", "text/html").form(&typed).send().await.unwrap();
                let (status, page) = (reply.status(), reply.text().await.unwrap());
                assert!(status.is_client_error(), "{place}: {status} {page}");
                looked_at(&page, &place);
                let all: serde_json::Map<String, Value> =
                    fields.iter().map(|(name, _)| ((*name).to_owned(), Value::from(value))).collect();
                let reply = who.post(&path).json(&all).send().await.unwrap();
                let (status, text) = (reply.status(), reply.text().await.unwrap());
                assert!(status.is_client_error(), "{place}: {status} {text}");
                let problem: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{place}: {text}"));
                assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{place}: {text}");
            }
        }
    }
    assert_eq!(state(&(&office, format!("/claims/{}", claim["id"].as_str().unwrap()))).await, before);
}
