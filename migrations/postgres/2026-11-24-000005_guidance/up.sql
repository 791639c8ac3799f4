CREATE TABLE articles (
  id BIGINT PRIMARY KEY,
  latest_version_id BIGINT NOT NULL,
  -- The version readers see; null until one is verified.
  verified_version_id BIGINT,
  created_by BIGINT NOT NULL REFERENCES members (id),
  -- Raised by every change that readers or search must notice.
  version BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL
);

-- The text is immutable; only state and its companions move, and only forward.
CREATE TABLE article_versions (
  id BIGINT PRIMARY KEY,
  article_id BIGINT NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  author_id BIGINT NOT NULL REFERENCES members (id),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  plain TEXT NOT NULL,
  renderer INTEGER NOT NULL,
  review_due DATE NOT NULL,
  hash TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('allow', 'nudge', 'flag', 'hold')),
  verdict TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'verified', 'stopped', 'superseded')),
  first_signature_id BIGINT,
  second_signature_id BIGINT,
  verified_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (article_id, id),
  UNIQUE (article_id, number),
  UNIQUE (id, hash),
  CHECK (state NOT IN ('verified', 'stopped') OR (first_signature_id IS NOT NULL AND second_signature_id IS NOT NULL AND verified_at IS NOT NULL)),
  CHECK (first_signature_id <> second_signature_id)
);

CREATE TABLE article_sources (
  version_id BIGINT NOT NULL REFERENCES article_versions (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  publisher TEXT NOT NULL,
  url TEXT NOT NULL,
  published TEXT NOT NULL,
  PRIMARY KEY (version_id, position)
);

-- A registered clinician's name under exact text. Nobody signs twice, and there are two places.
CREATE TABLE signatures (
  id BIGINT PRIMARY KEY,
  version_id BIGINT NOT NULL,
  hash TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place IN (1, 2)),
  signer_id BIGINT NOT NULL REFERENCES members (id),
  credential_id BIGINT NOT NULL REFERENCES credentials (id),
  name TEXT NOT NULL,
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  signed_at TIMESTAMP NOT NULL,
  UNIQUE (version_id, id),
  UNIQUE (version_id, signer_id),
  UNIQUE (version_id, place),
  FOREIGN KEY (version_id, hash) REFERENCES article_versions (id, hash)
);
ALTER TABLE articles ADD FOREIGN KEY (id, latest_version_id) REFERENCES article_versions (article_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE articles ADD FOREIGN KEY (id, verified_version_id) REFERENCES article_versions (article_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE article_versions ADD FOREIGN KEY (id, first_signature_id) REFERENCES signatures (version_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE article_versions ADD FOREIGN KEY (id, second_signature_id) REFERENCES signatures (version_id, id) DEFERRABLE INITIALLY DEFERRED;

-- Stopping takes one person; lifting a stop takes two.
CREATE TABLE stops (
  id BIGINT PRIMARY KEY,
  version_id BIGINT NOT NULL REFERENCES article_versions (id),
  stopped_by BIGINT NOT NULL REFERENCES members (id),
  reason TEXT NOT NULL,
  stopped_at TIMESTAMP NOT NULL,
  first_lifted_by BIGINT REFERENCES members (id),
  first_lifted_at TIMESTAMP,
  second_lifted_by BIGINT REFERENCES members (id),
  lifted_at TIMESTAMP,
  CHECK (first_lifted_by <> second_lifted_by),
  CHECK (second_lifted_by IS NULL OR first_lifted_by IS NOT NULL),
  CHECK ((second_lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX stops_standing ON stops (version_id) WHERE lifted_at IS NULL;

CREATE TABLE attachments (
  id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  version_id BIGINT NOT NULL REFERENCES article_versions (id),
  relation TEXT NOT NULL CHECK (relation IN ('answers', 'adds', 'corrects')),
  note TEXT NOT NULL,
  attached_by BIGINT NOT NULL REFERENCES members (id),
  attached_at TIMESTAMP NOT NULL,
  UNIQUE (post_id, version_id),
  FOREIGN KEY (thread_id, post_id) REFERENCES posts (thread_id, id)
);
CREATE INDEX attachments_of_thread ON attachments (thread_id);
CREATE INDEX attachments_of_version ON attachments (version_id);

-- A clinician stands behind one general statement of one revision. It shows only while that revision is the published one.
CREATE TABLE verified_statements (
  id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  revision_id BIGINT NOT NULL,
  revision_hash TEXT NOT NULL,
  passage TEXT NOT NULL,
  clinician_id BIGINT NOT NULL REFERENCES members (id),
  credential_id BIGINT NOT NULL REFERENCES credentials (id),
  name TEXT NOT NULL,
  register TEXT NOT NULL,
  number TEXT NOT NULL,
  verified_at TIMESTAMP NOT NULL,
  UNIQUE (revision_id, clinician_id),
  FOREIGN KEY (post_id, revision_id) REFERENCES revisions (post_id, id),
  FOREIGN KEY (thread_id, post_id) REFERENCES posts (thread_id, id)
);
CREATE INDEX verified_statements_of_thread ON verified_statements (thread_id);
