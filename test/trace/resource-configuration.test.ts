/** Shared resources: what a resource gateway takes for them, and what it may send (semantics 9.27 to 9.29). */
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import { parseLine } from '../support/vector.ts';
import { apart, database, endpoint, handed, shared, traces } from './lattice-world.ts';

const led = apart(shared(), endpoint('rcfg-1'));

describe('a packet at a resource endpoint', () => {
  test('comes from an interface of the resource gateway, and its reply leaves the endpoint’s subnet', () => {
    const network = networkOf(led);
    const { origin, packet, choices, sides } = parseLine(network, `[${handed}] ${database} => CONN`);
    const result = replay({ network, origin, packet, choices, sides, mode: 'connection', pastDenials: false });
    const told = (hops: typeof result.hops = []) =>
      hops.filter(({ action }) => action !== 'allow').map(({ kind, resource }) => `${kind} ${resource}`);
    expect(told(result.hops)).toEqual([
      'network-interface eni-i1',
      'interface-endpoint vpce-db',
      'resource-configuration rcfg-1',
      'resource-gateway rgw-1',
      'network-interface eni-b',
    ]);
    expect(told(result.returnHops)).toEqual(['resource-gateway rgw-1', 'network-interface eni-i1']);
    expect(result.replied).toBe(true);
  });

  traces(
    'is delivered there where the flow’s choices send nothing on',
    led,
    `${database} => CONN at eni-db-s1`,
    `[passes:vpce-db] ${database} => CONN at eni-db-s1`,
  );
  traces(
    'stops where the endpoint or the resource is taken to drop it',
    led,
    `[!passes:vpce-db ${handed}] ${database} => DENY@interface-endpoint`,
    `[!passes:rcfg-1 ${handed}] ${database} => DENY@resource-configuration`,
  );
  traces(
    'goes on over TCP, at a shared port',
    led,
    `[rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:22] tcp I1:40000 -> 10.0.1.100:22 => DENY@resource-configuration`,
    `[${handed}] udp I1:40000 -> 10.0.1.100:5432 => DENY@resource-configuration:PROTOCOL_RESTRICTION`,
  );
  const changing = (of: { resource?: string; gateway?: string }) =>
    apart(
      shared({
        gateways: [{ id: 'rgw-1', vpc: 'vpc-b', status: of.gateway ?? 'ACTIVE' }],
        resources: [
          { id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432'], at: '10.1.1.10', status: of.resource ?? 'ACTIVE' },
        ],
      }),
      endpoint('rcfg-1'),
    );
  traces(
    'needs a resource configuration that works, or is taken to',
    changing({ resource: 'CREATE_IN_PROGRESS' }),
    `[${handed}] ${database} => DENY@resource-configuration:BAD_STATE`,
    `[up:rcfg-1 ${handed}] ${database} => CONN at eni-b`,
  );
  traces(
    'and a resource gateway',
    changing({ gateway: 'CREATE_IN_PROGRESS' }),
    `[${handed}] ${database} => DENY@resource-gateway:BAD_STATE`,
    `[up:rgw-1 ${handed}] ${database} => CONN at eni-b`,
  );
});

describe('a resource gateway sends', () => {
  traces(
    'to the resource, at the port that was asked for, by its interfaces',
    led,
    `[rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.11:5432] ${database} => DENY@resource-configuration`,
    `[rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:22] ${database} => DENY@resource-configuration`,
    `[rcfg-1@eni-b=10.1.1.10:2048>10.1.1.10:5432] ${database} => DENY@resource-configuration`,
    `[rcfg-1@vpc-b=10.1.1.40:2048>10.1.1.10:5432] ${database} => DENY@resource-configuration`,
  );
  traces(
    'as from itself and an ephemeral port',
    led,
    `[rcfg-1@eni-rgw=10.0.1.10:2048>10.1.1.10:5432] ${database} => DENY@resource-configuration:ENI_ADDRESS_RESTRICTION`,
    `[rcfg-1@eni-rgw=10.1.1.40:1023>10.1.1.10:5432] ${database} => DENY@resource-configuration:REMAP_EPHEMERAL_PORT`,
  );
});

test('a tunnel endpoint asks the Amazon resolver where it is taken to hand on, and no other endpoint does', () => {
  const [one] = endpoint('rcfg-1').interfaceEndpoints!;
  const asked = (type: 'Tunnel' | 'Resource', taken: boolean) => {
    const network = networkOf(apart({ interfaceEndpoints: [{ ...one!, type }] }));
    const { origin, packet, choices } = parseLine(network, 'udp I1:40000 -> 10.0.1.100:6081 => CONN');
    const emits = new Map([['vpce-db', { packet, at: { kind: 'dns' } }]] as const);
    const sides = new Map(taken ? [['passes:vpce-db', true]] : []);
    const request = { network, origin, packet, sides, mode: 'packet', pastDenials: false } as const;
    return replay({ ...request, choices: { ...choices, emits } }).delivery;
  };
  expect(asked('Tunnel', true)).toEqual({ kind: 'dns' });
  expect(asked('Tunnel', false)).toEqual({ kind: 'interface', id: 'eni-db-s1' });
  expect(asked('Resource', true)).toBeUndefined();
});

describe('a resource of a service network', () => {
  const associated = apart(
    shared({ networks: [{ id: 'sn-1', auth: 'AWS_IAM', vpcs: ['vpc-a'], resources: ['rcfg-1'] }] }),
  );
  traces(
    'is reached at an address of resources, and of services where the network is taken to',
    associated,
    `[${handed}] tcp I1:40000 -> 129.224.0.7:5432 => CONN at eni-b via sn-1 rgw-1`,
    `[${handed}] tcp I1:40000 -> 169.254.171.7:5432 => DENY@service-network`,
    `[passes:sn-1 ${handed}] tcp I1:40000 -> 169.254.171.7:5432 => CONN at eni-b`,
    `[!passes:sn-1 ${handed}] tcp I1:40000 -> 129.224.0.7:5432 => DENY@service-network`,
  );
  traces(
    'is not reached by a group that is coming about, and is not taken to work',
    apart(
      shared({
        networks: [{ id: 'sn-1', vpcs: ['vpc-a'], resources: ['rcfg-g'] }],
        resources: [
          { id: 'rcfg-g', gateway: 'rgw-1', ports: ['5432'], status: 'CREATE_IN_PROGRESS' },
          { id: 'rcfg-1', of: 'rcfg-g', at: '10.1.1.10' },
        ],
      }),
    ),
    `[${handed}] tcp I1:40000 -> 129.224.0.7:5432 => DENY@resource-configuration:BAD_STATE`,
    `[up:rcfg-g ${handed}] tcp I1:40000 -> 129.224.0.7:5432 => CONN at eni-b`,
  );
});
