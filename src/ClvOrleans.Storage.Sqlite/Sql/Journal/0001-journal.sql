CREATE TABLE events (
  store TEXT NOT NULL, customer TEXT NOT NULL, sequence INTEGER NOT NULL,
  source TEXT NOT NULL, message_id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (store, customer, sequence)) WITHOUT ROWID;
CREATE UNIQUE INDEX events_message ON events (store, customer, source, message_id);

CREATE TABLE customers (
  store TEXT NOT NULL, customer TEXT NOT NULL, shard INTEGER NOT NULL, commit_number INTEGER NOT NULL, sequence INTEGER NOT NULL,
  estimated_on INTEGER NOT NULL, generation INTEGER NOT NULL, lifecycle INTEGER NULL, bucket INTEGER NULL,
  customers INTEGER NOT NULL, orders INTEGER NOT NULL, gross INTEGER NOT NULL, historic INTEGER NOT NULL, historic_margin INTEGER NOT NULL,
  predicted INTEGER NOT NULL, at_risk INTEGER NOT NULL, expected_orders INTEGER NOT NULL, alive INTEGER NOT NULL,
  last_seen INTEGER NOT NULL, summary BLOB NOT NULL,
  PRIMARY KEY (store, customer)) WITHOUT ROWID;
CREATE UNIQUE INDEX customers_changes ON customers (store, shard, commit_number);
CREATE INDEX customers_predicted ON customers (store, predicted DESC, customer);

CREATE TABLE orders (store TEXT NOT NULL, order_id TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (store, order_id)) WITHOUT ROWID;
CREATE INDEX orders_owner ON orders (store, owner);

CREATE TABLE held_events (
  store TEXT NOT NULL, order_id TEXT NOT NULL, source TEXT NOT NULL, message_id TEXT NOT NULL, sender TEXT NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (store, order_id, source, message_id)) WITHOUT ROWID;

CREATE TABLE identity_links (
  store TEXT NOT NULL, customer TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (store, customer)) WITHOUT ROWID;
CREATE INDEX identity_links_target ON identity_links (store, target);

CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, source TEXT NOT NULL, received_at INTEGER NOT NULL, message_id TEXT NULL,
  code TEXT NOT NULL, message TEXT NOT NULL, payload BLOB NOT NULL, replayed_at INTEGER NULL);
CREATE INDEX dead_letters_code ON dead_letters (store, code, id);

CREATE TABLE models (
  number INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, UNIQUE (store, id));
CREATE TABLE champions (
  store TEXT NOT NULL, generation INTEGER NOT NULL, model TEXT NOT NULL, promoted_at INTEGER NOT NULL, PRIMARY KEY (store, generation)) WITHOUT ROWID;

CREATE TABLE market_entries (store TEXT NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
