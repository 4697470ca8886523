-- How many shards the customers of a store are spread over: chosen with the store, and never changed. Stores had 64.
CREATE TABLE store_shards (store TEXT NOT NULL PRIMARY KEY, shards INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO store_shards (store, shards) SELECT store, 64 FROM stores UNION SELECT store, 64 FROM store_settings;
