CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  latest_version_id INTEGER NOT NULL,
  -- The version readers see; null until one is verified.
  verified_version_id INTEGER,
  created_by INTEGER NOT NULL REFERENCES members (id),
  -- Raised by every change that readers or search must notice.
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  FOREIGN KEY (id, latest_version_id) REFERENCES article_versions (article_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (id, verified_version_id) REFERENCES article_versions (article_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- The text is immutable; only state and its companions move, and only forward.
CREATE TABLE article_versions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  author_id INTEGER NOT NULL REFERENCES members (id),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  plain TEXT NOT NULL,
  renderer INTEGER NOT NULL,
  review_due TEXT NOT NULL,
  hash TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('allow', 'nudge', 'flag', 'hold')),
  verdict TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'verified', 'stopped', 'superseded')),
  first_signature_id INTEGER,
  second_signature_id INTEGER,
  verified_at TEXT,
  created_at TEXT NOT NULL,
  UNIQUE (article_id, id),
  UNIQUE (article_id, number),
  UNIQUE (id, hash),
  CHECK (state NOT IN ('verified', 'stopped') OR (first_signature_id IS NOT NULL AND second_signature_id IS NOT NULL AND verified_at IS NOT NULL)),
  CHECK (first_signature_id <> second_signature_id),
  FOREIGN KEY (id, first_signature_id) REFERENCES signatures (version_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (id, second_signature_id) REFERENCES signatures (version_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE article_sources (
  version_id INTEGER NOT NULL REFERENCES article_versions (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  publisher TEXT NOT NULL,
  url TEXT NOT NULL,
  published TEXT NOT NULL,
  PRIMARY KEY (version_id, position)
) STRICT;

-- A registered clinician's name under exact text. Nobody signs twice, and there are two places.
CREATE TABLE signatures (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place IN (1, 2)),
  signer_id INTEGER NOT NULL REFERENCES members (id),
  credential_id INTEGER NOT NULL REFERENCES credentials (id),
  name TEXT NOT NULL,
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  UNIQUE (version_id, id),
  UNIQUE (version_id, signer_id),
  UNIQUE (version_id, place),
  FOREIGN KEY (version_id, hash) REFERENCES article_versions (id, hash)
) STRICT;

-- Stopping takes one person; lifting a stop takes two.
CREATE TABLE stops (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES article_versions (id),
  stopped_by INTEGER NOT NULL REFERENCES members (id),
  reason TEXT NOT NULL,
  stopped_at TEXT NOT NULL,
  first_lifted_by INTEGER REFERENCES members (id),
  first_lifted_at TEXT,
  second_lifted_by INTEGER REFERENCES members (id),
  lifted_at TEXT,
  CHECK (first_lifted_by <> second_lifted_by),
  CHECK (second_lifted_by IS NULL OR first_lifted_by IS NOT NULL),
  CHECK ((second_lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX stops_standing ON stops (version_id) WHERE lifted_at IS NULL;

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  version_id INTEGER NOT NULL REFERENCES article_versions (id),
  relation TEXT NOT NULL CHECK (relation IN ('answers', 'adds', 'corrects')),
  note TEXT NOT NULL,
  attached_by INTEGER NOT NULL REFERENCES members (id),
  attached_at TEXT NOT NULL,
  UNIQUE (post_id, version_id),
  FOREIGN KEY (thread_id, post_id) REFERENCES posts (thread_id, id)
) STRICT;
CREATE INDEX attachments_of_thread ON attachments (thread_id);
CREATE INDEX attachments_of_version ON attachments (version_id);

-- A clinician stands behind one general statement of one revision. It shows only while that revision is the published one.
CREATE TABLE verified_statements (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  revision_id INTEGER NOT NULL,
  revision_hash TEXT NOT NULL,
  passage TEXT NOT NULL,
  clinician_id INTEGER NOT NULL REFERENCES members (id),
  credential_id INTEGER NOT NULL REFERENCES credentials (id),
  name TEXT NOT NULL,
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  verified_at TEXT NOT NULL,
  UNIQUE (revision_id, clinician_id),
  FOREIGN KEY (post_id, revision_id) REFERENCES revisions (post_id, id),
  FOREIGN KEY (thread_id, post_id) REFERENCES posts (thread_id, id)
) STRICT;
CREATE INDEX verified_statements_of_thread ON verified_statements (thread_id);
