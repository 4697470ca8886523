-- What a store tells in reports with noise: one release at a time, told until the end of a day (days since 0001-01-01).
CREATE TABLE report_releases (store TEXT NOT NULL PRIMARY KEY, told_until INTEGER NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;

-- The secret by which the noise of a store is drawn.
CREATE TABLE noise_secrets (store TEXT NOT NULL PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
