-- What is to be sent; body is what does not change, the columns how far it has come.
CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, id TEXT NOT NULL, shard INTEGER NOT NULL, customer TEXT NOT NULL,
  channel TEXT NOT NULL, topic TEXT NOT NULL, subscription TEXT NULL, state TEXT NOT NULL, next_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL, writer INTEGER NOT NULL, handed_at INTEGER NULL, ended_at INTEGER NULL, arrived INTEGER NOT NULL DEFAULT 0,
  reason TEXT NULL, body BLOB NOT NULL,
  UNIQUE (store, id));
CREATE INDEX deliveries_due ON deliveries (store, shard, channel, next_at) WHERE state IN ('Waiting', 'Handed');
CREATE INDEX deliveries_of_customers ON deliveries (store, customer, number);
CREATE INDEX deliveries_by_state ON deliveries (store, state, number);
CREATE INDEX deliveries_handed ON deliveries (store, channel, handed_at) WHERE handed_at IS NOT NULL;

-- Who writes the deliveries of a shard: the number grows with each new writer.
CREATE TABLE delivery_shards (store TEXT NOT NULL, shard INTEGER NOT NULL, writer INTEGER NOT NULL, PRIMARY KEY (store, shard)) WITHOUT ROWID;

CREATE TABLE subscriptions (store TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;

-- Up to where what subscriptions are told was followed.
CREATE TABLE subscription_checkpoints (
  store TEXT NOT NULL, shard INTEGER NOT NULL, source TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (store, shard, source)) WITHOUT ROWID;
