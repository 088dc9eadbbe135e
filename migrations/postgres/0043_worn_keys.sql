-- Pages whose keys are to be entered anew.

-- Keys of before were bands of the whole look, of which some eight bits lay on a number; no page is asked for by them any more.
DELETE FROM seen_keys;

-- `keyed` is 0 where a page has no keys yet, 1 where they are to be entered anew (so were all of before), 2 where they are as
-- they should be.
-- `worn` counts the keys of a page that have come to lead to too many others since it was entered.
ALTER TABLE seen_pages ADD COLUMN worn BIGINT NOT NULL DEFAULT 0;

CREATE INDEX seen_pages_due ON seen_pages (number) WHERE keyed = 1;
