-- The journal that these are the snapshots of.
CREATE TABLE snapshots_of (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), journal TEXT NOT NULL);
