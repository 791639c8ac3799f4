// On imported data, after the journeys: the same steps on what was imported itself.
//
// What people wrote is found at run time and stands in no file of ours: pages are compared with rows that were just read.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { isLight, soon } from './lib.mjs';
import { left, member, place, step, story, visit } from './story.mjs';

const NOTE = 'Please read this first.';
const clean = (text) => text.replace(/\s+/g, ' ').trim();

/// Rows that can be found by their titles, which stand on pages as they are; the longest threads first.
function findable(least) {
  const fit = ({ title, replies }) => title === clean(title) && title.length > 20 && title.length < 140 && replies.length >= least;
  return place.threads.filter(fit).sort((one, other) => other.replies.length - one.replies.length);
}

/// Goes by the search page to an imported thread that `fits`; rows whose question waits are passed over.
async function toThread(who, rows, fits) {
  for (const row of rows) {
    await act.search(who, row.title, { kind: 'thread' });
    const found = who.main.locator('.hit a[href^="/threads/"]').filter({ hasText: row.title });
    if (!(await found.count())) continue;
    await who.press(found.first());
    if (await fits()) return row;
  }
  return assert.fail(`search finds none of ${rows.length} imported threads by their titles`);
}

/// Whether a search for the first half of a text answers the second.
async function tells(someone, text) {
  const words = clean(text).split(' ');
  const half = Math.ceil(words.length / 2);
  await act.search(someone, words.slice(0, half).join(' '));
  return clean(await someone.main.innerText()).includes(words.slice(half).join(' '));
}

step('steps 1 and 6: a visitor finds an imported thread, reads it to its end, and filters by board and kind', () =>
  visit(async (visitor) => {
    const row = await soon(() => toThread(visitor, findable(20), () => visitor.link('More posts').count()), 120);
    story.long = new URL(visitor.page.url()).pathname;
    await visitor.looks('imported-thread');
    let posts = await visitor.main.locator('[id^="p-"][aria-labelledby]').count();
    assert.equal(posts, 20, 'a page of a long thread has twenty posts');
    while (await visitor.link('More posts').count()) {
      await visitor.press(visitor.link('More posts'));
      posts += await visitor.main.locator('[id^="p-"][aria-labelledby]').count();
    }
    assert.ok(posts > 20 && posts <= row.replies.length + 1, `${posts} posts of ${row.replies.length + 1}`);
    await visitor.looks('imported-thread-end');
    const reply = findable(1).map(({ replies }) => clean(replies[0].text)).find((text) => text.length > 80 && text.length < 200);
    assert.ok(await tells(visitor, reply), 'a public reply is found by half of its words');
    await act.search(visitor, reply, { kind: 'post', board: left('board') });
    await visitor.sees(/results?/i);
    assert.equal(await visitor.main.locator('.hit:not([data-kind="post"])').count(), 0, 'the filter let other kinds through');
    await visitor.looks('imported-search-replies');
    await act.search(visitor, left('imported').title, { kind: 'guidance' });
    await visitor.shows(visitor.main.locator('.hit[data-kind="guidance"]').filter({ hasText: story.imported.title }));
    await visitor.looks('imported-search-guidance');
  }, { js: false }));

step('the first visit to an imported thread of twenty posts is light', (t) => visit((visitor) => isLight(visitor, left('long'), t)));

step('step 2: a patient replies in an imported thread with a preview, changes the reply and takes it back', () =>
  member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('long'), 'The same happened to **us**. Goldfinch.', { press: 'preview' });
    await patient.shows(patient.main.locator('.preview strong', { hasText: 'us' }));
    await patient.looks('imported-reply-preview');
    await patient.press(patient.main.locator('.preview button[value="post"]'));
    await patient.sees('Goldfinch');
    await patient.looks('imported-thread-own-reply');
    await act.edit(patient, 'Goldfinch', (text) => text.replace('Goldfinch', 'Greenfinch'));
    await patient.sees('Greenfinch');
    await act.withdraw(patient, 'Greenfinch');
    await visit(async (visitor) => {
      await visitor.go(story.long);
      await visitor.seesNothingOf('finch.');
    });
  }, { js: false }));

step('steps 3 and 5: imported questions that wait are claimed once and decided: with guidance, back for a change, not published', async () => {
  const other = place.accounts.filter(({ role }) => role === 'moderator')[1];
  const take = async (moderator, name) => {
    await act.openFirst(moderator, /^Question by/);
    await moderator.looks(`imported-item-${name}`);
    await act.claim(moderator);
  };
  await visit(async (moderator) => {
    const item = await act.openFirst(moderator, /^Question by/);
    await moderator.looks('imported-item-free');
    await visit(async (second) => {
      await act.signIn(second, other);
      await second.go(item);
      await act.claim(moderator);
      await act.claim(second, { status: 409 });
      await second.sees(new RegExp(place.account('moderator').name));
      await second.looks('imported-item-conflict');
    });
    await moderator.go(item);
    await moderator.looks('imported-item-mine');
    await act.decide(moderator, 'publish_with_guidance', {
      article: left('imported').title, note: NOTE, reason: 'Shown with advice beside it.',
    });
    await moderator.go(item);
    story.card = await moderator.main.locator('.item-head h1 a').getAttribute('href');
    await take(moderator, 'changes');
    await act.decide(moderator, 'ask_changes', { reason: 'Please leave out the name, then we show it.' });
    await take(moderator, 'refused');
    await act.decide(moderator, 'refuse', { reason: 'Please ask your team, and tell us how it went.' });
    await moderator.looks('imported-queue');
  }, { role: 'moderator' });
  await visit(async (visitor) => {
    await visitor.go(story.card);
    const card = visitor.main.getByRole('article', { name: `Guidance: ${story.imported.title}` });
    const signers = place.accounts.filter(({ role }) => role === 'clinician').map(({ name }) => name);
    for (const words of [NOTE, ...signers, /review due/i, /where this comes from/i]) await visitor.sees(words, card);
    await card.locator('.sources summary').click();
    assert.match(await card.locator('.sources a').first().getAttribute('href'), /^https?:/);
    await visitor.looks('imported-card');
  }, { js: false });
});

step('step 6: of forty imported texts that wait, a search finds none, for a visitor or a member', async () => {
  const waiting = [];
  await visit(async (moderator) => {
    await moderator.go('/desk');
    for (let page = 0; page < 2; page += 1) {
      waiting.push(...await moderator.main.locator('.queue-row .excerpt').allInnerTexts());
      await moderator.press(act.next(moderator));
    }
  }, { role: 'moderator' });
  assert.equal(waiting.length, 40);
  for (const role of [undefined, 'member']) {
    await visit(async (someone) => {
      for (const text of waiting) {
        assert.ok(!(await tells(someone, text.replace(/…$/, ''))), 'a text that waits was found');
      }
    }, { role, js: false });
  }
});

step('step 4: one moderator stops the imported guidance, and the card says so on the next view', async () => {
  await visit((moderator) => act.stopArticle(moderator, left('imported').desk, 'Its source was changed this morning.'), { role: 'moderator' });
  await visit(async (visitor) => {
    await visitor.go(left('card'));
    await visitor.sees(/Its source was changed this morning/);
    assert.equal(await visitor.main.locator('.guidance .prose').count(), 0, 'the text still shows');
    await visitor.looks('imported-card-stopped');
  }, { js: false });
});

step('after all this the doctor finds every invariant whole', async (t) => {
  const { ok, checks } = await place.doctor();
  for (const check of checks) t.diagnostic(`${check.ok ? 'ok' : 'BROKEN'} ${check.id}: ${check.detail}`);
  assert.ok(ok);
});
