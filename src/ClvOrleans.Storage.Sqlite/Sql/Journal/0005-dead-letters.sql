-- A message refused again is found by its id.
CREATE INDEX dead_letters_message ON dead_letters (store, message_id, source, code);

-- Letters that were replayed give their place to new ones, the oldest first.
CREATE INDEX dead_letters_replayed ON dead_letters (store, source, id) WHERE replayed_at IS NOT NULL;

-- How much of its quota each source has used: what a letter takes is its text and a little for its row. Kept by triggers, so that the sums
-- cannot leave the rows.
CREATE TABLE dead_letter_usage (
  store TEXT NOT NULL, source TEXT NOT NULL, letters INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (store, source)) WITHOUT ROWID;
INSERT INTO dead_letter_usage (store, source, letters, bytes)
  SELECT store, source, count(*), sum(length(payload) + length(message) + 256) FROM dead_letters GROUP BY store, source;
CREATE TRIGGER dead_letters_added AFTER INSERT ON dead_letters BEGIN
  INSERT INTO dead_letter_usage (store, source, letters, bytes)
    VALUES (new.store, new.source, 1, length(new.payload) + length(new.message) + 256)
    ON CONFLICT DO UPDATE SET letters = letters + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER dead_letters_removed AFTER DELETE ON dead_letters BEGIN
  UPDATE dead_letter_usage SET letters = letters - 1, bytes = bytes - (length(old.payload) + length(old.message) + 256)
    WHERE store = old.store AND source = old.source;
END;

-- Refused events beyond the quota of their source: counted, not kept.
CREATE TABLE dead_letter_overflow (
  store TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (store, source, code)) WITHOUT ROWID;

-- Which journal this is, and how often it was written: what was acknowledged is told by the file beside it, and by the snapshots.
CREATE TABLE journal_stamp (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, commits INTEGER NOT NULL);
INSERT INTO journal_stamp (one, id, commits) VALUES (1, lower(hex(randomblob(16))), 0);
