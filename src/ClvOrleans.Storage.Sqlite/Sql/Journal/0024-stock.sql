-- What the shop says of its products. Removed ones stay, so that who follows the revisions hears of it.
CREATE TABLE product_stock (
  store TEXT NOT NULL, product TEXT NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL, units INTEGER NULL, price INTEGER NULL,
  promoted INTEGER NULL, category TEXT NULL, lead_days INTEGER NULL, removed INTEGER NOT NULL, PRIMARY KEY (store, product)) WITHOUT ROWID;
CREATE INDEX product_stock_revision ON product_stock (store, revision);
