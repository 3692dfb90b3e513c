/**
 * Executed Markdown: every `console` block is run in the checkout, and shows what the program prints. A block that
 * ends with another status than 0 says so on its first line: three backticks, `console status=1`.
 * `UPDATE_DOCS=1` writes what is printed into the documents.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'scenarios/README.md'];

const block = /^```console(?: status=(\d))?\n\$ npx vpcproof (.*)\n([^]*?)^```$/gm;

/** The words of a shell line, quotes taken off. */
const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain!);

/** Times differ from run to run. */
const steady = (text: string): string => text.replaceAll(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, 'N ms');

beforeAll(() => {
  execFileSync(process.execPath, [join(root, '.ci/build.js')], { cwd: root });
});

describe.each(documents)('%s', (name) => {
  const path = join(root, name);
  const text = readFileSync(path, 'utf8');

  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
  });

  for (const [whole, status = '0', line = '', output = ''] of text.matchAll(block))
    it(`shows what \`vpcproof ${line}\` prints`, () => {
      const run = spawnSync(process.execPath, [join(root, 'bin/vpcproof.js'), ...words(line)], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      });
      expect(run.stderr).toBe('');
      expect(run.status).toBe(Number(status));
      if (process.env['UPDATE_DOCS'] === undefined) expect(steady(output)).toBe(steady(run.stdout));
      else {
        const updated = whole.slice(0, whole.length - output.length - 3) + run.stdout + '```';
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(whole, () => updated),
        );
      }
    });
});
