-- How widely a customer's value is spread: the variance in squared minor units if the level is as predicted, and the hazard of a purchase
-- in millionths. Rows that were written before do not say it: their estimates are late, and are made again.
ALTER TABLE customers ADD COLUMN variance INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN hazard INTEGER NOT NULL DEFAULT 0;
UPDATE customers SET generation = -1;
