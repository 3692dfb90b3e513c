/** The shapes of load balancers, target groups and web ACLs in a snapshot. */
import { z } from 'zod';
import { type Listener, type LoadBalancer, untoldCrossZone } from '../../network/load-balancer.ts';
import type { TargetGroup } from '../../network/target-group.ts';
import type { WebAcl } from '../../network/web-acl.ts';
import { address, ids, maybe, port, prefix, resource, source, unread } from './fields.ts';

export const listener = z
  .strictObject({
    id: z.string(),
    protocol: z.enum(['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE', 'SSL']),
    from: port,
    to: port,
    forwards: z.union([
      z.array(
        z.strictObject({
          group: z.string(),
          sources: maybe(z.array(prefix)),
          among: maybe(ids),
          unsure: maybe(z.union([z.array(prefix), z.literal('all')])),
        }),
      ),
      unread,
    ]),
    source,
  })
  .refine(({ from, to }) => from <= to, 'is in descending order') satisfies z.ZodType<Listener>;

/** Snapshots that were written before listeners were read tell nothing of them. */
export const loadBalancer = z
  .strictObject({
    ...resource,
    kind: z.literal('load-balancer'),
    balancerType: z.enum(['application', 'network', 'gateway', 'classic']),
    scheme: z.enum(['internet-facing', 'internal']),
    vpc: z.string(),
    interfaces: ids,
    listeners: maybe(z.union([z.array(listener), unread])),
    crossZone: maybe(z.union([z.boolean(), unread])),
    enforcesOnPrivateLink: maybe(z.boolean()),
    ipAddressType: maybe(z.string()),
    withoutWebAcl: maybe(z.literal(true)),
  })
  .transform((read): LoadBalancer => ({
    ...read,
    listeners: read.listeners ?? {
      unread: read.balancerType === 'classic' ? 'elb describe-load-balancers' : 'elbv2 describe-listeners',
      subject: read.id,
    },
    crossZone: read.crossZone ?? untoldCrossZone(read),
    enforcesOnPrivateLink: read.enforcesOnPrivateLink ?? true,
  }));

const registered = { id: z.string(), health: maybe(z.string()), source };

const target = z.discriminatedUnion('kind', [
  z.strictObject({ ...registered, kind: z.literal('interface'), address, port }),
  z.strictObject({ ...registered, kind: z.literal('address'), address, port, zone: maybe(z.string()) }),
  z.strictObject({ ...registered, kind: z.literal('load-balancer'), port }),
  z.strictObject({ ...registered, kind: z.literal('lambda') }),
]);

export const targetGroup = z.strictObject({
  ...resource,
  kind: z.literal('target-group'),
  targetType: z.enum(['instance', 'ip', 'lambda', 'alb']),
  protocol: maybe(z.string()),
  port: maybe(port),
  vpc: maybe(z.string()),
  ipAddressType: maybe(z.enum(['ipv4', 'ipv6'])),
  preservesClientIp: z.union([z.boolean(), unread]),
  crossZone: maybe(z.union([z.boolean(), unread])),
  targets: z.union([z.array(target), unread]),
}) satisfies z.ZodType<TargetGroup>;

export const webAcl = z.strictObject({
  ...resource,
  kind: z.literal('web-acl'),
  associated: ids,
  unread: maybe(unread),
  ruleGroups: z.union([ids, unread]),
  notOfAll: maybe(ids),
}) satisfies z.ZodType<WebAcl>;
