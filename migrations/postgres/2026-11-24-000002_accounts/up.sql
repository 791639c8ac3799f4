CREATE TABLE members (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  region TEXT NOT NULL,
  age_band TEXT NOT NULL CHECK (age_band IN ('adult', 'minor_suspected')),
  state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'memorial', 'closed')),
  contact TEXT NOT NULL CHECK (contact IN ('none', 'in_app', 'neutral_mail')),
  neutral_titles BOOLEAN NOT NULL,
  exposure_consent BOOLEAN NOT NULL,
  moderator BOOLEAN NOT NULL,
  clinician BOOLEAN NOT NULL,
  admin BOOLEAN NOT NULL,
  imported BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL,
  last_seen_at TIMESTAMP NOT NULL
);

-- What a clinician may sign with. One row per grant; the live one is not revoked and not expired.
CREATE TABLE credentials (
  id BIGINT PRIMARY KEY,
  member_id BIGINT NOT NULL REFERENCES members (id),
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  expires_on DATE NOT NULL,
  checked_by BIGINT REFERENCES members (id),
  granted_at TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP
);
CREATE UNIQUE INDEX credentials_live ON credentials (member_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX credentials_register ON credentials (register, number) WHERE revoked_at IS NULL;

-- Cookies and bearer tokens alike; the token itself is never stored. A visitor has no row.
CREATE TABLE sessions (
  id BIGINT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('cookie', 'bearer')),
  member_id BIGINT NOT NULL REFERENCES members (id),
  created_at TIMESTAMP NOT NULL,
  last_seen_at TIMESTAMP NOT NULL,
  auth_time TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP
);
CREATE INDEX sessions_member ON sessions (member_id) WHERE revoked_at IS NULL;
