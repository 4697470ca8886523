-- The key of a store's pseudonyms. It is in no version of the store, so that whoever removes it has removed it.
CREATE TABLE pseudonym_keys (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, secret TEXT COLLATE "C" NOT NULL);
