-- What pages have in common is looked at twice: by keys that lead to few, then by all sure keys of the pages they lead to.

-- A key leads to some pages, the number of each after a space; one that leads to too many begins with a dash and leads nowhere.
DROP TABLE seen_keys;

CREATE TABLE seen_keys (
    key    BIGINT NOT NULL PRIMARY KEY,
    pages  TEXT COLLATE "C" NOT NULL
);

-- The sure keys of a page, cut short.
CREATE TABLE seen_sketches (
    page    BIGINT NOT NULL PRIMARY KEY,
    sketch  BYTEA NOT NULL
);

-- Pages of before are entered anew.
UPDATE seen_pages SET keyed = 1, worn = 0 WHERE keyed = 2;
