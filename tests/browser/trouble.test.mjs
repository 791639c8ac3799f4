// What goes wrong for people: every page that says no, in all four versions, without scripts. Each gives back what was typed.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as act from './acts.mjs';
import { startCommunity } from './server.mjs';
import { PASSWORD, emailOf, left, member, place, step, story, visit } from './story.mjs';

const NAME = 'Long Winter';
const PLAIN = { js: false };

/// The page gives these words back, to be copied.
async function keeps(who, words) {
  const box = who.main.getByLabel(/what you typed/i);
  assert.ok((await box.inputValue()).includes(words), `${who.page.url()} lost “${words}”`);
}

step('what is not there, and what one may not see, are the same friendly page', async () => {
  await visit((someone) => act.join(someone, { name: NAME, email: emailOf(NAME), password: PASSWORD }));
  await visit(async (visitor) => {
    await visitor.go('/');
    story.place = await visitor.main.locator('a[href^="/threads/"]').first().getAttribute('href');
    await visitor.go('/threads/0000000000000', { status: 404 });
    const missing = await visitor.main.innerText();
    await visitor.looks('error-404');
    await visitor.go('/nowhere', { status: 404 });
    const request = /[0-9a-z]{8,}/gi;
    assert.equal((await visitor.main.innerText()).replace(request, ''), missing.replace(request, ''));
  }, PLAIN);
});

step('a form with something wrong says what, beside the field, and keeps every word', () =>
  member(NAME, async (writer) => {
    await writer.go(left('place'));
    const board = await writer.main.locator('.crumbs a[href^="/boards/"]').getAttribute('href');
    const words = { title: 'Stairs '.repeat(30), body: 'I typed all of this with one hand. Dunnock.' };
    await act.ask(writer, board.split('/')[2], words, { status: 422 });
    assert.match(await writer.main.locator('textarea').first().inputValue(), /Dunnock/);
    assert.equal(await writer.main.locator('[name="title"]').getAttribute('aria-invalid'), 'true');
    await writer.looks('ask-with-error');
    await act.typeReply(writer, story.place, `Whinchat. ${'On and on it went. '.repeat(2000)}`);
    await act.sendReply(writer, 'post', { status: 422 });
    assert.match(await writer.main.locator('textarea').first().inputValue(), /^Whinchat/);
    await writer.looks('reply-too-long');
  }, PLAIN));

step('who is not signed in is asked to, and then goes where they wanted to go', () =>
  visit(async (visitor) => {
    await visitor.go('/me/drafts');
    await visitor.sees(/come straight back/i);
    await visitor.looks('sign-in-first');
    await visitor.field(/e-?mail/i).fill(emailOf(NAME));
    await visitor.field(/password/i).fill('not the one');
    await visitor.press(visitor.button(/sign in/i), { status: 401 });
    assert.equal(await visitor.field(/e-?mail/i).inputValue(), emailOf(NAME));
    await visitor.looks('sign-in-wrong');
    await visitor.field(/password/i).fill(PASSWORD);
    await visitor.press(visitor.button(/sign in/i));
    assert.equal(new URL(visitor.page.url()).pathname, '/me/drafts');
  }, PLAIN));

step('who was signed out elsewhere while writing gets every word back', () =>
  member(NAME, async (writer) => {
    await act.typeReply(writer, left('place'), 'Two hours of typing. Whimbrel.');
    await member(NAME, async (elsewhere) => {
      await elsewhere.go('/me');
      await elsewhere.press(elsewhere.main.locator('form[action="/me/sessions/end"] button'));
    }, PLAIN);
    await act.sendReply(writer, 'post', { status: 401 });
    await keeps(writer, 'Whimbrel');
    await writer.shows(writer.link(/sign in/i));
    await writer.looks('error-401');
  }, PLAIN));

step('a form whose time is over, and one that is too large, give every word back', () =>
  member(NAME, async (writer) => {
    await act.typeReply(writer, left('place'), `Turnstone. ${'A very long day. '.repeat(12_000)}`);
    await act.sendReply(writer, 'post', { status: 413 });
    await keeps(writer, 'Turnstone');
    await writer.looks('error-413');
    await act.typeReply(writer, story.place, 'I went to make tea. Ruff.');
    await writer.context.clearCookies();
    await act.sendReply(writer, 'post', { status: 403 });
    await keeps(writer, 'Ruff');
    await writer.looks('error-403-expired');
  }, PLAIN));

step('what is not for members is told to be so', () =>
  member(NAME, async (someone) => {
    await someone.go('/desk', { status: 403 });
    await someone.looks('error-403');
  }, PLAIN));

step('two windows on one post, and a post that was taken back meanwhile, lose no words', () =>
  member(NAME, async (writer) => {
    await act.reply(writer, left('place'), 'We bought a stool. Smew.');
    await act.editing(writer, 'Smew');
    const box = writer.main.locator('textarea').first();
    await box.fill('We bought a high stool. Smew, Scaup.');
    await member(NAME, async (window) => {
      await window.go(story.place);
      await act.edit(window, 'Smew', (text) => `${text} And a cushion.`);
    }, PLAIN);
    const save = writer.main.locator('button[name="action"][value="post"]');
    await writer.press(save, { status: 409 });
    assert.match(await box.inputValue(), /Scaup/);
    await writer.looks('edit-changed-elsewhere');
    await member(NAME, async (window) => {
      await window.go(story.place);
      await act.withdraw(window, 'Smew');
    }, PLAIN);
    await writer.press(save, { status: 409 });
    await keeps(writer, 'Scaup');
    await writer.looks('error-409');
  }, PLAIN));

