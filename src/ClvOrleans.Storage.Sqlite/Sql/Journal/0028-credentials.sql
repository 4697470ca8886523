-- What proves who asks: keys of programs, sessions of browsers, links that are opened once. Of secrets only the SHA-256 is kept.
CREATE TABLE credentials (
  id TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, hash BLOB NOT NULL, scope INTEGER NOT NULL, store TEXT NULL, name TEXT NOT NULL,
  parent TEXT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NULL, revoked_at INTEGER NULL, used_at INTEGER NULL) WITHOUT ROWID;
