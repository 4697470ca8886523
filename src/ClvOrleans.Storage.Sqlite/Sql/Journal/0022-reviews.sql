-- The words of rated reviews, beside their events: whoever removes them changes no event.
CREATE TABLE review_texts (
  store TEXT NOT NULL, customer TEXT NOT NULL, source TEXT NOT NULL, message_id TEXT NOT NULL, at INTEGER NOT NULL,
  rating INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (store, customer, source, message_id)) WITHOUT ROWID;
CREATE INDEX review_texts_at ON review_texts (store, at, source, message_id);

-- What a training learned of them.
CREATE TABLE review_scorers (store TEXT NOT NULL, training INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (store, training));
