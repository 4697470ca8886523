-- Files that wait to be imported, and refused lines that wait to be fetched, in chunks.
CREATE TABLE import_chunks (
  store TEXT NOT NULL, file TEXT NOT NULL, number INTEGER NOT NULL, written_at INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (store, file, number));
