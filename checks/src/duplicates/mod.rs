//! Papers seen before, one file a reason, and how a paper is known again.

pub mod align;
pub mod apart;
pub mod bend;
pub mod candidates;
pub mod case;
mod cells;
pub mod code;
pub mod differences;
pub mod figures;
pub mod fingerprint;
pub mod glyphs;
pub mod ink;
pub mod joined;
pub mod keys;
pub mod map;
pub mod mates;
pub mod near;
pub mod numbers;
pub mod overlay;
pub mod parts;
pub mod points;
pub mod relation;
mod rules;
pub mod sketch;
pub mod slot;
pub mod twins;
