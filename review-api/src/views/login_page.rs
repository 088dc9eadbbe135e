//! The door: the login form, with one press for each invented account in demo mode.

use askama::Template;
use serde::Serialize;

use super::{Shell, terms};
use crate::demo::{DEMO_PASSWORD, DEMO_USERS};

/// An invented account, ready to press.
#[derive(Clone, Debug)]
pub struct DemoButton {
    pub(crate) user_name: &'static str,
    pub(crate) password: &'static str,
    pub(crate) display_name: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) role_key: &'static str,
}

/// The login form, with what was typed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LoginForm {
    /// Where to go after it.
    pub then: String,
    /// The user name as typed.
    pub user_name: String,
    /// Why the last attempt failed, in words.
    pub fault: Option<String>,
    #[serde(skip)]
    pub(crate) demo: Vec<DemoButton>,
}

#[derive(Template)]
#[template(path = "account/login.html")]
struct LoginPage<'a> {
    shell: &'a Shell,
    view: &'a LoginForm,
}

impl LoginForm {
    /// The page; the invented accounts only in demo mode.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        let mut view = self.clone();
        if shell.demo {
            view.demo = DEMO_USERS
                .iter()
                .map(|user| DemoButton {
                    user_name: user.user_name,
                    password: DEMO_PASSWORD,
                    display_name: user.display_name,
                    icon: terms::role_icon(user.role),
                    role_key: terms::role_key(user.role),
                })
                .collect();
        }
        LoginPage { shell, view: &view }.render()
    }
}
