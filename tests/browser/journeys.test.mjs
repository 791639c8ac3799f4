// The seven steps of the main job, through pages alone, in the community of story.mjs: the demo, or one with imported data.
//
// Notes for whoever tunes it:
// - The story is one: a later step uses what an earlier one left in `story`. A step whose forerunner failed says so.
// - Step 7 (admin) stands early: the demo gives one account per role, and races need two.
// - Words of labels and buttons live in acts.mjs. Form names and addresses are the ones of the page contract.
// - `looks(name)` is axe in both schemes at both widths, no sideways scrolling, and four pictures in out/. Look at them.
// - Every visit ends with `leaves()`, which fails on console errors, strange requests and unexpected 4xx or 5xx.
// - Every text carries a word of its own (a bird), so that a page that shows too much is caught by that word.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { soon } from './lib.mjs';
import { PASSWORD, emailOf, left, member, place, step, story, visit } from './story.mjs';

const BOARD = 'quiet-corner';
const ARTICLE = 'Getting up and down stairs in the first weeks';
const QUESTION = 'How did you manage the stairs at home?';
const ANSWER = 'Good leg first going up, and the sore one first coming down. Hold the rail. Kingfisher.';
const STATEMENT = 'Good leg first going up, and the sore one first coming down.';
const RISKY = 'Heron. The stairs hurt less without it: just stop taking your blood thinner today.';
const RISKY_AGAIN = 'Bittern. You should stop taking your blood pressure tablets, they only do harm.';
const RISKY_AT_FIRST = 'Plover. Just come off the tablets, stop taking them all today.';
const GRIEF = 'My mother died in March and I still listen for her on the stairs. Fieldfare.';
const CRISIS = 'Since the operation I do not want to be alive any more and I am thinking about ending my life. Curlew.';

step('step 1: a visitor reads boards, threads and guidance without an account and without scripts', () =>
  visit(async (visitor) => {
    await visitor.go('/');
    await visitor.sees(/care team/i);
    await visitor.looks('home');
    const board = visitor.main.locator('a[href^="/boards/"]').first();
    await visitor.tabsTo(board);
    await visitor.press(board);
    await visitor.looks('board');
    await visitor.press(visitor.main.locator('a[href^="/threads/"]').first());
    await visitor.shows(visitor.main.locator('[id^="p-"]'));
    story.first = new URL(visitor.page.url()).pathname;
    await visitor.looks('thread-visitor');
    await visitor.go('/guidance');
    await visitor.looks('guidance-library');
    await visitor.press(visitor.main.locator('a[href^="/guidance/"]').first());
    await visitor.sees(/signed/i);
    await visitor.looks('guidance-article');
    for (const name of ['help', 'about', 'privacy', 'glossary', 'join', 'sign-in', 'search']) {
      await visitor.go(`/${name}`);
      await visitor.looks(name);
    }
  }, { js: false }));

step('step 2: somebody joins, asks with a preview, and is public at once', () =>
  visit(async (patient) => {
    await act.join(patient, { name: 'Slow Stairs', email: emailOf('Slow Stairs'), password: PASSWORD });
    await patient.go('/');
    const shown = await patient.main.locator('a[href^="/boards/"]').first().getAttribute('href');
    story.board = shown.split('/')[2];
    const question = { title: QUESTION, body: 'Two weeks after my **knee** and thirteen steps to bed. Wagtail.' };
    await patient.go(`/boards/${story.board}/ask`);
    await patient.sees(/care team does not/i);
    await patient.looks('ask');
    await patient.tabsTo(patient.main.locator('button[name="action"][value="post"]'));
    await act.ask(patient, story.board, { ...question, press: 'preview' });
    await patient.shows(patient.main.locator('strong', { hasText: 'knee' }));
    await patient.looks('ask-preview');
    // The button stands right under the preview, too.
    await patient.press(patient.main.locator('.preview button[value="post"]'));
    await patient.sees('Wagtail');
    story.thread = await act.threadHere(patient);
    await patient.looks('thread-author');
  }, { js: false })
    .then(() => visit(async (visitor) => {
      await visitor.go(story.thread);
      await visitor.sees('Wagtail');
    })));

