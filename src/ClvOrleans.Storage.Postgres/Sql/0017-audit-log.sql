-- Who did what. Customers are pseudonyms, so that the log can outlive their erasure; entries are neither changed nor removed.
CREATE TABLE audit_log (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, store TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, caller TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL, action BIGINT NOT NULL, operation TEXT COLLATE "C" NOT NULL, target TEXT COLLATE "C" NOT NULL,
  customers TEXT COLLATE "C" NOT NULL, count BIGINT NOT NULL, status BIGINT NOT NULL);
CREATE TABLE audit_keys (store TEXT COLLATE "C" NOT NULL PRIMARY KEY, secret BYTEA NOT NULL);
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$;
CREATE TRIGGER audit_log_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
