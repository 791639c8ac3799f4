-- Search indexes that were asked to be built anew. `beat_at` is when the one at work was last heard of: nobody is at work yet, or any
-- more, on a build that is silent.
CREATE TABLE index_builds (
  id INTEGER PRIMARY KEY,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  beat_at TEXT,
  ended_at TEXT,
  error TEXT
) STRICT;
