/** The plan of scenarios/planned-change: what it breaks, what it opens and for whom, and that it is a plan of Terraform's. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Network, check, diff, loadChange } from '../../src/index.ts';

const folder = join(import.meta.dirname, '../../scenarios/planned-change');
const policies = [join(folder, 'policy.yaml')];

let before: Network;
let after: Network;

beforeAll(async () => {
  const loaded = await loadChange(join(folder, 'plan.json'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  ({ before, after } = loaded.value);
});

const verdicts = async (network: Network): Promise<Readonly<Record<string, string>>> => {
  const checked = await check(network, { policies });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return Object.fromEntries(checked.value.results.map(({ id, verdict }) => [id, verdict]));
};

describe('the planned change', () => {
  test('breaks one property, and no other', async () => {
    const kept = { 'nothing-comes-in': 'holds', 'bedrock-over-privatelink': 'holds' };
    expect(await verdicts(before)).toEqual({ 'ai-stays-private': 'holds', ...kept });
    expect(await verdicts(after)).toEqual({ 'ai-stays-private': 'violated', ...kept });
  });

  test('opens the internet for the new host and for the one beside it, on one port, and closes nothing', async () => {
    const found = await diff(before, after, { to: 'internet' });
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    const { verdict, opened, closed, undecided } = found.value;
    expect([verdict, closed, undecided]).toEqual(['different', [], []]);
    expect(new Set(opened.flatMap(({ from }) => from))).toEqual(
      new Set(['aws_instance.trainer/eth0', after.instances.get('i-0b10c0de00000000a')!.interfaces[0]]),
    );
    for (const { flows } of opened)
      for (const { flow } of flows) expect(flow.family).toMatchObject({ protocols: ['tcp'], dstPorts: ['443'] });
  });

  test('compared with itself changes nothing', async () => {
    expect(await diff(after, after)).toMatchObject({ ok: true, value: { verdict: 'same', undecided: [] } });
  });
});
