//! People, accounts, the register of policies and insured persons: S-02 to S-29 without the front page.

/// Not built yet; a number leaves the list together with its first test.
pub(super) const NOT_BUILT: &[u8] = &[
    2,  //
    3,  //
    4,  //
    5,  //
    6,  //
    7,  //
    8,  //
    9,  //
    10, //
    11, //
    13, //
    14, //
    15, //
    19, //
    20, //
    21, //
    22, //
    23, //
    24, //
    25, //
    26, //
    27, //
    28, //
    29, //
    42, //
];
