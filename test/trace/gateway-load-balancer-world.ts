/** VPC A with a Gateway Load Balancer of one appliance, which has a second interface with a way out of its own. */
import type { ApplianceChoice, Choices, Emission, Mode, Origin, ReplayResult } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { balancerNamed } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import { type Change, changed, type Spec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { addr, packet } from './world.ts';

/**
 * `inspect` has its node 10.0.1.41 in S1 (az1), where the appliance `i-app` stands with `eni-app`; `eni-app-out` is in PUB
 * with a public address. S2 sends everything to `vpce-in` in F (az1), whose own table leads to a NAT gateway in PUB.
 */
const inspected: Change = {
  subnets: [
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.8.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-n', vpc: 'vpc-a', cidrs: ['10.0.7.0/24'], zone: 'az1', table: 'rtb-n' },
  ],
  tables: [
    { id: 'rtb-s2', routes: ['0.0.0.0/0 vpce-in'] },
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 nat-1'] },
    { id: 'rtb-n', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', '10.0.2.0/24 vpce-in'] },
  ],
  nats: [{ id: 'nat-1', subnet: 'subnet-n', ips: ['10.0.7.9=198.51.100.9'] }],
  groups: [{ id: 'sg-app', vpc: 'vpc-a', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [
    { id: 'eni-app', subnet: 'subnet-s1', ips: ['10.0.1.20'], groups: ['sg-app'], instance: 'i-app' },
    {
      id: 'eni-app-out',
      subnet: 'subnet-pub',
      ips: ['10.0.9.20=198.51.100.20'],
      groups: ['sg-open'],
      instance: 'i-app',
    },
  ],
  balancers: [
    {
      id: 'inspect',
      type: 'gwlb',
      groups: [],
      at: [{ subnet: 'subnet-s1', ips: ['10.0.1.41'] }],
      listeners: ['GENEVE appliances'],
    },
  ],
  targetGroups: [{ id: 'appliances', vpc: 'vpc-a', protocol: 'GENEVE', port: 6081, targets: ['i-app'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['inspect'] }],
  firewallEndpoints: [{ id: 'vpce-in', subnet: 'subnet-f', ip: '10.0.8.60', service: 'vpce-svc-1' }],
};

export const spec = (...changes: readonly Change[]): Spec => changes.reduce(changed, world(inspected));
export const spec6 = (...changes: readonly Change[]): Spec => changes.reduce(changed, world6(inspected));

/** The ARN of `inspect`. */
export const inspect = (of: Spec = spec()): string => balancerNamed(of, 'inspect');

export interface Ask {
  readonly from?: string;
  readonly mode?: Mode;
  readonly sides?: readonly string[];
  /** By endpoint and turn: `eni-app`, `eni-app onward`, `onward`, or nothing that is known. */
  readonly by?: Readonly<Record<string, string>>;
  readonly emits?: Readonly<Record<string, { readonly packet: string; readonly at: Emission['at'] }>>;
  readonly pastDenials?: boolean;
}

function choiceOf(text: string): ApplianceChoice {
  const words = text.split(' ');
  const by = words.find((word) => word.startsWith('eni-'));
  return {
    ...(by === undefined ? {} : { by }),
    ...(words.includes('onward') ? { onward: true } : {}),
  };
}

/** Sides are taken, or denied with `!` before them. Without `by` nothing is chosen. */
export function send(
  of: Spec,
  text: string,
  { from = 'eni-i2', mode, sides = [], by, emits = {}, pastDenials }: Ask = {},
): ReplayResult {
  const origin: Origin = from === 'internet' ? { kind: 'internet' } : { kind: 'interface', id: from };
  const choices: Choices = {
    nat: new Map([['nat-1', { address: addr('10.0.7.9'), port: 2048 }]]),
    emits: new Map(Object.entries(emits).map(([id, one]) => [id, { ...one, packet: packet(one.packet) }])),
    ...(by === undefined ? {} : { appliances: new Map(Object.entries(by).map(([key, one]) => [key, choiceOf(one)])) }),
  };
  return replay({
    network: networkOf(of),
    origin,
    packet: packet(text),
    mode: mode ?? 'connection',
    choices,
    sides: new Map(sides.map((key) => [key.replace(/^!/, ''), !key.startsWith('!')])),
    pastDenials: pastDenials ?? false,
  });
}

export const crossed = ({ hops }: ReplayResult): readonly string[] => hops.map(({ resource }) => resource);
