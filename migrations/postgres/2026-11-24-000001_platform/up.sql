-- The hash chain of everything staff, privilege and automatic verdicts did. Append-only: see the triggers below.
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at TIMESTAMP NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('member', 'system', 'operator')),
  actor_id BIGINT,
  persona TEXT NOT NULL,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  revision_hash TEXT,
  reason TEXT,
  prev_hash TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  CHECK ((actor_kind = 'member') = (actor_id IS NOT NULL))
);
CREATE INDEX audit_object ON audit (object_kind, object_id, seq);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- Effects that leave the transaction: search, notices, mail. Consumers are idempotent by (topic, key, version).
CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  version BIGINT NOT NULL,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMP NOT NULL,
  next_at TIMESTAMP NOT NULL,
  lease_until TIMESTAMP,
  lease_by TEXT,
  done_at TIMESTAMP,
  dead_at TIMESTAMP,
  error TEXT,
  UNIQUE (topic, key, version)
);
CREATE INDEX outbox_due ON outbox (topic, next_at, id) WHERE done_at IS NULL AND dead_at IS NULL;

-- One answer per form nonce or Idempotency-Key: the second submission gets the first one's answer.
CREATE TABLE submissions (
  member_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (member_id, key)
);
CREATE INDEX submissions_age ON submissions (created_at);

-- Keys made once per community, such as the one that form tokens are derived from; shared by all servers.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
