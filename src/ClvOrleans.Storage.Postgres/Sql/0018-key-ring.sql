-- Keys by which silos protect what they give a browser for a moment, such as the state of a sign-in by a provider.
CREATE TABLE key_ring (name TEXT COLLATE "C" NOT NULL PRIMARY KEY, content TEXT COLLATE "C" NOT NULL);
