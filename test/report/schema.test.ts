import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fail } from '../../src/base/result.ts';
import { editsSchema } from '../../src/edit/schema.ts';
import type { Certificate } from '../../src/certificate/checker/format.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { certificateSchema } from '../../src/result/certificate-schema.ts';
import { resultSchema } from '../../src/result/schema.ts';
import { holding, violated } from '../certificate/checker/sealed.ts';
import { answer, flow, vpcproof, type FakeOptions } from '../cli/fake.ts';

const schemas = { policy: policySchema, edits: editsSchema, result: resultSchema, certificate: certificateSchema };

const jsonSchema = (name: keyof typeof schemas) => z.toJSONSchema(schemas[name], { io: 'input' });

/** `npx vitest run test/report/schema.test.ts -u` writes them anew. */
describe('the published schemas are those that the program keeps to', () => {
  for (const name of ['policy', 'edits', 'result', 'certificate'] as const)
    test(`${name}.schema.json`, async () => {
      const file = join(import.meta.dirname, `../../models/${name}.schema.json`);
      const text = await format(JSON.stringify(jsonSchema(name)), { ...(await resolveConfig(file)), filepath: file });
      await expect(text).toMatchFileSnapshot(file);
    });
});

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const isResult = ajv.compile(jsonSchema('result'));
const isPolicy = ajv.compile(jsonSchema('policy'));

describe('a certificate', () => {
  // The checker imports nothing, so its types and the schema are told twice; here they are one.
  certificateSchema satisfies z.ZodType<Certificate>;
  const isCertificate = ajv.compile(jsonSchema('certificate'));

  test('that the checker accepts is as its schema says', () => {
    for (const certificate of [holding, violated]) {
      isCertificate(certificate);
      expect(isCertificate.errors ?? []).toEqual([]);
    }
  });

  test('is not, with a key more or less, or a value of another type', () => {
    const { trusted: _, ...less } = holding;
    const [first] = holding.evidence;
    for (const wrong of [
      less,
      { ...holding, more: 1 },
      { ...holding, digest: 'sha256:0' },
      { ...holding, evidence: [] },
      { ...holding, evidence: [{ ...first, cnf: 'a' }] },
      { ...holding, evidence: [{ ...first, kind: 'witness' }] },
    ])
      expect(isCertificate(wrong)).toBe(false);
  });
});

const policy = `version: 1
groups: { ai: [subnet-app, subnet-model] }
assume: passes:egress
properties:
  - id: a
    title: Nothing leaves
    severity: high
    waive: { until: 2999-01-01, reason: being moved }
    forbid: { from: ai, to: internet, except: [tcp/443, { via: firewall:*, traffic: udp/53, from: eni-app, to: any }] }
  - { id: b, require: { from: ai, to: 10.0.0.0/8, via: { both: nat-1 }, every: pair }, port: 443, family: ipv4 }
  - { id: c, isolate: [subnet-app, subnet-model, subnet-empty], avoid: igw-1 }
`;

