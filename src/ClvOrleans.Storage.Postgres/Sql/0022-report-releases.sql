-- What a store tells in reports with noise: one release at a time, told until the end of a day (days since 0001-01-01).
CREATE TABLE report_releases (
  store TEXT COLLATE "C" NOT NULL PRIMARY KEY, told_until BIGINT NOT NULL, content TEXT COLLATE "C" NOT NULL);

-- The secret by which the noise of a store is drawn.
CREATE TABLE noise_secrets (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, secret TEXT COLLATE "C" NOT NULL);
