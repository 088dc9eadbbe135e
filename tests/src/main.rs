//! the one test binary
fn main() {}
