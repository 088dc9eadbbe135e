-- What pages have in common is looked at twice: by keys that lead to few, then by all sure keys of the pages they lead to.

-- A key leads to some pages, the number of each after a space; one that leads to too many begins with a dash and leads nowhere.
DROP TABLE seen_keys;

CREATE TABLE seen_keys (
    key    INTEGER NOT NULL PRIMARY KEY,
    pages  TEXT NOT NULL
) STRICT;

-- The sure keys of a page, cut short.
CREATE TABLE seen_sketches (
    page    INTEGER NOT NULL PRIMARY KEY,
    sketch  BLOB NOT NULL
) STRICT;

-- Pages of before are entered anew.
UPDATE seen_pages SET keyed = 1, worn = 0 WHERE keyed = 2;
