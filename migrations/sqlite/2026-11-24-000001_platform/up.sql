-- The hash chain of everything staff, privilege and automatic verdicts did. Append-only: see the triggers below.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('member', 'system', 'operator')),
  actor_id INTEGER,
  persona TEXT NOT NULL,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  revision_hash TEXT,
  reason TEXT,
  prev_hash TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  CHECK ((actor_kind = 'member') = (actor_id IS NOT NULL))
) STRICT;
CREATE INDEX audit_object ON audit (object_kind, object_id, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- Effects that leave the transaction: search, notices, mail. Consumers are idempotent by (topic, key, version).
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  next_at TEXT NOT NULL,
  lease_until TEXT,
  lease_by TEXT,
  done_at TEXT,
  dead_at TEXT,
  error TEXT,
  UNIQUE (topic, key, version)
) STRICT;
CREATE INDEX outbox_due ON outbox (topic, next_at, id) WHERE done_at IS NULL AND dead_at IS NULL;

-- One answer per form nonce or Idempotency-Key: the second submission gets the first one's answer.
CREATE TABLE submissions (
  member_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (member_id, key)
) STRICT;
CREATE INDEX submissions_age ON submissions (created_at);

-- Keys made once per community, such as the one that form tokens are derived from; shared by all servers.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
