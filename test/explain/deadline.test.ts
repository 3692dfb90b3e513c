/** Time that runs out, wherever it does, leaves a question undecided, and soon: never a wrong answer. */
import { expect, test } from 'vitest';
import { filesOf, generate } from '../../bench/generate.ts';
import { hubPolicy } from '../../bench/policy.ts';
import { openProver } from '../../src/cli/decide.ts';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { compared } from '../support/compared.ts';

const size = { interfaces: 1200, groups: 240, rules: 2400, hub: { vpcs: 12, tables: 4 } };

const network = hub();
const other = hub(true);

function hub(fault = false): Network {
  const read = networkFromDocuments(
    [...filesOf(generate(size, 1, fault))].map(([file, content]) => ({
      file,
      json: JSON.parse(JSON.stringify(content)),
    })),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const properties = `${hubPolicy}  - id: reaches
    forbid: { from: app, to: data }
  - id: reach
    require: { from: app, to: data, traffic: 'tcp/443' }
`;

/** What a time of so many milliseconds gives for each of the properties, and how long that took. */
async function within(timeoutMs: number) {
  const file = readPolicyFile(properties, 'policy.yaml');
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  const read = propertiesOf(network, file.value, { sides: new Map(), potential: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const engine = {
    openVerifier: (of: Network) => Promise.resolve(openVerifier(of)),
    replay: () => Promise.resolve(replay),
  };
  const prover = openProver(engine, network, timeoutMs);
  const told = [];
  for (const { intents } of read.value) {
    const started = performance.now();
    const { answer } = await prover.decide(intents[0]!);
    told.push({ ...answer, took: performance.now() - started });
  }
  await prover.close();
  return told;
}

/** How long an answer may take beyond its time: what is at work is not torn away from it. */
const graceMs = 5000;

test('too little time for a hub leaves each property undecided, or as more time decides it', async () => {
  const decided = (await within(60_000)).map(({ verdict }) => verdict);
  expect(decided).toEqual(['holds', 'violated', 'violated']);
  const met = new Set<string>();
  for (const timeoutMs of [1, 40, 160, 640])
    for (const [i, { verdict, reason, took }] of (await within(timeoutMs)).entries()) {
      met.add(verdict);
      if (verdict === 'undecided') expect(reason).toContain('the time given ran out');
      else expect(verdict).toBe(decided[i]);
      expect(took).toBeLessThan(timeoutMs + graceMs);
    }
  expect(met).toContain('undecided');
});

test('too little time for comparing two hubs, of which one opens a port, tells nothing that it closes', async () => {
  const met = new Set<string>();
  for (const timeoutMs of [1, 100, 400]) {
    const started = performance.now();
    const { closed, undecided } = await compared(network, other, { timeoutMs });
    expect(closed).toEqual([]);
    for (const { reason } of undecided) met.add(reason);
    expect(performance.now() - started).toBeLessThan(timeoutMs + graceMs);
  }
  expect(met).toContain('the time given ran out');
});
