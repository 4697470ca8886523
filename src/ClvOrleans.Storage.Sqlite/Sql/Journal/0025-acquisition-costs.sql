-- What a store paid to win customers.
CREATE TABLE acquisition_costs (
  store TEXT NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
