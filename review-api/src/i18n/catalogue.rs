//! The message catalogues, inside the binary, read once.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use super::Lang;

/// The files of both languages, by name.
pub(super) const FILES: &[(&str, &str, &str)] = &[
    ("shell", include_str!("../../locales/fa/shell.ftl"), include_str!("../../locales/en/shell.ftl")),
    ("office", include_str!("../../locales/fa/office.ftl"), include_str!("../../locales/en/office.ftl")),
    ("expert", include_str!("../../locales/fa/expert.ftl"), include_str!("../../locales/en/expert.ftl")),
    ("terms", include_str!("../../locales/fa/terms.ftl"), include_str!("../../locales/en/terms.ftl")),
    ("checklist", include_str!("../../locales/fa/checklist.ftl"), include_str!("../../locales/en/checklist.ftl")),
    ("claim_life", include_str!("../../locales/fa/claim_life.ftl"), include_str!("../../locales/en/claim_life.ftl")),
    ("home", include_str!("../../locales/fa/home.ftl"), include_str!("../../locales/en/home.ftl")),
    ("rules", include_str!("../../locales/fa/rules.ftl"), include_str!("../../locales/en/rules.ftl")),
    ("post", include_str!("../../locales/fa/post.ftl"), include_str!("../../locales/en/post.ftl")),
    ("claims_more", include_str!("../../locales/fa/claims_more.ftl"), include_str!("../../locales/en/claims_more.ftl")),
    ("registry", include_str!("../../locales/fa/registry.ftl"), include_str!("../../locales/en/registry.ftl")),
    ("people", include_str!("../../locales/fa/people.ftl"), include_str!("../../locales/en/people.ftl")),
    ("timeline", include_str!("../../locales/fa/timeline.ftl"), include_str!("../../locales/en/timeline.ftl")),
    ("duplicates", include_str!("../../locales/fa/duplicates.ftl"), include_str!("../../locales/en/duplicates.ftl")),
    ("split", include_str!("../../locales/fa/split.ftl"), include_str!("../../locales/en/split.ftl")),
    ("errors", include_str!("../../locales/fa/errors.ftl"), include_str!("../../locales/en/errors.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static FA: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Fa));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));

/// A value filled into a message.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// A number; shown in the digits of the language.
    Number(i64),
    /// A text, shown as it is.
    Text(&'a str),
}

impl From<i64> for Arg<'_> {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}

impl From<&i64> for Arg<'_> {
    fn from(value: &i64) -> Self {
        Self::Number(*value)
    }
}

impl From<usize> for Arg<'_> {
    fn from(value: usize) -> Self {
        Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

/// Numbers inside messages are written in the digits of the language.
fn fa_numbers(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(Lang::Fa.digits(&number.as_string())),
        _ => None,
    }
}

pub(super) fn source(lang: Lang, file: &(&str, &'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Fa => file.1,
        Lang::En => file.2,
    }
}

fn bundle(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.tag().parse().expect("the tags of the house are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Pages isolate names and numbers with <bdi>; invisible marks inside messages would leak into data.
    bundle.set_use_isolating(false);
    if lang == Lang::Fa {
        bundle.set_formatter(Some(fa_numbers));
    }
    for file in FILES {
        let resource = FluentResource::try_new(source(lang, file).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}/{}.ftl: {errors:?}", lang.tag(), file.0));
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{}/{}.ftl: {errors:?}", lang.tag(), file.0));
    }
    bundle
}

/// The message with this key in this language, its places filled in; `⟦key⟧` when there is none,
/// which the test of the catalogues rules out.
#[must_use]
pub fn text(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let bundle: &Bundle = match lang {
        Lang::Fa => &FA,
        Lang::En => &EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟦{key}⟧");
    };
    let mut values = FluentArgs::new();
    for (name, arg) in args {
        match arg {
            Arg::Number(number) => values.set(*name, *number),
            Arg::Text(text) => values.set(*name, *text),
        }
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
}
