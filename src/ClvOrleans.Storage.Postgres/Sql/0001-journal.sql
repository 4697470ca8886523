-- Texts are compared by their bytes, as on SQLite: ids are the store's own strings, and lists are in the same order on either engine.
-- Each process that has opened the database to write. A customer's events come of one at a time; where two hold themselves for the only
-- one, the key of the events refuses the later, and their rows say who wrote what.
CREATE TABLE writers (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, host TEXT NOT NULL, process BIGINT NOT NULL, since TIMESTAMPTZ NOT NULL);

CREATE TABLE events (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, sequence BIGINT NOT NULL,
  source TEXT COLLATE "C" NOT NULL, message_id TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL,
  payload BYTEA NOT NULL, writer BIGINT NOT NULL,
  PRIMARY KEY (store, customer, sequence)) PARTITION BY HASH (store, customer);
CREATE UNIQUE INDEX events_message ON events (store, customer, source, message_id);
DO $$ BEGIN
  FOR i IN 0..7 LOOP
    EXECUTE format('CREATE TABLE events_%s PARTITION OF events FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
  END LOOP;
END $$;

CREATE TABLE customers (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, commit_number BIGINT NOT NULL,
  sequence BIGINT NOT NULL, estimated_on BIGINT NOT NULL, generation BIGINT NOT NULL, lifecycle BIGINT NULL, bucket BIGINT NULL,
  customers BIGINT NOT NULL, orders BIGINT NOT NULL, gross BIGINT NOT NULL, historic BIGINT NOT NULL, historic_margin BIGINT NOT NULL,
  predicted BIGINT NOT NULL, at_risk BIGINT NOT NULL, expected_orders BIGINT NOT NULL, alive BIGINT NOT NULL,
  last_seen BIGINT NOT NULL, market TEXT COLLATE "C" NOT NULL, margin BIGINT NOT NULL,
  variance BIGINT NOT NULL, hazard BIGINT NOT NULL,
  -- The own segments that a customer is in, by what definitions, how they stand with each watch, and the day on which one turns next.
  segments TEXT COLLATE "C" NOT NULL, definitions TEXT COLLATE "C" NOT NULL, watches BYTEA NULL, turns_on BIGINT NULL,
  -- The sums as JSON where an amount does not fit into 64 bits: its own column holds the nearest that does.
  exact BYTEA NULL, summary BYTEA NOT NULL,
  PRIMARY KEY (store, customer)) WITH (fillfactor = 80);
CREATE UNIQUE INDEX customers_changes ON customers (store, shard, commit_number);
CREATE INDEX customers_predicted ON customers (store, predicted DESC, customer);

-- The last commit number of each shard. Its row is locked from the number's being taken to the commit, so that numbers become visible in
-- ascending order; a sequence could not promise that.
CREATE TABLE shard_commits (
  store TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, commit_number BIGINT NOT NULL,
  PRIMARY KEY (store, shard)) WITH (fillfactor = 50);

CREATE TABLE orders (
  store TEXT COLLATE "C" NOT NULL, order_id TEXT COLLATE "C" NOT NULL, owner TEXT COLLATE "C" NOT NULL, PRIMARY KEY (store, order_id));
CREATE INDEX orders_owner ON orders (store, owner);

CREATE TABLE held_events (
  store TEXT COLLATE "C" NOT NULL, order_id TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL, sender TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL,
  PRIMARY KEY (store, order_id, source, message_id));

CREATE TABLE contested_completions (
  store TEXT COLLATE "C" NOT NULL, order_id TEXT COLLATE "C" NOT NULL, sender TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL, owner TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL,
  PRIMARY KEY (store, order_id, sender, source, message_id));
CREATE INDEX contested_completions_sender ON contested_completions (store, sender);
CREATE INDEX contested_completions_owner ON contested_completions (store, owner);

CREATE TABLE identity_links (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, target TEXT COLLATE "C" NOT NULL, PRIMARY KEY (store, customer));
CREATE INDEX identity_links_target ON identity_links (store, target);
