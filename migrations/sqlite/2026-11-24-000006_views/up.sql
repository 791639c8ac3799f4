-- The only doors to text for readers. A post shows only through its published revision, and only while the thread's
-- opening post shows too. Audience is always the board's current one. Only threads/visible.rs may name these views.
CREATE VIEW public_posts AS
SELECT p.id, p.thread_id, p.author_id, p.kind, p.about, p.first_published_at, p.approved_late,
       r.id AS revision_id, r.number AS revision_number, r.title, r.html, r.plain, r.hash AS revision_hash, r.created_at AS revised_at,
       m.name AS author_name, m.moderator AS author_moderator, m.clinician AS author_clinician,
       t.board_id AS board_id, b.audience, p.version
FROM posts p
JOIN revisions r ON r.id = p.published_revision_id
JOIN threads t ON t.id = p.thread_id
JOIN posts o ON o.id = t.opening_post_id AND o.published_revision_id IS NOT NULL
JOIN boards b ON b.id = t.board_id
JOIN members m ON m.id = p.author_id
-- Follows from the join; said so that both databases use the partial index.
WHERE p.published_revision_id IS NOT NULL;

CREATE VIEW public_threads AS
SELECT t.id, t.board_id AS board_id, b.audience, b.slug AS board_slug, b.name AS board_name, t.opening_post_id, t.locked, t.public_posts,
       t.last_activity_at AS last_activity_at, o.first_published_at AS opened_at, o.author_id, m.name AS author_name, r.title AS title, r.plain AS opening_plain
FROM threads t
JOIN posts o ON o.id = t.opening_post_id
JOIN revisions r ON r.id = o.published_revision_id
JOIN boards b ON b.id = t.board_id
JOIN members m ON m.id = o.author_id
-- Kept for exactly the threads whose opening post shows (doctor checks it): the index of a board's list is partial on it.
WHERE t.last_activity_at IS NOT NULL;
