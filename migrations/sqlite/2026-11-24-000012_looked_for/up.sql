-- What people look for in vain. Words come in twos, each of them a word of texts that everybody may read; a query is never kept.
-- The key of a week, thrown away with its tokens when the week is counted.
CREATE TABLE looked_for_weeks (
  week TEXT PRIMARY KEY,
  key TEXT NOT NULL
) STRICT;

-- One row for each person and pair of words in the week that runs. The token tells two people apart and leads to nobody.
CREATE TABLE looked_for (
  week TEXT NOT NULL REFERENCES looked_for_weeks (week),
  words TEXT NOT NULL,
  token TEXT NOT NULL,
  PRIMARY KEY (week, words, token)
) STRICT;

-- What is left of a week: pairs that at least five people looked for.
CREATE TABLE looked_for_counts (
  week TEXT NOT NULL,
  words TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people >= 5),
  PRIMARY KEY (week, words)
) STRICT;
