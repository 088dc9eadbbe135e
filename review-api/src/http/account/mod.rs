//! Signing in and out, registering oneself, and the profile.

pub(super) mod code;
pub(super) mod language;
pub(super) mod log_in;
pub(super) mod log_out;
pub(super) mod login_form;
pub(super) mod profile;
pub(super) mod register;
pub(super) mod sessions;

/// Only addresses of our own may be gone to after a form: a path, not another site.
pub(super) fn local(then: &str) -> &str {
    let plain = then.starts_with('/') && !then.starts_with("//") && !then.contains(['\\', '\r', '\n']);
    if plain { then } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_own_addresses_are_gone_to() {
        assert_eq!(local("/claims?x=1"), "/claims?x=1");
        for foreign in ["https://a", "//a", "/\\a", "", "/a\r\nb"] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
