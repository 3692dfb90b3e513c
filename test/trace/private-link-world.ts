/** A consumer's VPC and a provider's, for tests of what comes by PrivateLink. */
import { invariant } from '../../src/base/invariant.ts';
import { sameAddress } from '../../src/net/address.ts';
import { parsePacket } from '../../src/net/packet.ts';
import type { Network } from '../../src/network/network.ts';
import type { Emission, ReplayResult } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { balancerNamed } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import { type Change, changed, type BalancerSpec, type Spec } from '../support/spec.ts';
import { nameOf } from '../support/traced.ts';
import { world } from '../support/world.ts';

export const open = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };
export const all = { in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] };

export const thin = (more: Partial<BalancerSpec> = {}): Change => ({
  balancers: [
    {
      id: 'thin',
      type: 'nlb',
      at: [
        { subnet: 'subnet-b1', ips: ['10.1.1.20'] },
        { subnet: 'subnet-b2', ips: ['10.1.2.20'] },
      ],
      groups: ['sg-thin'],
      listeners: ['TCP 443 web', 'UDP 53 names'],
      ...more,
    },
  ],
});

/**
 * VPC A holds `vpce-1` in S1 (az1), and knows no way to VPC B, the provider: a subnet in each of two zones, `thin` with
 * a node in either, and a target in each that takes what comes from the nodes alone.
 */
const consumerAndProvider: Spec = world(
  {
    vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
    subnets: [
      { id: 'subnet-b1', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1', table: 'rtb-b' },
      { id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az2', table: 'rtb-b' },
      { id: 'subnet-t1', vpc: 'vpc-b', cidrs: ['10.1.3.0/24'], zone: 'az1', table: 'rtb-b' },
    ],
    tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [] }],
    acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, ...open }],
    groups: [
      { id: 'sg-thin', vpc: 'vpc-b', ...all },
      { id: 'sg-t', vpc: 'vpc-b', in: ['all 10.1.1.20/32', 'all 10.1.2.20/32'], out: [] },
    ],
    interfaces: [
      { id: 'eni-t1', subnet: 'subnet-t1', ips: ['10.1.3.10'], groups: ['sg-t'] },
      { id: 'eni-t2', subnet: 'subnet-b2', ips: ['10.1.2.10'], groups: ['sg-t'] },
    ],
    targetGroups: [
      { id: 'web', vpc: 'vpc-b', protocol: 'TCP', port: 8080, targets: ['i-t1', 'i-t2'] },
      { id: 'names', vpc: 'vpc-b', protocol: 'UDP', port: 53, targets: ['i-t1'] },
    ],
    services: [{ id: 'vpce-svc-1', balancers: ['thin'] }],
    interfaceEndpoints: [
      {
        id: 'vpce-1',
        vpc: 'vpc-a',
        service: 'vpce-svc-1',
        at: [{ subnet: 'subnet-s1', ips: ['10.0.1.50'] }],
        groups: ['sg-open'],
      },
    ],
  },
  thin(),
);

export const spec = (...changes: readonly Change[]): Spec => changes.reduce(changed, consumerAndProvider);

export interface Ask {
  /** What the node sends: `eni-thin-b1 10.1.1.20:2048 > 10.1.3.10:8080`; null: no emission. */
  readonly sent?: string | null;
  readonly sides?: Readonly<Record<string, boolean>>;
  /** Further emissions, by their key. */
  readonly more?: Readonly<Record<string, string>>;
  readonly pastDenials?: boolean;
}

export const usual = 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.10:8080';
export const flow = 'tcp 10.0.2.10:40000 -> 10.0.1.50:443';

export function emission(text: string, protocol: number): Emission {
  const [id = '', from, , to] = text.split(' ');
  const packet = parsePacket(`tcp ${from} -> ${to}`);
  invariant(packet !== undefined, `${text} is what a node sends`);
  return { packet: { ...packet, protocol }, at: { kind: 'interface', id } };
}

/** From whoever has the source. */
export function replayed(
  network: Network,
  text: string,
  emits: ReadonlyMap<string, Emission>,
  ask: Ask = {},
): ReplayResult {
  const packet = parsePacket(text);
  invariant(packet !== undefined, `${text} is a packet`);
  const from = [...network.interfaces.values()].find(({ addresses }) =>
    addresses.some(({ address }) => sameAddress(address, packet.src)),
  );
  invariant(from !== undefined, `somebody has the source of ${text}`);
  return replay({
    network,
    origin: { kind: 'interface', id: from.id },
    packet,
    mode: 'connection',
    choices: { nat: new Map(), emits },
    sides: new Map(Object.entries(ask.sides ?? {})),
    pastDenials: ask.pastDenials ?? false,
  });
}

/** From I2 to the endpoint, unless the text says otherwise. */
export function send(network: Network, text = flow, ask: Ask = {}): ReplayResult {
  const { sent = usual, more = {} } = ask;
  const words = Object.entries({ ...(sent === null ? {} : { 'vpce-1': sent }), ...more });
  const { protocol = 6 } = parsePacket(text) ?? {};
  return replayed(network, text, new Map(words.map(([key, one]) => [key, emission(one, protocol)])), ask);
}

/** Where it arrived, with `, no reply: …` if none came back; or what stopped it. */
export function verdict({ delivery, replied, blocks }: ReplayResult): string {
  const why = blocks.map(
    ({ hop: { kind, code, detail } }) => `${kind}${code === undefined ? '' : ` ${code}`}: ${detail}`,
  );
  if (delivery === undefined) return `denied by ${why[0]}`;
  return nameOf(delivery) + (replied ? '' : `, no reply: ${why[0]}`);
}

export const ask = (network: Network, more?: Ask, text?: string): string => verdict(send(network, text, more));

export const thinId = balancerNamed(consumerAndProvider, 'thin');
export const net = networkOf(spec());

type Kind = 'interfaces' | 'endpoints' | 'endpointServices' | 'loadBalancers' | 'targetGroups' | 'securityGroups';

/** The same network with one of its resources changed. */
export const edited = (network: Network, kind: Kind, id: string, change: object): Network => ({
  ...network,
  [kind]: new Map<string, unknown>([...network[kind], [id, { ...network[kind].get(id), ...change }]]),
});

export const passesBy = (id: string, taken: boolean): Ask => ({ sides: { [`passes:${id}`]: taken } });
