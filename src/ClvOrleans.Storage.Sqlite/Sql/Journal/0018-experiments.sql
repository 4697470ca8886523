-- Experiments by revision.
CREATE TABLE experiments (
  store TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;

-- Who was exposed to what (experiment/ID), or decided for or held out (policy/ID). A unit is the identity that was exposed, or a decision;
-- the customer is whom it has become. ends_on is the day number of the window's last local day; settled windows are measured no more.
CREATE TABLE exposures (
  store TEXT NOT NULL, subject TEXT NOT NULL, unit TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, ends_on INTEGER NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0, payload BLOB NOT NULL,
  PRIMARY KEY (store, subject, unit)) WITHOUT ROWID;
CREATE INDEX exposures_customer ON exposures (store, customer, subject, at, unit);
CREATE INDEX exposures_open ON exposures (store, ends_on, subject, unit) WHERE settled = 0;

-- The number of the last decision whose exposure is kept, where it has one.
CREATE TABLE exposures_followed (store TEXT NOT NULL PRIMARY KEY, decision INTEGER NOT NULL) WITHOUT ROWID;

-- What came of an exposure, measured at a sequence of its customer; -1 is none, so that it is measured again.
CREATE TABLE outcomes (
  store TEXT NOT NULL, subject TEXT NOT NULL, unit TEXT NOT NULL, sequence INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (store, subject, unit)) WITHOUT ROWID;

-- What each policy did, against its own holdout.
CREATE TABLE policy_effects (
  store TEXT NOT NULL, policy TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, policy)) WITHOUT ROWID;
