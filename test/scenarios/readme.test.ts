/** A scenario's README tells of every variant, and shows a drawing. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarios } from './scenarios.ts';

describe.each(scenarios)('the README of $name', ({ name, variants }) => {
  const readme = readFileSync(new URL(`../../scenarios/${name}/README.md`, import.meta.url), 'utf8');

  test('has a drawing', () => expect(readme).toContain('```mermaid'));

  test.each(variants)('has a line for $name', (variant) => expect(readme).toContain(`| \`${variant.name}\` `));

  test('names files that are there', () => {
    const named = [...readme.matchAll(/\bscenarios\/\S+/g)].map(([path]) => path);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  });

  test('stands in the list of scenarios', () =>
    expect(readFileSync(new URL('../../scenarios/README.md', import.meta.url), 'utf8')).toContain(`(${name})`));
});
