-- When a delivery expires, as its body says: a slot or an audience holds it no longer.
ALTER TABLE deliveries ADD COLUMN expires_at INTEGER NULL;
UPDATE deliveries SET expires_at =
  CAST(round(unixepoch(json_extract(CAST(body AS TEXT), '$.expiresAt'), 'subsec') * 1000) AS INTEGER);
