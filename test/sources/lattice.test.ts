/** VPC Lattice and shared resources: what is wholly read is told exactly, and of anything else nothing is. */
import { describe, expect, test } from 'vitest';
import { formatSnapshot } from '../../src/sources/index.ts';
import { isUnread } from '../../src/network/resource.ts';
import { lattice, latticeAnswers, latticeGroupArn, type LatticeSpec } from '../support/aws-lattice.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from '../hostile/parts.ts';
import { network as readNetwork } from './tiny.ts';

const whole: LatticeSpec = {
  networks: [{ id: 'sn-1', vpcs: ['vpc-a sg-1'], services: ['svc-1'], resources: ['rcfg-1'] }],
  services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1 | /admin tg-2'] }],
  groups: [
    { id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] },
    { id: 'tg-2', type: 'IP', vpc: 'vpc-b', port: 9090, targets: ['10.1.1.10', '10.1.1.11@9191 UNHEALTHY'] },
  ],
  gateways: [{ id: 'rgw-1', vpc: 'vpc-b' }],
  resources: [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432', '8000-8010'], at: '10.1.1.10' }],
};

const resourceGateway: Change = {
  interfaces: [
    {
      id: 'eni-rgw',
      subnet: 'subnet-b',
      ips: ['10.1.1.40'],
      groups: ['sg-b'],
      description: 'Resource Gateway Interface rgw-1',
      instance: 'service',
    },
  ],
};

const read = (spec: LatticeSpec) => networkOf(world(vpcB, resourceGateway, lattice(spec)));

