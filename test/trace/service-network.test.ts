/** Service networks and their services: who gets in, what a service may send, and the way back (semantics 14.1). */
import { describe, expect, test } from 'vitest';
import type { ReplayResult } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { parseLine } from '../support/vector.ts';
import { apart, asks, endpoint, list, sent, served, shared, traces } from './lattice-world.ts';

const second: Change = {
  groups: [{ id: 'sg-b2', vpc: 'vpc-b', in: ['all 0.0.0.0/0'], out: [] }],
  interfaces: [{ id: 'eni-b2', subnet: 'subnet-b', ips: ['10.1.1.11'], groups: ['sg-b2'] }],
};

/** By an egress rule of its own, I1 gets out to Lattice. */
const client = (out: string): Change => ({
  groups: [{ id: 'sg-client', vpc: 'vpc-a', in: [], out: [out] }],
  interfaces: [{ id: 'eni-i1', groups: ['sg-client'] }],
});

describe('a packet for a service', () => {
  test('passes the client’s filters, the association and the target’s filters, and its reply the same without a route', () => {
    const network = networkOf(
      apart(
        list,
        client('tcp 443 pl-lat'),
        served({ vpcs: ['vpc-a sg-assoc'] }),
        { groups: [{ id: 'sg-assoc', vpc: 'vpc-a', in: ['tcp 443 10.0.1.0/24'], out: [] }] },
        { groups: [{ id: 'sg-b', in: ['tcp 8080 pl-lat'], out: [] }] },
      ),
    );
    const { origin, packet, choices, sides } = parseLine(network, `[${sent}] ${asks} => CONN`);
    const result = replay({ network, origin, packet, choices, sides, mode: 'connection', pastDenials: false });
    const told = (hops: ReplayResult['hops'] = []) =>
      hops.map(({ kind, resource, action }) => `${kind} ${resource} ${action}`);
    expect(told(result.hops)).toEqual([
      'network-interface eni-i1 forward',
      'security-group sg-client allow',
      'network-acl acl-default allow',
      'service-network sn-1 forward',
      'security-group sg-assoc allow',
      'lattice-service svc-1 translate',
      'network-acl acl-b allow',
      'security-group sg-b allow',
      'network-interface eni-b deliver',
    ]);
    expect(told(result.returnHops)).toEqual([
      'security-group sg-b allow',
      'network-acl acl-b allow',
      'lattice-service svc-1 translate',
      'network-acl acl-default allow',
      'security-group sg-client allow',
      'network-interface eni-i1 deliver',
    ]);
    expect(result.replied).toBe(true);
  });

  traces(
    'stops where the service or its network is taken to drop it',
    apart(list, served()),
    `[!passes:sn-1 ${sent}] ${asks} => DENY@service-network`,
    `[!passes:svc-1 ${sent}] ${asks} => DENY@lattice-service`,
  );
  traces(
    'stops at the service that does not listen for it',
    apart(list, served()),
    `[${sent}] udp I1:40000 -> 169.254.171.5:443 => DENY@lattice-service:PROTOCOL_RESTRICTION`,
    `[${sent}] tcp I1:40000 -> 169.254.171.5:80 => DENY@lattice-service:ELBV2_LISTENER_PORT_RESTRICTION`,
  );
  traces(
    'has to be for an address of services, where the network is not taken to have others',
    apart(list, served()),
    `[${sent}] tcp I1:40000 -> 129.224.0.5:443 => DENY@service-network`,
    `[passes:sn-1 ${sent}] tcp I1:40000 -> 129.224.0.5:443 => CONN at eni-b`,
    `[passes:sn-1 ${sent}] tcp I1:40000 -> 169.254.169.5:443 => CONN at eni-b`,
  );
  traces(
    'finds services where the prefix list has them, and nowhere else for certain',
    apart({ lists: [{ ...list.lists![0]!, entries: ['169.254.170.128/25'] }] }, served()),
    `[svc-1@vpc-b=169.254.170.130:2048>10.1.1.10:8080] tcp I1:40000 -> 169.254.170.129:443 => CONN at eni-b`,
    `[svc-1@vpc-b=169.254.170.130:2048>10.1.1.10:8080] ${asks} => DENY@service-network`,
  );
  traces(
    'learns nothing from the prefix list of another Region, of where services stand or what they send from',
    apart(
      { lists: [{ ...list.lists![0]!, name: 'com.amazonaws.eu-west-1.vpc-lattice', entries: ['169.254.99.0/24'] }] },
      served(),
    ),
    `[${sent}] ${asks} => CONN at eni-b`,
    `[svc-1@vpc-b=169.254.99.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[passes:svc-1 svc-1@vpc-b=169.254.170.7:2048>10.1.1.10:8080] ${asks} => CONN at eni-b`,
    `[${sent}] tcp I1:40000 -> 169.254.99.5:443 => DENY@route-table`,
  );
  traces(
    'leaves by no reference to a group',
    apart(list, served(), client('all sg-far@444455556666')),
    `[members:sg-far ${sent}] ${asks} => DENY@security-group:SG_REFERENCES_NOT_PRESERVED`,
  );
  traces(
    'passes the association’s groups by its address, and as its group’s where the network is taken to tell',
    apart(list, served({ vpcs: ['vpc-a sg-assoc'] }), client('all 0.0.0.0/0'), {
      groups: [{ id: 'sg-assoc', vpc: 'vpc-a', in: ['tcp 443 sg-client'], out: [] }],
    }),
    `[${sent}] ${asks} => DENY@security-group`,
    `[passes:sn-1 ${sent}] ${asks} => CONN at eni-b via sg-assoc`,
    `[passes:sn-1 ${sent}] tcp I2:40000 -> 169.254.171.5:443 => DENY@security-group`,
  );
  traces(
    'stops at the network where an association is changing and is not taken to work',
    apart(list, served({ status: 'DELETE_IN_PROGRESS' })),
    `[up:a-sn-1-svc-1 ${sent}] ${asks} => DENY@service-network:BAD_STATE`,
    `[up:snva-sn-1-vpc-a ${sent}] ${asks} => DENY@service-network:BAD_STATE`,
    `[up:snva-sn-1-vpc-a up:a-sn-1-svc-1 ${sent}] ${asks} => CONN at eni-b`,
  );
  traces(
    'gets in by the network that lets it, of two that have the service',
    apart(
      list,
      served(
        {},
        {
          networks: [
            { id: 'sn-0', auth: 'AWS_IAM', vpcs: ['vpc-a'], services: ['svc-1'] },
            { id: 'sn-1', vpcs: ['vpc-a sg-none'], services: ['svc-1'] },
            { id: 'sn-2', vpcs: ['vpc-a'], services: ['svc-1'] },
          ],
        },
      ),
    ),
    `[${sent}] ${asks} => CONN at eni-b via sn-2`,
    `[!passes:sn-2 ${sent}] ${asks} => DENY`,
    `[!passes:sn-2 passes:sn-0 ${sent}] ${asks} => CONN at eni-b via sn-0`,
  );
});

