/** Why scenarios' properties hold: opened by an edit, what is said to be needed lets something through. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, edit, loadNetwork, type Because } from '../../src/index.ts';

const folder = (name: string) => join(import.meta.dirname, '../../scenarios', name);

/** Edits that open it; none where no edit is as much. */
function opening({ kind, resource, direction }: Because): readonly string[] {
  const all = ['0.0.0.0/0', '::/0'];
  if (kind === 'security-group')
    return all.map((cidr) => `${resource} ${direction === 'in' ? 'ingress' : 'egress'} add all ${cidr}`);
  if (kind === 'network-acl')
    return all.map((cidr, i) => `${resource} ${direction}bound add ${i + 1} allow all ${cidr}`);
  return [];
}

describe.each(['public-web-private-db', 'peered-row'])('%s', (name) => {
  test(
    'every proof rests on something, and opening what it needs by itself breaks it',
    { timeout: 300_000 },
    async () => {
      const loaded = await loadNetwork(join(folder(name), 'network'));
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      const policies = [join(folder(name), 'policy.yaml')];
      const verdicts = async (network: typeof loaded.value, why = false) => {
        const checked = await check(network, { policies, why });
        if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
        return checked.value.results;
      };
      const results = await verdicts(loaded.value, true);
      const told = results.filter(({ because }) => because !== undefined);
      expect(told.length).toBeGreaterThan(0);
      for (const { id, because = [], vacuousBecause } of told)
        expect([id, because.length > 0 || vacuousBecause !== undefined]).toEqual([id, true]);
      let broken = 0;
      for (const { id, because = [] } of told)
        for (const one of because) {
          const lines = opening(one);
          if (lines.length === 0) continue;
          const edited = await edit(loaded.value, lines);
          if (!edited.ok) continue;
          const after = (await verdicts(edited.value.network)).find((each) => each.id === id)!;
          expect([id, one.says, after.verdict !== 'holds']).toEqual([id, one.says, one.alone]);
          broken++;
        }
      expect(broken).toBeGreaterThan(0);
    },
  );
});
