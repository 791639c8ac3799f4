//! What happens when: posts at the hours their words tell, everything else at the hours a living community would take.

use chrono::Duration;

use super::words::{Article, Attach, Decided, Draft, Post, Thread, Verify, Words, hours};

/// One act of somebody. Posts are named by their place in the list of all posts.
pub(super) enum Act<'a> {
    Write(&'a Article),
    Sign(&'a Article, &'a str),
    Stop(&'a Article, &'a str),
    Ask(usize, &'a Thread),
    Reply {
        post: usize,
        opening: usize,
        words: &'a Post,
    },
    Decide(usize, &'a Decided),
    Attach(usize, &'a Attach),
    Verify(usize, &'a Verify),
    Edit(usize, &'a Post, Option<&'a Thread>),
    Withdraw(usize, &'a Post),
    Keep(&'a Draft),
    /// A moderator reads what is public and unread.
    ReadAll,
}

/// An act, and how long before the start of the demo it was done.
pub(super) struct Event<'a> {
    pub ago: Duration,
    pub act: Act<'a>,
}

/// Guidance was there before the first thread.
const WRITTEN_DAYS: i64 = 45;
/// People and boards were there before the guidance.
pub(super) const FOUNDED_DAYS: i64 = 60;
const STOPPED_HOURS: f64 = 70.0;
const DRAFTED_HOURS: f64 = 26.0;
/// Moderators have read what was public at this hour of each of the last days.
const READ_HOURS: f64 = 5.5;
const READ_DAYS: i64 = 22;

/// Everything, in order.
pub(super) fn of(words: &Words) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut add = |ago: Duration, act| events.push(Event { ago, act });
    for article in &words.article {
        add(Duration::days(WRITTEN_DAYS), Act::Write(article));
        for (day, by) in (1..).zip(&article.signed_by) {
            add(Duration::days(WRITTEN_DAYS - day), Act::Sign(article, by));
        }
        if let Some(reason) = &article.stop_reason {
            add(hours(STOPPED_HOURS), Act::Stop(article, reason));
        }
    }
    let mut next = 0;
    for thread in &words.thread {
        let opening = next;
        let answered = thread.replies.first().map(Post::ago);
        add(thread.opening.ago(), Act::Ask(opening, thread));
        around(&mut add, opening, &thread.opening, answered, Some(thread));
        for (post, reply) in (opening + 1..).zip(&thread.replies) {
            add(reply.ago(), Act::Reply { post, opening, words: reply });
            around(&mut add, post, reply, None, None);
        }
        next = opening + 1 + thread.replies.len();
    }
    words.draft.iter().for_each(|draft| add(hours(DRAFTED_HOURS), Act::Keep(draft)));
    (0..READ_DAYS).for_each(|day| add(Duration::days(day) + hours(READ_HOURS), Act::ReadAll));
    // The sort is stable: what is told first happens first.
    events.sort_by_key(|event| std::cmp::Reverse(event.ago));
    events
}

/// What happens to one post after it is there. `answered` is when its first reply came: a held post was decided before.
fn around<'a>(
    add: &mut impl FnMut(Duration, Act<'a>),
    post: usize,
    words: &'a Post,
    answered: Option<Duration>,
    thread: Option<&'a Thread>,
) {
    let posted = words.ago();
    // Later by this span, but never by more than half of what is left, so that the past stays the past.
    let later = |span: f64| posted - hours(span).min(posted / 2);
    if let Some(decided) = &words.decided {
        let before_reply =
            answered.map_or(later(1.0), |answered| later(1.0).max(answered + (posted - answered) / 4));
        add(before_reply, Act::Decide(post, decided));
    }
    if let Some(attach) = &words.attach {
        add(later(0.8), Act::Attach(post, attach));
    }
    if let Some(verify) = &words.verify {
        add(later(2.0), Act::Verify(post, verify));
    }
    if words.edited.is_some() {
        add(later(0.4), Act::Edit(post, words, thread));
    }
    if words.withdrawn {
        add(later(3.0), Act::Withdraw(post, words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_written_before_anything_happens_to_it_and_nothing_happens_in_the_future() {
        let words = Words::shipped().unwrap();
        let mut written = Vec::new();
        for event in of(&words) {
            assert!(event.ago > Duration::zero());
            match event.act {
                Act::Ask(post, _) => written.push(post),
                Act::Reply { post, opening, .. } => {
                    assert!(written.contains(&opening));
                    written.push(post);
                }
                Act::Decide(post, _)
                | Act::Attach(post, _)
                | Act::Verify(post, _)
                | Act::Edit(post, ..)
                | Act::Withdraw(post, _) => {
                    assert!(written.contains(&post));
                }
                Act::Write(_) | Act::Sign(..) | Act::Stop(..) | Act::Keep(_) | Act::ReadAll => {}
            }
        }
        assert_eq!(written.len(), words.thread.iter().map(|thread| 1 + thread.replies.len()).sum::<usize>());
    }
}