step('step 2: replies are edited and withdrawn by their author, drafts are kept', () =>
  member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), 'A second rail helped us. Linnet.', { about: 'someone_i_care_for' });
    await patient.sees('Linnet');
    await act.editing(patient, 'Linnet');
    await patient.looks('edit');
    await patient.go(story.thread);
    await act.edit(patient, 'Linnet', (text) => text.replace('Linnet', 'Goldcrest'));
    await patient.go(story.thread);
    await patient.sees('Goldcrest');
    await patient.seesNothingOf('Linnet');
    await act.withdrawing(patient, 'Goldcrest');
    await patient.looks('withdraw');
    await patient.go(story.thread);
    await act.withdraw(patient, 'Goldcrest');
    await visit(async (visitor) => {
      await visitor.go(story.thread);
      await visitor.seesNothingOf('Goldcrest');
    });
    await act.ask(patient, story.board, { title: 'Not ready yet', body: 'Still thinking. Siskin.', press: 'draft' });
    await patient.go('/me/drafts');
    await patient.sees('Not ready yet');
    await patient.looks('drafts');
    await patient.press(patient.link('Not ready yet').or(patient.link(/open|go on|continue/i)).first());
    assert.match(await patient.main.locator('textarea').first().inputValue(), /Siskin/);
    await patient.looks('draft');
  }, { js: false }));

step('step 2: who has lost somebody is public at once, and alone is shown who listens', async () => {
  await member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), GRIEF, { about: 'someone_who_died' });
    await patient.sees(/is public/i);
    await patient.shows(patient.main.locator('a[href^="tel:"]'));
    await patient.looks('sent-public-with-care');
  }, { js: false });
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees('Fieldfare');
    assert.equal(await visitor.main.locator('.care').count(), 0);
  });
});

step('step 2: a risky post waits; its author sees it in kind words, nobody else sees it at all', async () => {
  await member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), RISKY);
    await patient.seesNothingOf('flagged');
    await patient.sees(/read|look/i);
    await patient.looks('sent-held');
    await patient.go(story.thread);
    await patient.sees('Heron');
    await patient.looks('thread-own-held');
    await patient.go('/me/posts');
    await patient.sees('Heron');
    await patient.looks('own-posts');
    await act.reply(patient, story.thread, RISKY_AGAIN);
  }, { js: false });
  story.held = true;
  await seenByNobodyElse('Heron', 'just stop taking');
});

step('step 2: who speaks of ending their life is shown help for their region, at once and alone', async () => {
  await member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), CRISIS);
    await patient.sees('116 123');
    await patient.sees(/checked/i);
    await patient.seesNothingOf('flagged');
    await patient.looks('sent-crisis');
    const line = patient.main.locator('a[href^="tel:"]').first();
    await patient.tabsTo(line);
  }, { js: false });
  await seenByNobodyElse('Curlew', 'Since the operation');
});

async function seenByNobodyElse(word, around) {
  const addresses = ['/', `/boards/${left('board')}`, left('thread'), `/search?q=${word}`];
  for (const role of [undefined, 'member']) {
    await visit(async (other) => {
      for (const address of addresses) {
        await other.go(address);
        // The search page repeats what was asked for, so there it is the text around the word that counts.
        await other.seesNothingOf(address.startsWith('/search') ? around : word);
      }
    }, { role });
  }
}

step('step 7: an admin makes a board and grants roles, and the chain of acts shows it', async () => {
  for (const name of ['Evening Tide', 'Morning Tide']) {
    await visit((someone) => act.join(someone, { name, email: emailOf(name), password: PASSWORD }));
  }
  await visit(async (admin) => {
    await act.makeBoard(admin, { slug: BOARD, name: 'The quiet corner', description: 'For members alone.', audience: 'members' });
    await admin.sees('The quiet corner');
    await admin.looks('admin-boards');
    await act.grant(admin, 'Evening Tide', 'moderator');
    await act.grant(admin, 'Morning Tide', 'clinician', { register: 'NMC', number: '12A3456E', expires: '2031-05-31' });
    await admin.main.locator('details.held-role summary').first().press('Enter');
    await admin.looks('admin-people');
    await admin.go('/admin/dead-letters');
    await admin.sees('Nothing was given up');
    await admin.looks('admin-dead-letters');
    await admin.go('/admin/audit');
    await admin.sees(/gave a role/i);
    await admin.looks('admin-audit');
  }, { role: 'admin' });
  story.staff = true;
  await visit((visitor) => visitor.go(`/boards/${BOARD}`, { status: 404 }));
  await member('Slow Stairs', async (patient) => {
    await act.ask(patient, BOARD, { title: 'Only among us', body: 'A word for members. Nightjar.' });
    await patient.sees('Nightjar');
    story.quiet = await act.threadHere(patient);
  });
  await visit((visitor) => visitor.go(story.quiet, { status: 404 }));
});

