-- Messages of the company to offices and roles, and who has read them.

CREATE TABLE messages (
    id            TEXT    NOT NULL PRIMARY KEY,
    welcome       INTEGER NOT NULL,
    title         TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    role          TEXT,
    office_id     TEXT    REFERENCES offices (id),
    expires_on    TEXT,
    written_by    TEXT    NOT NULL REFERENCES users (id),
    written_at    INTEGER NOT NULL,
    withdrawn_at  INTEGER
) STRICT;

CREATE INDEX messages_by_time ON messages (written_at);

CREATE TABLE message_reads (
    message_id  TEXT    NOT NULL REFERENCES messages (id),
    user_id     TEXT    NOT NULL REFERENCES users (id),
    read_at     INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
) STRICT;
