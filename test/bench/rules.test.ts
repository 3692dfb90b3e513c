/** The bench rules: as many as asked for, all of them rules, and the same for the same seed. */
import { expect, it } from 'vitest';
import { random } from '../../bench/random.ts';
import { suricataRules } from '../../bench/rules.ts';
import { checkGroup, readRules } from '../../src/suricata/index.ts';

const rules = suricataRules(random(1), 200);

it('are rules that AWS takes, with a sid each', () => {
  const { lines, problems } = readRules(rules.join('\n'));
  expect(lines).toHaveLength(200);
  expect([...problems, ...checkGroup(lines, { order: 'STRICT_ORDER' })]).toEqual([]);
});

it('are the same for the same seed, and others for another', () => {
  expect(suricataRules(random(1), 200)).toEqual(rules);
  expect(suricataRules(random(2), 200)).not.toEqual(rules);
});
