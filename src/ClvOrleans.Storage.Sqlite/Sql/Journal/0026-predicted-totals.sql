-- What was predicted of groups of buyers together, and what came of it: columns from actual on are null until then. Day numbers; values in
-- minor units; month is year * 12 + month - 1.
CREATE TABLE predicted_totals (
  store TEXT NOT NULL, model TEXT NOT NULL, month INTEGER NOT NULL, days INTEGER NOT NULL, part TEXT NOT NULL, made_on INTEGER NOT NULL,
  customers INTEGER NOT NULL, expected REAL NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL,
  actual REAL NULL, place REAL NULL, held_of INTEGER NULL, below INTEGER NULL, above INTEGER NULL, score REAL NULL,
  PRIMARY KEY (store, model, month, days, part)) WITHOUT ROWID;
CREATE INDEX predicted_totals_days ON predicted_totals (store, made_on);
