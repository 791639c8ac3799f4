-- What was typed when an article was stopped, where readers see a neutral sentence instead. For staff alone.
ALTER TABLE stops ADD COLUMN staff_reason TEXT;
