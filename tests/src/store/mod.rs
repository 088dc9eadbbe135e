//! The office's memory on both engines: every case here runs on SQLite and on a PostgreSQL that
//! the tests start themselves.

mod accounts;
mod blobs;
mod chain;
mod demo;
mod endings;
pub(crate) mod house;
mod interleavings;
mod leases;
mod life;
mod numbers;
pub(crate) mod postgres;
mod reading;
mod reports;
mod schema;
mod seen;
mod split;
mod statements;
mod story;
mod uploads;
mod work;
