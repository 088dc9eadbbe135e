//! review-api
pub mod accounts;
pub mod audit;
pub mod blobs;
pub mod claim;
pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod i18n;
pub mod messages;
pub mod policies;
pub mod print;
pub mod queue;
pub mod reports;
pub mod store;
pub mod views;
pub mod work;
