//! Bringing a register of policies from a spreadsheet: read whole, judged whole, written whole or not at all.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Known, number_key};
use crate::accounts::{AccountError, Action, Actor, require};
use crate::audit::{Entry, EventKind};
use crate::claim::text::{ascii_digits, fold_number, line};
use crate::i18n::{msg, parse_day};
use crate::store::tables::register_imports;
use crate::store::tables::register_policies;
use crate::store::{Store, hex};

pub use crate::store::tables::register_imports::Import;

/// Letters of a nationality's code.
const NATIONALITY_LETTERS: usize = 3;
/// Bytes looked at to tell a text in UTF-16 without a mark.
const SNIFFED: usize = 512;
/// Imports listed.
const LISTED: i64 = 20;
/// First bytes of a spreadsheet, which is a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// The columns, each with the heads under which it is known.
const COLUMNS: &[(&str, &[&str])] = &[
    ("policy_number", &["policy_number", "policy number", "policy", "شماره بیمه نامه", "شماره بیمهنامه", "بیمه نامه"]),
    ("document_number", &["document_number", "document number", "passport", "شماره گذرنامه", "شماره مدرک", "گذرنامه"]),
    ("name", &["name", "full name", "نام و نام خانوادگی", "نام بیمه شده", "نام"]),
    ("nationality", &["nationality", "country", "تابعیت", "ملیت"]),
    ("birth", &["birth", "birth date", "date of birth", "تاریخ تولد"]),
    (
        "office",
        &["office", "office code", "office_code", "user name", "کد دفتر", "دفتر", "نام کاربری دفتر", "نام کاربری"],
    ),
    ("cover_from", &["cover_from", "from", "start", "تاریخ شروع", "شروع"]),
    ("cover_to", &["cover_to", "to", "end", "تاریخ پایان", "پایان"]),
];
/// Columns that a register must have.
const NEEDED: [&str; 4] = ["policy_number", "document_number", "name", "office"];
/// Names of countries as registers write them.
const COUNTRIES: &[(&str, &str)] = &[
    ("افغانستان", "AFG"),
    ("افغان", "AFG"),
    ("عراق", "IRQ"),
    ("پاکستان", "PAK"),
    ("سوریه", "SYR"),
    ("ترکیه", "TUR"),
    ("هند", "IND"),
    ("ایران", "IRN"),
];

/// A row that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// Number of the row, the head being 1; 0 for the file as a whole.
    pub row: usize,
    /// The column, where it is about one.
    pub column: &'static str,
    /// Message key of what is wrong.
    pub key: &'static str,
}

/// A register as it was read.
#[derive(Clone, Debug, Default)]
pub struct Register {
    policies: BTreeMap<(String, String), (usize, Known)>,
    repeated: i64,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Rows that cannot be taken; nothing of the file was written.
    #[error("{} rows cannot be taken", .0.len())]
    Bad(Vec<BadRow>),
    /// Not allowed, or our own failure.
    #[error(transparent)]
    Account(#[from] AccountError),
}

fn whole(key: &'static str) -> Vec<BadRow> {
    vec![BadRow { row: 0, column: "", key }]
}

/// The text of a file in UTF-8, UTF-16 or Windows-1256, whichever it is.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).map(Into::into);
    }
    let start = &bytes[..bytes.len().min(SNIFFED)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    // Delimiters and line ends have an empty half in UTF-16; no other encoding here has empty bytes.
    let encoding = match (zeros(0), zeros(1)) {
        (0, 0) if std::str::from_utf8(bytes).is_ok() => UTF_8,
        (0, 0) => WINDOWS_1256,
        (even, odd) if even > odd => UTF_16BE,
        _ => UTF_16LE,
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
}

/// The sign between the columns: whichever the head has most.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// A cell of a table: its text, or that a spreadsheet made a day of it.
#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Day(String),
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Day(text) => text,
        }
    }
}

fn delimited(bytes: &[u8]) -> Result<Vec<Vec<Cell>>, Vec<BadRow>> {
    let text = decoded(bytes).ok_or_else(|| whole(msg("import-encoding")))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.map(|row| row.iter().map(|c| Cell::Text(c.to_owned())).collect()));
    rows.collect::<Result<_, _>>().map_err(|_| whole(msg("import-format")))
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) => Cell::Day(text.chars().take("0000-00-00".len()).collect()),
        Data::Empty | Data::Error(_) => Cell::Text(String::new()),
        other => Cell::Text(other.to_string()),
    }
}

fn spreadsheet(bytes: &[u8]) -> Result<Vec<Vec<Cell>>, Vec<BadRow>> {
    let bad = || whole(msg("import-format"));
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| bad())?;
    let sheet = book.worksheet_range_at(0).ok_or_else(bad)?.map_err(|_| bad())?;
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}

