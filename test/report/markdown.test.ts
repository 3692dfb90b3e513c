/** The report for tickets: complete, of modest length, and free of markup that somebody else's names could smuggle in. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plain, table } from '../../src/report/markdown/markup.ts';
import type { Answer } from '../../src/result/answer.ts';
import { answer, flow, vpcproof } from '../cli/fake.ts';

const policy = `version: 1
properties:
  - { id: shut, title: Nothing leaves, severity: high, forbid: { from: subnet-app, to: internet } }
  - { id: known, forbid: { from: internet, to: subnet-app } }
`;

async function markdown(answers: (kind: number) => Answer): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'markdown-')), 'policy.yaml');
  writeFileSync(file, policy);
  let asked = 0;
  const { stdout } = await vpcproof(['check', 'n', '-p', file, '-f', 'markdown'], { answers: () => answers(asked++) });
  return stdout;
}

describe('check in Markdown', () => {
  test('a table of verdicts, then each violation with its path drawn and folded', async () => {
    const text = await markdown((at) => (at === 0 ? answer({ verdict: 'violated', flows: [flow] }) : answer({})));
    expect(text).toContain('## 1 of 2 properties violated\n');
    expect(text).toContain('| ❌ violated | `shut` Nothing leaves | high |');
    expect(text).toContain('| ✅ holds | `known` | medium |');
    expect(text).toContain(
      '<details><summary>tcp 10.0.1.10:40000 -> 1.1.1.1:443, from eni-app (web-1) to the internet',
    );
    expect(text).toContain('```mermaid\nflowchart LR\n  s0["sg-app (app)<br/>security group"]');
    expect(text).toContain('  s0 --> s1\n');
    expect(text).toContain('| 2 | `igw-1` |');
    expect(text.split('<details>').length).toBe(text.split('</details>').length);
    expect(text.split('\n').length).toBeLessThan(200);
  });

  test('what is undecided comes with what settles it', async () => {
    const text = await markdown(() =>
      answer({ verdict: 'undecided', reason: 'it depends on what is not known', assumptions: ['passes:nfw'] }),
    );
    expect(text).toContain('## 2 of 2 properties undecided');
    expect(text).toContain('- `--assume passes:nfw`');
  });

  test('the origin tells how to have the same answer again', async () => {
    const text = await markdown(() => answer({}));
    expect(text).toContain('## All 2 properties hold');
    expect(text).toMatch(/vpcproof \S+, network `sha256:\S*` of .*Again: `vpcproof check NETWORK -p .*policy.yaml`/);
  });
});

describe('markup', () => {
  test('names of others stay text', () => {
    expect(plain('<img src=x> *a* `b*c` [x](y)')).toBe('\\<img src=x\\> \\*a\\* `b*c` \\[x\\](y)');
    expect(table(['a'], [['x|y']])[2]).toBe('| x\\|y |');
  });
});
