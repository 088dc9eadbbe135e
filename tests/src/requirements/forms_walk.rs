//! Every form pressed where it stands: one claim through its whole life, and the forms beside it.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::claims_walk::{
    IBAN, TRACKING, accident, act, approve_all, document, fill, finish, house, id, open, page, put, show, submit, take,
};
use super::forms::{FORMS, HARMLESS, Kind, Press};
use crate::api::server::{PASSWORD, Program, expect};

const GOOD: &str = "سه سیب در باغ";

type Done = BTreeSet<(&'static str, &'static str)>;

/// The claim's form at this address, with the revision that its sender sees.
async fn form<'p>(
    who: &'p Program,
    claim: &Value,
    route: &'static str,
    watch: &'p Program,
    rest: Vec<(&'static str, String)>,
) -> Press<'p> {
    let at = format!("/claims/{}", id(claim));
    let revision = show(who, claim).await["revision"].to_string();
    let base = std::iter::once(("revision", revision)).chain(rest).collect();
    Press::new(who, route, &route.replace("/claims/{claim}", &at), base, (watch, at))
}

fn text(value: &str) -> String {
    value.to_owned()
}

/// Whether the words that were typed stand there as text, without what turns a line.
async fn kept(who: &Program, path: &str) {
    let told = who.json(path).await.to_string();
    assert!(told.contains("DROP TABLE") && !told.contains('\u{202e}'), "{path}: {told}");
    let html = page(who, path).await;
    assert!(!html.contains("<script>alert"), "{path}");
}

async fn people(office: &Program, expert: &Program, done: &mut Done) {
    let list = || (office, text("/insured"));
    let new = Press::new(office, "/insured", "/insured", person(), list());
    new.refused(done).await;
    let next = new.taken().await;
    let seen = expert.json(&next).await["person"].clone();
    assert_eq!((&seen["policy_number"], &seen["birth"]), (&json!("1395/11/28/9147/100569"), &json!("1981-04-30")));
    let with_revision = |mut base: Vec<(&'static str, String)>| {
        base.push(("revision", seen["revision"].to_string()));
        base
    };
    let edit = |base| Press::new(office, "/insured/{insured}", &next, with_revision(base), (expert, next.clone()));
    edit(person()).refused(done).await;
}

fn person() -> Vec<(&'static str, String)> {
    vec![
        ("given_name", text("احمد")),
        ("family_name", text("نوری")),
        ("father_name", text("غلام")),
        ("sex", text("male")),
        ("nationality", text("AFG")),
        ("document_number", text("P100200")),
        // A number that looks like a date stays a number.
        ("policy_number", text("۱۳۹۵/۱۱/۲۸/۹۱۴۷/۱۰۰۵۶۹")),
        ("birth", text("۱۳۶۰/02/١٠")),
        ("cover_from", text("1405/07/01")),
        ("cover_to", text("1406/06/31")),
        ("phone", text("۰۹۱۲۳۴۵۶۷۸۹")),
    ]
}

async fn opened(office: &Program, done: &mut Done) {
    let base = vec![
        ("name", text("کریم باغبان")),
        ("document_number", text("P778899")),
        ("policy_number", text("1405/08/20/9147/100569")),
        ("nationality", text("AFG")),
        ("birth", text("۱۳۷۸")),
        ("claim_type", text("injury")),
        ("accident_date", text("۱۴۰۵/08/٢٠")),
        ("place", text("کرج")),
        ("description", text("هنگام کار از نردبان افتاد و دستش شکست.")),
        ("circumstances", text("no-treatment-cost")),
    ];
    let new = Press::new(office, "/claims", "/claims", base.clone(), (office, text("/insured")));
    new.refused(done).await;
    let next = new.taken().await;
    kept(office, &next).await;
    assert_eq!(office.json(&next).await["description"], HARMLESS);
    let revision = office.json(&next).await["revision"].to_string();
    let base = base.into_iter().chain([("revision", revision)]).collect();
    let facts = Press::new(office, "/claims/{claim}/facts", &format!("{next}/facts"), base, (office, next.clone()));
    let facts = facts.only(&["claim_type", "accident_date", "place", "description", "circumstances"]);
    facts.refused(done).await;
    facts.taken().await;
    kept(office, &next).await;
}

