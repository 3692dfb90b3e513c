/** Every property of every scenario comes to the verdict, and shows the counterexample, that `expected.yaml` says. */
import { describe, expect, test } from 'vitest';
import { check, loadNetwork } from '../../src/index.ts';
import { differences, readExpectations } from './expected.ts';
import { scenarios } from './scenarios.ts';

describe.each(scenarios)('$name', ({ name, variants }) => {
  const expectations = readExpectations(name);

  test('every variant is expected to come to something', () =>
    expect([...expectations.keys()]).toEqual(['network', ...variants.map((variant) => `variants/${variant.name}`)]));

  test.each([...expectations.keys()])('%s is judged as expected', async (folder) => {
    const network = await loadNetwork(`scenarios/${name}/${folder}`);
    if (!network.ok) throw new Error(JSON.stringify(network.problems));
    const checked = await check(network.value, { policies: [`scenarios/${name}/policy.yaml`] });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    const { results } = checked.value;
    expect(results.map(({ id }) => id)).toEqual(Object.keys(expectations.get('network')!));
    const wrong = results.flatMap(({ id, counterexamples: flows, ...result }) =>
      differences(expectations.get(folder)![id]!, { ...result, flows }).map((line) => `${id} ${line}`),
    );
    expect(wrong).toEqual([]);
  });
});
