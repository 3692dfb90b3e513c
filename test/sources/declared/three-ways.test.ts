/** One network as AWS's answers, as a Terraform plan and as a CloudFormation template: the same answers to one policy. */
import { describe, expect, test } from 'vitest';
import { check, loadNetwork, type Network, readNetwork, type Result } from '../../../src/index.ts';
import { redeclared } from '../../support/redeclared.ts';
import { planOf, templateOf } from '../../support/three-ways.ts';

/** Each as it is meant, and with faults, which the other formats have to show as well. */
const scenarios: readonly (readonly [name: string, faults: readonly string[]])[] = [
  ['central-egress', ['spoke-with-its-own-gateway']],
  ['dual-stack-egress-only', ['internet-gateway-for-ipv6', 'group-without-ipv6']],
  ['cloud-wan-segments', ['isolation-off', 'wrong-segment', 'filtered']],
  ['peered-row', ['direct-peering', 'no-way-back']],
];

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

describe.each(scenarios)('%s', (name, faults) => {
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
      for (const written of [plan, template]) expect(await verdicts(must(await readNetwork(written)))).toEqual(shown);
    },
    120_000,
  );
});
