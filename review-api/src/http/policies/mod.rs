//! The register of policies.

pub(super) mod register;
