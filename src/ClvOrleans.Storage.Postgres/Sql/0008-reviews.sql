-- The words of rated reviews, beside their events: whoever removes them changes no event.
CREATE TABLE review_texts (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, rating BIGINT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (store, customer, source, message_id));
CREATE INDEX review_texts_at ON review_texts (store, at, source, message_id);

-- What a training learned of them.
CREATE TABLE review_scorers (
  store TEXT COLLATE "C" NOT NULL, training BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (store, training));
