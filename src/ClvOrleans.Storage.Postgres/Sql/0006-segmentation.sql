-- The cell of the RFM grid that a customer is in, as three digits, and the number of their cluster, as the champion of the row's
-- generation has them. NULL before the first purchase, and until a training has cut the grid or found clusters.
ALTER TABLE customers ADD COLUMN rfm BIGINT NULL, ADD COLUMN cluster BIGINT NULL;
