-- Offices, the people who work with the system, and their sessions.

CREATE TABLE offices (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    code        TEXT COLLATE "C" NOT NULL,
    name_fa     TEXT COLLATE "C" NOT NULL,
    name_en     TEXT COLLATE "C" NOT NULL,
    demo        BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (code)
);

CREATE TABLE users (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_name     TEXT COLLATE "C" NOT NULL,
    display_name  TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    office_id     TEXT COLLATE "C" REFERENCES offices (id),
    password_hash TEXT COLLATE "C" NOT NULL,
    demo          BIGINT NOT NULL,
    disabled_at   BIGINT,
    created_at    BIGINT NOT NULL,
    UNIQUE (user_name)
);

-- Only a hash of the token is kept: a copy of the database opens no session.
CREATE TABLE sessions (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash  TEXT COLLATE "C" NOT NULL,
    user_id     TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    UNIQUE (token_hash)
);

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE login_failures (
    account        TEXT COLLATE "C" NOT NULL,
    address        TEXT COLLATE "C" NOT NULL,
    failures       BIGINT NOT NULL,
    last_at        BIGINT NOT NULL,
    blocked_until  BIGINT NOT NULL,
    PRIMARY KEY (account, address)
);
