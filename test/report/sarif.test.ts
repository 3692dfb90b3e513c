/** What is found, as code scanning reads it: rules, results, places with lines, paths, and what suppresses them. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/result/answer.ts';
import { answer, flow, vpcproof } from '../cli/fake.ts';
import { printed } from './command.ts';
import { sarifErrors } from './published.ts';

const policy = `version: 1
properties:
  - { id: shut, title: Nothing leaves, severity: critical, forbid: { from: subnet-app, to: internet } }
  - { id: known, severity: low, forbid: { from: internet, to: subnet-app } }
  - { id: served, require: { from: eni-app, to: internet }, waive: { until: 2999-01-01, reason: being moved } }
`;

function runIn(text: string): Run {
  expect(sarifErrors(text)).toEqual([]);
  return (JSON.parse(text) as Log).runs[0]!;
}

async function check(answers: (at: number) => Answer, files: Readonly<Record<string, string>> = {}): Promise<Run> {
  const cwd = mkdtempSync(join(tmpdir(), 'sarif-'));
  for (const [name, text] of Object.entries({ 'policy.yaml': policy, ...files })) writeFileSync(join(cwd, name), text);
  let asked = 0;
  const line = ['check', 'n', '-p', 'policy.yaml', '-f', 'sarif'];
  return runIn((await vpcproof(line, { cwd, answers: () => answers(asked++) })).stdout);
}

const results = ({ results: all = [] }: Run): readonly Result[] => all;
const place = ({ physicalLocation: at }: NonNullable<Result['locations']>[number]) => [
  at?.artifactLocation?.uri,
  at?.region?.startLine,
];

const block = {
  resource: 'acl-1',
  kind: 'network-acl',
  detail: '`acl-1` denies it',
  source: { file: 'my acls.json', place: '/NetworkAcls/0/Entries/1' },
  direction: 'forward',
} as const;

test('the published schema refuses what is no log', () => {
  expect(sarifErrors('{"version":"2.1.0","runs":[{"results":[{"level":"fatal"}]}]}').length).toBeGreaterThan(1);
});

describe('check in SARIF', () => {
  test('a rule for every property, and no result where all hold', async () => {
    const run = await check(() => answer({}));
    expect(run.tool.driver.rules?.map(({ id, defaultConfiguration: how }) => [id, how?.level])).toEqual([
      ['shut', 'error'],
      ['known', 'note'],
      ['served', 'warning'],
    ]);
    expect(results(run)).toEqual([]);
  });

  test('a flow that arrives is placed at the rule that lets it pass, at its line where the file tells', async () => {
    const groups =
      '{\n  "SecurityGroups": [\n    {\n      "IpPermissionsEgress": [\n        {}\n      ]\n    }\n  ]\n}\n';
    const run = await check((at) => (at === 0 ? answer({ verdict: 'violated', flows: [flow] }) : answer({})), {
      'SecurityGroups.json': groups,
    });
    const [shut] = results(run);
    expect(shut).toMatchObject({ ruleId: 'shut', ruleIndex: 0, kind: 'fail', level: 'error' });
    expect(shut?.locations?.map(place)).toEqual([['SecurityGroups.json', 5]]);
    expect(shut?.relatedLocations?.map(place)).toEqual([['policy.yaml', 3]]);
    expect(shut?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location?.message?.text)).toEqual(
      flow.hops.map(({ detail }) => expect.stringContaining(detail.slice(0, 10)) as string),
    );
  });

  test('without the file there is no line, and the way to the place is told still', async () => {
    const run = await check(() => answer({ verdict: 'violated', flows: [flow] }));
    const at = results(run)[0]?.locations?.[0];
    expect(at?.physicalLocation).toEqual({ artifactLocation: { uri: 'SecurityGroups.json' } });
    expect(at?.logicalLocations?.[0]?.fullyQualifiedName).toBe('/SecurityGroups/0/IpPermissionsEgress/0');
  });

  test('a flow that does not arrive is placed at all that blocks it; a file’s name is a URI', async () => {
    const run = await check((at) =>
      at === 0 ? answer({ verdict: 'violated', blockedBy: [block, { ...block, resource: 'acl-2' }] }) : answer({}),
    );
    expect(results(run)[0]?.locations?.map(place)).toEqual([
      ['my%20acls.json', undefined],
      ['my%20acls.json', undefined],
    ]);
  });

  test('without any place in the input it is placed where the property is written', async () => {
    const run = await check((at) => (at === 1 ? answer({ verdict: 'violated' }) : answer({})));
    expect(results(run).map(({ locations }) => locations?.map(place))).toEqual([[['policy.yaml', 4]]]);
  });

  test('what is undecided is open, and no failure; what settles it is told', async () => {
    const run = await check((at) =>
      at === 0 ? answer({ verdict: 'undecided', reason: 'it depends', assumptions: ['passes:nfw'] }) : answer({}),
    );
    expect(results(run)).toMatchObject([{ ruleId: 'shut', kind: 'open', level: 'none' }]);
    expect(results(run)[0]?.message.text).toContain('Declared, these settle it: passes:nfw.');
  });

  test('what is waived is suppressed, with the reason, and nothing else is', async () => {
    const run = await check(() => answer({ verdict: 'violated', flows: [flow] }));
    expect(results(run).map(({ suppressions }) => suppressions?.map(({ status }) => status))).toEqual([
      [],
      [],
      ['accepted'],
    ]);
    expect(results(run)[2]?.suppressions?.[0]?.justification).toContain('being moved');
  });

  test('a result keeps its fingerprint when another flow shows it', async () => {
    const prints = async (flows: Answer['flows']) =>
      results(await check(() => answer({ verdict: 'violated', flows }))).map((one) => one.partialFingerprints);
    const other = { ...flow, from: 'eni-model', packet: { ...flow.packet, dst: '9.9.9.9' } };
    expect(await prints([other])).toEqual(await prints([flow]));
    expect(new Set((await prints([flow])).map((one) => JSON.stringify(one))).size).toBe(3);
  });
});

describe('firewall check in SARIF', () => {
  const rules = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'sarif-')), 'names.rules');
    writeFileSync(file, text);
    return file;
  };

  test('a finding is placed at its rule, and beside it the rule that has to do with it', async () => {
    const file = rules('drop tcp $HOME_NET any -> any 443 (sid:1;)\npass tcp $HOME_NET any -> any 443 (sid:2;)\n');
    const { status, stdout } = await printed(['firewall', 'check', file, '-f', 'sarif']);
    expect(status).toBe(1);
    const shadowed = results(runIn(stdout)).find(({ ruleId }) => ruleId === 'shadowed-rule');
    expect(shadowed?.locations?.map((one) => place(one)[1])).toEqual([2]);
    expect(shadowed?.relatedLocations?.map((one) => place(one)[1])).toEqual([1]);
  });
});
