-- Every definition of every policy; a store's revision is the last one.
CREATE TABLE policies (
  store TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, definition TEXT NOT NULL, at INTEGER NOT NULL, removed INTEGER NOT NULL,
  PRIMARY KEY (store, revision)) WITHOUT ROWID;
CREATE INDEX policies_by_id ON policies (store, id, revision);
CREATE TABLE policy_modes (
  store TEXT NOT NULL, id TEXT NOT NULL, mode TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
CREATE TABLE policy_terms (store TEXT NOT NULL, revision INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store)) WITHOUT ROWID;

-- Decisions in the order in which they were kept. Their customer is whom the customer has become since.
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, policy TEXT NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, due_at INTEGER NULL, is_entry INTEGER NOT NULL,
  is_shadow INTEGER NOT NULL, given_back_at INTEGER NULL, cost INTEGER NOT NULL, charge BLOB NULL, payload BLOB NOT NULL,
  UNIQUE (store, id));
CREATE INDEX decisions_of_customers ON decisions (store, customer, number);
CREATE INDEX decisions_that_count ON decisions (store, customer) WHERE outcome <> 'Suppressed';
CREATE INDEX decisions_of_policies ON decisions (store, policy, outcome, reason, number);
CREATE INDEX decisions_of_stores ON decisions (store, number);

-- Who is under way in a policy, and when to look again; the shard is the customer's.
CREATE TABLE enrollments (
  store TEXT NOT NULL, customer TEXT NOT NULL, policy TEXT NOT NULL, shard INTEGER NOT NULL, due_at INTEGER NOT NULL,
  payload BLOB NOT NULL, PRIMARY KEY (store, customer, policy)) WITHOUT ROWID;
CREATE INDEX enrollments_due ON enrollments (store, shard, due_at);

-- How far each shard is followed, and who may write its decisions.
CREATE TABLE decision_shards (
  store TEXT NOT NULL, shard INTEGER NOT NULL, writer INTEGER NOT NULL, up_to INTEGER NOT NULL, PRIMARY KEY (store, shard)) WITHOUT ROWID;

-- What counts against the limits.
CREATE TABLE policy_spending (
  store TEXT NOT NULL, policy TEXT NOT NULL, period INTEGER NOT NULL, spent INTEGER NOT NULL,
  PRIMARY KEY (store, policy, period)) WITHOUT ROWID;
CREATE TABLE policy_days (
  store TEXT NOT NULL, policy TEXT NOT NULL, day INTEGER NOT NULL, actions INTEGER NOT NULL, PRIMARY KEY (store, policy, day)) WITHOUT ROWID;
CREATE TABLE contact_days (
  store TEXT NOT NULL, customer TEXT NOT NULL, channel TEXT NOT NULL, day INTEGER NOT NULL, contacts INTEGER NOT NULL,
  PRIMARY KEY (store, customer, channel, day)) WITHOUT ROWID;
CREATE TABLE decision_days (
  store TEXT NOT NULL, day INTEGER NOT NULL, candidates INTEGER NOT NULL, PRIMARY KEY (store, day)) WITHOUT ROWID;
CREATE TABLE budget_prices (store TEXT NOT NULL, price REAL NOT NULL, PRIMARY KEY (store)) WITHOUT ROWID;
