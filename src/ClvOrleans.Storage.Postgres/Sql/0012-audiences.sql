-- Who is in the audiences of policies: looked at up to a mark, which each delivery by audience makes.
CREATE TABLE audience_members (
  store TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL, audience TEXT COLLATE "C" NOT NULL, shard BIGINT NOT NULL,
  marks BIGINT NOT NULL, looked BIGINT NOT NULL, is_in BIGINT NOT NULL, until BIGINT NULL, PRIMARY KEY (store, customer, audience));
CREATE INDEX audience_members_of_shards ON audience_members (store, shard, audience);
CREATE INDEX audience_members_marked ON audience_members (store, shard) WHERE looked < marks;

-- What a subscription was told of them last; a subscription that is defined anew has another beginning.
CREATE TABLE audience_told (
  store TEXT COLLATE "C" NOT NULL, subscription TEXT COLLATE "C" NOT NULL, since BIGINT NOT NULL, customer TEXT COLLATE "C" NOT NULL,
  audience TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, is_in BIGINT NOT NULL, delivery TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (store, subscription, since, customer, audience));

INSERT INTO audience_members (store, customer, audience, shard, marks, looked, is_in)
  SELECT DISTINCT store, customer, topic, shard, 1, 0, 0 FROM deliveries WHERE channel = 'Audience' AND state = 'Sent';
