-- What a store paid to win customers.
CREATE TABLE acquisition_costs (
  store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (store, id));
