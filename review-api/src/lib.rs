//! review-api
