// A reporter that says one thing, at the end: how many tests passed and how many did not.
export default async function* closingLine(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:pass' && !data.skip && !data.todo) passed += 1;
    if (type === 'test:fail') failed += 1;
  }
  yield `${passed} passed, ${failed} failed\n`;
}
