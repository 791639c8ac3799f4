-- How often somebody who was about to ask said that a thread had answered them. Who it was is not kept.
CREATE TABLE helped (
  thread_id INTEGER PRIMARY KEY REFERENCES threads (id),
  times INTEGER NOT NULL CHECK (times > 0)
) STRICT;
