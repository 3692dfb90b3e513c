/** Markdown for tickets: of modest length, whole without this program, and for every question that people put into them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, loadNetwork } from '../../src/index.ts';
import { checkMarkdown } from '../../src/report/markdown/check.ts';
import type { CheckDocument } from '../../src/result/document.ts';
import { printed } from './command.ts';

const flagship = 'scenarios/genai-private';
const network = `${flagship}/network`;
const website = 'scenarios/public-web-private-db';

async function checked(folder: string): Promise<CheckDocument> {
  const read = await loadNetwork(`${flagship}/${folder}`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const document = await check(read.value, { policies: [`${flagship}/policy.yaml`] });
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  return document.value;
}

/** Every part that opens also closes, and pictures are whole. */
function wellFormed(text: string): void {
  expect(text).toMatch(/^## \S/);
  expect(text.split('<details>').length).toBe(text.split('</details>').length);
  expect(text.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
  for (const picture of text.match(/```mermaid\n[^]*?```/g) ?? []) expect(picture).toMatch(/\n {2}s0\["/);
}

describe('the flagship', () => {
  test('with one violation fits a ticket: under 200 lines, the path drawn', async () => {
    const document = await checked('variants/resolver-off');
    const one = document.results.find(({ verdict }) => verdict === 'violated');
    const results = document.results.map((each) =>
      each.verdict === 'violated' && each !== one ? { ...each, verdict: 'holds' as const } : each,
    );
    const text = checkMarkdown({ ...document, results, summary: { ...document.summary, violated: 1 } });
    wellFormed(text);
    expect(text).toContain('## 1 of ');
    expect(text).toContain('```mermaid\nflowchart LR\n');
    expect(text.split('\n').length).toBeLessThan(200);
  });

  test('with ten violations fits as well: the first paths are drawn, the others told in a line each', async () => {
    const document = await checked('variants/forgotten-ipv6-route');
    const one = document.results.find(({ verdict }) => verdict === 'violated')!;
    const results = Array.from({ length: 10 }, (_, i) => {
      const [flow] = one.counterexamples;
      return { ...one, id: `p${i}`, counterexamples: [{ ...flow!, packet: { ...flow!.packet, srcPort: 50000 + i } }] };
    });
    const text = checkMarkdown({ ...document, results, summary: { ...document.summary, violated: 10 } });
    wellFormed(text);
    expect(text.split('\n').length).toBeLessThan(200);
    expect(text.match(/```mermaid/g)!.length).toBeGreaterThan(1);
    for (let i = 0; i < 10; i++) expect(text).toContain(`:${50000 + i} -`);
    expect(text).toMatch(/^tcp .*:50009 .*: `eni-\S+ \(.*\)` → .* → `the internet`$/m);
  });

  test('with certificates tells their hashes and the command that checks them, and nothing of them without', async () => {
    const document = await checked('network');
    const sha256 = 'ab'.repeat(32);
    const results = document.results.map((each) => ({
      ...each,
      certificate: each === document.results[0] ? { file: 'certificates/a.json', sha256 } : null,
    }));
    const text = checkMarkdown({ ...document, results });
    wellFormed(text);
    expect(text).toContain(`| \`${document.results[0]!.id}\` | \`certificates/a.json\` | \`sha256:${sha256}\` |`);
    expect(text).toContain('`vpcproof verify-certificate FILE`');
    expect(checkMarkdown(document)).not.toContain('ertificate');
  });
});

describe('other questions', () => {
  const markdown = async (...line: readonly string[]) => {
    const { stdout, stderr } = await printed([...line, '-f', 'markdown']);
    expect(stderr).toBe('');
    wellFormed(stdout);
    return stdout;
  };
  const asked = ['--from', 'internet', '--to', 'vpc:*', '--port', '443'];

  test('what can be reached, with its path; what can not, with what blocks it', async () => {
    const reached = await markdown('ask', network, ...asked);
    expect(reached).toMatch(/^## ✅ reachable: Can the internet reach /);
    expect(reached).toContain('```mermaid');
    const blocked = await markdown('ask', network, '--from', 'internet', '--to', 'vpc:*', '--port', '22');
    expect(blocked).toMatch(/^## ⛔ unreachable: /);
    expect(blocked).toContain('What blocks it:\n\n- ');
  });

  test('after edits, which stand before the answer', async () => {
    const text = await markdown('whatif', network, '--set', 'igw:* detach', 'ask', ...asked);
    expect(text).toMatch(/^## ⛔ unreachable: .*\n\nOf the network as it would be after these edits.*\n\n- `igw/);
    const policy = ['-p', `${website}/policy.yaml`];
    const checkText = await markdown('whatif', `${website}/network`, '--set', 'igw:* detach', 'check', ...policy);
    expect(checkText).toContain('after these edits');
  });

  test('one packet', async () => {
    const text = await markdown(
      'trace',
      network,
      '--from',
      'internet',
      '--packet',
      'tcp 1.1.1.1:40000 -> 10.20.0.5:443',
    );
    expect(text).toMatch(/^## ⛔ dropped: tcp 1\.1\.1\.1:40000 /);
  });

  test('a change, with what it broke and the flows that it opened', async () => {
    const sides = [`${website}/network`, `${website}/variants/db-group-open`];
    const text = await markdown('diff', ...sides, '-p', `${website}/policy.yaml`);
    expect(text).toContain('| ❌ broken | `');
    expect(text).toContain('### Opened\n\n**From ');
    expect(text).not.toContain('### Closed');
    expect(await markdown('diff', sides[0]!, sides[0]!)).toMatch(/^## ✅ no change in reachability/);
  });

  test('rules of firewalls, checked and compared', async () => {
    const scenario = 'scenarios/egress-allow-list';
    const found = await markdown('firewall', 'check', `${scenario}/variants/port-443-passed/network.json`);
    expect(found).toMatch(/^## ❌ \d+ findings? in firewall rules\n/);
    const same = `${network}/RuleGroup.json`;
    expect(readFileSync(same, 'utf8')).toContain('RuleGroup');
    expect(await markdown('diff', same, same)).toMatch(/^## ✅ /);
  });
});
