-- Who is in the audiences of policies: looked at up to a mark, which each delivery by audience makes.
CREATE TABLE audience_members (
  store TEXT NOT NULL, customer TEXT NOT NULL, audience TEXT NOT NULL, shard INTEGER NOT NULL, marks INTEGER NOT NULL,
  looked INTEGER NOT NULL, is_in INTEGER NOT NULL, until INTEGER NULL, PRIMARY KEY (store, customer, audience)) WITHOUT ROWID;
CREATE INDEX audience_members_of_shards ON audience_members (store, shard, audience);
CREATE INDEX audience_members_marked ON audience_members (store, shard) WHERE looked < marks;

-- What a subscription was told of them last; a subscription that is defined anew has another beginning.
CREATE TABLE audience_told (
  store TEXT NOT NULL, subscription TEXT NOT NULL, since INTEGER NOT NULL, customer TEXT NOT NULL, audience TEXT NOT NULL,
  number INTEGER NOT NULL, is_in INTEGER NOT NULL, delivery TEXT NOT NULL,
  PRIMARY KEY (store, subscription, since, customer, audience)) WITHOUT ROWID;

INSERT INTO audience_members (store, customer, audience, shard, marks, looked, is_in)
  SELECT DISTINCT store, customer, topic, shard, 1, 0, 0 FROM deliveries WHERE channel = 'Audience' AND state = 'Sent';
