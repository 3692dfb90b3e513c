/** A test case for each property, with the outcome that a build server counts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { junitXml } from '../../src/report/junit/suites.ts';
import type { Answer } from '../../src/result/answer.ts';
import { answer, flow, vpcproof } from '../cli/fake.ts';
import { printed } from './command.ts';
import { junitErrors } from './published.ts';

const policy = `version: 1
properties:
  - { id: kept, forbid: { from: internet, to: subnet-app } }
  - { id: shut, title: "A & B stay <in>", severity: high, forbid: { from: subnet-app, to: internet } }
  - { id: open, forbid: { from: subnet-model, to: internet } }
  - { id: later, waive: { until: 2999-01-01, reason: being moved }, forbid: { from: eni-app, to: internet } }
  - { id: late, waive: { until: 2000-01-01, reason: being moved }, forbid: { from: eni-model, to: internet } }
`;

const answers: readonly Answer[] = [
  answer({}),
  answer({ verdict: 'violated', flows: [flow] }),
  answer({ verdict: 'undecided', reason: 'the firewall decides', assumptions: ['passes:nfw'] }),
  answer({ verdict: 'violated', flows: [flow] }),
  answer({ verdict: 'violated', flows: [flow] }),
];

async function check(): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'junit-'));
  writeFileSync(join(cwd, 'policy.yaml'), policy);
  let asked = 0;
  const { stdout } = await vpcproof(['check', 'n', '-p', 'policy.yaml', '-f', 'junit'], {
    cwd,
    answers: () => answers[asked++]!,
  });
  expect(junitErrors(stdout)).toEqual([]);
  return stdout;
}

const texts = (xml: string, path: string): readonly string[] =>
  XmlDocument.fromString(xml)
    .find(path)
    .map((node) => node.content);

test('the published schema refuses what is no report', () => {
  expect(junitErrors('<testsuites><testsuite name="a"/></testsuites>').length).toBeGreaterThan(0);
});

describe('check in JUnit XML', () => {
  test('holds passes, violated fails, undecided is an error, waived is skipped until the waiver expires', async () => {
    const xml = await check();
    expect(texts(xml, '//testcase/@name')).toEqual(['kept', 'shut: A & B stay <in>', 'open', 'later', 'late']);
    expect(texts(xml, '//testcase[failure]/@name')).toEqual(['shut: A & B stay <in>', 'late']);
    expect(texts(xml, '//testcase[error]/@name')).toEqual(['open']);
    expect(texts(xml, '//testcase[skipped]/@name')).toEqual(['later']);
    const counts = ['tests', 'failures', 'errors', 'skipped'].flatMap((name) => texts(xml, `//testsuite/@${name}`));
    expect(counts).toEqual(['5', '2', '1', '1']);
  });

  test('a failure holds the flow as text, an error what settles it', async () => {
    const xml = await check();
    expect(texts(xml, '//failure')[0]).toContain('tcp 10.0.1.10:40000 -> 1.1.1.1:443   from eni-app (web-1)');
    expect(texts(xml, '//error/@message')).toEqual(['the firewall decides']);
    expect(texts(xml, '//error')[0]).toContain("--assume 'passes:nfw'");
    expect(texts(xml, '//skipped')[0]).toContain('being moved');
  });
});

test('what no XML can hold is replaced', () => {
  const tool = { name: 'vpcproof', version: '0' } as const;
  const name = 'a\u0000b\u001B\uD800\uFFFF\u{1F600}';
  const passed = { name, className: name, timeMs: 1, outcome: { kind: 'passed' } } as const;
  const xml = junitXml(tool, [{ name, timeMs: 1, properties: {}, cases: [passed] }]);
  expect(junitErrors(xml)).toEqual([]);
  expect(texts(xml, '//testcase/@name')).toEqual(['a\uFFFDb\uFFFD\uFFFD\uFFFD\u{1F600}']);
});

describe('firewall check in JUnit XML', () => {
  const run = async (rules: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'junit-')), 'names.rules');
    writeFileSync(file, rules);
    const { status, stdout } = await printed(['firewall', 'check', file, '-f', 'junit']);
    expect(junitErrors(stdout)).toEqual([]);
    return { status, xml: stdout };
  };

  test('each finding fails', async () => {
    const rule = (action: string, sid: number) => `${action} tcp $HOME_NET any -> any 443 (sid:${sid};)\n`;
    const { status, xml } = await run(rule('drop', 1) + rule('pass', 2));
    expect(status).toBe(1);
    expect(texts(xml, '//failure/@type')).toContain('shadowed-rule');
    expect(texts(xml, '//testcase').length).toBe(texts(xml, '//failure').length);
  });

  test('where nothing is wrong one test passes', async () => {
    const { status, xml } = await run('drop ip any any -> any any (sid:1;)\n');
    expect([status, texts(xml, '//testcase[not(*)]/@name')]).toEqual([0, ['nothing is wrong with the rules']]);
  });
});
