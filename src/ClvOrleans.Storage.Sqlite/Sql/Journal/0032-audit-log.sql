-- Who did what. Customers are pseudonyms, so that the log can outlive their erasure; entries are neither changed nor removed.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, at INTEGER NOT NULL, caller TEXT NOT NULL, name TEXT NOT NULL,
  action INTEGER NOT NULL, operation TEXT NOT NULL, target TEXT NOT NULL, customers TEXT NOT NULL, count INTEGER NOT NULL,
  status INTEGER NOT NULL);
CREATE TABLE audit_keys (store TEXT NOT NULL PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID;
CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
CREATE TRIGGER audit_log_is_not_removed BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
