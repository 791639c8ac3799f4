-- Searches that a member keeps under a name. Nobody else reads them, and nothing is ever sent because of them.
CREATE TABLE saved_searches (
  id BIGINT PRIMARY KEY,
  member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  UNIQUE (member_id, name)
);
