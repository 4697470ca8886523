-- The policy whose action a delivery is: its mode is asked again at the hand-over. The id of such a delivery is that of its decision. What
-- expires is held by a slot or an audience no longer.
ALTER TABLE deliveries ADD COLUMN policy TEXT COLLATE "C" NULL, ADD COLUMN expires_at BIGINT NULL;
CREATE INDEX deliveries_ended ON deliveries (store, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX decisions_suppressed ON decisions (store, at) WHERE outcome = 'Suppressed';
UPDATE deliveries SET
  policy = (SELECT policy FROM decisions d WHERE d.store = deliveries.store AND d.id = deliveries.id),
  expires_at = (extract(epoch FROM (convert_from(body, 'UTF8')::json ->> 'expiresAt')::timestamptz) * 1000)::bigint;
