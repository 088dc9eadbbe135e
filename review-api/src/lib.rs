//! review-api
pub mod cli;
pub mod accounts;
pub mod audit;
pub mod blobs;
pub mod claim;
pub mod demo;
pub mod queue;
pub mod reports;
pub mod store;
pub mod work;
pub mod config;
pub mod http;
pub mod i18n;
pub mod views;
