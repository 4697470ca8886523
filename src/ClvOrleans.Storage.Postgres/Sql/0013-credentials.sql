-- What proves who asks: keys of programs, sessions of browsers, links that are opened once. Of secrets only the SHA-256 is kept.
CREATE TABLE credentials (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY, kind BIGINT NOT NULL, hash BYTEA NOT NULL, scope BIGINT NOT NULL, store TEXT COLLATE "C" NULL,
  name TEXT COLLATE "C" NOT NULL, parent TEXT COLLATE "C" NULL, created_at BIGINT NOT NULL, expires_at BIGINT NULL,
  revoked_at BIGINT NULL, used_at BIGINT NULL);
