-- Every version of every store of the installation. The revision is of all of them: whoever changes one has read the others, too.
CREATE TABLE stores (
  revision INTEGER NOT NULL PRIMARY KEY, store TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, by_whom TEXT NOT NULL,
  definition TEXT NOT NULL, closed INTEGER NOT NULL, UNIQUE (store, version));