/// A head as it is compared: Persian letters, no joiners, single spaces, small letters.
fn head(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        '\u{200c}' | '\u{a0}' | '_' => ' ',
        other => other.to_ascii_lowercase(),
    });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn columns(heads: &[Cell]) -> Result<BTreeMap<&'static str, usize>, Vec<BadRow>> {
    let mut found = BTreeMap::new();
    for (place, text) in heads.iter().enumerate() {
        let text = head(text.text().trim_start_matches('\u{feff}'));
        if let Some((name, _)) = COLUMNS.iter().find(|(_, known)| known.iter().any(|known| head(known) == text)) {
            found.entry(*name).or_insert(place);
        }
    }
    let missing = NEEDED.iter().filter(|name| !found.contains_key(**name));
    let bad: Vec<_> = missing.map(|&column| BadRow { row: 1, column, key: msg("import-column-missing") }).collect();
    if bad.is_empty() { Ok(found) } else { Err(bad) }
}

/// Reads a register; every row that cannot be taken is named.
///
/// # Errors
/// The bad rows, in the order of the file.
pub fn read(bytes: &[u8]) -> Result<Register, Vec<BadRow>> {
    let table = if bytes.starts_with(ZIP) { spreadsheet(bytes)? } else { delimited(bytes)? };
    let Some((heads, rows)) = table.split_first() else { return Err(whole(msg("import-empty"))) };
    let columns = columns(heads)?;
    let mut register = Register::default();
    let mut bad = Vec::new();
    for (number, cells) in (2..).zip(rows) {
        if cells.iter().all(|cell| cell.text().trim().is_empty()) {
            continue;
        }
        let of = |name: &str| columns.get(name).and_then(|place| cells.get(*place));
        match known(of) {
            Ok((keys, known)) => match register.policies.get(&keys) {
                Some((_, earlier)) if *earlier == known => register.repeated += 1,
                Some(_) => bad.push(BadRow { row: number, column: "policy_number", key: msg("import-contradiction") }),
                None => {
                    register.policies.insert(keys, (number, known));
                }
            },
            Err(faults) => {
                bad.extend(faults.into_iter().map(|(column, key)| BadRow { row: number, column, key }));
            }
        }
    }
    if register.policies.is_empty() && bad.is_empty() {
        bad = whole(msg("import-empty"));
    }
    if bad.is_empty() { Ok(register) } else { Err(bad) }
}

type Faults = Vec<(&'static str, &'static str)>;

fn known<'a>(of: impl Fn(&str) -> Option<&'a Cell>) -> Result<((String, String), Known), Faults> {
    let mut faults = Faults::new();
    let text = |name: &'static str| of(name).map(Cell::text).unwrap_or_default().trim();
    if matches!(of("policy_number"), Some(Cell::Day(_))) {
        // A spreadsheet took the number for a date; what stands there now is no longer the number.
        return Err(vec![("policy_number", msg("import-number-is-date"))]);
    }
    let key = number_key(text("policy_number"));
    let document_key = fold_number(text("document_number"));
    let short = |name: &'static str| line(name, text(name)).ok().flatten();
    let (name, office) = (short("name"), short("office"));
    for (column, wrong, fault) in [
        ("policy_number", key.is_none(), msg("import-policy-number")),
        ("document_number", document_key.is_empty(), msg("import-document-number")),
        ("name", name.is_none(), msg("import-name")),
        ("office", office.is_none(), msg("import-office")),
    ] {
        if wrong {
            faults.push((column, fault));
        }
    }
    let nationality = match text("nationality") {
        "" => Some("AFG".to_owned()),
        written => {
            COUNTRIES.iter().find(|(name, _)| head(name) == head(written)).map(|(_, code)| (*code).to_owned()).or_else(
                || {
                    let code = written.to_ascii_uppercase();
                    (code.len() == NATIONALITY_LETTERS && code.bytes().all(|b| b.is_ascii_uppercase())).then_some(code)
                },
            )
        }
    };
    if nationality.is_none() {
        faults.push(("nationality", msg("import-nationality")));
    }
    let mut day = |column: &'static str| match text(column) {
        "" => None,
        written => {
            let day = parse_day(written);
            if day.is_none() {
                faults.push((column, msg("import-day")));
            }
            day
        }
    };
    let (birth, cover_from, cover_to) = (day("birth"), day("cover_from"), day("cover_to"));
    if let (Some(from), Some(to)) = (&cover_from, &cover_to)
        && from > to
    {
        faults.push(("cover_to", msg("import-cover")));
    }
    match (key, name, office, nationality) {
        (Some(key), Some(name), Some(office), Some(nationality)) if faults.is_empty() => {
            let document_number = ascii_digits(text("document_number"));
            let number = key.clone();
            let known = Known { number, document_number, name, nationality, birth, office, cover_from, cover_to };
            Ok(((key, document_key), known))
        }
        _ => Err(faults),
    }
}

