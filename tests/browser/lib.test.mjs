// The checks themselves, on small pages that are wrong in one way each: a check that never bites guards nothing.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { isLight, launch, person } from './lib.mjs';
import { startDemo } from './server.mjs';

const GOOD = page('<h1>Stairs</h1><p>One at a time.</p><form method="post" action="/sent"><label>Your words <input name="w"></label><button>Send</button></form>');
const PAGES = {
  '/good': GOOD,
  '/sent': page('<h1>Sent</h1><p>Thank you.</p>'),
  '/unlabelled': page('<h1>Form</h1><form><input name="w"></form>'),
  '/wide': page('<h1>Wide</h1><p class="wide">x</p>'),
  '/stranger': page('<h1>Stranger</h1><img src="http://127.0.0.1:9/x.png" alt="A picture">', "img-src http:;"),
  '/broken': page('<h1>Broken</h1><script src="/broken.js"></script>'),
  '/faint': page('<h1>Faint</h1><a class="faint" href="/good">On</a>'),
  '/heavy': page(`<h1>Heavy</h1><p>${'A long story. '.repeat(4000)}</p>`),
  '/pale': page('<h1>Pale</h1><p class="pale">Words that nobody can read.</p>'),
};
const FILES = {
  '/s.css': ['text/css', '.wide{width:900px} a.faint:focus{outline:none} .pale{color:#ddd;background:#fff}'],
  '/broken.js': ['text/javascript', 'throw new Error("on purpose")'],
  '/favicon.ico': ['image/x-icon', ''],
};

function page(main, more = '') {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>A page</title><link rel="stylesheet" href="/s.css"></head><body><main>${main}</main></body></html>`;
  return { html, csp: `default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; ${more}` };
}

let server;
let browser;
let url;

before(async () => {
  server = createServer((request, response) => {
    const found = PAGES[request.url];
    const file = FILES[request.url];
    if (file) return response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    if (!found) return response.writeHead(404, { 'content-type': 'text/html' }).end(GOOD.html);
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': found.csp })
      .end(found.html);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const js of [true, false]) {
  test(`a sound page passes every check, scripts ${js ? 'on' : 'off'}`, async () => {
    const someone = await person(browser, url, { js });
    await someone.go('/good');
    await someone.looks('check-good');
    await someone.tabsTo(someone.button('Send'));
    await someone.field('Your words').fill('hello');
    await someone.press(someone.button('Send'));
    await someone.sees('Thank you.');
    await someone.looks('check-sent');
    await someone.leaves();
  });

  test(`what is wrong with a page is found, scripts ${js ? 'on' : 'off'}`, async () => {
    const someone = await person(browser, url, { js });
    await someone.go('/unlabelled');
    await assert.rejects(someone.looks('check-unlabelled'), /label/);
    await someone.go('/wide');
    await assert.rejects(someone.looks('check-wide'), /px of content at 320 px/);
    await someone.go('/pale');
    await assert.rejects(someone.looks('check-pale'), /color-contrast/);
    await someone.go('/faint');
    await assert.rejects(someone.tabsTo(someone.link('On')), /focus cannot be seen/);
    await someone.go('/good');
    await assert.rejects(someone.tabsTo(someone.page.locator('p')), /do not reach/);
    await assert.rejects(someone.seesNothingOf('One at a time'), /holds/);
    await someone.leaves();
  });
}

test('a visit ends badly when its page called somebody else, broke, or answered an error', async () => {
  for (const [address, status, fault] of [
    ['/stranger', 200, /another origin/],
    ['/broken', 200, /on purpose/],
    ['/missing', 404, null],
  ]) {
    const someone = await person(browser, url);
    await someone.go(address, { status });
    if (fault) await assert.rejects(someone.leaves(), fault);
    else await someone.leaves();
  }
  const someone = await person(browser, url);
  await someone.page.goto('/missing');
  await assert.rejects(someone.leaves(), /404 from/);
});

test('a page that is heavy at the first visit is found', async (t) => {
  for (const address of ['/good', '/heavy']) {
    const someone = await person(browser, url);
    const weighed = isLight(someone, address, t);
    await (address === '/good' ? weighed : assert.rejects(weighed, /bytes at the first visit/));
    await someone.leaves();
  }
});

test('a demo is stopped by Ctrl-C, and one that leaves files, dies or will not go fails the test', async () => {
  const pretend = (more) => [process.execPath, '-e', `
    const account = { role: 'member', name: 'A', email: 'a@example.org', password: 'p', token: 't' };
    ${more}
    process.on('SIGINT', () => process.exit(globalThis.code ?? 0));
    console.log(JSON.stringify({ url: 'http://127.0.0.1:1/', accounts: [account] }));
    setInterval(() => {}, 1000);`];
  const sound = await startDemo(pretend(''));
  assert.equal(sound.url, 'http://127.0.0.1:1');
  assert.equal(sound.account('member').name, 'A');
  assert.throws(() => sound.account('admin'), /no account/);
  await sound.stop();
  const untidy = await startDemo(pretend("require('fs').writeFileSync(process.env.TMPDIR + '/left', '')"));
  await assert.rejects(untidy.stop(), /temporary directory/);
  const failing = await startDemo(pretend('globalThis.code = 3'));
  await assert.rejects(failing.stop(), /left with 3/);
  await assert.rejects(startDemo(pretend("throw new Error('no port')")), /no port/);
  await assert.rejects(startDemo(['/nowhere/aftercare']), /ENOENT/);
});
