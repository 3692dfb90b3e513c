/** Counterexamples people can read: of all packets that go a path's way, one with well-known ports and plain addresses. */
import { type Header, type Variable, fields, variableOf } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { contains, single } from '../net/interval.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import { parseAddress } from '../net/address.ts';
import { type Demand, type SideOf, certain, isTrue } from './truth.ts';

export type Values = ReadonlyMap<Variable, bigint>;

interface Shape {
  readonly protocol: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
}

/** In the order in which people expect them. */
const shapes: Readonly<Record<Family, readonly Shape[]>> = {
  ipv4: [...services(), { protocol: 1, icmpType: 8 }],
  ipv6: [...services(), { protocol: 58, icmpType: 128 }],
};

function services(): readonly Shape[] {
  const tcp = [443, 80, 22, 8080, 8443, 5432, 3306, 6379, 53].map((dstPort) => ({ protocol: 6, dstPort }));
  return [...tcp, ...[53, 443, 123].map((dstPort) => ({ protocol: 17, dstPort }))];
}

const addresses = (...texts: string[]): readonly bigint[] => texts.flatMap((text) => parseAddress(text)?.value ?? []);

/** As destinations servers that people know, as sources addresses of documentation and a private one. */
const knownServers = addresses('1.1.1.1', '8.8.8.8', '2606:4700:4700::1111');
const someClients = addresses('198.51.100.7', '203.0.113.7', '192.168.0.7', '2001:db8::7');

/** Source ports in the middle of every client's range (semantics 3.13). */
const clientPorts = [50000n, 40000n, 33000n];

/**
 * Betters the values one by one; every demand holds for what comes out, if it did for what went in. `port` is the one
 * liked best as a destination.
 */
export function plainest(
  first: Header,
  demands: readonly Demand[],
  values: Values,
  side: SideOf,
  port?: number,
): Values {
  const now = new Map(values);
  const variables = new Set<Variable>();
  for (const { header } of demands)
    for (const field of fields) {
      const variable = variableOf(header[field]);
      if (variable !== undefined) variables.add(variable);
    }
  for (const variable of variables) if (!now.has(variable)) now.set(variable, variable.domain[0]!.lo);
  const holds = (trial: Values): boolean =>
    demands.every((demand) => isTrue(demand, (variable) => trial.get(variable) ?? variable.domain[0]!.lo, side));
  if (!holds(now)) return now;
  const set = (trial: Map<Variable, bigint>, field: keyof Header, value: bigint): void => {
    const symbol = first[field];
    if (typeof symbol === 'object' && symbol.kind === 'variable') trial.set(symbol, value);
  };
  const usual: readonly Shape[] = port === undefined ? [] : [6, 17].map((protocol) => ({ protocol, dstPort: port }));
  for (const shape of [...usual, ...shapes[first.family]]) {
    const trial = new Map(now);
    set(trial, 'protocol', BigInt(shape.protocol));
    set(trial, 'dstPort', BigInt(shape.dstPort ?? 0));
    set(trial, 'srcPort', shape.dstPort === undefined ? 0n : clientPorts[0]!);
    set(trial, 'icmpType', BigInt(shape.icmpType ?? 0));
    set(trial, 'icmpCode', 0n);
    set(trial, 'fragment', 0n);
    set(trial, 'flags', BigInt(shape.protocol === protocols.tcp ? syn : 0));
    if (holds(trial)) {
      for (const [variable, value] of trial) now.set(variable, value);
      break;
    }
  }
  for (const variable of variables) {
    const box = new Map([...now].map(([v, value]) => [v, single(value)] as const));
    const possible = certain(demands, box, variable, side);
    if (possible.length === 0) continue;
    const liked = likes(variable, port).find((value) => contains(possible, value));
    now.set(variable, liked ?? possible[0]!.lo);
  }
  return now;
}

const likes = (variable: Variable, port: number | undefined): readonly bigint[] => {
  if (variable.bits > 16) return variable.name.endsWith('.src') ? someClients : knownServers;
  if (variable.name.endsWith('srcPort') || variable.name.endsWith('.port')) return clientPorts;
  const best = port === undefined ? [] : [BigInt(port)];
  if (variable.name.endsWith('dstPort')) return [...best, 443n, 80n, 22n, 8080n, 8443n, 5432n, 3306n, 6379n, 53n];
  if (variable.name.endsWith('protocol')) return [6n, 17n, 1n, 58n];
  if (variable.name.endsWith('icmpType')) return variable.name.includes('.ipv6.') ? [128n] : [8n];
  if (variable.name.endsWith('flags')) return [BigInt(syn), 0n];
  return [];
};

/** The family of flows that the example stands for: each field as wide as all demands certainly allow, one after another. */
export function widest(first: Header, demands: readonly Demand[], values: Values, side: SideOf) {
  const box = new Map([...values].map(([variable, value]) => [variable, single(value)] as const));
  for (const field of ['srcPort', 'src', 'dst', 'dstPort', 'icmpType', 'icmpCode', 'protocol'] as const) {
    const variable = first[field];
    if (variable.kind !== 'variable' || !box.has(variable)) continue;
    const wider = certain(demands, box, variable, side);
    if (wider.length > 0 && contains(wider, values.get(variable)!)) box.set(variable, wider);
  }
  return box;
}
