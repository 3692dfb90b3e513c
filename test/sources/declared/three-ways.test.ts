/** One network as AWS's answers, as a Terraform plan and as a CloudFormation template: the same answers to one policy. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, loadNetwork, type Network, type Result } from '../../../src/index.ts';
import { redeclared } from '../../support/redeclared.ts';
import { planOf, templateOf } from '../../support/three-ways.ts';

interface Case {
  readonly name: string;
  readonly faults: readonly string[];
  /** What neither a plan nor a template tells: AWS's own prefix lists. */
  readonly exists?: string;
}

/** Each as it is meant, and with faults, which the other formats have to show as well. */
const scenarios: readonly Case[] = [
  { name: 'central-egress', faults: ['spoke-with-its-own-gateway'] },
  { name: 'dual-stack-egress-only', faults: ['internet-gateway-for-ipv6', 'group-without-ipv6'] },
  { name: 'cloud-wan-segments', faults: ['isolation-off', 'wrong-segment', 'filtered'] },
  {
    name: 'lattice-services',
    faults: ['models-admit-the-agents', 'vectors-registered-as-a-target', 'agents-let-out-to-lattice'],
    exists: 'network/describe-prefix-lists.json',
  },
  { name: 'peered-row', faults: ['direct-peering', 'no-way-back'] },
];

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

describe.each(scenarios)('$name', ({ name, faults, exists }) => {
  const verdicts = async (network: Network): Promise<string> => {
    const { results } = must(await check(network, { policies: [`scenarios/${name}/policy.yaml`] }));
    return results.map(({ id, verdict, assumptions }) => [id, verdict, ...assumptions].join('; ')).join('\n');
  };

  test.each(['network', ...faults.map((fault) => `variants/${fault}`)])(
    '%s comes to the same verdicts in all three formats',
    async (one) => {
      const folder = `scenarios/${name}/${one}`;
      const shown = await verdicts(must(await loadNetwork(folder)));
      expect(shown).toContain('; holds');
      expect(shown.includes('; violated')).toBe(one !== 'network');
      const resources = redeclared(folder);
      const plan = { file: 'plan.json', json: planOf(resources) };
      const template = { file: 'template.json', json: templateOf(resources) };
      for (const written of [plan, template]) {
        const { file, json } = written;
        const path = join(mkdtempSync(join(tmpdir(), 'three-ways-')), file);
        writeFileSync(path, JSON.stringify(json));
        const parameters = written === template ? ['AWS::Region=us-east-1'] : [];
        const base = exists === undefined ? {} : { base: `scenarios/${name}/${exists}` };
        expect(await verdicts(must(await loadNetwork(path, { parameters, ...base })))).toEqual(shown);
      }
    },
    120_000,
  );
});
