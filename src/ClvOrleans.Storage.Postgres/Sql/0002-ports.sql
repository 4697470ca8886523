CREATE TABLE dead_letters (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  received_at BIGINT NOT NULL, message_id TEXT COLLATE "C" NULL, code TEXT COLLATE "C" NOT NULL, message TEXT NOT NULL,
  payload BYTEA NOT NULL, replayed_at BIGINT NULL);
CREATE INDEX dead_letters_code ON dead_letters (store, code, id);
CREATE INDEX dead_letters_message ON dead_letters (store, message_id, source, code);
CREATE INDEX dead_letters_replayed ON dead_letters (store, source, id) WHERE replayed_at IS NOT NULL;

-- How much of its quota each source has used, kept by triggers so that the sums cannot leave the rows.
CREATE TABLE dead_letter_usage (
  store TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL, letters BIGINT NOT NULL, bytes BIGINT NOT NULL,
  PRIMARY KEY (store, source));
CREATE FUNCTION count_dead_letter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO dead_letter_usage AS u (store, source, letters, bytes)
      VALUES (new.store, new.source, 1, length(new.payload) + length(new.message) + 256)
      ON CONFLICT (store, source) DO UPDATE SET letters = u.letters + 1, bytes = u.bytes + excluded.bytes;
  ELSE
    UPDATE dead_letter_usage SET letters = letters - 1, bytes = bytes - (length(old.payload) + length(old.message) + 256)
      WHERE store = old.store AND source = old.source;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dead_letters_counted AFTER INSERT OR DELETE ON dead_letters FOR EACH ROW EXECUTE FUNCTION count_dead_letter();
CREATE TABLE dead_letter_overflow (
  store TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL, events BIGINT NOT NULL,
  PRIMARY KEY (store, source, code));

CREATE TABLE models (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  payload BYTEA NOT NULL, body BYTEA NULL, UNIQUE (store, id));
CREATE TABLE champions (
  store TEXT COLLATE "C" NOT NULL, generation BIGINT NOT NULL, model TEXT COLLATE "C" NOT NULL, promoted_at BIGINT NOT NULL,
  cause BIGINT NOT NULL, PRIMARY KEY (store, generation));
CREATE TABLE trainings (
  store TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (store, number));
CREATE TABLE predictions (
  store TEXT COLLATE "C" NOT NULL, model TEXT COLLATE "C" NOT NULL, month BIGINT NOT NULL, bucket BIGINT NOT NULL, made_on BIGINT NOT NULL,
  days BIGINT NOT NULL, least DOUBLE PRECISION NOT NULL, customers BIGINT NOT NULL, orders DOUBLE PRECISION NOT NULL,
  value DOUBLE PRECISION NOT NULL, PRIMARY KEY (store, model, month, bucket));

CREATE TABLE market_entries (
  store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (store, id));
CREATE TABLE store_settings (
  store TEXT COLLATE "C" NOT NULL PRIMARY KEY, currency TEXT NOT NULL, time_zone TEXT NOT NULL, margin BIGINT NOT NULL,
  horizon_days BIGINT NOT NULL, discount_rate DOUBLE PRECISION NOT NULL);

CREATE TABLE jobs (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL, state TEXT COLLATE "C" NOT NULL, payload BYTEA NOT NULL,
  result BYTEA NULL, UNIQUE (store, id));
CREATE TABLE job_lanes (
  store TEXT COLLATE "C" NOT NULL, lane TEXT COLLATE "C" NOT NULL, writer BIGINT NOT NULL, PRIMARY KEY (store, lane));
CREATE TABLE import_chunks (
  store TEXT COLLATE "C" NOT NULL, file TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, written_at BIGINT NOT NULL,
  bytes BYTEA NOT NULL, PRIMARY KEY (store, file, number));

CREATE TABLE source_counts (
  store TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL, outcome TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL,
  events BIGINT NOT NULL, last_at BIGINT NOT NULL, PRIMARY KEY (store, source, outcome, code));
CREATE TABLE privacy_requests (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NULL, received_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL, payload BYTEA NOT NULL, UNIQUE (store, source, message_id));
