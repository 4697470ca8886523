-- What became of the events of each source, by outcome and reason, and when one last had it.
CREATE TABLE source_counts (
  store TEXT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL, events INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (store, source, outcome, code)) WITHOUT ROWID;
