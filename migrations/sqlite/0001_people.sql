-- Offices, the people who work with the system, and their sessions.

CREATE TABLE offices (
    id          TEXT    NOT NULL PRIMARY KEY,
    code        TEXT    NOT NULL,
    name_fa     TEXT    NOT NULL,
    name_en     TEXT    NOT NULL,
    demo        INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (code)
) STRICT;

CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    user_name     TEXT    NOT NULL,
    display_name  TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    office_id     TEXT    REFERENCES offices (id),
    password_hash TEXT    NOT NULL,
    demo          INTEGER NOT NULL,
    disabled_at   INTEGER,
    created_at    INTEGER NOT NULL,
    UNIQUE (user_name)
) STRICT;

-- Only a hash of the token is kept: a copy of the database opens no session.
CREATE TABLE sessions (
    id          TEXT    NOT NULL PRIMARY KEY,
    token_hash  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL REFERENCES users (id),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER,
    UNIQUE (token_hash)
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE login_failures (
    account        TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    failures       INTEGER NOT NULL,
    last_at        INTEGER NOT NULL,
    blocked_until  INTEGER NOT NULL,
    PRIMARY KEY (account, address)
) STRICT;
