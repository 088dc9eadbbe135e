-- Whose policy an insured person's account is for, and passwords that must be changed at the next login.

ALTER TABLE users ADD COLUMN insured_id TEXT COLLATE "C" REFERENCES insured (id);
ALTER TABLE users ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0;