async fn company(server: &crate::api::server::Server, office: &Program, done: &mut Done) {
    let (admin, manager) = (server.sign_in("admin").await, server.sign_in("daftar1_modir").await);
    let base = vec![("title", text("شنبه")), ("body", text("تعطیل است")), ("expires_on", text("1405/12/29"))];
    let message = Press::new(&admin, "/messages", "/messages", base, (&admin, text("/messages")));
    message.refused(done).await;
    message.taken().await;
    kept(office, "/dashboard").await;

    let draft = expect(admin.post("/rules").send().await.unwrap(), StatusCode::CREATED).await;
    let rules = format!("/rules/{}", draft["id"].as_str().unwrap());
    let row = |revision: &Value| {
        vec![
            ("revision", revision.to_string()),
            ("label_fa", text("گزارش تصویربرداری")),
            ("label_en", text("Imaging")),
            ("injury", text("required")),
            ("min_pages", text("1")),
        ]
    };
    let (route, path) = ("/rules/{version}/rows/{slot}", format!("{rules}/rows/imaging-report"));
    let typed = Press::new(&admin, route, &path, row(&draft["revision"]), (&admin, rules.clone()));
    let typed = typed.only(&["label_fa", "label_en", "min_pages"]);
    typed.refused(done).await;
    typed.taken().await;
    kept(&admin, &rules).await;
    let revision = admin.json(&rules).await["revision"].to_string();
    let (route, path) = ("/rules/{version}/publication", format!("{rules}/publication"));
    let base = vec![("revision", revision), ("valid_from", text("1450/01/01"))];
    Press::new(&admin, route, &path, base, (&admin, rules)).only(&["valid_from"]).refused(done).await;

    let base = vec![("user_name", text("daftar1.nou")), ("display_name", text("فاطمه")), ("role", text("office"))];
    let user = Press::new(&manager, "/users", "/users", base, (&manager, text("/users")));
    let user = user.only(&["user_name", "display_name", "role"]);
    user.refused(done).await;
    user.taken().await;
    let own = vec![("display_name", text("مریم")), ("current_password", text(PASSWORD))];
    let watch = || (office, text("/insured"));
    let profile = Press::new(office, "/profile", "/profile", own, watch()).only(&["display_name"]);
    profile.refused(done).await;
    profile.taken().await;
    let label = vec![("label", text("بایگانی"))];
    let label = Press::new(office, "/profile/tokens", "/profile/tokens", label, watch());
    label.refused(done).await;
    label.taken().await;
    assert!(!page(office, "/profile").await.contains("<script>alert"));
}

async fn door(office: &Program, done: &mut Done) {
    let nobody = office.with_token("none");
    for (route, base, only) in [
        (
            "/register/check",
            vec![("policy_number", text("1")), ("document_number", text("P1"))],
            &["policy_number"][..],
        ),
        (
            "/register",
            vec![
                ("policy_number", text("1405/06/20/9147/100002")),
                ("document_number", text("P10200302")),
                ("password", text(GOOD)),
                ("password_again", text(GOOD)),
            ],
            &["password", "password_again"],
        ),
        ("/login", vec![("user_name", text("daftar3")), ("password", text("x"))], &["user_name", "password", "then"]),
        ("/login/code", vec![("code", text("1"))], &["code", "half"]),
        ("/language", vec![("lang", text("fa"))], &["lang"]),
    ] {
        let watch = (office, text("/insured"));
        Press::new(&nobody, route, route, base, watch).only(only).refused(done).await;
    }
}

