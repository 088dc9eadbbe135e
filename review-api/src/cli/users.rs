//! `sanad users`: the first accounts of an office, made by whoever owns the machine.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;

use super::open;
use crate::accounts::AccountError;
use crate::accounts::people::{self, NewAccount};
use crate::i18n::{self, Lang};

/// Makes accounts.
#[derive(Debug, clap::Args)]
pub(super) struct UsersArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes an account and prints its first password, which must be changed at the first login.
    Add {
        /// Configuration file; without one every key has its default.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Name to log in with.
        #[arg(long, value_name = "NAME")]
        user_name: String,
        /// Name for people.
        #[arg(long, value_name = "NAME")]
        display_name: String,
        /// office, office_manager, expert, senior_expert, manager, post_desk, finance or admin.
        #[arg(long, value_name = "ROLE")]
        role: String,
        /// Code of the office, for people of an office.
        #[arg(long, value_name = "CODE", default_value = "")]
        office: String,
        /// Makes the office under this name when there is none with the code.
        #[arg(long, value_name = "NAME")]
        office_name: Option<String>,
    },
}

/// Prints the first password alone on its line.
///
/// # Errors
/// When what was typed is refused, or the configuration or database cannot be used.
pub(super) fn run(args: &UsersArgs) -> anyhow::Result<ExitCode> {
    let What::Add { config, user_name, display_name, role, office, office_name } = &args.what;
    let config = open::config(config.as_deref())?;
    let new = NewAccount {
        user_name: user_name.clone(),
        display_name: display_name.clone(),
        role: role.clone(),
        office_code: office.clone(),
    };
    let made = open::runtime()?.block_on(async {
        let store = open::store(&config).await?;
        anyhow::Ok(people::add_by_operator(&store, &new, office_name.as_deref()).await)
    })?;
    match made {
        Ok(handed) => {
            println!("{}", handed.password);
            Ok(ExitCode::SUCCESS)
        }
        Err(AccountError::Faults(faults)) => {
            let told: Vec<_> =
                faults.iter().map(|f| format!("{}: {}", f.field, i18n::text(Lang::En, f.key, &[]))).collect();
            bail!("{}", told.join("; "))
        }
        Err(other) => Err(other.into()),
    }
}
