-- Messages of the company to offices and roles, and who has read them.

CREATE TABLE messages (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    welcome       BIGINT NOT NULL,
    title         TEXT COLLATE "C" NOT NULL,
    body          TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C",
    office_id     TEXT COLLATE "C" REFERENCES offices (id),
    expires_on    TEXT COLLATE "C",
    written_by    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    written_at    BIGINT NOT NULL,
    withdrawn_at  BIGINT
);

CREATE INDEX messages_by_time ON messages (written_at);

CREATE TABLE message_reads (
    message_id  TEXT COLLATE "C" NOT NULL REFERENCES messages (id),
    user_id     TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    read_at     BIGINT NOT NULL,
    PRIMARY KEY (message_id, user_id)
);
