-- Whose events are dropped: keyed hashes of ids, orders and e-mail addresses. The secret is made with the first of them.
CREATE TABLE erasure_secret (one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1), secret BYTEA NOT NULL);
CREATE TABLE erasures (
  store TEXT COLLATE "C" NOT NULL, hash TEXT COLLATE "C" NOT NULL, until BIGINT NOT NULL, at BIGINT NOT NULL, is_erased BIGINT NOT NULL,
  PRIMARY KEY (store, hash));

-- Who was erased and is still to be swept up after, and what outside systems are still told of it: empty when nothing is under way.
CREATE TABLE erasure_remains (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (store, customer));
CREATE TABLE erasure_notices (store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, PRIMARY KEY (store, id));

-- What the decisions of erased people have taken of budgets and daily caps, without the people.
CREATE TABLE erased_charges (
  store TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, period BIGINT NOT NULL, day BIGINT NOT NULL, cost BIGINT NOT NULL, actions BIGINT NOT NULL,
  PRIMARY KEY (store, policy, period, day));

CREATE INDEX held_events_sender ON held_events (store, sender);
CREATE INDEX audience_told_customer ON audience_told (store, customer);
CREATE INDEX predicted_members_customer ON predicted_members (store, customer);

-- When a request was done; from then on it does not say whose it was.
ALTER TABLE privacy_requests ADD COLUMN done_at BIGINT NULL;
