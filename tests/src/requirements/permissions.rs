//! The table of who may do what, taken from the routes: every role on every route, on what is its own, another
//! office's and another policy's; every cell is tried over HTTP and none is undefined.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};
use sanad::accounts::{Action, Role, Scope, scope};
use serde_json::{Value, json};

use crate::api::paper;
use crate::api::server::{Program, Server, expect};

/// What a route asks.
#[derive(Clone, Copy)]
enum Asks {
    /// Nobody need be signed in.
    Nothing,
    /// Anybody who is signed in.
    Signed,
    /// This permission, for nothing in particular.
    Any(Action),
    /// This permission, for somebody's claim, paper, person or account.
    For(Action),
    /// One of two permissions, for the same.
    Either(Action, Action),
}

/// The permission that counts for this role: of two, the one it has.
fn permission(role: Role, asks: Asks) -> Option<Scope> {
    match asks {
        Asks::For(action) => Some(scope(role, action)),
        Asks::Either(first, second) => {
            let scopes = [scope(role, first), scope(role, second)];
            Some(if scopes[0] == Scope::Nothing { scopes[1] } else { scopes[0] })
        }
        _ => None,
    }
}

use Asks::{Any, Either, For, Nothing, Signed};

/// Every described route and what it asks; a new one is added here on purpose.
const ROUTES: &[(&str, Asks)] = &[
    ("get /audit", Any(Action::SeeAudit)),
    ("get /checklist", Signed),
    ("get /claims", Any(Action::SeeClaims)),
    ("get /claims/deleted", Any(Action::DeleteClaim)),
    ("get /claims/{claim}/cover-sheet.pdf", For(Action::SeeClaims)),
    ("get /claims/{claim}/edit", For(Action::SeeClaims)),
    ("get /claims/{claim}/letter.pdf", For(Action::SeeClaims)),
    ("get /claims/{claim}/story", For(Action::SeePictures)),
    ("get /claims/{claim}", For(Action::SeeClaims)),
    ("get /dashboard", Any(Action::SeeDashboard)),
    ("get /documents/{document}", For(Action::SeeClaims)),
    ("get /documents/{document}/notes", For(Action::SeeClaims)),
    ("get /documents/{document}/versions/{version}", For(Action::SeeClaims)),
    ("get /events", Signed),
    ("get /health", Nothing),
    ("get /insured", Any(Action::SeeInsured)),
    ("get /insured/{insured}", For(Action::SeeInsured)),
    ("get /messages", Signed),
    ("get /pairs/{pair}", Any(Action::DecidePaper)),
    ("get /policies", Any(Action::ImportPolicies)),
    ("get /post", Any(Action::ReceiveOriginals)),
    ("get /profile", Signed),
    ("get /queue", Any(Action::SeeQueue)),
    ("get /reasons", Signed),
    ("get /reports/rejections", Any(Action::SeeReports)),
    ("get /reports/rejections.csv", Any(Action::SeeReports)),
    ("get /reports/rejections/claims", Any(Action::SeeReports)),
    ("get /rules", Any(Action::EditRules)),
    ("get /rules/{version}", Any(Action::EditRules)),
    ("get /users", Any(Action::ManageOfficeUsers)),
    ("get /versions/{version}/original", For(Action::SeePictures)),
    ("get /versions/{version}/pages/{page}/crop", For(Action::SeePictures)),
    ("get /versions/{version}/pages/{page}/{size}", For(Action::SeePictures)),
    ("post /claims", For(Action::OpenClaim)),
    ("post /claims/{claim}/appeal", For(Action::EditClaim)),
    ("post /claims/{claim}/appeal/rejection", For(Action::ReopenClaim)),
    ("post /claims/{claim}/deletion", For(Action::DeleteClaim)),
    ("post /claims/{claim}/extra-papers", For(Action::DecidePaper)),
    ("post /claims/{claim}/facts", For(Action::EditClaim)),
    ("post /claims/{claim}/iban", For(Action::EditClaim)),
    ("post /claims/{claim}/parcel", For(Action::PostOriginals)),
    ("post /claims/{claim}/parcel/preparation", For(Action::PostOriginals)),
    ("post /claims/{claim}/parcel/receipt", For(Action::ReceiveOriginals)),
    ("post /claims/{claim}/payment", For(Action::RecordPayment)),
    ("post /claims/{claim}/payment/close", For(Action::RecordPayment)),
    ("post /claims/{claim}/payment/return", For(Action::RecordPayment)),
    ("post /claims/{claim}/payment/start", For(Action::RecordPayment)),
    ("post /claims/{claim}/refusal", For(Action::DecidePaper)),
    ("post /claims/{claim}/refusal/confirmation", For(Action::ConfirmRefusal)),
    ("post /claims/{claim}/refusal/decline", For(Action::ConfirmRefusal)),
    ("post /claims/{claim}/reopening", For(Action::ReopenClaim)),
    ("post /claims/{claim}/restoration", For(Action::DeleteClaim)),
    ("post /claims/{claim}/story/dates", Either(Action::DecidePaper, Action::EditClaim)),
    ("post /documents/{document}/revocation", For(Action::ReopenClaim)),
    ("post /claims/{claim}/documents", For(Action::UploadPaper)),
    ("post /claims/{claim}/explanations", For(Action::EditClaim)),
    ("post /claims/{claim}/lease", For(Action::DecidePaper)),
    ("post /claims/{claim}/lease/release", For(Action::DecidePaper)),
    ("post /claims/{claim}/outcome", For(Action::DecidePaper)),
    ("post /claims/{claim}/submission", For(Action::SubmitClaim)),
    ("post /claims/{claim}/type", For(Action::EditClaim)),
    ("post /documents/{document}/decision", For(Action::DecidePaper)),
    ("post /documents/{document}/notes", For(Action::WriteNote)),
    ("post /documents/{document}/notes/read", For(Action::SeeClaims)),
    ("post /documents/{document}/place", For(Action::UploadPaper)),
    ("post /documents/{document}/versions", For(Action::UploadPaper)),
    ("post /insured", Any(Action::RegisterInsured)),
    ("post /insured/{insured}", For(Action::RegisterInsured)),
    ("post /insured/{insured}/inquiry", For(Action::RegisterInsured)),
    ("post /insured/{insured}/removal", For(Action::RegisterInsured)),
    ("post /language", Nothing),
    ("post /login", Nothing),
    ("post /login/code", Nothing),
    ("post /login/second-factor", Nothing),
    ("post /logout", Signed),
    ("post /messages", Any(Action::WriteMessages)),
    ("post /messages/{message}/read", Signed),
    ("post /messages/{message}/withdrawal", Any(Action::WriteMessages)),
    ("post /pairs/{pair}/answer", Any(Action::DecidePaper)),
    ("post /policies", Any(Action::ImportPolicies)),
    ("post /profile", Signed),
    ("post /profile/sessions/{session}/end", Signed),
    ("post /profile/tokens", Signed),
    ("post /queue/next", Any(Action::DecidePaper)),
    ("post /register", Nothing),
    ("post /register/check", Nothing),
    ("post /rules", Any(Action::EditRules)),
    ("post /rules/{version}/publication", Any(Action::EditRules)),
    ("post /rules/{version}/rows/{slot}", Any(Action::EditRules)),
    ("post /users", Any(Action::ManageOfficeUsers)),
    ("post /users/{user}/disable", For(Action::ManageOfficeUsers)),
    ("post /users/{user}/enable", For(Action::ManageOfficeUsers)),
    ("post /users/{user}/reset", For(Action::ManageOfficeUsers)),
    ("post /versions/{version}/parts", For(Action::UploadPaper)),
    ("post /versions/{version}/send-anyway", For(Action::UploadPaper)),
];

