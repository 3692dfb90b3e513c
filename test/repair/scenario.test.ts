/**
 * Repairs of the faults of all scenarios, applied to the network as edits: the property holds then, no other is worse
 * off, and none of the edits could be left out. They are looked for among few sets of edits, of the first property that
 * the fault violates; and where a scenario has many faults, of every third unless `VPCPROOF_CONTEST_RUNS` is given.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadNetwork } from '../../src/index.ts';
import { readExpectations } from '../scenarios/expected.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { faultsOf, linesOf, repaired } from './helped.ts';

const pathOf = (path: string): string => new URL(`../../scenarios/${path}`, import.meta.url).pathname;

/** By sets and not by the clock, so that every run is the same. */
const effort = { sets: 25, properties: 1, wanted: 1 };

const all = process.env['VPCPROOF_CONTEST_RUNS'] !== undefined;

/** How many faults of a scenario are all looked at. */
const few = 4;

/** Properties that are violated and for which a repair was found, and all of them. */
const tally = { repaired: 0, violated: 0 };

describe.each(scenarios)('$name', ({ name }) => {
  const policy = readFileSync(pathOf(`${name}/policy.yaml`), 'utf8');
  const faulty = [...readExpectations(name)].filter(([, properties]) =>
    Object.values(properties).some(({ verdict }) => verdict === 'violated'),
  );

  const some = faulty.filter((_, i) => all || faulty.length <= few || i % 3 === 0);

  test.each(some.map(([folder]) => folder))('%s', async (folder) => {
    const network = await loadNetwork(pathOf(`${name}/${folder}`));
    if (!network.ok) throw new Error(JSON.stringify(network.problems));
    const document = await repaired(network.value, policy, effort);
    for (const result of document.results) {
      if (result.repairs === undefined) continue;
      tally.violated++;
      if (linesOf(result.repairs).length > 0) tally.repaired++;
      expect(await faultsOf(network.value, policy, document, result)).toEqual([]);
    }
  });
});

test('many faults are mended by edits', () => {
  expect(tally.repaired / tally.violated).toBeGreaterThan(0.4);
});

test.each([
  [
    'genai-private',
    'route-skips-firewall',
    'ai-egress-only-via-firewall',
    'rtb-0921700000000000b route 0.0.0.0/0 -> vpce-0f12e00000000000b',
  ],
  ['genai-private', 'model-group-open', 'only-app-reaches-models', 'sg-030de100000000003 ingress remove all 0.0.0.0/0'],
  [
    'public-web-private-db',
    'db-published',
    'only-web-reaches-db',
    'sg-0db00000000000001 ingress remove tcp/5432 0.0.0.0/0',
  ],
  [
    'public-web-private-db',
    'nacl-forgets-replies',
    'web-serves-clients',
    'acl-0eb00000000000001 outbound add 120 allow tcp/1024-65535 0.0.0.0/0',
  ],
  [
    'central-egress',
    'blackhole-missing',
    'shop-and-build-are-apart',
    'tgw-rtb-0590e000000000001 route 10.0.0.0/8 -> blackhole',
  ],
])('%s: %s is undone by one edit', async (scenario, variant, id, line) => {
  const network = await loadNetwork(pathOf(`${scenario}/variants/${variant}`));
  if (!network.ok) throw new Error(JSON.stringify(network.problems));
  const policy = readFileSync(pathOf(`${scenario}/policy.yaml`), 'utf8');
  const { results } = await repaired(network.value, policy);
  expect(linesOf(results.find((one) => one.id === id)!.repairs!)).toContainEqual([line]);
});
