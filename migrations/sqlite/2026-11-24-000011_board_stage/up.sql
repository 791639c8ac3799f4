-- The stage of care that a board is about: rules for other stages do not count there. Without one, every rule counts.
ALTER TABLE boards ADD COLUMN stage TEXT
  CHECK (stage IN ('general', 'after_surgery', 'chemotherapy', 'pregnancy', 'mental_health', 'end_of_life'));
