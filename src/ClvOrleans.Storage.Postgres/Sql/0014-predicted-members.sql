-- Who was in an own segment when its total was predicted, until what came is kept: day numbers. Their customer is whom they were then.
CREATE TABLE predicted_members (
  store TEXT COLLATE "C" NOT NULL, made_on BIGINT NOT NULL, segment TEXT COLLATE "C" NOT NULL, customer TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (store, made_on, segment, customer));
