-- Words of the glossary are written, signed and stopped like articles. Set for those alone: what else the word is called, one a line.
ALTER TABLE article_versions ADD COLUMN other_names TEXT;
