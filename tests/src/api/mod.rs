//! The office over HTTP: a real server process, its database in a temporary folder.

mod checklist;
mod faces;
mod forgery;
mod full_disk;
mod isolation;
mod killed;
pub(crate) mod main_path;
mod numbers;
mod openapi;
pub(crate) mod pairs;
mod papers;
pub(crate) mod server;
mod start;
pub(crate) mod story;
mod uploads;

pub(crate) use papers::paper;
