/** What runs, as AWS's answers tell it, and what a declaration makes of it: without its change and with it. */
import { buildNetwork } from '../../src/network/build/index.ts';
import type { Network } from '../../src/network/network.ts';
import { aroundOf } from '../../src/sources/declared/around.ts';
import { merge } from '../../src/sources/declared/base.ts';
import { declare } from '../../src/sources/declared/index.ts';
import type { DeclaredResource } from '../../src/sources/declared/resource.ts';
import { readDescribe } from '../../src/sources/describe/index.ts';
import type { SourceDocument } from '../../src/sources/document.ts';
import { declaration } from './declared.ts';

/** The networks before and after. */
export function changed(
  runs: readonly SourceDocument[],
  before: readonly DeclaredResource[],
  after: readonly DeclaredResource[],
): readonly [Network, Network] {
  const base = readDescribe(runs.flatMap((each) => ('json' in each ? [each] : []))).findings;
  const around = aroundOf(base);
  const [old, now] = [declare(declaration(...before), around), declare(declaration(...after), around)];
  const gone = new Set(before.map(({ id }) => id));
  for (const { id } of after) gone.delete(id);
  const [first, second] = [merge(base, old, old, new Set()), merge(base, old, now, gone)].map((findings) => {
    const built = buildNetwork(findings, ['base.json']);
    if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'));
    return built.value;
  });
  return [first!, second!];
}
