-- Whose events are dropped: keyed hashes of ids, orders and e-mail addresses. The secret is made with the first of them.
CREATE TABLE erasure_secret (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), secret BLOB NOT NULL);
CREATE TABLE erasures (
  store TEXT NOT NULL, hash TEXT NOT NULL, until INTEGER NOT NULL, at INTEGER NOT NULL, is_erased INTEGER NOT NULL,
  PRIMARY KEY (store, hash)) WITHOUT ROWID;

-- Who was erased and is still to be swept up after, and what outside systems are still told of it: empty when nothing is under way.
CREATE TABLE erasure_remains (
  store TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (store, customer)) WITHOUT ROWID;
CREATE TABLE erasure_notices (store TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;

-- What the decisions of erased people have taken of budgets and daily caps, without the people.
CREATE TABLE erased_charges (
  store TEXT NOT NULL, policy TEXT NOT NULL, period INTEGER NOT NULL, day INTEGER NOT NULL, cost INTEGER NOT NULL, actions INTEGER NOT NULL,
  PRIMARY KEY (store, policy, period, day)) WITHOUT ROWID;

CREATE INDEX held_events_sender ON held_events (store, sender);
CREATE INDEX audience_told_customer ON audience_told (store, customer);
CREATE INDEX predicted_members_customer ON predicted_members (store, customer);

-- When a request was done; from then on it does not say whose it was.
ALTER TABLE privacy_requests ADD COLUMN done_at INTEGER NULL;
