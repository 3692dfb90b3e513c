/** Remarks on flows that a load balancer turns into others. */
import { expect, test } from 'vitest';
import { front } from '../support/front.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { asked } from './asked.ts';

const web: Change = {
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'] }],
};

test('what is unreachable at a target’s port is told by which other packet it is reached', async () => {
  const spec = world(front(), web);
  const { verdict, notes } = await asked(spec, { from: 'internet', to: 'eni-i1', port: '8080' });
  expect(verdict).toBe('unreachable');
  expect(notes.join()).toMatch(/reached by other packets, which `.*front.*` sends on: tcp \S+ -> 198\.51\.100\.20:443/);
  const without = await asked(world(), { from: 'internet', to: 'eni-i1', port: '8080' });
  expect(without.notes.join()).not.toContain('other packets');
});
