-- What people ask through their shop to be told or to have erased. A request that is sent again is the same one.
CREATE TABLE privacy_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, source TEXT NOT NULL, message_id TEXT NOT NULL, kind TEXT NOT NULL,
  customer TEXT NULL, received_at INTEGER NOT NULL, due_at INTEGER NOT NULL, payload BLOB NOT NULL, UNIQUE (store, source, message_id));
