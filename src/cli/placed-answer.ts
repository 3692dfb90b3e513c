/** One answer from those for every place where addresses that AWS will pick can lie (`network/placement.ts`). */
import { invariant } from '../base/invariant.ts';
import { type Address, formatAddress } from '../net/address.ts';
import type { Network } from '../network/network.ts';
import type { Answer } from '../result/answer.ts';

interface Decided {
  readonly answer: Answer;
  /** The network it was decided on. */
  readonly network: Network;
}

/** `says`: the addresses in the words of `--assume`; none where nothing tells them apart. */
export interface Placed extends Decided {
  readonly says: readonly string[];
}

/** What is so wherever the addresses lie; else undecided, with addresses for one of the answers. */
export function wherever<T extends Placed>(all: readonly T[]): T {
  const [first] = all;
  invariant(first !== undefined, 'addresses that AWS will pick lie somewhere');
  const decided = all.find(({ answer }) => answer.verdict !== first.answer.verdict);
  if (decided === undefined) return { ...first, answer: withNotes(first) };
  const worst = all.find(({ answer }) => answer.verdict === 'violated') ?? first;
  return {
    ...worst,
    answer: {
      ...withNotes(worst),
      verdict: 'undecided',
      vacuous: false,
      reason: `it depends on which addresses AWS will pick: with ${listed(worst.says)} it is ${worst.answer.verdict}, with ${listed(other(all, worst).says)} ${other(all, worst).answer.verdict}`,
      assumptions: [...worst.answer.assumptions, ...worst.says],
    },
  };
}

const other = (all: readonly Placed[], one: Placed): Placed =>
  all.find(({ answer }) => answer.verdict !== one.answer.verdict) ?? one;

const shown = 4;

const listed = (says: readonly string[]): string =>
  says
    .slice(0, shown)
    .map((one) => `\`${one}\``)
    .join(', ') + (says.length > shown ? ` and ${says.length - shown} more` : '');

/** Where there are too many ways to try, or, as declared, none. */
export function unplaced(network: Network, ways: 'many' | 'none'): Answer {
  const waiting = [...network.interfaces.values()].find(({ addresses }) =>
    addresses.some(({ pending }) => pending !== undefined),
  );
  return {
    verdict: 'undecided',
    vacuous: false,
    flows: [],
    blockedBy: [],
    reason:
      ways === 'none'
        ? 'AWS cannot give all interfaces the addresses that are declared'
        : `rules tell addresses apart that AWS will pick, in more ways than are tried: declare some, as \`value:${waiting?.id ?? 'ID'}.PrivateIpAddress=ADDRESS\``,
    decidedBy: 'pruning',
    assumptions: [],
    facts: [],
    notes: [],
    timeMs: 0,
  };
}

/** Which of a flow's addresses stand for others. */
function withNotes({ answer, network }: Decided): Answer {
  const ends = new Set(answer.flows.flatMap(({ packet }) => [packet.src, packet.dst]));
  if (ends.size === 0) return answer;
  const notes = [...network.interfaces.values()].flatMap(({ id, addresses }) =>
    addresses.flatMap(({ address, pending, publicIp, publicPending }) => [
      ...(pending === undefined ? [] : noteOn(ends, address, `address that AWS will give \`${id}\``)),
      ...(publicPending === undefined || publicIp === undefined
        ? []
        : noteOn(ends, publicIp, `public address that AWS will give \`${id}\``)),
    ]),
  );
  return notes.length === 0 ? answer : { ...answer, notes: [...answer.notes, ...notes] };
}

function noteOn(ends: ReadonlySet<string>, address: Address, what: string): readonly string[] {
  const text = formatAddress(address);
  return ends.has(text) ? [`\`${text}\` stands for whichever ${what}`] : [];
}
