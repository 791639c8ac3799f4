-- Back-tests that admins started. `beat_at` is when the one at work was last heard of: a run that fell silent has been stopped.
CREATE TABLE backtests (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('packs', 'make_live', 'retire')),
  rule TEXT,
  hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'stopped')),
  posts INTEGER NOT NULL,
  total INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  started_by INTEGER NOT NULL REFERENCES members (id),
  beat_at TEXT NOT NULL,
  report TEXT
) STRICT;

-- What a finished one has tried as a live rule: a rule goes live only with exactly this content.
CREATE TABLE backtest_rules (
  rule TEXT NOT NULL,
  version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  backtest_id INTEGER NOT NULL REFERENCES backtests (id),
  PRIMARY KEY (rule, version, fingerprint, backtest_id)
) STRICT;

-- Sets of rules, by hash, in which a live rule would no longer act: somebody has asked for it, and somebody else has to.
CREATE TABLE rule_requests (
  hash TEXT PRIMARY KEY,
  asked_at TEXT NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES members (id)
) STRICT;