async fn papers(office: &Program, claim: &Value, done: &mut Done) {
    let at = format!("/claims/{}", id(claim));
    let watch = || (office, at.clone());
    let mut blank = std::io::Cursor::new(Vec::new());
    let white = image::GrayImage::from_pixel(1240, 1754, image::Luma([255]));
    white.write_to(&mut blank, image::ImageFormat::Png).unwrap();
    let version = office.upload_and_wait(id(claim), "policy", "blank.png", blank.into_inner()).await;
    assert_eq!(version["verdict"], "reject");
    let version = version["id"].as_str().unwrap().to_owned();
    let (route, path) = ("/versions/{version}/send-anyway", format!("/versions/{version}/send-anyway"));
    let anyway = Press::new(office, route, &path, vec![("reason", text("نسخه بهتری نیست"))], watch());
    anyway.refused(done).await;
    anyway.taken().await;
    kept(office, &at).await;
    let policy = document(office, claim, "policy").await;
    let (route, path) = ("/documents/{document}/notes", format!("/documents/{}/notes", policy["id"].as_str().unwrap()));
    let note = Press::new(office, route, &path, vec![("text", text("سلام"))], watch());
    note.refused(done).await;
    note.taken().await;
    assert_eq!(office.json(&path).await[0]["text"], HARMLESS);
    let base = vec![("version", version), ("role", text("issue")), ("date", text("1405/07/09"))];
    let date = Press::new(office, "/claims/{claim}/story/dates", &format!("{at}/story/dates"), base, watch());
    date.only(&["role", "date"]).refused(done).await;
    fill(office, claim, 600).await;
    let account = form(office, claim, "/claims/{claim}/iban", office, vec![("iban", text(IBAN))]).await;
    account.refused(done).await;
    account.taken().await;
}

async fn with_the_expert(office: &Program, expert: &Program, claim: &Value, done: &mut Done) {
    submit(office, claim).await;
    take(expert, claim).await;
    let at = format!("/claims/{}", id(claim));
    for (slot, ruling, only) in
        [("office-letter", "reject", &["codes", "note"][..]), ("bank-slip", "approve", &["iban"])]
    {
        let paper = document(expert, claim, slot).await;
        let base = vec![
            ("version", text(paper["current"]["id"].as_str().unwrap())),
            ("revision", paper["revision"].to_string()),
            ("ruling", text(ruling)),
            ("codes", text("SIG-NONE")),
            ("note", text("امضا")),
            ("form", text("original")),
            ("iban", text(IBAN)),
        ];
        let path = format!("/documents/{}/decision", paper["id"].as_str().unwrap());
        let decision = Press::new(expert, "/documents/{document}/decision", &path, base, (office, at.clone()));
        let decision = decision.only(only);
        decision.refused(done).await;
        if ruling == "reject" {
            decision.taken().await;
        }
    }
    kept(office, &at).await;
    let more = vec![("slot", text("translation")), ("reason", text("لازم است"))];
    let extra = form(expert, claim, "/claims/{claim}/extra-papers", office, more).await;
    extra.refused(done).await;
    extra.taken().await;
    kept(office, &at).await;
}

