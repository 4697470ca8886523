-- The policy whose action a delivery is: its mode is asked again at the hand-over. The id of such a delivery is that of its decision.
ALTER TABLE deliveries ADD COLUMN policy TEXT NULL;
UPDATE deliveries SET policy = (SELECT policy FROM decisions d WHERE d.store = deliveries.store AND d.id = deliveries.id);
