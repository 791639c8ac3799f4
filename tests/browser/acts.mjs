// What people do here, in the words that the pages use. A page that is reworded is followed here and nowhere else.
// Fields are found by their labels and buttons by their names, so each of these is also a check that they have one.
import assert from 'node:assert/strict';

/// The labels of fields, by what they are for.
const LABEL = {
  name: /name/i,
  email: /e-?mail/i,
  password: /password/i,
  title: /^title|in one line/i,
  body: /tell us more|your words|your reply/i,
  text: /^text/i,
  reviewDue: /review due/i,
  sourceTitle: /title of the source/i,
  publisher: /publisher/i,
  sourceAddress: /address/i,
  note: /a word of your own/i,
  reason: /what you write|^why/i,
  passage: /exact words/i,
  query: /looking for/i,
  boardName: /^name/i,
  boardAddress: /^address/i,
  boardPurpose: /what is it for/i,
  register: /^register/i,
  number: /^number/i,
  expires: /ends on|expires/i,
};

/// The contents of a radio group or a list of choices, by the name and value that the server reads.
async function choose(who, name, value) {
  const list = who.main.locator(`select[name="${name}"]`);
  if (await list.count()) return list.first().selectOption(value);
  return who.main.locator(`input:not([type="hidden"])[name="${name}"][value="${value}"]`).check();
}

async function pressNamed(who, words, options) {
  return who.press(who.button(words).first(), options);
}

/// Fills every field that is given; `undefined` leaves one as it stands.
async function fill(who, fields) {
  for (const [words, value] of fields) {
    if (value !== undefined) await who.field(words).first().fill(value);
  }
}

/// Some acts ask for the password again.
async function confirmPassword(who, password) {
  const asked = who.field(LABEL.password);
  if (await asked.count()) await asked.first().fill(password);
}

// ---- coming and going

export async function join(who, { name, email, password }) {
  await who.go('/join');
  await fill(who, [[LABEL.name, name], [LABEL.email, email], [LABEL.password, password]]);
  await choose(who, 'region', 'GB');
  await who.main.getByRole('checkbox', { name: /adult|18/i }).check();
  await pressNamed(who, /join|create/i);
  if (!(await signedIn(who))) await signIn(who, { email, password });
  Object.assign(who, { name, email, password });
}

export async function signIn(who, { email, password }) {
  await who.go('/sign-in');
  await fill(who, [[LABEL.email, email], [LABEL.password, password]]);
  await pressNamed(who, /sign in/i);
  assert.ok(await signedIn(who), `${email} is not signed in`);
  Object.assign(who, { email, password });
}

export async function signedIn(who) {
  // In the header's folded menu, so it need not be visible.
  return (await who.page.locator('form[action="/sign-out"] button').count()) > 0;
}

// ---- asking, answering, changing one's mind

/// `press` is the button: post, preview or keep as a draft.
export async function ask(who, board, { title, body, about = 'me', press = 'post' }, options) {
  await who.go(`/boards/${board}/ask`);
  await write(who, { title, body });
  await choose(who, 'about', about);
  await who.press(who.main.locator(`button[name="action"][value="${press}"]`), options);
}

export async function write(who, { title, body }) {
  await fill(who, [[LABEL.title, title], [LABEL.body, body]]);
}

export async function reply(who, thread, body, { about = 'me', press = 'post' } = {}) {
  await typeReply(who, thread, body, about);
  await sendReply(who, press);
}

export async function typeReply(who, thread, body, about = 'me') {
  await who.go(thread);
  const form = who.main.locator('form[action$="/reply"]');
  await who.field(LABEL.body, form).first().fill(body);
  if (await form.locator('[name="about"]').count()) await choose(who, 'about', about);
}

export async function sendReply(who, press = 'post', options) {
  return who.press(who.main.locator(`form[action$="/reply"] button[name="action"][value="${press}"]`), options);
}

/// The post on this page that holds these words.
export function post(who, words) {
  return who.main.locator('article[id^="p-"]').filter({ hasText: words }).first();
}

export async function editing(who, words) {
  await who.press(post(who, words).getByRole('link', { name: /edit|change/i }).first());
}

/// `here` says that the form is open already.
export async function edit(who, words, change, { here = false } = {}) {
  if (!here) await editing(who, words);
  const box = who.field(LABEL.body).first();
  await box.fill(change(await box.inputValue()));
  await who.press(who.main.locator('button[name="action"][value="post"]'));
}

export async function withdrawing(who, words) {
  await who.press(post(who, words).getByRole('link', { name: /withdraw|take it back/i }).first());
}

export async function withdraw(who, words) {
  await withdrawing(who, words);
  await pressNamed(who, /withdraw|take it back/i);
}

/// `/threads/…` of what was just posted, without anchor or cursor.
export async function threadHere(who) {
  // A post that waits, or needs a word of care, is answered by a page that leads on to its place.
  const onward = who.link(/in its place/i);
  if (await onward.count()) await who.press(onward.first());
  const found = /\/threads\/[0-9a-z]{13}/i.exec(who.page.url());
  assert.ok(found, `${who.page.url()} is no thread`);
  return found[0];
}

