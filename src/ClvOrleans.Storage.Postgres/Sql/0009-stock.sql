-- What the shop says of its products. Removed ones stay, so that who follows the revisions hears of it.
CREATE TABLE product_stock (
  store TEXT COLLATE "C" NOT NULL, product TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, at BIGINT NOT NULL, units BIGINT NULL,
  price BIGINT NULL, promoted BIGINT NULL, category TEXT NULL, lead_days BIGINT NULL, removed BIGINT NOT NULL,
  PRIMARY KEY (store, product));
CREATE INDEX product_stock_revision ON product_stock (store, revision);
