//! The office's memory on both engines: every case here runs on SQLite and on a PostgreSQL that
//! the tests start themselves.

mod accounts;
mod blobs;
mod chain;
mod demo;
pub(crate) mod house;
mod leases;
mod life;
pub(crate) mod postgres;
mod reading;
mod reports;
mod schema;
mod statements;
mod uploads;
mod work;