describe('a service network', () => {
  test('that is wholly read is modelled, with its services, target groups and resources', () => {
    const net = read(whole);
    expect(net.opaqueGateways.has('sn-1')).toBe(false);
    expect(net.serviceNetworks.get('sn-1')).toMatchObject({
      authorizes: false,
      associations: [{ id: 'snva-sn-1-vpc-a', vpc: 'vpc-a', state: 'active', groups: ['sg-1'] }],
      services: [{ id: 'svc-1', state: 'active' }],
      resources: [{ id: 'rcfg-1', state: 'active' }],
    });
    expect(net.latticeServices.get('svc-1')).toMatchObject({
      authorizes: false,
      listeners: [
        {
          protocol: 'HTTPS',
          from: 443,
          to: 443,
          forwards: [{ group: latticeGroupArn('tg-2') }, { group: latticeGroupArn('tg-1') }],
        },
      ],
    });
    expect(net.targetGroups.get(latticeGroupArn('tg-1'))).toMatchObject({
      preservesClientIp: false,
      targets: [{ kind: 'interface', id: 'eni-b', port: 8080, health: 'healthy' }],
    });
    expect(net.targetGroups.get(latticeGroupArn('tg-2'))).toMatchObject({
      targets: [
        { kind: 'address', id: '10.1.1.10', port: 9090 },
        { kind: 'address', id: '10.1.1.11', port: 9191, health: 'unhealthy' },
      ],
    });
    expect(net.resourceGateways.get('rgw-1')).toMatchObject({ vpc: 'vpc-b', interfaces: ['eni-rgw'] });
    expect(net.resourceConfigurations.get('rcfg-1')).toMatchObject({
      resources: [
        {
          id: 'rcfg-1',
          gateway: 'rgw-1',
          ports: [
            { from: 5432, to: 5432 },
            { from: 8000, to: 8010 },
          ],
        },
      ],
    });
  });

  test('is the same when read back from a snapshot', () => {
    const net = read(whole);
    expect(readNetwork([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
  });

  test.each([
    ['a list of targets', { ...whole, groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080 }, whole.groups![1]!] }],
    ['a target group', { ...whole, groups: [whole.groups![0]!] }],
    ['a service', { ...whole, services: [] }],
    ['a resource configuration', { ...whole, resources: [] }],
    ['a resource gateway', { ...whole, gateways: [] }],
  ] as const)('without %s hands on to anywhere', (_, spec) => {
    const net = read(spec);
    expect(net.serviceNetworks.has('sn-1')).toBe(false);
    expect(net.opaqueGateways.get('sn-1')).toMatchObject({ clients: ['vpc-a'] });
  });

  test.each([
    'list-service-network-service-associations.sn-1',
    'list-service-network-resource-associations.sn-1',
    'list-listeners.svc-1',
    'get-listener.svc-1.listener-0',
    'list-rules.svc-1.listener-0',
    'get-rule.svc-1.listener-0.rule-0',
    'list-targets.tg-1',
  ])('of which `%s` was not read hands on to anywhere', (call) => {
    const others = latticeAnswers(whole);
    const without = others.filter(({ id }) => id !== `vpc-lattice ${call}`);
    expect(without.length).toBe(others.length - 1);
    const net = networkOf(world(vpcB, resourceGateway, { others: without }));
    expect(net.serviceNetworks.has('sn-1')).toBe(false);
    expect(net.opaqueGateways.has('sn-1')).toBe(true);
  });

  test('has the targets of every page', () => {
    const others = latticeAnswers(whole).flatMap((one) => {
      const { items = [] } = one.json as { items?: readonly object[] };
      if (!one.id.endsWith('list-targets.tg-2')) return [one];
      return [
        { id: `${one.id}.1`, json: { items: items.slice(0, 1), nextToken: 'more' } },
        { id: `${one.id}.2`, json: { items: items.slice(1) } },
      ];
    });
    const group = networkOf(world(vpcB, resourceGateway, { others })).targetGroups.get(latticeGroupArn('tg-2'));
    expect(group?.targets).toHaveLength(2);
  });

  test('whose auth type or groups no call told has them unread', () => {
    const [sn] = whole.networks!;
    const net = read({ ...whole, networks: [{ ...sn!, auth: 'unread', vpcs: ['vpc-a ?'] }] });
    const found = net.serviceNetworks.get('sn-1')!;
    expect(isUnread(found.authorizes)).toBe(true);
    expect(isUnread(found.associations[0]!.groups)).toBe(true);
  });

  test('that requires IAM restricts who may ask', () => {
    const [sn] = whole.networks!;
    expect(read({ ...whole, networks: [{ ...sn!, auth: 'AWS_IAM' }] }).serviceNetworks.get('sn-1')!.authorizes).toBe(
      true,
    );
  });

  test('with an association that comes about may work', () => {
    const [sn] = whole.networks!;
    const net = read({ ...whole, networks: [{ ...sn!, status: 'CREATE_IN_PROGRESS' }] });
    expect(net.serviceNetworks.get('sn-1')).toMatchObject({
      associations: [{ state: 'pending' }],
      services: [{ state: 'pending' }],
    });
  });
});

describe('a resource configuration', () => {
  const resources = (of: LatticeSpec['resources']) =>
    networkOf(world(vpcB, resourceGateway, lattice({ ...whole, networks: [], resources: of! }))).resourceConfigurations;

  test('of a name or an ARN tells no address', () => {
    const found = resources([
      { id: 'rcfg-1', gateway: 'rgw-1', ports: ['443'], at: 'db.example.com' },
      { id: 'rcfg-2', gateway: 'rgw-1', at: 'arn:aws:rds:us-east-1:123456789012:cluster:db' },
    ]);
    expect(found.get('rcfg-1')!.resources[0]!.address).toBeUndefined();
    expect(found.get('rcfg-2')!.resources).toMatchObject([{ ports: [{ from: 0, to: 65535 }] }]);
  });

  test('of a group is the resources of its members, by its gateway', () => {
    const found = resources([
      { id: 'rcfg-g', gateway: 'rgw-1', ports: ['5432'] },
      { id: 'rcfg-1', of: 'rcfg-g', at: '10.1.1.10' },
      { id: 'rcfg-2', of: 'rcfg-g', ports: ['6379'], at: '10.1.1.11' },
    ]);
    expect([...found.keys()]).toEqual(['rcfg-g']);
    expect(found.get('rcfg-g')!.resources).toMatchObject([
      { id: 'rcfg-1', gateway: 'rgw-1', ports: [{ from: 5432, to: 5432 }] },
      { id: 'rcfg-2', gateway: 'rgw-1', ports: [{ from: 6379, to: 6379 }] },
    ]);
  });
});

describe('what is shared with whoever asked', () => {
  const theirs = (json: unknown): unknown =>
    JSON.parse(JSON.stringify(json).replaceAll(/(arn:aws:vpc-lattice:us-east-1:)\d{12}/g, '$1999988887777'));
  const asStranger = (spec: LatticeSpec) =>
    networkOf(
      world(vpcB, resourceGateway, {
        others: latticeAnswers(spec).map(({ id, json }) => ({ id, json: theirs(json) })),
      }),
    );

  test('may not be all that stands in a service network of another account', () => {
    const net = asStranger(whole);
    expect(net.serviceNetworks.has('sn-1')).toBe(false);
    expect(net.opaqueGateways.has('sn-1')).toBe(true);
  });

  test('nor all that is in a group of another account’s resources', () => {
    const net = asStranger({
      ...whole,
      networks: [],
      resources: [
        { id: 'rcfg-g', gateway: 'rgw-1', ports: ['5432'] },
        { id: 'rcfg-1', of: 'rcfg-g', at: '10.1.1.10' },
      ],
    });
    expect(net.resourceConfigurations.has('rcfg-g')).toBe(false);
  });

  test('and a group of which nobody saw a member is not known to be empty', () => {
    const resources = [{ id: 'rcfg-g', gateway: 'rgw-1', ports: ['5432'] }];
    expect(read({ ...whole, networks: [], resources }).resourceConfigurations.size).toBe(0);
  });
});

describe('the endpoints that a service network tells of', () => {
  const [sn] = whole.networks!;
  const told = (endpoints: readonly string[], change: Change = {}) =>
    networkOf(world(vpcB, resourceGateway, lattice({ ...whole, networks: [{ ...sn!, vpcs: [], endpoints }] }), change));
  const shown: Change = {
    interfaceEndpoints: [
      {
        id: 'vpce-1',
        vpc: 'vpc-a',
        service: '',
        type: 'ServiceNetwork',
        at: [{ subnet: 'subnet-s1', ips: ['10.0.1.100'] }],
        groups: ['sg-open'],
      },
    ],
  };

  test('are no association of their VPC', () => {
    const net = told(['vpce-1'], shown);
    expect(net.serviceNetworks.get('sn-1')!.associations).toEqual([]);
  });

  test('lead to it, where the endpoint does not say so itself', () => {
    expect(told([], shown).endpoints.get('vpce-1')!.serviceNetwork).toBeUndefined();
    expect(told(['vpce-1'], shown).endpoints.get('vpce-1')).toMatchObject({
      endpointType: 'ServiceNetwork',
      serviceNetwork: 'sn-1',
      interfaces: ['eni-1-s1'],
    });
  });

  test('are there where their interfaces alone are shown, in the state that it tells', () => {
    const interfaces = [
      {
        id: 'eni-theirs',
        subnet: 'subnet-s1',
        ips: ['10.0.1.100'],
        groups: ['sg-open'],
        type: 'vpc_endpoint',
        description: 'VPC Endpoint Interface vpce-1',
        instance: 'service',
      },
    ];
    expect(told([], { interfaces }).endpoints.has('vpce-1')).toBe(false);
    expect(told(['vpce-1 pending'], { interfaces }).endpoints.get('vpce-1')).toMatchObject({
      endpointType: 'ServiceNetwork',
      serviceNetwork: 'sn-1',
      interfaces: ['eni-theirs'],
      state: 'pending',
    });
  });

  test('are named as not modelled where nothing shows them', () => {
    const { coverage } = told(['vpce-9']);
    expect(coverage.filter(({ id }) => id === 'vpce-9')).toMatchObject([
      { kind: 'vpc-endpoint', status: 'not-modelled' },
    ]);
  });
});
