/** One step of a packet's path as those who look for edits see it: from a trace, or from a flow that was published. */
import { type Address, parseAddress } from '../net/address.ts';
import { parseProtocol } from '../net/protocol.ts';
import type { Hop } from '../network/hop.ts';
import type { ReplayResult } from '../network/replay.ts';
import type { Provenance } from '../network/resource.ts';
import type { Flow, HopJson } from '../result/answer.ts';

/** What of a header rules look at. */
export interface Seen {
  readonly src: Address;
  readonly dst: Address;
  readonly protocol: number;
  readonly dstPort: number;
  readonly icmpType: number;
}

export interface Step {
  readonly kind: string;
  readonly resource: string;
  readonly action: string;
  readonly rule?: string;
  readonly source?: Provenance;
  readonly direction: 'forward' | 'return';
  /** As it came to the step, and as it left it. */
  readonly before: Seen;
  readonly after: Seen;
  /** The step denies or drops. */
  readonly stops: boolean;
}

export function stepsOfFlow({ hops, return: back = [] }: Flow): readonly Step[] {
  return [...published(hops, 'forward'), ...published(back, 'return')];
}

function published(hops: readonly HopJson[], direction: Step['direction']): readonly Step[] {
  const headers = hops.map(({ packet }) => seenIn(packet));
  return hops.map((hop, i) => stepOf(hop, direction, headers[Math.max(0, i - 1)]!, headers[i]!));
}

const seenIn = ({ src, dst, protocol, dstPort = 0, icmpType = 0 }: HopJson['packet']): Seen => ({
  src: addressIn(src),
  dst: addressIn(dst),
  protocol: parseProtocol(protocol) ?? Number(protocol),
  dstPort,
  icmpType,
});

const addressIn = (text: string): Address => parseAddress(text) ?? { family: 'ipv4', value: 0n };

export function stepsOfTrace({ hops, returnHops = [] }: ReplayResult): readonly Step[] {
  return [...traced(hops, 'forward'), ...traced(returnHops, 'return')];
}

const traced = (hops: readonly Hop[], direction: Step['direction']): readonly Step[] =>
  hops.map((hop, i) => stepOf(hop, direction, hops[Math.max(0, i - 1)]!.packet, hop.packet));

const stepOf = (
  {
    kind,
    resource,
    action,
    rule,
    source,
  }: Pick<Hop, 'resource' | 'rule' | 'source'> & { kind: string; action: string },
  direction: Step['direction'],
  before: Seen,
  after: Seen,
): Step => ({
  kind,
  resource,
  action,
  ...(rule === undefined ? {} : { rule }),
  ...(source === undefined ? {} : { source }),
  direction,
  before,
  after,
  stops: action === 'deny' || action === 'drop',
});
