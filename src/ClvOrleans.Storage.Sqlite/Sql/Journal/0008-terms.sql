-- What a customer's estimate rests on besides day and model: the content of the market calendar, and the margin in basis points. Rows that
-- were written before do not say it (-1), and are summed up and estimated anew.
ALTER TABLE customers ADD COLUMN market TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN margin INTEGER NOT NULL DEFAULT -1;

-- The sums of a customer as JSON where an amount does not fit into 64 bits: its own column holds the nearest that does. NULL else.
ALTER TABLE customers ADD COLUMN exact BLOB NULL;

-- The settings with which the store was last started. The first three decide how events are folded, and stay.
CREATE TABLE store_settings (
  store TEXT NOT NULL PRIMARY KEY, currency TEXT NOT NULL, time_zone TEXT NOT NULL,
  margin INTEGER NOT NULL, horizon_days INTEGER NOT NULL, discount_rate REAL NOT NULL) WITHOUT ROWID;
