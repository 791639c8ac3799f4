// Finding by keyboard, narrowing without scripts, and what happens where nothing is found.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { left, member, step, visit } from './story.mjs';

const box = (who) => who.page.getByRole('combobox', { name: /looking for/i });
const options = (who) => who.page.locator('.suggestions [role="option"]');

step('titles are suggested while one types, and the keyboard alone chooses one', () => visit(async (visitor) => {
  await visitor.go('/search');
  const field = box(visitor);
  await visitor.tabsTo(field);
  await visitor.page.keyboard.type('s');
  await visitor.page.waitForTimeout(400);
  assert.equal(await options(visitor).count(), 0, 'a single letter was sent');
  await visitor.page.keyboard.type('tair');
  await visitor.shows(options(visitor));
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  await visitor.page.locator('[role="status"]', { hasText: /suggestion/ }).waitFor({ state: 'attached' });
  await visitor.page.keyboard.press('ArrowDown');
  const chosen = options(visitor).first();
  assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  assert.equal(await chosen.getAttribute('aria-selected'), 'true');
  await visitor.looks('search-suggestions');
  await visitor.page.keyboard.press('Escape');
  assert.equal(await options(visitor).count(), 0);
  assert.equal(await field.inputValue(), 'stair', 'Escape took the words away');
  await visitor.page.keyboard.type('s');
  await visitor.shows(options(visitor));
  await visitor.page.keyboard.press('ArrowUp');
  const last = await options(visitor).last().getAttribute('data-url');
  await Promise.all([visitor.page.waitForURL(`**${last}`), visitor.page.keyboard.press('Enter')]);
  // Without a choice the words are searched for, and the address says no more than that.
  await visitor.go('/search');
  await box(visitor).fill('stairs');
  await Promise.all([visitor.page.waitForURL('**/search?q=stairs'), visitor.page.keyboard.press('Enter')]);
}));

step('beside words of a crisis nothing is suggested, and help comes while one types', () => visit(async (visitor) => {
  await visitor.go('/search');
  await box(visitor).pressSequentially('I want to end my life tonight');
  await visitor.shows(visitor.main.locator('[data-care] .care'));
  assert.equal(await options(visitor).count(), 0);
}));

step('a search is narrowed by links and fields, also without scripts', () => visit(async (visitor) => {
  await act.search(visitor, 'stairs');
  await visitor.press(visitor.link(/^Signed guidance/));
  assert.equal(await visitor.main.locator('.hit:not([data-kind="guidance"])').count(), 0);
  assert.equal(await visitor.link(/^Signed guidance/).getAttribute('aria-current'), 'true');
  await visitor.press(visitor.link(/^Everything/));
  await visitor.main.locator('details.narrow summary').click();
  await visitor.field(/written by/i).fill('Slow Stairs');
  await visitor.main.locator('select[name="sort"]').selectOption('newest');
  await visitor.press(visitor.button(/search/i));
  assert.ok(await visitor.main.locator('.hit').count(), 'nothing by its author');
  assert.equal(await visitor.main.locator('.hit[data-kind="guidance"]').count(), 0);
  await visitor.looks('search-narrowed');
  await visitor.go('/search?q=stairs&from=2026-02-31&author=Somebody', { status: 422 });
  await visitor.sees(/no day|day of the calendar/);
  await visitor.looks('search-wrong');
  await visitor.go('/search?q=stairs&after=900');
  await visitor.sees('The results end before it');
}, { js: false }));

step('a thread and a board are searched from where one reads', () => visit(async (visitor) => {
  await visitor.go(left('thread'));
  await visitor.press(visitor.link(/search in this thread/i));
  await visitor.field(/looking for/i).fill('stairs');
  await visitor.press(visitor.button(/search/i));
  assert.ok((await visitor.page.url()).includes('thread='), 'the thread was lost');
  await visitor.looks('search-in-thread');
  await visitor.go(`/boards/${left('board')}`);
  await visitor.looks('board-search');
  await visitor.field(/search in this board/i).fill('stairs');
  await visitor.press(visitor.button(/search/i));
  assert.equal(await visitor.main.locator('select[name="board"]').inputValue(), left('board'));
}));

step('where nothing is found people are asked, with the words as a title', () => member('Slow Stairs', async (patient) => {
  await act.search(patient, 'xylophone trombone');
  await patient.sees('We found nothing for these words');
  await patient.looks('search-nothing-ask');
  await patient.press(patient.link(/^Ask in/).first());
  assert.equal(await patient.field(/in one line/i).inputValue(), 'xylophone trombone');
}));

step('a search is kept under a name and deleted again, without scripts', () => member('Slow Stairs', async (patient) => {
  await act.search(patient, 'stairs');
  await patient.field(/name for this search/i).fill('The stairs at home');
  await patient.press(patient.button(/keep this search/i));
  await patient.sees('Your search is kept.');
  await patient.looks('search-kept');
  await patient.go('/search');
  await patient.press(patient.link(/The stairs at home/));
  assert.ok(await patient.main.locator('.hit').count());
  await patient.press(patient.button(/^Delete the search The stairs at home/));
  await patient.sees('The search is deleted.');
}, { js: false }));

step('a word from a letter is explained, under whatever name one knows it', () => visit(async (visitor) => {
  await visitor.go('/glossary');
  await visitor.sees('Anticoagulant');
  await visitor.looks('glossary-words');
  await act.search(visitor, 'blood thinner');
  await visitor.press(visitor.link(/^Explained words/));
  await visitor.sees('Anticoagulant');
}, { js: false }));

step('a misspelt word is corrected on request', () => visit(async (visitor) => {
  await act.search(visitor, '"stiars"');
  await visitor.press(visitor.main.locator('.meant a'));
  assert.ok(await visitor.main.locator('.hit').count());
}));

step('clinicians read what many look for in vain', () => visit(async (clinician) => {
  await clinician.go('/desk/guidance');
  await clinician.press(clinician.link(/do not find/i));
  await clinician.sees('nothing that at least five people');
  await clinician.looks('desk-looked-for');
}, { role: 'clinician' }));

step('what others have asked is offered while one asks, and may be answer enough', () => member('Slow Stairs', async (patient) => {
  await patient.go('/boards/hips-and-knees/ask');
  await patient.field(/in one line/i).fill('How long do I wear the stockings?');
  await patient.page.keyboard.press('Tab');
  const alike = patient.main.locator('[data-alike]');
  await patient.shows(alike.getByRole('link', { name: /stockings/i }));
  await patient.looks('ask-alike');
  await patient.press(alike.getByRole('button', { name: /^This answered me: These stockings/ }));
  await patient.sees('Your question was not posted');
  await patient.looks('thread-answered');
  assert.ok(await patient.main.locator('.related a').count(), 'no threads under the thread');
}));

step('without scripts the preview offers the same', () => member('Slow Stairs', async (patient) => {
  await patient.go('/boards/hips-and-knees/ask');
  await patient.field(/in one line/i).fill('How long do I wear the stockings?');
  await patient.field(/tell us more/i).fill('The stockings are hot, and I have worn them for weeks.');
  await patient.press(patient.button(/see how it looks/i));
  await patient.shows(patient.main.locator('[data-alike]').getByRole('link', { name: /stockings/i }));
}, { js: false }));
