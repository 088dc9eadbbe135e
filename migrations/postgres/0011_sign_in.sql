-- Sessions that people can tell apart and end, tokens of programs, and a second factor.

ALTER TABLE sessions ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'browser';
ALTER TABLE sessions ADD COLUMN label TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT COLLATE "C" NOT NULL DEFAULT '';

-- The secret of the second factor, and the last time step that was accepted: a code counts once.
-- The step is missing until the first code has proved that the person has the secret.
ALTER TABLE users ADD COLUMN totp_secret TEXT COLLATE "C";
ALTER TABLE users ADD COLUMN totp_step BIGINT;

-- Codes on paper for a lost telephone; only hashes are kept, each counts once.
CREATE TABLE recovery_codes (
    user_id    TEXT COLLATE "C"    NOT NULL REFERENCES users (id),
    code_hash  TEXT COLLATE "C"    NOT NULL,
    made_at    BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (user_id, code_hash)
);
