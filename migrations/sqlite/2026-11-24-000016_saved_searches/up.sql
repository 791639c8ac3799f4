-- Searches that a member keeps under a name. Nobody else reads them, and nothing is ever sent because of them.
CREATE TABLE saved_searches (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  UNIQUE (member_id, name)
) STRICT;