step('step 4: guidance can be attached once two registered clinicians have signed the same text', async () => {
  left('staff');
  await visit(async (clinician) => {
    await clinician.go('/desk/guidance');
    await clinician.looks('desk-guidance');
    await clinician.go('/desk/guidance/new');
    await clinician.looks('guidance-new');
    story.article = await act.draftArticle(clinician, {
      title: ARTICLE,
      body: 'Take one step at a time and hold the rail.\n\nCall your ward if your calf is hot, red or swollen. Dipper.',
      source: { title: 'Recovering from a knee replacement', publisher: 'NHS', url: 'https://www.nhs.uk/' },
      review: '2030-05-31',
    });
    await act.sign(clinician, story.article);
    await clinician.go(story.article);
    assert.equal(await clinician.main.locator('form[action$="/sign"] button:enabled').count(), 0, 'nobody signs twice');
    await clinician.looks('guidance-signed-once');
  }, { role: 'clinician' });
  await visit(async (visitor) => {
    await visitor.go('/guidance');
    await visitor.seesNothingOf(ARTICLE);
  });
  await member('Morning Tide', (nurse) => act.sign(nurse, story.article));
  await visit(async (visitor) => {
    await visitor.go('/guidance');
    await visitor.press(visitor.link(ARTICLE));
    await visitor.sees('Dipper');
    await visitor.sees('Morning Tide');
    story.verified = ARTICLE;
  });
});

step('step 3: the queue, a claim that only one wins, and a decision with guidance', async () => {
  left('held');
  await visit(async (moderator) => {
    await moderator.go('/desk');
    await moderator.looks('desk-queue');
    const item = await act.openItem(moderator, 'Heron');
    await moderator.shows(moderator.main.locator('mark'));
    await moderator.looks('desk-item');
    await member('Evening Tide', async (second) => {
      await second.go(item);
      await act.claim(moderator);
      await act.claim(second, { status: 409 });
      await second.sees(new RegExp(place.account('moderator').name));
      await second.looks('desk-conflict');
    });
    await moderator.go(item);
    await moderator.looks('desk-item-mine');
    await moderator.tabsTo(act.decideButton(moderator), 120);
    await act.decide(moderator, 'publish_with_guidance', {
      article: left('verified'), note: 'Please read this before you change any tablet.', reason: 'Shown with advice beside it.',
    });
    await moderator.looks('desk-decided');
    await moderator.go(item);
    await moderator.looks('desk-item-closed');
    story.attached = true;
  }, { role: 'moderator' });
});

step('step 5: everyone sees the guidance as a card under the post', () =>
  visit(async (visitor) => {
    left('attached');
    await visitor.go(left('thread'));
    await visitor.sees('Heron');
    const card = act.post(visitor, 'Heron').getByRole('article', { name: new RegExp(ARTICLE) });
    for (const words of ['Please read this before', 'Dipper', 'Morning Tide', /review due/i]) await visitor.sees(words, card);
    await card.locator('summary').last().click();
    await visitor.sees('Recovering from a knee replacement', card);
    await visitor.looks('thread-with-card');
  }, { js: false }));

step('step 5: a moderator finds guidance and puts it under a post that is public already', async () => {
  left('verified');
  await visit(async (moderator) => {
    await moderator.go(left('thread'));
    await moderator.press(act.post(moderator, 'Wagtail').getByRole('link', { name: /put guidance/i }));
    await moderator.looks('attach');
    await act.attach(moderator, { words: 'stairs rail', article: ARTICLE, note: 'Written for your first weeks.' });
    await moderator.sees('Written for your first weeks.', act.post(moderator, 'Wagtail'));
  }, { role: 'moderator', js: false });
});

step('step 3: a decision on text that changed meanwhile shows the change and keeps what was typed', () =>
  visit(async (moderator) => {
    left('held');
    const item = await act.openItem(moderator, 'Bittern');
    await act.claim(moderator);
    await moderator.go(item);
    await member('Slow Stairs', async (patient) => {
      await patient.go(left('thread'));
      await act.edit(patient, 'Bittern', (text) => `${text} I was angry when I wrote this.`);
    });
    await act.decide(moderator, 'refuse', { reason: 'Nobody should stop these alone. Pipit.' }, { status: 409 });
    await moderator.sees('I was angry when I wrote this');
    assert.match(await moderator.page.content(), /Pipit/);
    await moderator.looks('desk-stale');
    await moderator.press(moderator.button(/keep my words/i));
    assert.match(await moderator.main.locator('textarea[name="reason"]').inputValue(), /Pipit/);
    await moderator.looks('desk-carried');
    await act.decide(moderator, 'refuse', {});
    story.refused = true;
  }, { role: 'moderator' }));

step('step 3: refused text comes back to its author as a draft, with the reason', () =>
  member('Slow Stairs', async (patient) => {
    left('refused');
    await patient.go('/me/drafts');
    await patient.sees('Bittern');
    await patient.sees(/Pipit/);
    await patient.looks('draft-returned');
    await patient.go('/me/notices');
    await patient.looks('notices');
  }, { js: false }));