describe('every document is as its schema says', () => {
  const valid = async (argv: readonly string[], options: FakeOptions = {}) => {
    const { json } = await vpcproof([...argv, '-f', 'json'], options);
    const document = json();
    isResult(document);
    expect(isResult.errors ?? []).toEqual([]);
    return document;
  };
  const ask = ['ask', 'n', '--from', 'eni-app', '--to', 'internet'];
  const block = {
    resource: 'acl-1',
    kind: 'network-acl',
    code: 'SUBNET_ACL_RESTRICTION',
    detail: 'it denies',
    rule: 'rule 100',
    source: { file: 'a.json', place: '/x' },
    direction: 'forward',
  } as const;
  const leaning = {
    assumptions: ['passes:vpce-fw'],
    facts: [{ fact: '5.34', value: 'yes', says: 'x' }],
    notes: ['the resolver is open'],
  } as const;

  test('ask: reachable, unreachable, undecided, and beside an imaginary host', async () => {
    const reachable = await valid(ask, {
      answers: () => answer({ flows: [{ ...flow, return: flow.hops }], ...leaning }),
    });
    expect(Object.keys(reachable)).toEqual([
      'schemaVersion',
      'tool',
      'command',
      'question',
      'network',
      'warnings',
      'defaults',
      'unmodelled',
      'assumptions',
      'facts',
      'topology',
      'coverage',
      'verdict',
      'vacuous',
      'flow',
      'notes',
      'decidedBy',
      'timeMs',
    ]);
    const unreachable = await valid(
      [...ask, '--icmp-type', '8', '--icmp-code', '0', '--via', 'nat-1', '--avoid', 'rtb-1'],
      {
        answers: () => answer({ verdict: 'violated', blockedBy: [block] }),
      },
    );
    expect(unreachable).toHaveProperty('blockedBy');
    expect(unreachable).not.toHaveProperty('flow');
    await valid(ask, {
      answers: () => answer({ verdict: 'undecided', flows: [flow], reason: 'the firewall', ...leaning }),
    });
    await valid(['ask', 'n', '--from', 'subnet-empty', '--to', 'any']);
    const named = await valid([...ask, '--http-host', 'A.example', '--tcp-flags', 'psh,ack'], {
      answers: () => answer({ flows: [{ ...flow, packet: { ...flow.packet, app: 'http', httpHost: 'a.example' } }] }),
    });
    expect(named).toMatchObject({
      question: {
        traffic: [{ protocol: 'tcp', fragment: false, tcpFlags: ['PSH', 'ACK'], app: 'http', httpHost: 'a.example' }],
      },
      flow: { packet: { httpHost: 'a.example' } },
    });
    const query = await valid(['ask', 'n', '--from', 'eni-app', '--to', 'dns', '--dns-name', 'a.example']);
    expect(query).toMatchObject({
      question: { traffic: [{ protocol: 'udp' }, { protocol: 'tcp', dnsName: 'a.example' }] },
    });
  });

  test('check', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'vpcproof-'));
    writeFileSync(join(cwd, 'policy.yaml'), policy);
    const document = await valid(['check', 'n', '-p', 'policy.yaml'], {
      cwd,
      answers: ({ kind }) =>
        answer({
          verdict: kind === 'require' ? 'undecided' : 'violated',
          flows: [flow],
          blockedBy: [block],
          ...leaning,
        }),
    });
    expect(document).toMatchObject({ summary: { total: 3, holds: 0, violated: 1, undecided: 1, waived: 1 } });
  });

  test('what if: the question, and what was edited', async () => {
    const edits = ['--set', 'igw-1 detach', '--set', 'sg-unused egress add udp/53 10.0.0.2'];
    const document = await valid(['whatif', 'n', ...edits, ...ask.filter((word) => word !== 'n')]);
    expect(document).toMatchObject({
      command: 'ask',
      edits: [
        { edit: 'igw-1 detach', source: { file: '--set', place: '1:1' } },
        { changes: [{ resource: 'sg-unused', what: 'egress rule', after: 'udp/53 10.0.0.2/32' }], notes: [] },
      ],
    });
    expect(Object.keys(document).slice(0, 6)).toEqual([
      'schemaVersion',
      'tool',
      'command',
      'question',
      'network',
      'edits',
    ]);
    await valid(['whatif', 'n', '--set', 'igw-1 detatch', 'ask']);
  });

  test('firewall check and diff', async () => {
    const variants = join(import.meta.dirname, '../../scenarios/egress-allow-list/variants');
    const checked = await valid(['firewall', 'check', join(variants, 'port-443-passed'), '--timeout', '30']);
    expect(checked).toMatchObject({
      command: 'firewall check',
      results: [{ findings: expect.arrayContaining([expect.objectContaining({ code: 'early-pass' })]) as unknown }],
    });
    const files = ['pass', 'drop'].map((action) => {
      const file = join(mkdtempSync(join(tmpdir(), 'vpcproof-')), `${action}.rules`);
      writeFileSync(file, `${action} tcp any any -> any 22 (sid:1;)\n`);
      return file;
    });
    expect(await valid(['diff', ...files])).toMatchObject({ command: 'diff', verdict: 'different' });
    const scenario = join(import.meta.dirname, '../../scenarios/public-web-private-db');
    const sides = [join(scenario, 'network'), join(scenario, 'variants/db-group-open')];
    expect(await valid(['diff', ...sides])).toMatchObject({ command: 'diff', verdict: 'different', closed: [] });
  });

  test('trace, coverage, import, problems and failures', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'vpcproof-'));
    await valid([
      'trace',
      'n',
      '--from',
      'eni-app',
      '--packet',
      'icmp 10.0.1.10 -> 1.1.1.1',
      '--assume',
      'drops:egress',
    ]);
    await valid(['coverage', 'n']);
    await valid(['import', 'n', '-o', 'network.json'], { cwd });
    await valid(['coverage', 'n'], { loads: fail({ code: 'x', file: 'f', place: '/a', message: 'm', hint: 'h' }) });
    await valid(ask, {
      answers: () => {
        throw new Error('a bug');
      },
    });
  });
});

test('a policy that is read is valid, one with a misspelt key is not', () => {
  expect(isPolicy(parse(policy))).toBe(true);
  expect(isPolicy(parse(policy.replace('severity', 'sevrity')))).toBe(false);
  expect(isPolicy(parse(policy.replace('isolate', 'apart')))).toBe(false);
});
