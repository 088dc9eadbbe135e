//! How well are papers read? Dates by typeface and role, kinds, zones, account numbers; and whole claims with one
//! planted fault beside their sound twins.

pub mod claims;
pub mod figures;
pub mod marks;
pub mod said;
pub mod truth;
pub mod zones;