step('step 3: asked for a change, the author makes it where the post stands, and it is read again', async () => {
  const decided = (moderator, choice, reason) =>
    act.openItem(moderator, 'Plover').then(() => act.claim(moderator)).then(() => act.decide(moderator, choice, { reason }));
  await member('Slow Stairs', (patient) => act.reply(patient, left('thread'), RISKY_AT_FIRST), { js: false });
  await visit((moderator) => decided(moderator, 'ask_changes', 'Could you tell what you did, and not what others should do?'), { role: 'moderator' });
  await member('Slow Stairs', async (patient) => {
    await soon(async () => {
      await patient.go('/me/notices');
      await patient.sees(/not what others should do/);
    });
    await patient.looks('notices-change-asked');
    await patient.go('/me/posts');
    await patient.sees(/for a change/i);
    await patient.looks('own-posts-change-asked');
    await patient.go(story.thread);
    await act.editing(patient, 'Plover');
    await patient.sees(/not what others should do/);
    await patient.looks('edit-change-asked');
    await act.edit(patient, 'Plover', () => 'Plover. I asked my doctor before I left any tablet out.', { here: true });
    await patient.sees(/reads it|safe with us/i);
    await patient.looks('sent-changed');
  }, { js: false });
  await visit((visitor) => visitor.go(story.thread).then(() => visitor.seesNothingOf('Plover')));
  await visit((moderator) => decided(moderator, 'publish'), { role: 'moderator' });
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees('I asked my doctor');
    await visitor.seesNothingOf('come off');
  });
});

step('step 3: public posts that nobody of the staff has read are a list of their own', () =>
  visit(async (moderator) => {
    const entry = moderator.main.locator('article').filter({ hasText: 'Wagtail' });
    await act.pageWith(moderator, '/desk/unread', entry);
    await moderator.looks('desk-unread');
    const here = moderator.page.url();
    await moderator.press(entry.locator('form[action$="/read"] button').first());
    await moderator.go(here);
    await moderator.seesNothingOf('Wagtail');
  }, { role: 'moderator' }));

step('step 4: a clinician verifies a statement, and an edit ends the mark', async () => {
  await member('Slow Stairs', (patient) => act.reply(patient, left('thread'), ANSWER));
  await visit(async (clinician) => {
    await clinician.go(story.thread);
    await clinician.looks('thread-clinician');
    await act.verify(clinician, story.thread, 'Kingfisher', 'These words are nowhere in it.', { status: 422 });
    await clinician.looks('verify-with-error');
    await act.verify(clinician, story.thread, 'Kingfisher', STATEMENT);
  }, { role: 'clinician' });
  const name = place.account('clinician').name;
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees(new RegExp(name), act.post(visitor, 'Kingfisher'));
    await visitor.looks('thread-verified');
  });
  await member('Slow Stairs', async (patient) => {
    await patient.go(story.thread);
    await act.edit(patient, 'Kingfisher', (text) => text.replace('Good leg first', 'Left leg first'));
  });
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees('Left leg first');
    assert.ok(!(await act.post(visitor, 'Kingfisher').innerText()).includes(name), 'the mark outlived its text');
  });
});

step('step 6: search finds thread, post and guidance, by board and kind, and never what is not for you', async () => {
  await soon(() => visit(async (visitor) => {
    await act.search(visitor, 'stairs');
    await visitor.sees(QUESTION);
    await visitor.sees(ARTICLE);
  }));
  await visit(async (visitor) => {
    await act.search(visitor, 'stairs', { board: left('board') });
    await visitor.sees(QUESTION);
    await visitor.looks('search-found');
    await act.search(visitor, 'Dipper', { kind: 'guidance' });
    await visitor.sees(ARTICLE);
    await visitor.seesNothingOf('Wagtail');
    const hidden = { Curlew: 'Since the operation', Bittern: 'only do harm', Nightjar: 'A word for members' };
    for (const [word, around] of Object.entries(hidden)) {
      await act.search(visitor, word);
      await visitor.seesNothingOf(around);
    }
    await visitor.looks('search-nothing');
  }, { js: false });
  await soon(() => member('Morning Tide', async (nurse) => {
    await act.search(nurse, 'Nightjar');
    await nurse.sees('Only among us');
  }));
});

step('step 4: one moderator stops an article, and every card says so on the next view', async () => {
  left('attached');
  await visit(async (moderator) => {
    await act.stopArticle(moderator, left('article'), 'The source was changed this morning.');
    await moderator.looks('guidance-stopped-desk');
  }, { role: 'moderator' });
  await visit(async (visitor) => {
    await visitor.go(left('thread'));
    await visitor.sees(/stopped/i);
    await visitor.sees(/The source was changed this morning/);
    await visitor.seesNothingOf('Dipper');
    await visitor.looks('thread-stopped-card');
  }, { js: false });
});
