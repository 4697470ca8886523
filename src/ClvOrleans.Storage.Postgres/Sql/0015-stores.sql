-- Every version of every store of the installation. The revision is of all of them: whoever changes one has read the others, too.
CREATE TABLE stores (
  revision BIGINT NOT NULL PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL,
  by_whom TEXT NOT NULL, definition TEXT NOT NULL, closed BIGINT NOT NULL, UNIQUE (store, version));
