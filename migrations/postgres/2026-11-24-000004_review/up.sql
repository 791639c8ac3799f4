-- One item per revision that a person must look at. At most one unfinished item per post.
CREATE TABLE review_items (
  id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL,
  revision_id BIGINT NOT NULL UNIQUE,
  cause TEXT NOT NULL CHECK (cause IN ('rules', 'check_failed', 'newcomer', 'edited_while_held')),
  severity TEXT NOT NULL CHECK (severity IN ('green', 'amber', 'red', 'crisis')),
  severity_rank INTEGER NOT NULL CHECK (severity_rank BETWEEN 0 AND 3),
  state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'waiting_author', 'decided', 'superseded')),
  holder_id BIGINT REFERENCES members (id),
  lease_until TIMESTAMP,
  version BIGINT NOT NULL,
  opened_at TIMESTAMP NOT NULL,
  closed_at TIMESTAMP,
  FOREIGN KEY (post_id, revision_id) REFERENCES revisions (post_id, id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((state = 'claimed') = (holder_id IS NOT NULL)),
  CHECK ((holder_id IS NULL) = (lease_until IS NULL)),
  CHECK ((state IN ('decided', 'superseded')) = (closed_at IS NOT NULL))
);
CREATE UNIQUE INDEX review_items_unfinished ON review_items (post_id) WHERE closed_at IS NULL;
CREATE INDEX review_items_queue ON review_items (severity_rank DESC, opened_at, id) WHERE state IN ('open', 'claimed');

CREATE TABLE decisions (
  id BIGINT PRIMARY KEY,
  item_id BIGINT NOT NULL UNIQUE REFERENCES review_items (id),
  post_id BIGINT NOT NULL,
  revision_id BIGINT NOT NULL,
  revision_hash TEXT NOT NULL,
  item_version BIGINT NOT NULL,
  moderator_id BIGINT NOT NULL REFERENCES members (id),
  choice TEXT NOT NULL CHECK (choice IN ('publish', 'publish_with_guidance', 'ask_changes', 'refuse')),
  label TEXT NOT NULL CHECK (label IN ('green', 'amber', 'red', 'crisis')),
  machine_flagged BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  decided_at TIMESTAMP NOT NULL,
  FOREIGN KEY (post_id, revision_id) REFERENCES revisions (post_id, id)
);
CREATE INDEX decisions_of_post ON decisions (post_id, decided_at);

CREATE TABLE notices (
  id BIGINT PRIMARY KEY,
  member_id BIGINT NOT NULL REFERENCES members (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  post_id BIGINT REFERENCES posts (id),
  body TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  read_at TIMESTAMP,
  UNIQUE (member_id, key)
);
CREATE INDEX notices_unread ON notices (member_id, created_at, id) WHERE read_at IS NULL;
