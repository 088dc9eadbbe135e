//! Statements under their names, so that a test can tell which never ran.

use std::borrow::Cow;

/// One statement under its name, so that a test can tell whether it ever ran.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// `table::NAME`.
    pub name: &'static str,
    /// The text in the portable subset.
    pub text: &'static str,
}

impl Statement {
    /// The highest `$n`.
    pub(super) fn arity(&self) -> usize {
        let numbers = self.text.split('$').skip(1);
        numbers.filter_map(leading_number).max().unwrap_or(0)
    }

    pub(super) fn text_for(&self, skip_locked: &str) -> Cow<'static, str> {
        if self.text.contains("{skip_locked}") {
            Cow::Owned(self.text.replace("{skip_locked}", skip_locked))
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

fn leading_number(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}

/// Declares the statements of one table as constants, and the list of them all for the tests.
macro_rules! statements {
    ($table:literal; $($name:ident = $text:expr;)+) => {
        $(const $name: $crate::store::sql::Statement =
            $crate::store::sql::Statement { name: concat!($table, "::", stringify!($name)), text: $text };)+
        /// Every statement of this table.
        pub(crate) const STATEMENTS: &[$crate::store::sql::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_placeholder_counts() {
        let statement = Statement { name: "t::X", text: "UPDATE t SET a = $2 WHERE b = $10 AND c = $2" };
        assert_eq!(statement.arity(), 10);
    }
}
