-- What was predicted of groups of buyers together, and what came of it: columns from actual on are null until then. Day numbers; values in
-- minor units; month is year * 12 + month - 1.
CREATE TABLE predicted_totals (
  store TEXT COLLATE "C" NOT NULL, model TEXT COLLATE "C" NOT NULL, month BIGINT NOT NULL, days BIGINT NOT NULL,
  part TEXT COLLATE "C" NOT NULL, made_on BIGINT NOT NULL, customers BIGINT NOT NULL, expected DOUBLE PRECISION NOT NULL,
  lower DOUBLE PRECISION NOT NULL, upper DOUBLE PRECISION NOT NULL, actual DOUBLE PRECISION NULL, place DOUBLE PRECISION NULL,
  held_of BIGINT NULL, below BIGINT NULL, above BIGINT NULL, score DOUBLE PRECISION NULL,
  PRIMARY KEY (store, model, month, days, part));
CREATE INDEX predicted_totals_days ON predicted_totals (store, made_on);