/// Reads and writes a register, for somebody who may, or for the operator at the machine.
///
/// # Errors
/// [`ImportError::Bad`] when a row cannot be taken, and then nothing is written.
pub async fn import(
    store: &Store,
    actor: Option<&Actor>,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<Import, ImportError> {
    if let Some(actor) = actor {
        require(actor, Action::ImportPolicies).map_err(AccountError::from)?;
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    let read = tokio::task::spawn_blocking(move || read(&bytes)).await;
    let register = read.map_err(|_| AccountError::Store(crate::store::StoreError::Stopped))?;
    let register = register.map_err(ImportError::Bad)?;
    let policies = i64::try_from(register.policies.len()).unwrap_or(i64::MAX);
    let user = actor.map(|actor| &actor.user);
    let done = async {
        let mut act = store.act(user).await?;
        let id = crate::store::ids::fresh(act.now, act.chance());
        let file_name = crate::claim::text::file_name(file_name);
        let import = Import { id, file_name, policies, repeated: register.repeated, imported_at: act.now };
        register_imports::insert(&mut act.tx, &import, &sha256, user).await?;
        for ((number, document), (_, known)) in &register.policies {
            register_policies::set(&mut act.tx, (number, document), known, &import.id).await?;
        }
        let entry = Entry::new(EventKind::RegisterImported).with("policies", policies);
        act.record(entry.with("sha256", sha256.as_str())).await?;
        act.commit().await?;
        Ok::<_, AccountError>(import)
    };
    Ok(done.await?)
}

/// Policies in the register and the latest imports, for somebody who may import.
///
/// # Errors
/// [`AccountError::Forbidden`], or when the database fails.
pub async fn overview(store: &Store, actor: &Actor) -> Result<(i64, Vec<Import>), AccountError> {
    require(actor, Action::ImportPolicies)?;
    let mut tx = store.read().await?;
    Ok((register_policies::count(&mut tx).await?, register_imports::latest(&mut tx, LISTED).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "شماره بیمه‌نامه,شماره گذرنامه,نام,تابعیت,کد دفتر,شروع,پایان";
    const ROW: &str = "۱۳۹۵/۱۱/۲۸/۹۱۴۷/۱۰۰۵۶۹,P79869411,كريم احمدي,افغانستان,D-101,1395/11/28,1396/11/28";

    #[test]
    fn one_table_reads_alike_in_every_encoding() {
        let text = format!("{HEAD}\n{ROW}\n{ROW}\n");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Windows-1256 has no digits of Persian; registers in it write ASCII.
        let ascii = ascii_digits(&text).replace('ی', "ي");
        let (windows, _, unmapped) = WINDOWS_1256.encode(&ascii);
        assert!(!unmapped);
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let marked16 = [b"\xff\xfe".as_slice(), &utf16].concat();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8 with a mark"),
            (utf16, "UTF-16"),
            (marked16, "UTF-16 with a mark"),
            (windows.into_owned(), "Windows-1256"),
        ] {
            let register = read(&bytes).unwrap_or_else(|bad| panic!("{name}: {bad:?}"));
            assert_eq!((register.policies.len(), register.repeated), (1, 1), "{name}");
            let (keys, (_, known)) = register.policies.first_key_value().unwrap();
            assert_eq!(keys.0, "1395/11/28/9147/100569", "{name}");
            assert_eq!(known.cover_from.as_deref(), Some("2017-02-16"), "{name}");
        }
    }

    #[test]
    fn a_number_that_a_spreadsheet_took_for_a_date_is_refused() {
        let (day, text) = (Cell::Day("2017-02-16".to_owned()), Cell::Text("P1".to_owned()));
        let of = |name: &str| Some(if name == "policy_number" { &day } else { &text });
        assert_eq!(known(of).unwrap_err(), [("policy_number", "import-number-is-date")]);
    }

    #[test]
    fn every_bad_row_is_named() {
        let text = format!(
            "{HEAD}\n{ROW}\nabc,P1,نام,افغانستان,D-101,,\n{},,نام,اتریش,D-101,1405/13/01,\n\n{}\n",
            "1405/01/01/1/2",
            ROW.replace("D-101", "D-102")
        );
        let bad = read(text.as_bytes()).unwrap_err();
        let told: Vec<_> = bad.iter().map(|bad| (bad.row, bad.column)).collect();
        // The empty row is none.
        assert_eq!(
            told,
            [(3, "policy_number"), (4, "document_number"), (4, "nationality"), (4, "cover_from"), (5, "policy_number")]
        );
        assert_eq!(read(b"a,b\n1,2\n").unwrap_err().len(), NEEDED.len());
        assert_eq!(read(b"").unwrap_err()[0].key, "import-empty");
        assert_eq!(read(b"PK\x03\x04nothing").unwrap_err()[0].key, "import-format");
    }
}
