-- What a model predicted of each tenth of the buyers: month is year * 12 + month - 1, made_on a day number, value in minor units.
CREATE TABLE predictions (
  store TEXT NOT NULL, model TEXT NOT NULL, month INTEGER NOT NULL, bucket INTEGER NOT NULL, made_on INTEGER NOT NULL, days INTEGER NOT NULL,
  least REAL NOT NULL, customers INTEGER NOT NULL, orders REAL NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (store, model, month, bucket)) WITHOUT ROWID;
