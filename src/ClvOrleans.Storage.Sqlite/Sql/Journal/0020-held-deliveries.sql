-- The policy whose action a delivery is: its mode is asked again at the hand-over. The id of such a delivery is that of its decision.
ALTER TABLE deliveries ADD COLUMN policy TEXT NULL;
CREATE INDEX deliveries_ended ON deliveries (store, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX decisions_suppressed ON decisions (store, at) WHERE outcome = 'Suppressed';
UPDATE deliveries SET policy = (SELECT policy FROM decisions d WHERE d.store = deliveries.store AND d.id = deliveries.id);
