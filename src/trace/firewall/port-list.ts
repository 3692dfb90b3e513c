/** Whether the ports that a rule names contain a packet's (semantics 10.74). */
import type { Ports } from '../../suricata/index.ts';
import type { PortRange } from '../../network/traffic-match.ts';
import { type Truth, truthOf } from './truth.ts';
import { type Scope, portsNamed } from './variable.ts';

/** All lists within one another as one. */
export interface PortList {
  /** Empty: every port. */
  readonly positives: readonly PortRange[];
  readonly negatives: readonly PortRange[];
  /** A negation stands within a negation, negates everything, or a variable is not defined: what that means is not known. */
  readonly unclear: boolean;
  /** Any port at all is named: the rule is for packets with ports alone. */
  readonly restricted: boolean;
}

interface Growing {
  readonly positives: PortRange[];
  readonly negatives: PortRange[];
  unclear: boolean;
  restricted: boolean;
}

export function portListOf(ports: Ports, scope: Scope): PortList {
  const list: Growing = { positives: [], negatives: [], unclear: false, restricted: false };
  collect(list, ports, scope, false, 0);
  return list;
}

/** Variables may name variables, but not for ever. */
const deepest = 8;

function collect(list: Growing, ports: Ports, scope: Scope, negated: boolean, depth: number): void {
  switch (ports.kind) {
    case 'any':
      if (negated) list.unclear = true;
      else list.positives.push({ from: 0, to: 65535 });
      return;
    case 'range':
      list.restricted = true;
      (negated ? list.negatives : list.positives).push(ports);
      return;
    case 'list':
      for (const one of ports.of) collect(list, one, scope, negated, depth);
      return;
    case 'not':
      if (negated) list.unclear = true;
      else collect(list, ports.of, scope, true, depth);
      return;
    case 'variable': {
      const own = depth < deepest ? portsNamed(scope, ports.name) : undefined;
      if (own === undefined) list.unclear = true;
      else collect(list, own, scope, negated, depth + 1);
    }
  }
}

/** A packet's port, and whether the packet bears it itself, or what a fragment is put together to; `none` of other protocols. */
export type PortSeen = { readonly port: number; readonly borne: boolean } | 'none';

export function containsPort({ positives, negatives, unclear, restricted }: PortList, seen: PortSeen): Truth {
  if (unclear) return 'unknown';
  if (!restricted) return 'yes';
  if (seen === 'none') return 'no';
  const { port, borne } = seen;
  const isIn = ({ from, to }: PortRange): boolean => port >= from && port <= to;
  const holds = (positives.length === 0 || positives.some(isIn)) && !negatives.some(isIn);
  // When the engine looks at the parts, and when at the whole, is not told.
  return holds && !borne ? 'unknown' : truthOf(holds);
}
