//! Registers of policies in every encoding that offices and insurers send, over HTTP and by the program's own command.

use std::io::Write as _;
use std::process::Command;

use encoding_rs::WINDOWS_1256;
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::house::sanad_ok;
use crate::api::server::{Server, expect};
use crate::program::{finish, sanad};

const HEAD: &str = "شماره بيمه نامه,شماره گذرنامه,نام,کد دفتر,شروع,پايان";

/// The register of one policy and, under it, the same row again.
fn table(number: usize) -> String {
    let row = format!("1405/07/01/9147/30000{number},P55{number},احمد نوري,D-101,1405/07/01,1406/06/31");
    format!("{HEAD}\n{row}\n{row}\n")
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let signs = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    signs.flat_map(|sign: u16| if big { sign.to_be_bytes() } else { sign.to_le_bytes() }).collect()
}

fn windows(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = WINDOWS_1256.encode(text);
    assert!(!lost, "the encoding has all letters of the case");
    bytes.into_owned()
}

/// A spreadsheet with one sheet of these rows.
fn spreadsheet(text: &str) -> Vec<u8> {
    let mut rows = String::new();
    for (row, line) in (1..).zip(text.lines()) {
        let cells: String = ('A'..)
            .zip(line.split(','))
            .map(|(column, cell)| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"))
            .collect();
        rows.push_str(&format!("<row r=\"{row}\">{cells}</row>"));
    }
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/></Types>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
             Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
             Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
             Target=\"worksheets/sheet1.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet \
             name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                .to_owned(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}\
                 </sheetData></worksheet>"
            ),
        ),
    ];
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, body) in parts {
        book.start_file(name, plain).unwrap();
        book.write_all(body.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}

fn in_every_encoding(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16 LE", utf16(text, false, false)),
        ("UTF-16 LE with a mark", utf16(text, false, true)),
        ("UTF-16 BE", utf16(text, true, false)),
        ("UTF-16 BE with a mark", utf16(text, true, true)),
        ("Windows-1256", windows(&text.replace('ک', "ك").replace('ی', "ي"))),
        ("semicolons", text.replace(',', ";").into_bytes()),
        ("tabs and line ends of Windows", text.replace(',', "\t").replace('\n', "\r\n").into_bytes()),
        ("XLSX", spreadsheet(text)),
    ]
}

async fn send(server: &Server, bytes: &[u8], status: StatusCode) -> Value {
    let form = Form::new().part("file", Part::bytes(bytes.to_vec()).file_name("register.csv"));
    expect(server.sign_in("admin").await.post("/policies").multipart(form).send().await.unwrap(), status).await
}

#[tokio::test]
async fn s_22_a_register_is_read_in_every_encoding_and_its_rows_that_repeat_are_counted() {
    let server = Server::start_with("[policies]\nsource = \"register\"\n");
    let office = server.sign_in("daftar1").await;
    for (number, (name, _)) in in_every_encoding("").iter().enumerate() {
        let bytes = in_every_encoding(&table(number)).remove(number).1;
        let done = send(&server, &bytes, StatusCode::CREATED).await;
        assert_eq!((&done["policies"], &done["repeated"]), (&json!(1), &json!(1)), "{name}: {done}");
        // The other role: an office registers the person whom the register knows now.
        let person = json!({ "name": "احمد نوری", "nationality": "AFG", "birth": "1370",
            "document_number": format!("P55{number}"), "policy_number": format!("1405/07/01/9147/30000{number}") });
        let made = expect(office.post("/insured").json(&person).send().await.unwrap(), StatusCode::CREATED).await;
        assert_eq!(
            (&made["standing"], &made["cover_from"], &made["cover_to"]),
            (&json!("confirmed"), &json!("2026-09-23"), &json!("2027-09-22")),
            "{name}"
        );
    }
}

#[tokio::test]
async fn s_22_bad_rows_are_named_in_every_encoding_and_nothing_is_half_imported() {
    let server = Server::start_with("[policies]\nsource = \"register\"\n");
    let admin = server.sign_in("admin").await;
    let known = admin.json("/policies").await["policies"].clone();
    // A good row, one without a number, the good row with another name, one with a day that is none.
    let good = "1405/07/01/9147/300001,P55,احمد نوري,D-101,1405/07/01,1406/06/31";
    let text = format!(
        "{HEAD}\n{good}\nabc,P56,نام,D-101,,\n1405/07/01/9147/300001,P55,ديگري,D-101,1405/07/01,1406/06/31\n\
         1405/07/01/9147/300002,P57,نام,D-101,1405/13/45,\n"
    );
    for (name, bytes) in in_every_encoding(&text) {
        let told = send(&server, &bytes, StatusCode::UNPROCESSABLE_ENTITY).await;
        let rows: Vec<_> =
            told["bad_rows"].as_array().unwrap().iter().map(|bad| bad["row"].as_i64().unwrap()).collect();
        assert_eq!(rows, [3, 4, 5], "{name}: {told}");
        let form = Form::new().part("file", Part::bytes(bytes).file_name("register.csv"));
        let page = admin.post("/policies").header("accept", "text/html").multipart(form).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let html = page.text().await.unwrap();
        assert!(html.contains("۳") && html.contains("۵") && !html.contains('⟦'), "{name}: {html}");
        assert_eq!(admin.json("/policies").await["policies"], known, "{name}: nothing is half imported");
    }
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("a picture", crate::api::paper(1)),
        ("half a spreadsheet", spreadsheet(&text)[..400].to_vec()),
        ("half a sign", utf16(&text, false, true)[..51].to_vec()),
        ("markup", b"<script>alert(1)</script>\n'; DROP TABLE register_policies;--\n".to_vec()),
        ("zeros", vec![0; 5000]),
    ] {
        let told = send(&server, &bytes, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert!(!told["bad_rows"].as_array().is_none_or(Vec::is_empty), "{name}: {told}");
        assert_eq!(admin.json("/policies").await["policies"], known, "{name}");
    }
    // The operator at the machine gets the same report, and the same nothing.
    let config = server.folder().join("config.toml");
    for (number, (name, bytes)) in in_every_encoding(&text).into_iter().enumerate() {
        let path = server.folder().join(format!("register{number}"));
        std::fs::write(&path, bytes).unwrap();
        let done = finish(
            Command::new(sanad()).args(["policies", "import", "--json"]).arg(&path).arg("--config").arg(&config),
        );
        assert_eq!((done.code, done.lines().len()), (Some(1), 3), "{name}: {}{}", done.stdout, done.stderr);
    }
    let path = server.folder().join("good");
    std::fs::write(&path, windows(&table(1).replace('ک', "ك").replace('ی', "ي"))).unwrap();
    sanad_ok(Command::new(sanad()).args(["policies", "import"]).arg(&path).arg("--config").arg(&config));
    assert_eq!(admin.json("/policies").await["policies"].as_i64(), known.as_i64().map(|count| count + 1));
}
