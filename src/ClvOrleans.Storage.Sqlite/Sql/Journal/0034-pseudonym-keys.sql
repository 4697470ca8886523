-- The key of a store's pseudonyms. It is in no version of the store, so that whoever removes it has removed it.
CREATE TABLE pseudonym_keys (store TEXT NOT NULL PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
