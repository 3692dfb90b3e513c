/** Random questions about a network: places, traffic, waypoints, exceptions and declared sides, from indices. */
import * as fc from 'fast-check';
import { families } from '../../src/net/address.ts';
import { parsePrefix, prefixOf } from '../../src/net/prefix.ts';
import { abilities } from '../../src/network/interface.ts';
import { linesOf } from '../../src/network/line.ts';
import type { Network } from '../../src/network/network.ts';
import { transitOnPremises } from '../../src/network/unknown.ts';
import type { Exception, Place, Places, Question, Traffic, Waypoint } from '../../src/policy/question.ts';
import { unknownsOf } from './choices.ts';
import { pick } from './random.ts';
import { carried } from './random-payload.ts';
import { once } from './random-network.ts';

const index = fc.nat({ max: 63 });

const places = fc.array(index, { minLength: 1, maxLength: 3 });

const shape = fc.record({
  kind: fc.constantFrom('forbid' as const, 'forbid' as const, 'ask' as const),
  from: places,
  to: places,
  traffic: once(2, index),
  family: once(3, fc.nat({ max: 1 })),
  mode: fc.constantFrom(
    'packet' as const,
    'connection' as const,
    'packet' as const,
    'connection' as const,
    'data' as const,
  ),
  honest: once(6, fc.constant(true)),
  /** Excuses names, and is decided on payload. */
  names: once(4, index),
  via: once(6, index),
  avoid: once(4, index),
  except: once(
    2,
    fc.record({ via: once(2, index), traffic: once(4, index), from: once(4, index), to: once(4, index) }),
  ),
  sides: fc.array(fc.record({ key: index, side: fc.boolean() }), { maxLength: 3 }),
});

export type QuestionShape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

export const randomQuestion: fc.Arbitrary<QuestionShape> = shape;

const traffics: readonly Traffic[] = [
  { protocol: 6, ports: { from: 443, to: 443 } },
  { protocol: 6 },
  { protocol: 17, ports: { from: 53, to: 53 } },
  { protocol: 17 },
  { protocol: 1 },
  { protocol: 6, ports: { from: 1024, to: 65535 } },
  { protocol: 50 },
  { protocol: 6, ports: { from: 443, to: 443 }, srcPorts: { from: 1024, to: 65535 } },
  { protocol: 58 },
  { protocol: 6, fragment: true },
  { dst: parsePrefix('203.0.113.0/25')! },
  { protocol: 1, icmpType: 8, icmpCode: 0 },
  { protocol: 6, tcpFlags: ['SYN', 'ACK'] },
  { protocol: 6, tcpFlags: ['ACK'] },
  ...carried,
];

/** The question that a shape asks of this network. */
export function questionOf(network: Network, drawn: QuestionShape): Question {
  const sources = sourcesOf(network);
  const targets = targetsOf(network);
  const waypoints = waypointsOf(network);
  const unknowns = [...unknownsOf(network), ...(linesOf(network).length > 1 ? [transitOnPremises] : [])];
  const some = (from: readonly Place[], at: readonly number[]): Places => {
    const members = [...new Set(at.map((i) => pick(from, i)))];
    return { text: members.map(nameOf).join(', '), members, any: false, silent: [] };
  };
  const except: Exception[] =
    drawn.except === null || drawn.kind !== 'forbid'
      ? []
      : [
          {
            ...(drawn.except.via === null || waypoints.length === 0 ? {} : { via: pick(waypoints, drawn.except.via) }),
            ...(drawn.except.traffic === null ? {} : { traffic: [pick(traffics, drawn.except.traffic)] }),
            ...(drawn.except.from === null ? {} : { from: some(sources, [drawn.except.from]) }),
            ...(drawn.except.to === null ? {} : { to: some(targets, [drawn.except.to]) }),
          },
        ].filter((exception) => Object.keys(exception).length > 0);
  // Names tell flows apart where a firewall looks at them.
  const excuses = drawn.names !== null && drawn.kind === 'forbid' && network.firewallPolicies.size > 0;
  const named: readonly Exception[] = excuses ? [{ traffic: [pick(carried.slice(0, 5), drawn.names!)] }] : [];
  return {
    kind: drawn.kind,
    from: some(sources, drawn.from),
    to: some(targets, drawn.to),
    traffic: drawn.traffic === null ? [] : [pick(traffics, drawn.traffic)],
    families: drawn.family === null ? families : [families[drawn.family]!],
    mode: drawn.mode,
    ...(excuses ? { onPayload: true as const } : {}),
    ...(drawn.honest === null ? {} : { names: 'honest' as const }),
    via: drawn.via === null || waypoints.length === 0 ? [] : [pick(waypoints, drawn.via)],
    avoid: drawn.avoid === null || waypoints.length === 0 ? [] : [pick(waypoints, drawn.avoid)],
    viaBoth: [],
    except: [...except, ...named],
    every: 'one',
    sides: new Map(drawn.sides.map(({ key, side }) => [pick(unknowns, key), side])),
  };
}

const nameOf = (place: Place): string => ('id' in place ? place.id : place.kind);

function sourcesOf(network: Network): readonly Place[] {
  const interfaces = [...network.interfaces.values()].filter(({ role }) => abilities[role].starts);
  return [
    ...interfaces.map(({ id }): Place => ({ kind: 'interface', id })),
    { kind: 'internet' },
    ...(network.opaqueGateways.size + linesOf(network).length > 0 ? [{ kind: 'onprem' } as const] : []),
    { kind: 'cidr', prefix: parsePrefix('203.0.113.0/24')! },
    { kind: 'cidr', prefix: parsePrefix('10.0.0.0/28')! },
  ];
}

function targetsOf(network: Network): readonly Place[] {
  const interfaces = [...network.interfaces.values()].filter(({ role }) => abilities[role].receives);
  const [first] = interfaces.flatMap(({ addresses }) => addresses);
  return [
    { kind: 'internet' },
    ...interfaces.map(({ id }): Place => ({ kind: 'interface', id })),
    { kind: 'internet' },
    { kind: 'dns' },
    ...(network.opaqueGateways.size + linesOf(network).length > 0 ? [{ kind: 'onprem' } as const] : []),
    { kind: 'cidr', prefix: parsePrefix('203.0.113.128/25')! },
    ...(first === undefined ? [] : [{ kind: 'cidr', prefix: prefixOf(first.address) } as const]),
    ...(first?.publicIp === undefined ? [] : [{ kind: 'cidr', prefix: prefixOf(first.publicIp) } as const]),
    ...[...network.endpoints.values()]
      .filter(({ endpointType }) => endpointType === 'Gateway')
      .map(({ id }): Place => ({ kind: 'gateway-endpoint', id })),
  ];
}

function waypointsOf(network: Network): readonly Waypoint[] {
  const firewalls = [...network.firewalls.values()].map(({ id, endpoints }): Waypoint => ({
    text: id,
    ids: new Set([id, ...endpoints]),
  }));
  const ids = [
    ...[...network.endpoints.values()]
      .filter(({ endpointType }) => endpointType === 'GatewayLoadBalancer')
      .map(({ id }) => id),
    ...network.natGateways.keys(),
    ...network.internetGateways.keys(),
  ];
  return [...firewalls, ...ids.map((id): Waypoint => ({ text: id, ids: new Set([id]) }))];
}
