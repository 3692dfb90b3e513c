/** The page for tickets: complete without a script, closed to the outside, and free of markup in somebody else's names. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsOf } from '../../src/report/formats.ts';
import { paint } from '../../src/report/text/paint.ts';
import type { ResultDocument } from '../../src/result/document.ts';
import { type FakeOptions, answer, flow, vpcproof } from '../cli/fake.ts';

const policy = `version: 1
properties:
  - { id: known, forbid: { from: internet, to: subnet-app } }
  - { id: shut, title: Nothing leaves, severity: high, forbid: { from: subnet-app, to: internet } }
`;

/** `shut` is violated, by a path. */
const answers: NonNullable<FakeOptions['answers']> = ({ from }) =>
  from.text === 'subnet-app'
    ? answer({ verdict: 'violated', flows: [flow] })
    : answer({ assumptions: ['passes:nfw'], notes: ['Names can leave by `dns`.'] });

async function checked(format: string): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'html-')), 'policy.yaml');
  writeFileSync(file, policy);
  return (await vpcproof(['check', 'n', '-p', file, '-f', format], { answers })).stdout;
}

const rendered = (document: ResultDocument, format: 'html' | 'svg'): Promise<string> =>
  reportsOf(document)[format]!(paint(false), false);

describe('check as a page', () => {
  test('what is violated comes first, with its path step by step', async () => {
    const page = await checked('html');
    expect(page).toContain('<h1>1 of 2 properties violated</h1>');
    expect(page.indexOf('Nothing leaves')).toBeLessThan(page.indexOf('<bdi>known</bdi>'));
    expect(page).toContain('tcp 10.0.1.10:40000 -&gt; 1.1.1.1:443');
    expect(page).toContain('the packet is now <code><bdi>tcp 203.0.113.9:40000 -&gt; 1.1.1.1:443</bdi></code>');
    expect(page).toContain('SecurityGroups.json /SecurityGroups/0/IpPermissionsEgress/0');
    expect(page).toContain('passes:nfw');
    expect(page).toContain('Names can leave by');
  });

  test('the path is drawn in the network, and once by itself for paper', async () => {
    const page = await checked('html');
    const lit = /data-lit="([^"]+)"/.exec(page)?.[1]?.split(' ') ?? [];
    expect(lit.length).toBeGreaterThan(2);
    for (const id of lit) expect(page).toContain(`id="${id}"`);
    expect(page).toMatch(/<div class="print">\s*<svg [^>]*id="path-0"/);
  });

  test('its policy allows its own style and script, and nothing else', async () => {
    const page = await checked('html');
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const part = (of: string) => new RegExp(`<${of}>([^]*?)</${of}>`).exec(page)?.[1] ?? '';
    const allowed = `default-src 'none'; style-src '${hash(part('style'))}'; script-src '${hash(part('script'))}'; base-uri 'none'; form-action 'none'`;
    expect(page.replaceAll('&#39;', "'")).toContain(`http-equiv="Content-Security-Policy" content="${allowed}"`);
    expect(page.match(/<script/g)).toHaveLength(1);
    const outside = page.replaceAll('http://www.w3.org/2000/svg', '');
    expect(outside).not.toMatch(/https?:|\/\/[a-z]|@import|\bsrc=|\bon[a-z]+=|\bstyle="/);
    expect(outside.match(/\bhref="[^#]/)).toBeNull();
  });

  test('a certificate is named with its hash, where there is one', async () => {
    const document = JSON.parse(await checked('json')) as Extract<ResultDocument, { command: 'check' }>;
    const results = document.results.map((each) => ({
      ...each,
      certificate: each.id === 'known' ? { file: 'known.vpcproof', sha256: 'abc123' } : null,
    }));
    const page = await rendered({ ...document, results }, 'html');
    expect(page.match(/<dt>Certificate<\/dt>/g)).toHaveLength(1);
    expect(page).toContain('<code><bdi>sha256:abc123</bdi></code>');
  });
});

describe("somebody else's names", () => {
  const hostile = '"><script>pwned()</script><img src=x onerror=pwned()>\u202Egpj\u0007';

  /** Every text that the input could hold is hostile. */
  const poisoned = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return ['name', 'title', 'reason', 'detail', 'text', 'file', 'place', 'rule', 'setting'].includes(key)
        ? `${value}${hostile}`
        : value;
    if (Array.isArray(value)) return value.map((each) => poisoned(each, key === 'notes' ? 'text' : key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, each]) => [k, k === 'tool' ? each : poisoned(each, k)]));
  };

  test.each(['html', 'svg'] as const)('stay text in %s', async (format) => {
    const document = poisoned(JSON.parse(await checked('json'))) as ResultDocument;
    const text = await rendered(document, format);
    for (const mark of ['<img', '<script>pwned', '\u202E', '\u0007']) expect(text).not.toContain(mark);
    expect(text).toContain('&lt;');
    expect(text).toContain('\\u202e');
  });
});

describe('other commands', () => {
  test('a question is answered on a page, with what blocks it', async () => {
    const block = {
      resource: 'sg-app',
      kind: 'security-group',
      code: 'ENI_SG_RULES_MISMATCH',
      detail: 'no rule of `sg-app` admits it',
      direction: 'forward',
    } as const;
    const run = await vpcproof(['ask', 'n', '--from', 'eni-app', '--to', 'internet', '-f', 'html'], {
      answers: () => answer({ verdict: 'violated', blockedBy: [block] }),
    });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('<span class="word bad">unreachable</span>');
    expect(run.stdout).toContain('ENI_SG_RULES_MISMATCH');
    expect(run.stdout).toMatch(/class="(?:row|card) spot stop"/);
  });

  test('after edits, a page says what was edited', async () => {
    const run = await vpcproof(
      ['whatif', 'n', '--set', 'igw-1 detach', 'ask', '--from', 'eni-app', '--to', 'internet', '-f', 'html'],
      { answers: () => answer({ verdict: 'holds', flows: [flow] }) },
    );
    expect(run.stdout).toContain('Edited before anything was asked');
    expect(run.stdout).toContain('<code><bdi>igw-1 detach</bdi></code>');
  });

  test('the path of an answer is a picture of its own, in light and dark', async () => {
    const run = await vpcproof(['ask', 'n', '--from', 'eni-app', '--to', 'internet', '-f', 'svg'], {
      answers: () => answer({ verdict: 'holds', flows: [flow] }),
    });
    expect(run.stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(run.stdout).toContain('prefers-color-scheme:dark');
    expect(run.stdout).toMatch(/role="img" aria-labelledby="p0-title p0-desc"/);
    expect(run.stdout).toContain('allows · security group app');
  });
});
