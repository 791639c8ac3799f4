CREATE TABLE boards (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('public', 'unlisted', 'members', 'invited')),
  hold_newcomers INTEGER NOT NULL,
  position INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE board_members (
  board_id INTEGER NOT NULL REFERENCES boards (id),
  member_id INTEGER NOT NULL REFERENCES members (id),
  invited_at TEXT NOT NULL,
  PRIMARY KEY (board_id, member_id)
) STRICT;

-- Threads hold no text. last_activity_at is null while the opening post is not public: such a thread is on no list.
CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('question', 'conversation')),
  board_id INTEGER REFERENCES boards (id),
  opening_post_id INTEGER NOT NULL,
  locked INTEGER NOT NULL,
  public_posts INTEGER NOT NULL,
  last_activity_at TEXT,
  created_at TEXT NOT NULL,
  CHECK ((kind = 'conversation') = (board_id IS NULL)),
  FOREIGN KEY (id, opening_post_id) REFERENCES posts (thread_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX threads_of_board ON threads (board_id, last_activity_at, id) WHERE last_activity_at IS NOT NULL;

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id) DEFERRABLE INITIALLY DEFERRED,
  author_id INTEGER NOT NULL REFERENCES members (id),
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'reply', 'note', 'correction', 'message')),
  about TEXT NOT NULL CHECK (about IN ('me', 'someone_i_care_for', 'someone_who_died', 'general')),
  state TEXT NOT NULL CHECK (state IN ('held', 'public', 'refused', 'hidden', 'removed', 'withdrawn')),
  published_revision_id INTEGER,
  latest_revision_id INTEGER NOT NULL,
  first_published_at TEXT,
  approved_late INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (thread_id, id),
  CHECK ((state = 'public') = (published_revision_id IS NOT NULL)),
  CHECK (published_revision_id IS NULL OR first_published_at IS NOT NULL),
  FOREIGN KEY (id, published_revision_id) REFERENCES revisions (post_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (id, latest_revision_id) REFERENCES revisions (post_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX posts_of_thread ON posts (thread_id, first_published_at, id) WHERE published_revision_id IS NOT NULL;
CREATE INDEX posts_of_author ON posts (author_id, created_at, id);
-- A member's own posts in one thread, in whatever state: looked for on every page of a thread.
CREATE INDEX posts_of_author_in_thread ON posts (thread_id, author_id, created_at, id);

-- Immutable: an edit is a new row. verdict is what the rules said of exactly this text, frozen.
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  editor_id INTEGER NOT NULL REFERENCES members (id),
  title TEXT,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  plain TEXT NOT NULL,
  renderer INTEGER NOT NULL,
  hash TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('allow', 'nudge', 'flag', 'hold')),
  severity TEXT NOT NULL CHECK (severity IN ('green', 'amber', 'red', 'crisis')),
  verdict TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (post_id, id),
  UNIQUE (post_id, number)
) STRICT;

-- Which member of staff has read which text, and when.
CREATE TABLE revision_reads (
  revision_id INTEGER NOT NULL REFERENCES revisions (id),
  staff_id INTEGER NOT NULL REFERENCES members (id),
  read_at TEXT NOT NULL,
  PRIMARY KEY (revision_id, staff_id)
) STRICT;

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members (id),
  board_id INTEGER REFERENCES boards (id),
  thread_id INTEGER REFERENCES threads (id),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  about TEXT NOT NULL CHECK (about IN ('me', 'someone_i_care_for', 'someone_who_died', 'general')),
  returned_post_id INTEGER UNIQUE REFERENCES posts (id),
  reason TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (board_id IS NOT NULL OR thread_id IS NOT NULL)
) STRICT;
CREATE INDEX drafts_of_member ON drafts (member_id, updated_at, id);

-- Where an imported row came from: importing twice changes nothing.
CREATE TABLE imports (
  source TEXT PRIMARY KEY,
  object_kind TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  imported_at TEXT NOT NULL
) STRICT;
