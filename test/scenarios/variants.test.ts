/** The variants on disk are what their edits make; `npx vitest run test/scenarios -u` writes them anew. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { variantText } from '../../scenarios/variant.ts';
import { scenarios } from './scenarios.ts';

describe.each(scenarios)('$name', ({ name, variants }) => {
  test.each(variants)('the network of $name is the healthy one with its edit', async (variant) => {
    const file = new URL(`../../scenarios/${name}/variants/${variant.name}/network.json`, import.meta.url);
    await expect(variantText(name, variant)).toMatchFileSnapshot(file.pathname);
  });

  test('every folder of variants has its edit', () => {
    const folders = readdirSync(new URL(`../../scenarios/${name}/variants`, import.meta.url)).sort();
    expect(folders).toEqual(variants.map((variant) => variant.name).sort());
  });
});
