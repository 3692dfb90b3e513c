/** Edits that help a network, and what becomes of promises when edits are applied: all by the ways that people have. */
import { type AskRequest, type CheckDocument, type Network, type PropertyResult, ask, edit } from '../../src/index.ts';
import { propertiesIn } from '../../src/cli/check.ts';
import { checkDocument, today } from '../../src/cli/checking.ts';
import { openProver } from '../../src/cli/decide.ts';
import { type RepairOptions, withAlternatives, withRepairs } from '../../src/cli/repairing.ts';
import { stages } from '../../src/cli/stages.ts';
import type { Ruling } from '../../src/repair/index.ts';
import type { RemediesJson } from '../../src/result/repair.ts';

type Options = Partial<RepairOptions>;

const usual = { timeoutMs: 60_000, prices: false };

/** Every property of the policy decided, with repairs of what is violated. */
export async function repaired(network: Network, policy: string, options: Options = {}): Promise<CheckDocument> {
  const texts = [{ file: 'policy.yaml', text: policy }];
  const read = (on: Network) => propertiesIn(on, texts, { assume: [], potential: false });
  const properties = await read(network);
  if (!properties.ok) throw new Error(JSON.stringify(properties.problems));
  const rulings: Ruling[] = [];
  const document = await checkDocument(network, properties.value, openProver(stages, network, 60_000), noHash, {
    policies: ['policy.yaml'],
    today: today(),
    onDecided: (verdict, decisions) => void rulings.push({ verdict, decisions }),
  });
  return withRepairs(stages, network, document, rulings, read, { ...usual, ...options });
}

const noHash = (): Promise<string> => Promise.resolve('');

/** The verdicts by id, without looking for anything. */
export async function verdicts(
  network: Network,
  policy: string,
): Promise<ReadonlyMap<string, PropertyResult['verdict']> | undefined> {
  const properties = await propertiesIn(network, [{ file: 'policy.yaml', text: policy }], {
    assume: [],
    potential: false,
  });
  if (!properties.ok) return undefined;
  const options = { policies: [], today: today() };
  const { results } = await checkDocument(
    network,
    properties.value,
    openProver(stages, network, 60_000),
    noHash,
    options,
  );
  return new Map(results.map(({ id, verdict }) => [id, verdict]));
}

/** What would let the flow through. */
export async function unblocked(network: Network, request: AskRequest, options: Options = {}): Promise<RemediesJson> {
  const document = await ask(network, request);
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  const found = await withAlternatives(stages, network, document.value, request, { ...usual, ...options });
  if (found.alternatives === undefined) throw new Error(`it is ${found.verdict}`);
  return found.alternatives;
}

/** Each set as its lines. */
export const linesOf = ({ found }: RemediesJson): readonly (readonly string[])[] =>
  found.map(({ edits }) => edits.map((one) => one.edit));

/** The network after the edits; undefined where they are refused. */
export async function editedBy(network: Network, lines: readonly string[]): Promise<Network | undefined> {
  if (lines.length === 0) return network;
  const result = await edit(network, lines);
  return result.ok ? result.value.network : undefined;
}

/** Each way to leave one of them out. */
export const without = (lines: readonly string[]): readonly (readonly string[])[] =>
  lines.map((_, i) => lines.filter((__, j) => j !== i));

const ranks = { violated: 0, undecided: 1, holds: 2 } as const;

/**
 * What is wrong with the repairs of the document's property: the promise is that it holds, and no other is worse off than
 * the document says.
 */
export async function faultsOf(
  network: Network,
  policy: string,
  { results }: CheckDocument,
  { id, repairs }: PropertyResult,
): Promise<readonly string[]> {
  const keeps = async (lines: readonly string[]): Promise<boolean> => {
    const after = await editedBy(network, lines);
    const now = after && (await verdicts(after, policy));
    return (
      now !== undefined &&
      now.get(id) === 'holds' &&
      results.every((other) => ranks[now.get(other.id) ?? 'violated'] >= ranks[other.verdict])
    );
  };
  const faults: string[] = [];
  for (const lines of repairs === undefined ? [] : linesOf(repairs)) {
    const said = `${id}: ${lines.join('; ')}`;
    if (!(await keeps(lines))) faults.push(`no repair: ${said}`);
    // Without the only one, the network is the one that was judged.
    for (const fewer of lines.length === 1 ? [] : without(lines))
      if (await keeps(fewer)) faults.push(`too much: ${said}`);
  }
  return faults;
}
