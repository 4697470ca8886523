-- Own segments: each row is a definition as it was from its revision on. The revisions of a store's segments are one growing count.
CREATE TABLE segment_definitions (
  store TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, id TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL,
  PRIMARY KEY (store, revision));
CREATE INDEX segment_definitions_id ON segment_definitions (store, id, revision);

-- Who is in a segment, kept with the rows.
CREATE TABLE memberships (
  store TEXT COLLATE "C" NOT NULL, segment TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (store, segment, customer));

-- What watches noticed in a commit, all of one customer: the commit number is that of the customer row of the same transaction.
CREATE TABLE transitions (
  store TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, commit_number BIGINT NOT NULL, at BIGINT NOT NULL,
  customer TEXT COLLATE "C" NOT NULL, subjects TEXT COLLATE "C" NOT NULL, count BIGINT NOT NULL, payload BYTEA NOT NULL,
  PRIMARY KEY (store, shard, commit_number));
CREATE INDEX transitions_at ON transitions (store, at, shard, commit_number);
CREATE INDEX transitions_customer ON transitions (store, customer, at);

-- Every definition of every policy; a store's revision is the last one.
CREATE TABLE policies (
  store TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, id TEXT COLLATE "C" NOT NULL, definition TEXT NOT NULL, at BIGINT NOT NULL,
  removed BIGINT NOT NULL, PRIMARY KEY (store, revision));
CREATE INDEX policies_by_id ON policies (store, id, revision);
CREATE TABLE policy_modes (
  store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, mode TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (store, id));
CREATE TABLE policy_terms (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, revision BIGINT NOT NULL, payload BYTEA NOT NULL);

-- Decisions in the order in which they were kept: whoever decides in a store holds its lock from before the number is drawn to the commit.
-- Their customer is whom the customer has become since.
CREATE TABLE decisions (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  customer TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, outcome TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, due_at BIGINT NULL, is_entry BIGINT NOT NULL, is_shadow BIGINT NOT NULL, given_back_at BIGINT NULL,
  cost BIGINT NOT NULL, charge BYTEA NULL, payload BYTEA NOT NULL, UNIQUE (store, id));
CREATE INDEX decisions_of_customers ON decisions (store, customer, number);
CREATE INDEX decisions_that_count ON decisions (store, customer) WHERE outcome <> 'Suppressed';
CREATE INDEX decisions_of_policies ON decisions (store, policy, outcome, reason, number);
CREATE INDEX decisions_of_stores ON decisions (store, number);

-- Who is under way in a policy, and when to look again; the shard is the customer's.
CREATE TABLE enrollments (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL,
  due_at BIGINT NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (store, customer, policy));
CREATE INDEX enrollments_due ON enrollments (store, shard, due_at);

-- How far each shard is followed, and who may write its decisions.
CREATE TABLE decision_shards (
  store TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, writer BIGINT NOT NULL, up_to BIGINT NOT NULL,
  PRIMARY KEY (store, shard)) WITH (fillfactor = 50);

-- What counts against the limits.
CREATE TABLE policy_spending (
  store TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, period BIGINT NOT NULL, spent BIGINT NOT NULL,
  PRIMARY KEY (store, policy, period)) WITH (fillfactor = 50);
CREATE TABLE policy_days (
  store TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, day BIGINT NOT NULL, actions BIGINT NOT NULL,
  PRIMARY KEY (store, policy, day)) WITH (fillfactor = 50);
CREATE TABLE contact_days (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, channel TEXT COLLATE "C" NOT NULL, day BIGINT NOT NULL,
  contacts BIGINT NOT NULL, PRIMARY KEY (store, customer, channel, day));
CREATE TABLE decision_days (
  store TEXT COLLATE "C" NOT NULL, day BIGINT NOT NULL, candidates BIGINT NOT NULL, PRIMARY KEY (store, day)) WITH (fillfactor = 50);
CREATE TABLE budget_prices (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, price DOUBLE PRECISION NOT NULL);

-- What is to be sent; body is what does not change, the columns how far it has come.
CREATE TABLE deliveries (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  shard BIGINT NOT NULL, customer TEXT COLLATE "C" NOT NULL, channel TEXT COLLATE "C" NOT NULL, topic TEXT COLLATE "C" NOT NULL,
  subscription TEXT COLLATE "C" NULL, state TEXT COLLATE "C" NOT NULL, next_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
  writer BIGINT NOT NULL, handed_at BIGINT NULL, ended_at BIGINT NULL, arrived BIGINT NOT NULL DEFAULT 0, reason TEXT COLLATE "C" NULL,
  body BYTEA NOT NULL, UNIQUE (store, id));
CREATE INDEX deliveries_due ON deliveries (store, shard, channel, next_at) WHERE state IN ('Waiting', 'Handed');
CREATE INDEX deliveries_of_customers ON deliveries (store, customer, number);
CREATE INDEX deliveries_by_state ON deliveries (store, state, number);
CREATE INDEX deliveries_handed ON deliveries (store, channel, handed_at) WHERE handed_at IS NOT NULL;

-- Who writes the deliveries of a shard: the number grows with each new writer.
CREATE TABLE delivery_shards (
  store TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, writer BIGINT NOT NULL, PRIMARY KEY (store, shard));

CREATE TABLE subscriptions (
  store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (store, id));

-- Up to where what subscriptions are told was followed.
CREATE TABLE subscription_checkpoints (
  store TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL, source TEXT COLLATE "C" NOT NULL, position BIGINT NOT NULL,
  PRIMARY KEY (store, shard, source)) WITH (fillfactor = 50);

-- Experiments by revision.
CREATE TABLE experiments (
  store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (store, id));

-- Who was exposed to what (experiment/ID), or decided for or held out (policy/ID). A unit is the identity that was exposed, or a decision;
-- the customer is whom it has become. ends_on is the day number of the window's last local day; settled windows are measured no more.
CREATE TABLE exposures (
  store TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL, unit TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, ends_on BIGINT NOT NULL, settled BIGINT NOT NULL DEFAULT 0, payload BYTEA NOT NULL,
  PRIMARY KEY (store, subject, unit));
CREATE INDEX exposures_customer ON exposures (store, customer, subject, at, unit);
CREATE INDEX exposures_open ON exposures (store, ends_on, subject, unit) WHERE settled = 0;

-- The number of the last decision whose exposure is kept, where it has one.
CREATE TABLE exposures_followed (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, decision BIGINT NOT NULL) WITH (fillfactor = 50);

-- What came of an exposure, measured at a sequence of its customer; -1 is none, so that it is measured again.
CREATE TABLE outcomes (
  store TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL, unit TEXT COLLATE "C" NOT NULL, sequence BIGINT NOT NULL,
  payload BYTEA NOT NULL, PRIMARY KEY (store, subject, unit));

-- What each policy did, against its own holdout.
CREATE TABLE policy_effects (
  store TEXT COLLATE "C" NOT NULL, policy TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, payload BYTEA NOT NULL,
  PRIMARY KEY (store, policy));