/// Presses a form of the claim and sends it at last.
async fn pressed(
    who: &Program,
    watch: &Program,
    claim: &Value,
    route: &'static str,
    rest: &[(&'static str, &str)],
    done: &mut Done,
) {
    let rest = rest.iter().map(|(name, value)| (*name, text(value))).collect();
    let press = form(who, claim, route, watch, rest).await;
    press.refused(done).await;
    press.taken().await;
    kept(watch, &format!("/claims/{}", id(claim))).await;
}

#[tokio::test]
async fn whatever_is_typed_into_a_form_is_told_beside_the_field_or_is_harmless() {
    let (server, office, expert) = house().await;
    let (senior, manager) = (server.sign_in("arshad").await, server.sign_in("modir").await);
    let (desk, finance) = (server.sign_in("post").await, server.sign_in("mali").await);
    let mut done = Done::new();
    let why: &[(&str, &str)] = &[("reason", "به دلیلی که گفته شد")];
    people(&office, &expert, &mut done).await;
    opened(&office, &mut done).await;
    company(&server, &office, &mut done).await;

    let mut typed = accident("کریم مادر", "death");
    typed["circumstances"] = json!([]);
    let death = open(&office, &typed).await;
    let lack = [("slot", "hospital-bill"), ("reason", "هزینه‌ای نبود")];
    pressed(&office, &office, &death, "/claims/{claim}/explanations", &lack, &mut done).await;
    let gone = form(&office, &death, "/claims/{claim}/deletion", &office, vec![("reason", text("اشتباه"))]).await;
    gone.refused(&mut done).await;
    gone.taken().await;
    assert_eq!(office.json("/claims/deleted").await["rows"][0]["id"], death["id"]);

    let claim = open(&office, &accident("کریم پدر", "injury")).await;
    papers(&office, &claim, &mut done).await;
    with_the_expert(&office, &expert, &claim, &mut done).await;

    let no = [("codes", "COV-EXCL"), ("reason", "ماده ۴")];
    pressed(&expert, &expert, &claim, "/claims/{claim}/refusal", &no, &mut done).await;
    pressed(&senior, &expert, &claim, "/claims/{claim}/refusal/decline", why, &mut done).await;
    take(&expert, &claim).await;
    act(&expert, &claim, "refusal", json!({ "codes": ["COV-EXCL"], "reason": "ماده ۴" }), StatusCode::OK).await;
    act(&senior, &claim, "refusal/confirmation", json!({}), StatusCode::OK).await;
    pressed(&office, &office, &claim, "/claims/{claim}/appeal", why, &mut done).await;
    pressed(&manager, &office, &claim, "/claims/{claim}/appeal/rejection", why, &mut done).await;
    pressed(&manager, &office, &claim, "/claims/{claim}/reopening", why, &mut done).await;
    take(&expert, &claim).await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "needs_correction");
    let raise = [("claim_type", "disability"), ("reason", "بدتر شد")];
    pressed(&office, &office, &claim, "/claims/{claim}/type", &raise, &mut done).await;
    for slot in ["office-letter", "translation"] {
        put(&office, &claim, slot, if slot == "translation" { 640 } else { 641 }).await;
    }
    fill(&office, &claim, 650).await;
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "documents_approved");
    let paper = document(&manager, &claim, "policy").await;
    let at = format!("/claims/{}", id(&claim));
    let (route, path) =
        ("/documents/{document}/revocation", format!("/documents/{}/revocation", paper["id"].as_str().unwrap()));
    let base = vec![("revision", paper["revision"].to_string()), ("reason", text("مهر"))];
    Press::new(&manager, route, &path, base, (&office, at)).refused(&mut done).await;
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    pressed(&office, &office, &claim, "/claims/{claim}/parcel", &[("tracking", TRACKING)], &mut done).await;
    let all = show(&desk, &claim).await["documents"].clone();
    let mut rest: Vec<(&'static str, String)> = Vec::new();
    for paper in all.as_array().unwrap() {
        rest.push(("documents", text(paper["id"].as_str().unwrap())));
        rest.push(("arrived", text(paper["id"].as_str().unwrap())));
    }
    let ids: Vec<&Value> = all.as_array().unwrap().iter().map(|paper| &paper["id"]).collect();
    // The last paper has not arrived: its reason is asked for.
    rest.pop();
    let receipt = form(&desk, &claim, "/claims/{claim}/parcel/receipt", &office, rest).await;
    receipt.only(&["codes"]).refused(&mut done).await;
    act(&desk, &claim, "parcel/receipt", json!({ "documents": ids, "arrived": ids }), StatusCode::OK).await;
    act(&finance, &claim, "payment/start", json!({}), StatusCode::OK).await;
    let paid = [("amount", "۱۸۵٬۰۰۰٬000"), ("reference", "TR-1"), ("paid_on", "۱۴۰۵/۰۸/۲۵")];
    pressed(&finance, &office, &claim, "/claims/{claim}/payment", &paid, &mut done).await;
    pressed(&finance, &office, &claim, "/claims/{claim}/payment/return", why, &mut done).await;
    assert_eq!(show(&office, &claim).await["state"], "payment_returned");

    door(&office, &mut done).await;

    // Every field that people type was pressed.
    let typed = |kind: Kind| !matches!(kind, Kind::Mark | Kind::Tick | Kind::Secret);
    let missed: Vec<String> = FORMS
        .iter()
        .flat_map(|(route, fields)| fields.iter().map(move |(field, kind)| (*route, *field, *kind)))
        .filter(|(route, field, kind)| typed(*kind) && !done.contains(&(*route, *field)))
        .map(|(route, field, _)| format!("{route} {field}"))
        .collect();
    let elsewhere = [
        // The same person's fields as at the opening: a claim's person is not changed with its facts.
        "/claims/{claim}/facts name",
        "/claims/{claim}/facts document_number",
        "/claims/{claim}/facts policy_number",
        "/claims/{claim}/facts nationality",
        "/claims/{claim}/facts birth",
        "/claims/{claim}/facts shared_with",
        // Throttled after a few tries (S-06), and told only together (S-03).
        "/register policy_number",
        "/register document_number",
        "/register/check document_number",
        // An office manager's own office is taken, whatever is typed.
        "/users office_code",
    ];
    assert_eq!(missed, elsewhere);
}
