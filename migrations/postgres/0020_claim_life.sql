-- What happens to a claim after its papers: refusal and appeal, the post, the money, deletion.

ALTER TABLE claims ADD COLUMN deleted_at BIGINT;
ALTER TABLE claims ADD COLUMN originals_at BIGINT;
ALTER TABLE claims ADD COLUMN rule_version TEXT COLLATE "C";
ALTER TABLE claims ADD COLUMN accident_id TEXT COLLATE "C";

CREATE INDEX claims_by_accident ON claims (accident_id);

-- The words that went with an act on a claim: why it is refused, appealed, reopened, deleted.
CREATE TABLE claim_words (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    claim_id    TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    generation  BIGINT NOT NULL,
    place       BIGINT NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    codes       TEXT COLLATE "C" NOT NULL,
    body        TEXT COLLATE "C" NOT NULL,
    said_by     TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    said_at     BIGINT NOT NULL,
    UNIQUE (claim_id, place)
);

-- A parcel of originals on its way, and what the post desk found in it.
CREATE TABLE parcels (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    claim_id     TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    tracking     TEXT COLLATE "C" NOT NULL,
    posted_by    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    posted_at    BIGINT NOT NULL,
    received_by  TEXT COLLATE "C" REFERENCES users (id),
    received_at  BIGINT
);

CREATE INDEX parcels_by_claim ON parcels (claim_id, posted_at);
CREATE INDEX parcels_by_tracking ON parcels (tracking);

CREATE TABLE parcel_papers (
    parcel_id    TEXT COLLATE "C" NOT NULL REFERENCES parcels (id),
    document_id  TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    arrived      BIGINT NOT NULL,
    code         TEXT COLLATE "C",
    PRIMARY KEY (parcel_id, document_id)
);

CREATE TABLE payments (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    claim_id      TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    amount_rial   BIGINT NOT NULL,
    reference     TEXT COLLATE "C" NOT NULL,
    paid_on       TEXT COLLATE "C" NOT NULL,
    recorded_by   TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    recorded_at   BIGINT NOT NULL,
    returned_by   TEXT COLLATE "C" REFERENCES users (id),
    returned_at   BIGINT
);

CREATE INDEX payments_by_claim ON payments (claim_id, recorded_at);

-- What the expert saw on the paper itself, and the account typed from the bank's slip.
ALTER TABLE decisions ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE decisions ADD COLUMN ticks TEXT COLLATE "C";
ALTER TABLE claims ADD COLUMN iban TEXT COLLATE "C";

-- Papers asked for beyond the rules, with why.
CREATE TABLE extra_papers (
    claim_id   TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    slot       TEXT COLLATE "C" NOT NULL,
    reason     TEXT COLLATE "C" NOT NULL,
    asked_by   TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    asked_at   BIGINT NOT NULL,
    PRIMARY KEY (claim_id, slot)
);

-- Notes that stay inside the company, and how far each person has read a paper's notes.
ALTER TABLE notes ADD COLUMN internal BIGINT NOT NULL DEFAULT 0;

CREATE TABLE note_reads (
    document_id  TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    user_id      TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    read_at      BIGINT NOT NULL,
    PRIMARY KEY (document_id, user_id)
);
