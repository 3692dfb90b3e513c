/** `diff` of networks without a terminal: a request is understood for both, and its answer a document. */
import type { Problem, ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import type { Compared } from '../change/index.ts';
import { type Family, families } from '../net/address.ts';
import { policyOf } from '../network/firewall-policy.ts';
import { blocksNamed } from '../network/named-block.ts';
import type { Network } from '../network/network.ts';
import { placements } from '../network/placement.ts';
import { isProvenance } from '../network/resource.ts';
import { readAssumption } from '../policy/assume.ts';
import { placesOf } from '../policy/places.ts';
import type { Property } from '../policy/property.ts';
import type { Places } from '../policy/question.ts';
import { type Selection, select } from '../policy/selection.ts';
import { type TrafficFlags, trafficOf } from '../policy/traffic.ts';
import type { ChangeDoubt, PropertyChange } from '../result/change.ts';
import type { NetworkDiffDocument, PropertyResult } from '../result/document.ts';
import { atOption } from './asking.ts';
import { checkDocument, isWaived, today } from './checking.ts';
import { openProver } from './decide.ts';
import type { Engine } from './engine.ts';
import { publishedSides, publishedTopology, publishedTraffic, readings } from './publish.ts';
import { tool } from './tool.ts';

/** What `diff` is asked, in the words of its options. */
export interface DiffRequest extends TrafficFlags {
  readonly from?: string;
  readonly to?: string;
  readonly family?: Family;
  /** `packet` unless given. */
  readonly mode?: 'packet' | 'connection';
  readonly assume?: readonly string[];
}

export interface DiffIntent extends Compared {
  readonly request: DiffRequest;
}

/** What the request means in both networks, or every problem in it: a selector need name something in one of them. */
export function diffIntent(before: Network, after: Network, request: DiffRequest): Result<DiffIntent> {
  const problems: Problem[] = [];
  const inEither = <T>(
    option: string,
    read: (network: Network) => Result<T, ProblemAt>,
  ): readonly (T | undefined)[] => {
    const found = [read(before), read(after)];
    if (!found.some((one) => one.ok))
      for (const one of found[1]!.ok ? [] : found[1]!.problems) problems.push(atOption(option, one));
    return found.map((one) => (one.ok ? one.value : undefined));
  };
  const places = (side: 'from' | 'to'): Compared['from'] => {
    const text = request[side];
    const [old, now] = inEither(`--${side}`, (network) => select(network, text ?? 'any'));
    const of = (network: Network, selection: Selection | undefined): Places => {
      if (selection === undefined) return { text: text ?? '', members: [], any: false, silent: [] };
      const found = placesOf(network, selection, side);
      // All places are meant, one outside with another too, and the resolver.
      return found.any
        ? { ...found, any: false, members: side === 'to' ? [...found.members, { kind: 'dns' }] : found.members }
        : found;
    };
    return { before: of(before, old), after: of(after, now) };
  };
  const { from, to, family, mode = 'packet', assume = [], ...flags } = request;
  const traffic = trafficOf(flags);
  if (!traffic.ok) for (const { flag, ...problem } of traffic.problems) problems.push(atOption(`--${flag}`, problem));
  const sides = assume.flatMap((text) =>
    inEither('--assume', (network) => readAssumption(network, text)).flatMap((one) => one ?? []),
  );
  const compared = { from: places('from'), to: places('to') };
  return unless(problems, () => ({
    ...compared,
    request: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...flags },
    traffic: traffic.ok ? traffic.value : [],
    mode,
    families: family === undefined ? families : [family],
    sides: new Map(sides.flat().map(({ key, side }) => [key, side])),
  }));
}

export interface DiffInput {
  readonly name: string;
  readonly network: Network;
  readonly properties: readonly Property[];
}

export interface DiffOptions {
  readonly policies: readonly string[];
  readonly maxFamilies: number;
  readonly timeoutMs: number;
  readonly progress?: (text: string) => Promise<void>;
}

/** What changed from the one to the other. */
export async function diffDocument(
  engine: Engine,
  before: DiffInput,
  after: DiffInput,
  intent: DiffIntent,
  sha256: Engine['sha256'],
  { policies, maxFamilies, timeoutMs, progress = () => Promise.resolve() }: DiffOptions,
): Promise<NetworkDiffDocument> {
  const started = performance.now();
  await progress('comparing which flows get through');
  const compare = await engine.change();
  const options = { replay: await engine.replay(), timeoutMs, maxFamilies };
  const found = await compare(before.network, after.network, intent, options);
  const unplaced = [
    ...placementDoubts(after.network, intent, 'opened'),
    ...placementDoubts(before.network, intent, 'closed'),
  ];
  // Of one network twice, each way to place addresses is compared with itself.
  const same = async (): Promise<boolean> =>
    (await engine.sha256(before.network)) === (await engine.sha256(after.network));
  const undecided = [...found.undecided, ...(unplaced.length === 0 || (await same()) ? [] : unplaced)];
  const firewalls = await firewallChanges(engine, before.network, after.network, timeoutMs);
  const properties = await propertyChanges(engine, before, after, { timeoutMs, policies, progress });
  const changes = [found.opened, found.closed, firewalls.opened, firewalls.closed].some((list) => list.length > 0);
  const doubts = undecided.length + firewalls.undecided.length > 0;
  const [a, b] = [readings(before.network), readings(after.network)];
  const flows = [...found.opened, ...found.closed].flatMap((one) => one.flows);
  const { from, to } = intent.request;
  return {
    schemaVersion: 1,
    tool,
    command: 'diff',
    question: {
      before: before.name,
      after: after.name,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      traffic: intent.traffic.map((each) => publishedTraffic(each)),
      families: intent.families,
      mode: intent.mode,
      assume: publishedSides(intent.sides),
      policies,
    },
    warnings: distinct([...a.warnings, ...b.warnings]),
    defaults: distinct([...a.defaults, ...b.defaults]),
    unmodelled: distinct([...a.unmodelled, ...b.unmodelled]),
    before: { sha256: await sha256(before.network), sources: before.network.sources },
    after: { sha256: await sha256(after.network), sources: after.network.sources },
    topology: publishedTopology(after.network, {
      flows: [...flows.map(({ flow }) => flow), ...properties.flatMap(({ counterexamples }) => counterexamples)],
      blocks: flows.flatMap(({ otherwise }) => otherwise.blockedBy),
    }),
    verdict: changes ? 'different' : doubts ? 'undecided' : 'same',
    opened: found.opened,
    closed: found.closed,
    omitted: found.omitted,
    undecided,
    firewalls,
    properties,
    decidedBy: found.decidedBy,
    timeMs: Math.round(performance.now() - started),
  };
}

