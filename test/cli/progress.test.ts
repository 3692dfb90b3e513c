/** What a terminal shows of long work: nothing for a second, then one line with what is going on and for how long. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isBig, progressOn } from '../../src/cli/progress.ts';
import { answer, vpcproof } from './fake.ts';

const erase = '\r\u001B[2K';

function terminal(columns?: number) {
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return Promise.resolve();
  };
  return { written, sink: { isTTY: true, ...(columns === undefined ? {} : { columns }), write } };
}

describe('one line', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('work of less than a second shows nothing, and leaves nothing to take away', async () => {
    const { written, sink } = terminal();
    const progress = progressOn(sink);
    await progress.say('reading n');
    await vi.advanceTimersByTimeAsync(900);
    await progress.say('deciding');
    await progress.end();
    await vi.advanceTimersByTimeAsync(5000);
    expect(written).toEqual([]);
  });

  test('longer work tells what is done and the time so far, each second, until it ends', async () => {
    const { written, sink } = terminal();
    const progress = progressOn(sink);
    await progress.say('3 of 23 properties done, proving a');
    await vi.advanceTimersByTimeAsync(2000);
    await progress.say('4 of 23 properties done, proving b');
    await vi.advanceTimersByTimeAsync(60_000);
    await progress.end();
    expect(written.slice(0, 3)).toEqual([
      `${erase}3 of 23 properties done, proving a, 1 s …`,
      `${erase}3 of 23 properties done, proving a, 2 s …`,
      `${erase}4 of 23 properties done, proving b, 2 s …`,
    ]);
    expect(written.slice(-2)).toEqual([`${erase}4 of 23 properties done, proving b, 1 min 2 s …`, erase]);
  });

  test('it never wraps, and holds no control characters of others', async () => {
    const { written, sink } = terminal(30);
    const progress = progressOn(sink, 0);
    await progress.say(`checking ${'a'.repeat(80)}`);
    await progress.say('checking \u001B[31mred\nname');
    await progress.end();
    const [long = '', odd = ''] = written.map((text) => text.replace(erase, ''));
    expect(long.length).toBeLessThan(30);
    expect(odd).toBe('checking  [31mred name …');
  });
});

test('reading is announced at once where there is much to read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'progress-'));
  mkdirSync(join(folder, 'more'));
  writeFileSync(join(folder, 'more', 'a.json'), '{}');
  expect(await isBig(['more', 'nowhere'], folder)).toBe(false);
  writeFileSync(join(folder, 'more', 'b.json'), ' '.repeat(17 * 1024 * 1024));
  expect(await isBig(['more'], folder)).toBe(true);
});

describe('a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'progress-'));
  writeFileSync(join(folder, 'n'), ' '.repeat(17 * 1024 * 1024));
  const ask = ['ask', 'n', '--from', 'eni-app', '--to', 'internet'];
  const stderr = async (line: readonly string[], tty: boolean) =>
    (await vpcproof(line, { cwd: folder, tty, answers: () => answer({}) })).stderr;

  test('tells it on a terminal, and takes it away before it answers', async () => {
    const text = await stderr(ask, true);
    expect(text).toContain(`${erase}reading n …`);
    expect(text).toContain('deciding whether eni-app reaches internet');
    expect(text.endsWith(erase)).toBe(true);
  });

  test('tells nothing where nobody watches, or nobody wants it', async () => {
    expect(await stderr(ask, false)).toBe('');
    expect(await stderr([...ask, '--quiet'], true)).toBe('');
  });
});
