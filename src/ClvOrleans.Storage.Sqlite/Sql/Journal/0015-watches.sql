-- Own segments: each row is a definition as it was from its revision on. The revisions of a store's segments are one growing count.
CREATE TABLE segment_definitions (
  store TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, revision)) WITHOUT ROWID;
CREATE INDEX segment_definitions_id ON segment_definitions (store, id, revision);

-- The own segments that a customer is in, by what definitions, how they stand with each watch, and the day number on which one turns next.
ALTER TABLE customers ADD COLUMN segments TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN definitions TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN watches BLOB NULL;
ALTER TABLE customers ADD COLUMN turns_on INTEGER NULL;

-- Who is in a segment, kept with the rows.
CREATE TABLE memberships (
  store TEXT NOT NULL, segment TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (store, segment, customer)) WITHOUT ROWID;

-- What watches noticed in a commit, all of one customer: the commit number is that of the customer row of the same transaction. Subjects
-- are parted by spaces, with one before and one behind.
CREATE TABLE transitions (
  store TEXT NOT NULL, shard INTEGER NOT NULL, commit_number INTEGER NOT NULL, at INTEGER NOT NULL, customer TEXT NOT NULL,
  subjects TEXT NOT NULL, count INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (store, shard, commit_number)) WITHOUT ROWID;
CREATE INDEX transitions_at ON transitions (store, at, shard, commit_number);
CREATE INDEX transitions_customer ON transitions (store, customer, at);
