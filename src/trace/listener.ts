/** What a load balancer's node takes: what some listener listens for (semantics 12.6, 12.11, 12.21). */
import { invariant } from '../base/invariant.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, isIcmp, protocolName } from '../net/protocol.ts';
import { transportOf } from '../network/balancing.ts';
import type { Forward, Listener, LoadBalancer } from '../network/load-balancer.ts';
import { isUnread } from '../network/resource.ts';
import type { Step } from './trip.ts';

/** Why an element does not do something with a packet. */
export type Refusal = Pick<Step, 'code' | 'detail'>;

/** As people call it. */
export const nameOf = ({ id, name = id }: { readonly id: string; readonly name?: string }): string => name;

export const stepAtBalancer = ({ id, source }: LoadBalancer) =>
  ({ resource: id, kind: 'load-balancer', source }) as const;

const listenersOf = ({ id, listeners }: LoadBalancer): readonly Listener[] => {
  invariant(!isUnread(listeners), `the listeners of ${id} were read`);
  return listeners;
};

export function forwardsOf({ id, forwards }: Listener): readonly Forward[] {
  invariant(!isUnread(forwards), `what ${id} forwards to was read`);
  return forwards;
}

const isFor = ({ from, to }: Listener, { dstPort }: Packet): boolean => from <= dstPort && dstPort <= to;

const speaking = (balancer: LoadBalancer, { protocol }: Packet): readonly Listener[] =>
  listenersOf(balancer).filter((listener) => transportOf(listener).includes(protocol));

/** Those that take the packet. */
export const listenersFor = (balancer: LoadBalancer, packet: Packet): readonly Listener[] =>
  speaking(balancer, packet).filter((listener) => isFor(listener, packet));

/** Why a node does not take the packet; nodes of Application and Classic Load Balancers answer pings besides. */
export function whyNotTaken(balancer: LoadBalancer, packet: Packet): Refusal | undefined {
  const { balancerType } = balancer;
  if (balancerType !== 'network' && isIcmp(packet.protocol)) return undefined;
  if (listenersFor(balancer, packet).length > 0) return undefined;
  const family = balancerType === 'classic' ? 'ELB' : 'ELBV2';
  const protocol = protocolName(packet.protocol).toUpperCase();
  return speaking(balancer, packet).length > 0
    ? {
        code: `${family}_LISTENER_PORT_RESTRICTION`,
        detail: `no listener of \`${nameOf(balancer)}\` listens on ${protocol} ${packet.dstPort}`,
      }
    : {
        code: `${family}_LISTENERS_MISMATCH`,
        detail: `no listener of \`${nameOf(balancer)}\` takes ${hasPorts(packet.protocol) ? protocol : `protocol ${protocol}`}`,
      };
}
