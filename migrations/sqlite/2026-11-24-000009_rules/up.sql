-- How often each rule matched, by the day the text was written, and what moderators decided about such texts, by the day they did.
CREATE TABLE rule_days (
  rule TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  hits INTEGER NOT NULL,
  shadow_hits INTEGER NOT NULL,
  agreed INTEGER NOT NULL,
  disagreed INTEGER NOT NULL,
  PRIMARY KEY (rule, version, day)
) STRICT;
CREATE INDEX rule_days_day ON rule_days (day);

-- When a version of a rule was first in force in a state, and who read it in; nobody, where it was there at a start.
CREATE TABLE rule_states (
  rule TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('shadow', 'live')),
  first_at TEXT NOT NULL,
  first_by INTEGER REFERENCES members (id),
  PRIMARY KEY (rule, version, state)
) STRICT;
