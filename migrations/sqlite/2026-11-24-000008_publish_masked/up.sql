-- A moderator can publish a text with the marked words left out. SQLite cannot change a CHECK, so the table is made anew.
CREATE TABLE decisions_anew (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL UNIQUE REFERENCES review_items (id),
  post_id INTEGER NOT NULL,
  revision_id INTEGER NOT NULL,
  revision_hash TEXT NOT NULL,
  item_version INTEGER NOT NULL,
  moderator_id INTEGER NOT NULL REFERENCES members (id),
  choice TEXT NOT NULL CHECK (choice IN ('publish', 'publish_with_guidance', 'publish_masked', 'ask_changes', 'refuse')),
  label TEXT NOT NULL CHECK (label IN ('green', 'amber', 'red', 'crisis')),
  machine_flagged INTEGER NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  FOREIGN KEY (post_id, revision_id) REFERENCES revisions (post_id, id)
) STRICT;
INSERT INTO decisions_anew SELECT id, item_id, post_id, revision_id, revision_hash, item_version, moderator_id, choice, label, machine_flagged, reason, decided_at FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_anew RENAME TO decisions;
CREATE INDEX decisions_of_post ON decisions (post_id, decided_at);
