/** A network that is declared is judged as the same network that AWS's answers show. */
import { describe, expect, test } from 'vitest';
import { buildNetwork } from '../../../src/network/build/index.ts';
import { check, loadNetwork } from '../../../src/index.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import { declaration } from '../../support/declared.ts';
import { redeclared } from '../../support/redeclared.ts';

/** Each with another of the constructs that stand between networks, or before what is in them. */
const scenarios = [
  'appliance-inspection',
  'central-egress',
  'dns-walled-garden',
  'egress-allow-list',
  'genai-private',
  'hub-and-spoke',
  'hub-firewall',
  'privatelink-service',
  'waf-front-door',
];

describe.each(scenarios)('%s, declared', (name) => {
  const folder = `scenarios/${name}/network`;

  test('comes to the verdicts of the same network as AWS shows it', async () => {
    const made = declare(declaration(...redeclared(folder)));
    expect(made.problems).toEqual([]);
    const built = buildNetwork(made.findings, ['plan.json']);
    if (!built.ok) throw new Error(JSON.stringify(built.problems, null, 1));
    const shown = await loadNetwork(folder);
    if (!shown.ok) throw new Error(JSON.stringify(shown.problems));
    const policies = [`scenarios/${name}/policy.yaml`];
    const [one, other] = [await check(built.value, { policies }), await check(shown.value, { policies })];
    if (!one.ok || !other.ok) throw new Error(JSON.stringify(one.ok ? other : one));
    const verdicts = ({ results }: typeof one.value): string =>
      results
        .map(({ id, verdict, assumptions, reason }) => [id, verdict, ...assumptions, reason].join('; '))
        .join('\n')
        .replaceAll(/made\["([^"]*)"\]/g, '$1');
    expect(verdicts(one.value)).toEqual(verdicts(other.value));
  }, 60000);
});
