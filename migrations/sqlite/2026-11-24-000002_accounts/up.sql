CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  region TEXT NOT NULL,
  age_band TEXT NOT NULL CHECK (age_band IN ('adult', 'minor_suspected')),
  state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'memorial', 'closed')),
  contact TEXT NOT NULL CHECK (contact IN ('none', 'in_app', 'neutral_mail')),
  neutral_titles INTEGER NOT NULL,
  exposure_consent INTEGER NOT NULL,
  moderator INTEGER NOT NULL,
  clinician INTEGER NOT NULL,
  admin INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT;

-- What a clinician may sign with. One row per grant; the live one is not revoked and not expired.
CREATE TABLE credentials (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members (id),
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  checked_by INTEGER REFERENCES members (id),
  granted_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE UNIQUE INDEX credentials_live ON credentials (member_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX credentials_register ON credentials (register, number) WHERE revoked_at IS NULL;

-- Cookies and bearer tokens alike; the token itself is never stored. A visitor has no row.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('cookie', 'bearer')),
  member_id INTEGER NOT NULL REFERENCES members (id),
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  auth_time TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE INDEX sessions_member ON sessions (member_id) WHERE revoked_at IS NULL;
