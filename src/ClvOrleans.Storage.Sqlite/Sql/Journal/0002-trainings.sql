CREATE TABLE trainings (store TEXT NOT NULL, number INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (store, number)) WITHOUT ROWID;

-- Training, choice, roll-back; those before had no cause, and count as trainings.
ALTER TABLE champions ADD COLUMN cause INTEGER NOT NULL DEFAULT 0;
