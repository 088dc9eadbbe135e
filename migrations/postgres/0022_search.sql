-- Words by which a claim is found, folded, one row each; and the orders in which claims are listed.

CREATE TABLE claim_tokens (
    token      TEXT COLLATE "C" NOT NULL,
    claim_id   TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    opened_at  BIGINT NOT NULL,
    PRIMARY KEY (token, claim_id)
);

CREATE INDEX claim_tokens_by_claim ON claim_tokens (claim_id, token);

CREATE INDEX claims_listed ON claims (deleted_at, opened_at, id);
CREATE INDEX claims_listed_by_state ON claims (deleted_at, state, opened_at, id);
CREATE INDEX claims_listed_by_office ON claims (office_id, deleted_at, opened_at, id);
CREATE INDEX claims_listed_by_office_state ON claims (office_id, deleted_at, state, opened_at, id);
