//! The frame of every page: language, menu, who is signed in, and the words of the templates.

use askama::filters::{Escaper as _, Html, Safe};
use sanad_checks::finding::Bilingual;

use super::lists::Pager;
use super::terms;
use crate::accounts::{self, Action, Actor, Role};
use crate::claim::insured::Insured;
use crate::claim::text::ascii_digits;
use crate::http::assets;
use crate::i18n::{self, Arg, Lang, msg};
use crate::store::calendar::day_of;
use crate::store::clock::UnixMs;

/// One entry of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// Where it leads.
    pub href: &'static str,
    /// Its word, a message key.
    pub key: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
}

const fn entry(href: &'static str, key: &'static str, icon: &'static str) -> Menu {
    Menu { href, key, icon }
}

const OFFICE_MENU: &[Menu] = &[
    entry("/dashboard", msg("menu-dashboard"), "home"),
    entry("/insured", msg("menu-insured"), "people"),
    entry("/claims", msg("menu-claims"), "list"),
    entry("/profile", msg("menu-profile"), "person"),
];
const OFFICE_MANAGER_MENU: &[Menu] = &[
    entry("/dashboard", msg("menu-dashboard"), "home"),
    entry("/insured", msg("menu-insured"), "people"),
    entry("/claims", msg("menu-claims"), "list"),
    entry("/users", msg("menu-users"), "lock"),
    entry("/profile", msg("menu-profile"), "person"),
];
const EXPERT_MENU: &[Menu] = &[
    entry("/queue", msg("menu-queue"), "queue"),
    entry("/claims", msg("menu-claims"), "list"),
    entry("/reports/rejections", msg("menu-reports"), "chart"),
    entry("/messages", msg("menu-messages"), "chat"),
    entry("/profile", msg("menu-profile"), "person"),
];
const MANAGER_MENU: &[Menu] = &[
    entry("/reports/rejections", msg("menu-reports"), "chart"),
    entry("/queue", msg("menu-queue"), "queue"),
    entry("/claims", msg("menu-claims"), "list"),
    entry("/audit", msg("menu-audit"), "lock"),
    entry("/rules", msg("menu-rules"), "file"),
    entry("/messages", msg("menu-messages"), "chat"),
    entry("/profile", msg("menu-profile"), "person"),
];

const CLAIMS_MENU: &[Menu] = &[
    entry("/claims", msg("menu-claims"), "list"),
    entry("/messages", msg("menu-messages"), "chat"),
    entry("/profile", msg("menu-profile"), "person"),
];
const POST_MENU: &[Menu] = &[
    entry("/post", msg("menu-post"), "inbox"),
    entry("/claims", msg("menu-claims"), "list"),
    entry("/messages", msg("menu-messages"), "chat"),
    entry("/profile", msg("menu-profile"), "person"),
];
const ADMIN_MENU: &[Menu] = &[
    entry("/users", msg("menu-users"), "people"),
    entry("/policies", msg("menu-policies"), "list"),
    entry("/rules", msg("menu-rules"), "file"),
    entry("/audit", msg("menu-audit"), "lock"),
    entry("/messages", msg("menu-messages"), "chat"),
    entry("/profile", msg("menu-profile"), "person"),
];

/// Entries that stand side by side at the foot of a phone, words unbroken.
const BAR_ENTRIES: usize = 5;

/// Words that the scripts of a page need, by the names they ask for.
const SCRIPT_WORDS: &[(&str, &str)] = &[
    ("cancel", msg("script-cancel")),
    ("close", msg("script-close")),
    ("remove", msg("script-remove")),
    ("sending", msg("script-sending")),
    ("percent", msg("script-percent")),
    ("judging", msg("script-judging")),
    ("line-down", msg("script-line-down")),
    ("gave-up", msg("script-gave-up")),
    ("failed", msg("script-failed")),
    ("too-large", msg("script-too-large")),
    ("empty-file", msg("script-empty-file")),
    ("send-all", msg("script-send-all")),
];

/// The frame of a page. Its methods are the words, numbers and dates of the templates.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// Path and query of the request, to come back to.
    pub here: String,
    /// Whether invented accounts may be used.
    pub demo: bool,
}

impl Shell {
    /// The message with this key.
    #[must_use]
    pub fn t(&self, key: impl AsRef<str>) -> String {
        i18n::text(self.lang, key.as_ref(), &[])
    }