step('a field that no form of ours has is named, and nothing is lost', () =>
  member(NAME, async (writer) => {
    await act.typeReply(writer, left('place'), 'Somebody added to this page. Garganey.');
    await slipIn(writer, 'form[action$="/reply"]');
    await act.sendReply(writer, 'post', { status: 422 });
    assert.match(await writer.main.locator('textarea').first().inputValue(), /Garganey/);
    await writer.looks('reply-unknown-field');
  }).then(() => visit(async (moderator) => {
    await moderator.go('/desk/unread');
    await slipIn(moderator, 'form[action$="/read"]');
    await moderator.press(moderator.main.locator('form[action$="/read"] button').first(), { status: 422 });
    await moderator.looks('error-422');
  }, { role: 'moderator' })));

/// Something in the browser adds a field of its own, as some extensions do.
const slipIn = (who, form) => who.page.evaluate((form) => {
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'added_by_something', value: 'x' });
  document.querySelector(form).append(field);
}, form);

// A community of its own, small and with the limits of a real one.

const PEOPLE = [{ role: 'member', name: 'Early Frost', email: 'early.frost@example.org', password: PASSWORD }];
const row = (id, title, replies) => `${JSON.stringify({ thread_id: id, title, body: 'How did you do it?', replies })}\n`;

step('asked once, the author changes the words or posts them as they are; too much at once, and a held-up community, lose none', async () => {
  const strict = await startCommunity({
    people: PEOPLE,
    settings: { AFTERCARE_RULES__PACKS: path.join(import.meta.dirname, 'packs') },
    async bring(run, home) {
      const file = path.join(home, 'threads.jsonl');
      await writeFile(file, row('one', 'The first day back at work', [{ text: 'Half days at first.' }]));
      await run(['import', '--threads', file]);
    },
  });
  try {
    await visit((writer) => inTheSmallOne(writer, strict), { js: false, role: 'member', at: strict });
    const { ok, checks } = await strict.doctor();
    assert.ok(ok, JSON.stringify(checks));
  } finally {
    await strict.stop();
  }
});

async function inTheSmallOne(writer, strict) {
  await writer.go('/');
  const thread = await writer.main.locator('a[href^="/threads/"]').first().getAttribute('href');
  await act.typeReply(writer, thread, 'They were kind on ward seventeen. Knot.');
  await act.sendReply(writer);
  await writer.sees(/is this what you want to post/i);
  await writer.looks('nudge');
  await writer.press(writer.button(/change it/i));
  assert.match(await writer.main.locator('textarea').first().inputValue(), /Knot/);
  await act.sendReply(writer);
  await writer.press(writer.button(/as it is/i));
  await writer.sees('Knot');
  await heldUp(writer, thread, strict);
  await act.typeReply(writer, thread, 'I pressed this many times. Sanderling.');
  const many = Array.from({ length: 60 }, () => writer.context.request.post(`${thread}/reply`));
  assert.ok((await Promise.all(many)).some((answer) => answer.status() === 429), 'there is no limit');
  await act.sendReply(writer, 'post', { status: 429 });
  await keeps(writer, 'Sanderling');
  await writer.looks('error-429');
}

/// While another program has the database in its hands, pages are read, and what cannot be kept now comes back to its author.
async function heldUp(writer, thread, strict) {
  const file = path.join(strict.data, 'long.jsonl');
  const replies = Array.from({ length: 800 }, (_, day) => ({ text: `Day ${day}. A little further than the day before.` }));
  await writeFile(file, row('long', 'Walking to the corner and back', replies));
  const importing = strict.begin(['import', '--threads', file]);
  try {
    await stoppedWhileWriting(importing, path.join(strict.data, 'aftercare.sqlite-shm'));
    await act.typeReply(writer, thread, 'I can wait. Dunlin.');
    // The server itself waits for its turn first.
    await act.sendReply(writer, 'post', { status: 503, patience: 20_000 });
    await keeps(writer, 'Dunlin');
    await writer.looks('error-503');
  } finally {
    importing.kill('SIGKILL');
  }
  await act.reply(writer, thread, 'I have waited. Dunlin.');
  await writer.sees('Dunlin');
}

/// Stops a process in the moment in which it holds SQLite's lock for writing (byte 120 of the shared memory file).
async function stoppedWhileWriting(child, file) {
  const { ino } = await stat(file);
  const writing = async () => (await readFile('/proc/locks', 'utf8')).split('\n')
    .some((lock) => lock.includes(` ${child.pid} `) && lock.includes(`:${ino} 120 120`));
  for (const end = Date.now() + 30_000; Date.now() < end && child.exitCode === null;) {
    if (!(await writing())) continue;
    child.kill('SIGSTOP');
    await new Promise((done) => setTimeout(done, 20));
    if (await writing()) return;
    child.kill('SIGCONT');
  }
  assert.fail('the import was never seen writing');
}
