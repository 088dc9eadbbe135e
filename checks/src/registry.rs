//! The one list of checks.
