-- Jobs from their begin on; number is the order in which they were begun.
CREATE TABLE jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  state TEXT NOT NULL, payload BLOB NOT NULL, result BLOB NULL, UNIQUE (store, id));