// ---- the desk

/// The link to the next page of a list.
export const next = (who) => who.main.locator('a[rel="next"]');

/// Turns the pages of a list until one has what is looked for.
export async function pageWith(who, address, found) {
  await who.go(address);
  while (!(await found.count()) && (await next(who).count())) await who.press(next(who));
  await who.shows(found);
}

/// Opens the queue's first item with these words; answers its address.
export async function openItem(who, words) {
  return opened(who, who.main.locator('li, tr, article').filter({ hasText: words }).last());
}

/// The same for words in the line that says what it is and whose.
export async function openFirst(who, words) {
  return opened(who, who.main.locator('.queue-row').filter({ has: who.page.locator('.meta', { hasText: words }) }).first());
}

async function opened(who, row) {
  await pageWith(who, '/desk', row);
  await who.press(row.getByRole('link').first());
  return new URL(who.page.url()).pathname;
}

export async function claim(who, options) {
  await who.press(who.main.locator('form[action$="/claim"] button').first(), options);
}

export const decideButton = (who) => who.main.locator('form[action$="/decide"]').getByRole('button').last();

/// The form that stands open is decided; `article` is the title of the guidance to attach.
export async function decide(who, choice, { reason, article, note, level = 'amber' }, options) {
  await choose(who, 'choice', choice);
  if (article) {
    const option = who.main.locator('select[name="guidance"] option').filter({ hasText: article });
    assert.ok(await option.count(), `the desk does not offer “${article}”`);
    await choose(who, 'guidance', await option.first().getAttribute('value'));
    await choose(who, 'relation', 'answers');
    await who.field(LABEL.note).first().fill(note);
  }
  if (reason) await who.field(LABEL.reason).first().fill(reason);
  await choose(who, 'triage', level);
  await who.press(decideButton(who), options);
}

/// On the page for a post that is public: looks for an article, then puts it there.
export async function attach(who, { words, article, note }) {
  await who.field(LABEL.note).first().fill(note);
  await who.main.locator('input[name="q"]').fill(words);
  await pressNamed(who, 'Find');
  const option = who.main.locator('select[name="guidance"] option').filter({ hasText: article });
  await choose(who, 'guidance', await option.first().getAttribute('value'));
  await choose(who, 'relation', 'adds');
  await pressNamed(who, /put it under/i);
}

// ---- guidance

export async function draftArticle(who, { title, body, source, review }) {
  await who.go('/desk/guidance/new');
  await fill(who, [[LABEL.title, title], [LABEL.text, body], [LABEL.reviewDue, review]]);
  await fill(who, [[LABEL.sourceTitle, source.title], [LABEL.publisher, source.publisher], [LABEL.sourceAddress, source.url]]);
  await pressNamed(who, /^save/i);
  const found = /\/desk\/guidance\/[0-9a-z]{13}/i.exec(who.page.url());
  assert.ok(found, `saving a draft led to ${who.page.url()}`);
  return found[0];
}

export async function sign(who, article, options) {
  await who.go(article);
  await confirmPassword(who, who.password);
  await who.press(who.main.locator('form[action$="/sign"] button').first(), options);
}

export async function stopArticle(who, article, reason) {
  await who.go(article);
  const form = who.main.locator('form[action$="/stop"]');
  await form.getByLabel(LABEL.reason).first().fill(reason);
  await who.press(form.getByRole('button').first());
}

export async function verify(who, thread, words, passage, options) {
  await who.go(thread);
  const form = post(who, words).locator('form[action$="/verify"]');
  // The form may be folded away to keep the thread calm.
  const fold = post(who, words).locator('details', { has: who.page.locator('form[action$="/verify"]') }).locator('summary').first();
  if (await fold.count()) await fold.click();
  await form.getByLabel(LABEL.passage).first().fill(passage);
  await who.press(form.getByRole('button').first(), options);
}

// ---- finding

export async function search(who, words, { board, kind } = {}) {
  await who.go('/search');
  await fill(who, [[LABEL.query, words]]);
  if (board) await choose(who, 'board', board);
  if (kind) await choose(who, 'kind', kind);
  await pressNamed(who, /search|find/i);
}

// ---- running the place

export async function makeBoard(who, { slug, name, description, audience }) {
  await who.go('/admin/boards');
  await fill(who, [[LABEL.boardAddress, slug], [LABEL.boardName, name], [LABEL.boardPurpose, description]]);
  await choose(who, 'audience', audience);
  await confirmPassword(who, who.password);
  await pressNamed(who, /create|make|add/i);
}

export async function grant(who, person, role, registration) {
  await who.go('/admin/people');
  await fill(who, [[LABEL.name, person]]);
  await choose(who, 'role', role);
  if (registration) {
    const { register, number, expires } = registration;
    await fill(who, [[LABEL.register, register], [LABEL.number, number], [LABEL.expires, expires]]);
  }
  await confirmPassword(who, who.password);
  await pressNamed(who, /give the role|grant/i);
}
