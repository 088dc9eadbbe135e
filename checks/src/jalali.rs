//! Jalali dates for people.
