-- Who writes the jobs of a lane: the number grows with each new writer.
CREATE TABLE job_lanes (store TEXT NOT NULL, lane TEXT NOT NULL, writer INTEGER NOT NULL, PRIMARY KEY (store, lane)) WITHOUT ROWID;
