-- Back-tests that admins started. `beat_at` is when the one at work was last heard of: a run that fell silent has been stopped.
CREATE TABLE backtests (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('packs', 'make_live', 'retire')),
  rule TEXT,
  hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'stopped')),
  posts BIGINT NOT NULL,
  total BIGINT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  started_by BIGINT NOT NULL REFERENCES members (id),
  beat_at TIMESTAMP NOT NULL,
  report TEXT
);

-- What a finished one has tried as a live rule: a rule goes live only with exactly this content.
CREATE TABLE backtest_rules (
  rule TEXT NOT NULL,
  version BIGINT NOT NULL,
  fingerprint TEXT NOT NULL,
  backtest_id BIGINT NOT NULL REFERENCES backtests (id),
  PRIMARY KEY (rule, version, fingerprint, backtest_id)
);

-- Sets of rules, by hash, in which a live rule would no longer act: somebody has asked for it, and somebody else has to.
CREATE TABLE rule_requests (
  hash TEXT PRIMARY KEY,
  asked_at TIMESTAMP NOT NULL,
  asked_by BIGINT NOT NULL REFERENCES members (id)
);
