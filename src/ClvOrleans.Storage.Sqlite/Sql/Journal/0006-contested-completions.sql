-- Completions of orders that another customer owns: they become events of the owner if the sender turns out to be the same person.
-- The owner is the one of the table orders.
CREATE TABLE contested_completions (
  store TEXT NOT NULL, order_id TEXT NOT NULL, sender TEXT NOT NULL, source TEXT NOT NULL, message_id TEXT NOT NULL,
  owner TEXT NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (store, order_id, sender, source, message_id)) WITHOUT ROWID;
CREATE INDEX contested_completions_sender ON contested_completions (store, sender);
CREATE INDEX contested_completions_owner ON contested_completions (store, owner);
