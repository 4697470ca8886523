-- Who was in an own segment when its total was predicted, until what came is kept: day numbers. Their customer is whom they were then.
CREATE TABLE predicted_members (
  store TEXT NOT NULL, made_on INTEGER NOT NULL, segment TEXT NOT NULL, customer TEXT NOT NULL,
  PRIMARY KEY (store, made_on, segment, customer)) WITHOUT ROWID;
