-- A moderator can publish a text with the marked words left out.
ALTER TABLE decisions DROP CONSTRAINT decisions_choice_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_choice_check
  CHECK (choice IN ('publish', 'publish_with_guidance', 'publish_masked', 'ask_changes', 'refuse'));