/// Account of each role; every role has one.
fn account(role: Role) -> &'static str {
    match role {
        Role::Individual => "1405/05/11/9147/100001",
        Role::Clerk => "daftar1",
        Role::OfficeManager => "daftar1_modir",
        Role::Expert => "karshenas1",
        Role::SeniorExpert => "arshad",
        Role::Manager => "modir",
        Role::PostDesk => "post",
        Role::Finance => "mali",
        Role::Admin => "admin",
    }
}

/// Everything that belongs to one side.
struct Belongings {
    office: String,
    claim: String,
    document: String,
    version: String,
    insured: String,
    user: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

async fn belongings(sender: &Program, insured: Option<String>, user: String) -> Belongings {
    let claim = match insured {
        None => sender.open_claim("کریم احمدی", "injury").await,
        Some(insured) => {
            let typed = json!({ "insured": insured, "claim_type": "injury", "accident_date": "1405/08/20",
                "description": "در خیابان زمین خورد و پایش شکست." });
            expect(sender.post("/claims").json(&typed).send().await.unwrap(), StatusCode::CREATED).await
        }
    };
    let id = text(&claim["id"]);
    let version = sender.upload_and_wait(&id, "policy", "scan.png", paper(1)).await;
    let seen = sender.json(&format!("/claims/{id}")).await;
    let documents = seen["documents"].as_array().unwrap();
    let document = documents.iter().find(|document| document["slot"] == "policy").unwrap();
    Belongings {
        office: text(&seen["office"]),
        insured: text(&seen["insured"]["id"]),
        document: text(&document["id"]),
        version: text(&version["id"]),
        claim: id,
        user,
    }
}

fn address(route: &str, of: &Belongings) -> String {
    let path = route.split(' ').nth(1).unwrap();
    let path = path.replace("{claim}", &of.claim).replace("{document}", &of.document);
    let path = path.replace("{version}", &of.version).replace("{insured}", &of.insured);
    let path = path.replace("{user}", &of.user).replace("{page}", "0").replace("{size}", "thumb");
    let nobody = "00000000-0000-7000-8000-000000000000";
    let path = path.replace("{pair}", nobody).replace("{message}", nobody).replace("{slot}", "policy");
    path.replace("{session}", "none")
}

/// A body that is understood, so that only the permission decides.
fn body(route: &str, of: &Belongings) -> Value {
    match route {
        "post /claims" => json!({ "insured": of.insured, "claim_type": "injury", "accident_date": "1405/08/20",
            "description": "در خیابان زمین خورد و پایش شکست." }),
        "post /documents/{document}/place" => json!({ "revision": 0, "place": 1 }),
        "post /claims/{claim}/explanations" => json!({ "slot": "bank-slip", "reason": "حساب هنوز باز نشده است." }),
        "post /documents/{document}/decision" => json!({ "version": of.version, "revision": 0, "ruling": "approve" }),
        "post /claims/{claim}/facts" => json!({ "insured": of.insured, "claim_type": "injury", "revision": 0,
            "accident_date": "1405/08/20", "description": "در خیابان زمین خورد و پایش شکست." }),
        "post /claims/{claim}/type" => {
            json!({ "claim_type": "death", "revision": 0, "reason": "پس از چند روز فوت شد." })
        }
        "post /pairs/{pair}/answer" => json!({ "answer": "dismissed" }),
        "post /rules/{version}/publication" => json!({ "revision": 0, "valid_from": "1410/01/01" }),
        "post /documents/{document}/notes" => json!({ "text": "سلام" }),
        "post /claims/{claim}/story/dates" => {
            json!({ "version": of.version, "role": "accident", "date": "1405/08/20" })
        }
        "post /versions/{version}/send-anyway" => json!({ "reason": "نسخه بهتری در دست نیست." }),
        "post /insured" | "post /insured/{insured}" | "post /users" | "post /profile" | "post /profile/tokens" => {
            json!({})
        }
        // Of an old revision, so that nothing moves; every field that some route insists on.
        _ => {
            json!({ "revision": 0, "reason": "به دلیلی که در نامه آمده است.", "codes": ["COV-EXCL"], "slot": "translation",
            "iban": "IR062960000000100324200001", "tracking": "123456789012345678901234", "amount": "1000000",
            "reference": "123456", "paid_on": "1405/08/20" })
        }
    }
}

/// Where even those who may meet "not there": nothing of that kind is there to act on.
const ABSENT: &[&str] = &[
    "post /claims/{claim}/restoration",
    "get /pairs/{pair}",
    "post /pairs/{pair}/answer",
    "post /messages/{message}/withdrawal",
    "get /rules/{version}",
    "post /rules/{version}/publication",
    "post /rules/{version}/rows/{slot}",
];

async fn ask(program: &Program, route: &str, of: &Belongings) -> StatusCode {
    let method: Method = route.split(' ').next().unwrap().to_uppercase().parse().unwrap();
    let path = address(route, of);
    let query = format!("?office={}&year=1405&month=8&by=people&code=STM-NONE", of.office);
    let request = match (method, route) {
        (Method::GET, "get /versions/{version}/pages/{page}/crop") => {
            program.get(&format!("{path}?region=100,100,300,200"))
        }
        (Method::GET, "get /reports/rejections/claims") => program.get(&format!("{path}{query}")),
        (Method::GET, _) => program.get(&path),
        (_, "post /claims/{claim}/documents" | "post /documents/{document}/versions" | "post /policies") => {
            let file = Part::bytes(paper(7)).file_name("scan.png");
            program.post(&path).multipart(Form::new().text("slot", "identity").part("file", file))
        }
        _ => program.post(&path).json(&body(route, of)),
    };
    request.send().await.unwrap().status()
}

/// Whether the permission reaches the own things, those of another office, and those of another policy.
const fn reaches(scope: Scope) -> [bool; 3] {
    match scope {
        Scope::Nothing => [false, false, false],
        Scope::OwnPolicy | Scope::OwnOffice => [true, false, false],
        Scope::All => [true, true, true],
    }
}

fn judged(status: StatusCode, allowed: bool, beyond: bool) -> bool {
    let denied = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
    let understood =
        status != StatusCode::UNAUTHORIZED && !status.is_server_error() && status != StatusCode::BAD_REQUEST;
    // What lies beyond one's reach is not there; what the role may not do at all is forbidden.
    understood && if allowed { !denied } else { denied && (!beyond || status == StatusCode::NOT_FOUND) }
}

async fn clerk_of(server: &Server, office: &str) -> String {
    let admin = server.sign_in("admin").await;
    let new = json!({ "user_name": format!("x.{}", office.to_lowercase()), "display_name": "نام", "role": "office", "office_code": office });
    text(&expect(admin.post("/users").json(&new).send().await.unwrap(), StatusCode::CREATED).await["account"]["id"])
}

#[tokio::test]
async fn every_role_meets_its_permission_on_every_route() {
    let server = Server::start();
    let described: Value = server.sign_in("admin").await.json("/openapi.json").await;
    let mut routes = BTreeSet::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        routes.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    let named: BTreeSet<String> = ROUTES.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(routes, named, "a route without its line in the table, or a line without its route");

    let typed = json!({ "policy_number": "1405/06/20/9147/100002", "document_number": "P10200302",
        "password": "سه سیب در باغ", "password_again": "سه سیب در باغ" });
    let request = reqwest::Client::new().post(format!("{}/register", server.base)).json(&typed);
    expect(request.send().await.unwrap(), StatusCode::CREATED).await;
    let other_person = server.sign_in_with("1405/06/20/9147/100002", "سه سیب در باغ").await;
    let insured_of = async |person: &Program| Some(text(&person.json("/insured").await["rows"][0]["id"]));
    let own_person = server.sign_in(account(Role::Individual)).await;
    let (first, second) = (clerk_of(&server, "D-101").await, clerk_of(&server, "D-102").await);
    let nobody = "00000000-0000-7000-8000-000000000000".to_owned();
    let office = belongings(&server.sign_in("daftar1").await, None, first).await;
    let other_office = belongings(&server.sign_in("daftar2").await, None, second).await;
    let online = insured_of(&own_person).await;
    let policy = belongings(&own_person, online, nobody.clone()).await;
    let online = insured_of(&other_person).await;
    let other_policy = belongings(&other_person, online, nobody).await;

    let (mut cells, mut wrong) = (0, String::new());
    let signed_out = server.sign_in("daftar3").await.with_token("none");
    for &(route, asks) in ROUTES {
        let status = ask(&signed_out, route, &office).await;
        cells += 1;
        if matches!(asks, Nothing) == (status == StatusCode::UNAUTHORIZED) && route != "post /login" {
            writeln!(wrong, "nobody: {route}: {status}").unwrap();
        }
    }
    for &role in Role::ALL {
        let program = server.sign_in(account(role)).await;
        let own = if role == Role::Individual { &policy } else { &office };
        let others = if role == Role::Individual { [&office, &other_policy] } else { [&other_office, &policy] };
        for &(route, asks) in ROUTES {
            match asks {
                // What ends the session is asked with one of its own.
                Nothing | Signed if route == "post /logout" => {
                    let leaving = server.sign_in(account(role)).await;
                    cells += 1;
                    if !judged(ask(&leaving, route, own).await, true, false) {
                        writeln!(wrong, "{role}: {route}").unwrap();
                    }
                }
                Nothing => {}
                Signed => {
                    let status = ask(&program, route, own).await;
                    cells += 1;
                    // nobody has that session, and nobody that message
                    let session = route.contains("{session}") || route.contains("{message}");
                    if !judged(status, !session, false) {
                        writeln!(wrong, "{role}: {route}: {status}").unwrap();
                    }
                }
                Any(action) => {
                    let status = ask(&program, route, own).await;
                    cells += 1;
                    let allowed = scope(role, action) != Scope::Nothing;
                    if ABSENT.contains(&route) && allowed && status == StatusCode::NOT_FOUND {
                        continue;
                    }
                    if !judged(status, allowed, false) {
                        writeln!(wrong, "{role}: {route}: {status}").unwrap();
                    }
                }
                For(_) | Either(..) => {
                    let reach = permission(role, asks).unwrap();
                    let places = [("own", own), ("other office", others[0]), ("other policy", others[1])];
                    for ((place, of), allowed) in places.into_iter().zip(reaches(reach)) {
                        let account_of_nobody = route.contains("{user}") && place == "other policy";
                        let status = ask(&program, route, of).await;
                        cells += 1;
                        let beyond = reach != Scope::Nothing;
                        if ABSENT.contains(&route) && allowed && status == StatusCode::NOT_FOUND {
                            continue;
                        }
                        if !judged(status, allowed && !account_of_nobody, beyond && !account_of_nobody) {
                            writeln!(wrong, "{role}: {route}, {place}: {status}").unwrap();
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {cells} cells:\n{wrong}");
    println!("{cells} cells");
    assert!(cells > 600, "{cells}");
}