/** What was found is so for the addresses that stand here; where something tells those apart that AWS may pick, there may be more. */
function placementDoubts(
  network: Network,
  { from, to, traffic }: DiffIntent,
  code: ChangeDoubt['code'],
): readonly ChangeDoubt[] {
  const asked = [from, to].flatMap(({ before, after }) => [...before.members, ...after.members]);
  if (placements(network, blocksNamed([asked, traffic]))?.length === 1) return [];
  const waiting = [...network.interfaces.values()].filter(({ addresses }) =>
    addresses.some(({ pending }) => pending !== undefined),
  );
  const which = waiting
    .slice(0, 3)
    .map(({ id }) => `\`${id}\``)
    .join(', ');
  const reason = `something tells addresses apart that AWS will pick (${which}${waiting.length > 3 ? ', …' : ''}), and only those that stand for them were compared`;
  return [{ code, from: [], to: [], reason, unknowns: [] }];
}

/** Policies of firewalls that are in both networks, with all that a packet alone does not tell. */
async function firewallChanges(
  engine: Engine,
  before: Network,
  after: Network,
  timeoutMs: number,
): Promise<NetworkDiffDocument['firewalls']> {
  const pairs = [...before.firewalls.values()].flatMap((old) => {
    const now = after.firewalls.get(old.id);
    const [first, second] = [policyOf(before, old), now && policyOf(after, now)];
    if (now === undefined || first === undefined || second === undefined) return [];
    if (textOf(before, first) === textOf(after, second)) return [];
    return [
      [
        { network: before, firewall: old, policy: first },
        { network: after, firewall: now, policy: second },
      ] as const,
    ];
  });
  if (pairs.length === 0) return { opened: [], closed: [], undecided: [] };
  const [bench, judge] = [await engine.firewalls(), await engine.judge()];
  const found = [];
  for (const [first, second] of pairs) found.push(await bench.compare(first, second, { judge, timeoutMs }));
  return {
    opened: found.flatMap(({ opened }) => opened),
    closed: found.flatMap(({ closed }) => closed),
    undecided: found.flatMap(({ undecided }) => undecided),
  };
}

/** All that the policy says, wherever it was read. */
function textOf({ ruleGroups, tlsInspections }: Network, policy: NonNullable<ReturnType<typeof policyOf>>): string {
  const groups = [...policy.stateless.groups, ...policy.stateful.groups].map(({ group }) => ruleGroups.get(group));
  return JSON.stringify([policy, groups, [...tlsInspections.values()]], (_, value: unknown) =>
    isProvenance(value) ? undefined : typeof value === 'bigint' ? `${value}` : value,
  );
}

async function propertyChanges(
  engine: Engine,
  before: DiffInput,
  after: DiffInput,
  { timeoutMs, policies, progress }: Required<Pick<DiffOptions, 'timeoutMs' | 'policies' | 'progress'>>,
): Promise<readonly PropertyChange[]> {
  if (after.properties.length === 0) return [];
  const results = async ({ network, properties, name }: DiffInput): Promise<readonly PropertyResult[]> => {
    const prover = openProver(engine, network, timeoutMs);
    try {
      const onProperty = ({ id }: Property, index: number): Promise<void> =>
        progress(`${name}: ${index} of ${properties.length} properties done, proving ${id}`);
      const none = (): Promise<string> => Promise.resolve('');
      return (await checkDocument(network, properties, prover, none, { policies, today: today(), onProperty })).results;
    } finally {
      await prover.close();
    }
  };
  const old = new Map((await results(before)).map((result) => [result.id, result]));
  return (await results(after)).map((now) => {
    const { id, title, counterexamples, blockedBy, reason } = now;
    const was = old.get(id)?.verdict ?? 'undecided';
    const change =
      was === now.verdict || isWaived(now)
        ? 'none'
        : was === 'holds'
          ? 'broken'
          : now.verdict === 'holds'
            ? 'fixed'
            : 'none';
    return { id, title, before: was, after: now.verdict, change, counterexamples, blockedBy, reason };
  });
}

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];