    /// The message with this key and one place filled in.
    #[must_use]
    pub fn t1<'a>(&self, key: &str, name: &str, value: impl Into<Arg<'a>>) -> String {
        i18n::text(self.lang, key, &[(name, value.into())])
    }

    /// The message with this key and two places filled in.
    #[must_use]
    pub fn t2<'a>(
        &self,
        key: &str,
        first: &str,
        value: impl Into<Arg<'a>>,
        second: &str,
        other: impl Into<Arg<'a>>,
    ) -> String {
        i18n::text(self.lang, key, &[(first, value.into()), (second, other.into())])
    }

    /// A number in the digits of the language.
    #[must_use]
    pub fn n(&self, value: &i64) -> String {
        self.lang.number(*value)
    }

    /// A text with its digits in those of the language, e.g. a policy number.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        self.lang.digits(text)
    }

    /// A number with Latin letters (a passport's, an account's, a parcel's) as it is printed: ASCII figures, read from
    /// the left, kept apart from the words around it.
    #[must_use]
    pub fn code(&self, text: &str) -> Safe<String> {
        let mut shown = String::from("<bdi dir=\"ltr\" class=\"ltr code\">");
        // Writing into a string does not fail.
        if Html.write_escaped_str(&mut shown, &ascii_digits(text)).is_ok() {
            shown.push_str("</bdi>");
        }
        Safe(shown)
    }

    /// A text from a paper: a number with Latin letters keeps its figures, any other has those of the language.
    #[must_use]
    pub fn printed(&self, text: &str) -> String {
        if text.bytes().any(|byte| byte.is_ascii_alphabetic()) { ascii_digits(text) } else { self.digits(text) }
    }

    /// An ISO day for people.
    #[must_use]
    pub fn day(&self, iso: &str) -> String {
        i18n::day(self.lang, iso)
    }

    /// A birth for people: the day, or the year alone in its own calendar.
    #[must_use]
    pub fn birth(&self, person: &Insured) -> String {
        match (&person.birth, person.birth_year) {
            (Some(day), _) => self.day(day),
            (None, Some(year)) if person.birth_calendar.as_deref() == Some("gregorian") => {
                self.t1("birth-year-gregorian", "year", &self.lang.digits(&year.to_string()))
            }
            (None, Some(year)) => self.t1("birth-year-jalali", "year", &self.lang.digits(&year.to_string())),
            (None, None) => "—".to_owned(),
        }
    }

    /// An ISO day as people type it: Jalali, year first.
    #[must_use]
    pub fn typed_day(&self, iso: &str) -> String {
        let day = sanad_checks::jalali::Jalali::from_iso(iso);
        day.map_or_else(
            || iso.to_owned(),
            |day| self.digits(&format!("{:04}/{:02}/{:02}", day.year, day.month, day.day)),
        )
    }

    /// A moment for people.
    #[must_use]
    pub fn moment(&self, at: &UnixMs) -> String {
        i18n::moment(self.lang, at.0)
    }

    /// The day of a moment for people, in Tehran.
    #[must_use]
    pub fn opened(&self, at: &UnixMs) -> String {
        self.day(&day_of(*at))
    }

    /// A text in the language of the page.
    #[must_use]
    pub fn say<'a>(&self, text: &'a Bilingual) -> &'a str {
        self.lang.pick(text)
    }

    /// One of two texts, by language.
    #[must_use]
    pub fn either<'a>(&self, fa: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Fa => fa,
            Lang::En => en,
        }
    }

    /// The name of a country by its code.
    #[must_use]
    pub fn nation(&self, code: &str) -> String {
        terms::nation_key(code).map_or_else(|| code.to_owned(), |key| self.t(&key))
    }

    /// Which rows of how many are shown.
    #[must_use]
    pub fn range(&self, pager: &Pager) -> String {
        let args = [("from", pager.from.into()), ("to", pager.to.into()), ("total", pager.total.into())];
        i18n::text(self.lang, msg("pager-range"), &args)
    }

    /// Whether the signed-in person wrote it, by the name shown.
    #[must_use]
    pub fn wrote(&self, by: &str) -> bool {
        self.actor.as_ref().is_some_and(|actor| actor.display_name == by)
    }

    /// Address of a built file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon of the sprite; words beside it carry the meaning.
    #[must_use]
    pub fn icon(&self, name: &str) -> Safe<String> {
        let turns = if matches!(name, "next" | "back" | "leave" | "send" | "queue") { " turns" } else { "" };
        Safe(format!(
            "<svg class=\"icon{turns}\" aria-hidden=\"true\"><use href=\"{}#{name}\"></use></svg>",
            assets::address("icons.svg")
        ))
    }

    /// The style sheet of the language's direction.
    #[must_use]
    pub fn styles(&self) -> String {
        assets::address(if self.lang == Lang::Fa { "rtl.css" } else { "ltr.css" })
    }

    /// The menu of the role.
    #[must_use]
    pub fn menu(&self) -> &'static [Menu] {
        match self.actor.as_ref().map(|actor| actor.role) {
            Some(Role::Clerk) => OFFICE_MENU,
            Some(Role::OfficeManager) => OFFICE_MANAGER_MENU,
            Some(Role::Expert | Role::SeniorExpert) => EXPERT_MENU,
            Some(Role::Manager) => MANAGER_MENU,
            Some(Role::PostDesk) => POST_MENU,
            Some(Role::Individual | Role::Finance) => CLAIMS_MENU,
            Some(Role::Admin) => ADMIN_MENU,
            None => &[],
        }
    }

    /// The entries that a phone's bar has room for.
    #[must_use]
    pub fn menu_first(&self) -> &'static [Menu] {
        let all = self.menu();
        if all.len() > BAR_ENTRIES { all.get(..BAR_ENTRIES - 1).unwrap_or(all) } else { all }
    }

    /// The entries that a phone folds away.
    #[must_use]
    pub fn menu_rest(&self) -> &'static [Menu] {
        self.menu().get(self.menu_first().len()..).unwrap_or_default()
    }

    /// Whether this page is in an area that a phone folds away.
    #[must_use]
    pub fn in_rest(&self) -> bool {
        self.menu_rest().iter().any(|entry| self.is_here(entry))
    }

    /// Whether the menu's entry is the area of this page.
    #[must_use]
    pub fn is_here(&self, entry: &Menu) -> bool {
        let path = self.here.split('?').next().unwrap_or_default();
        let desk = path.ends_with("/desk");
        match entry.href {
            "/queue" if desk => true,
            "/claims" if desk => false,
            href => path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')),
        }
    }

    /// Whether somebody who sends papers is signed in: an office or an insured person.
    #[must_use]
    pub fn office(&self) -> bool {
        self.role().is_some_and(Role::sends)
    }

    /// Whether somebody who registers insured persons is signed in.
    #[must_use]
    pub fn registers(&self) -> bool {
        self.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::RegisterInsured).any())
    }

    /// Whether the signed-in person reads notes that stay inside the company.
    #[must_use]
    pub fn inside(&self) -> bool {
        self.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::WriteInternalNote).any())
    }

    /// Whether the signed-in person may look at the experts' queue and desks.
    #[must_use]
    pub fn sees_queue(&self) -> bool {
        self.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::SeeQueue).any())
    }

    /// Whether the signed-in person may look at pictures of papers.
    #[must_use]
    pub fn sees_pictures(&self) -> bool {
        self.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::SeePictures).any())
    }

    /// Whether an expert is signed in.
    #[must_use]
    pub fn expert(&self) -> bool {
        self.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::DecidePaper).any())
    }

    fn role(&self) -> Option<Role> {
        self.actor.as_ref().map(|actor| actor.role)
    }

    /// The word for the signed-in role.
    #[must_use]
    pub fn role_key(&self) -> &'static str {
        self.role().map_or(msg("role-nobody"), terms::role_key)
    }

    /// The scripts' words as JSON.
    #[must_use]
    pub fn script_words(&self) -> String {
        let words: serde_json::Map<String, serde_json::Value> =
            SCRIPT_WORDS.iter().map(|(name, key)| ((*name).to_owned(), self.raw(key).into())).collect();
        serde_json::Value::Object(words).to_string()
    }

    /// A message for scripts: its places stay as `{name}` for the script to fill.
    fn raw(&self, key: &str) -> String {
        let args = ["count", "seconds", "share"];
        let places: Vec<String> = args.iter().map(|name| format!("{{{name}}}")).collect();
        let filled: Vec<(&str, Arg<'_>)> =
            args.iter().zip(&places).map(|(name, place)| (*name, Arg::from(place))).collect();
        i18n::text(self.lang, key, &filled)
    }
}
