-- What happens to a claim after its papers: refusal and appeal, the post, the money, deletion.

ALTER TABLE claims ADD COLUMN deleted_at INTEGER;
ALTER TABLE claims ADD COLUMN originals_at INTEGER;
ALTER TABLE claims ADD COLUMN rule_version TEXT;
ALTER TABLE claims ADD COLUMN accident_id TEXT;

CREATE INDEX claims_by_accident ON claims (accident_id);

-- The words that went with an act on a claim: why it is refused, appealed, reopened, deleted.
CREATE TABLE claim_words (
    id          TEXT    NOT NULL PRIMARY KEY,
    claim_id    TEXT    NOT NULL REFERENCES claims (id),
    generation  INTEGER NOT NULL,
    place       INTEGER  NOT NULL,
    kind        TEXT    NOT NULL,
    codes       TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    said_by     TEXT    NOT NULL REFERENCES users (id),
    said_at     INTEGER NOT NULL,
    UNIQUE (claim_id, place)
) STRICT;

-- A parcel of originals on its way, and what the post desk found in it.
CREATE TABLE parcels (
    id           TEXT    NOT NULL PRIMARY KEY,
    claim_id     TEXT    NOT NULL REFERENCES claims (id),
    tracking     TEXT    NOT NULL,
    posted_by    TEXT    NOT NULL REFERENCES users (id),
    posted_at    INTEGER NOT NULL,
    received_by  TEXT    REFERENCES users (id),
    received_at  INTEGER
) STRICT;

CREATE INDEX parcels_by_claim ON parcels (claim_id, posted_at);
CREATE INDEX parcels_by_tracking ON parcels (tracking);

CREATE TABLE parcel_papers (
    parcel_id    TEXT    NOT NULL REFERENCES parcels (id),
    document_id  TEXT    NOT NULL REFERENCES documents (id),
    arrived      INTEGER NOT NULL,
    code         TEXT,
    PRIMARY KEY (parcel_id, document_id)
) STRICT;

CREATE TABLE payments (
    id            TEXT    NOT NULL PRIMARY KEY,
    claim_id      TEXT    NOT NULL REFERENCES claims (id),
    amount_rial   INTEGER NOT NULL,
    reference     TEXT    NOT NULL,
    paid_on       TEXT    NOT NULL,
    recorded_by   TEXT    NOT NULL REFERENCES users (id),
    recorded_at   INTEGER NOT NULL,
    returned_by   TEXT    REFERENCES users (id),
    returned_at   INTEGER
) STRICT;

CREATE INDEX payments_by_claim ON payments (claim_id, recorded_at);

-- What the expert saw on the paper itself, and the account typed from the bank's slip.
ALTER TABLE decisions ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decisions ADD COLUMN ticks TEXT;
ALTER TABLE claims ADD COLUMN iban TEXT;

-- Papers asked for beyond the rules, with why.
CREATE TABLE extra_papers (
    claim_id   TEXT    NOT NULL REFERENCES claims (id),
    slot       TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    asked_by   TEXT    NOT NULL REFERENCES users (id),
    asked_at   INTEGER NOT NULL,
    PRIMARY KEY (claim_id, slot)
) STRICT;

-- Notes that stay inside the company, and how far each person has read a paper's notes.
ALTER TABLE notes ADD COLUMN internal INTEGER NOT NULL DEFAULT 0;

CREATE TABLE note_reads (
    document_id  TEXT    NOT NULL REFERENCES documents (id),
    user_id      TEXT    NOT NULL REFERENCES users (id),
    read_at      INTEGER NOT NULL,
    PRIMARY KEY (document_id, user_id)
) STRICT;