describe('a service sends', () => {
  traces(
    'to a target, at its port, in its VPC',
    apart(list, served(), second),
    `[svc-1@vpc-b=169.254.171.7:2048>10.1.1.11:8080] ${asks} => DENY@lattice-service:TARGET_ADDRESS_RESTRICTION`,
    `[svc-1@vpc-b=169.254.171.7:2048>10.1.1.10:22] ${asks} => DENY@lattice-service:TARGET_PORT_RESTRICTION`,
    `[svc-1@vpc-a=169.254.171.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[svc-1@eni-b2=169.254.171.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
  );
  traces(
    'from an address of Lattice and an ephemeral port',
    apart(list, served()),
    `[svc-1@vpc-b=10.0.1.10:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[svc-1@vpc-b=129.224.0.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[passes:svc-1 svc-1@vpc-b=129.224.0.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[svc-1@vpc-b=169.254.171.7:443>10.1.1.10:8080] ${asks} => DENY@lattice-service:REMAP_EPHEMERAL_PORT`,
  );
  traces(
    'from another address of Lattice where no prefix list was read and it is taken to',
    apart(served()),
    `[${sent}] ${asks} => CONN at eni-b`,
    `[svc-1@vpc-b=129.224.0.7:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
    `[passes:svc-1 svc-1@vpc-b=129.224.0.7:2048>10.1.1.10:8080] ${asks} => CONN at eni-b`,
    `[passes:svc-1 svc-1@vpc-b=10.0.1.10:2048>10.1.1.10:8080] ${asks} => DENY@lattice-service`,
  );
  const health = (...targets: readonly string[]) =>
    apart(list, second, served({}, { groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets }] }));
  traces(
    'to a target in bad health where AWS is taken to',
    health('i-b UNHEALTHY', 'i-b2'),
    `[fact:12.10-health ${sent}] ${asks} => CONN at eni-b`,
    `[!fact:12.10-health ${sent}] ${asks} => DENY@lattice-service`,
  );
  traces(
    'to unhealthy targets where there is no other, and to none that is being taken out',
    health('i-b UNHEALTHY', 'i-b2 DRAINING'),
    `[!fact:12.10-health ${sent}] ${asks} => CONN at eni-b`,
    `[!fact:12.10-health svc-1@vpc-b=169.254.171.7:2048>10.1.1.11:8080] ${asks} => DENY@lattice-service`,
  );
  traces(
    'as nobody’s group, whoever is declared a member',
    apart(list, served(), { groups: [{ id: 'sg-b', in: ['all sg-far@444455556666'] }] }),
    `[members:sg-far ${sent}] ${asks} => DENY@security-group`,
  );
});

describe('an endpoint of the network', () => {
  const led = apart(list, served(), endpoint('sn-1'));
  traces(
    'leads to its services, whose client is filtered by the endpoint alone',
    led,
    `[${sent}] tcp I1:40000 -> 10.0.1.100:443 => CONN at eni-b via vpce-db sn-1 svc-1`,
    `[!passes:vpce-db ${sent}] tcp I1:40000 -> 10.0.1.100:443 => DENY@interface-endpoint`,
    `[${sent}] udp I1:40000 -> 10.0.1.100:443 => DENY@lattice-service`,
    'tcp I1:40000 -> 10.0.1.100:443 => CONN at eni-db-s1',
    '[passes:vpce-db] tcp I1:40000 -> 10.0.1.100:443 => CONN at eni-db-s1',
  );
  traces(
    'asks for the network’s auth policy where it leads to a service, not to a resource',
    apart(
      list,
      shared({
        networks: [{ id: 'sn-1', auth: 'AWS_IAM', services: ['svc-1'], resources: ['rcfg-1'] }],
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
        groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
      }),
      endpoint('sn-1'),
      { groups: [{ id: 'sg-b', in: ['all 0.0.0.0/0'] }] },
    ),
    `[${sent}] tcp I1:40000 -> 10.0.1.100:443 => DENY@service-network`,
    `[passes:sn-1 ${sent}] tcp I1:40000 -> 10.0.1.100:443 => CONN at eni-b`,
    `[rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:5432] tcp I1:40000 -> 10.0.1.100:5432 => CONN at eni-b`,
  );
});

describe('a packet from a VPC that is not in the input', () => {
  const come = 'tcp 172.31.0.9:40000 -> 169.254.171.5:443';
  traces(
    'comes in by a network with which that is associated, where that is taken to hand it on',
    apart(list, served({ vpcs: ['vpc-x'] })),
    `[enters=sn-1 passes:sn-1 ${sent}] @onprem ${come} => CONN at eni-b via sn-1 svc-1`,
    `[enters=sn-1 ${sent}] @onprem ${come} => DENY`,
    `[enters=sn-1 passes:sn-1] @onprem ${come} => DENY`,
    `[enters=sn-1 passes:sn-1 ${sent}] @internet ${come} => DENY`,
    `[enters=sn-1 passes:sn-1 ${sent}] @onprem tcp 172.31.0.9:40000 -> 169.254.171.5:80 => DENY@lattice-service`,
  );
  traces(
    'comes in as well where an endpoint of another account may lead to the network',
    apart(list, served()),
    `[enters=sn-1 passes:sn-1 ${sent}] @onprem ${come} => CONN at eni-b via sn-1 svc-1`,
    `[enters=sn-1 ${sent}] @onprem ${come} => DENY`,
  );
});
