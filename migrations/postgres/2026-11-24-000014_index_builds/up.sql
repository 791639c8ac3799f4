-- Search indexes that were asked to be built anew. `beat_at` is when the one at work was last heard of: nobody is at work yet, or any
-- more, on a build that is silent.
CREATE TABLE index_builds (
  id BIGINT PRIMARY KEY,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  beat_at TIMESTAMP,
  ended_at TIMESTAMP,
  error TEXT
);
