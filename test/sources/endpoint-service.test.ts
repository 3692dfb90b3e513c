/** Endpoint services, what stands behind them, and the endpoints that lead to them. */
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { matchSelector } from '../../src/network/selector-match.ts';
import { parseSelector } from '../../src/network/selector.ts';
import { topologyOf } from '../../src/network/topology.ts';
import { readAssumption } from '../../src/policy/assume.ts';
import { waypointOf } from '../../src/policy/waypoints.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, type Document } from '../support/aws.ts';
import { balancerNamed } from '../support/aws-load-balancer.ts';
import { account } from '../support/identity.ts';
import { networkOf } from '../support/network.ts';
import { type Change, changed, emptySpec, type EndpointServiceSpec, type Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { network, problems } from './tiny.ts';

const id = 'vpce-svc-1';
const serviceName = 'com.amazonaws.vpce.us-east-1.vpce-svc-1';

const thin = { id: 'thin', type: 'nlb', groups: ['sg-open'], listeners: [] } as const;

/** A balancer, its service, and endpoints by id and state that bear its name. */
const spec = (
  endpoints: readonly (readonly [id: string, state?: string])[] = [['vpce-1']],
  service: Partial<EndpointServiceSpec> = {},
  more: Change = {},
): Spec =>
  changed(
    world({
      balancers: [{ ...thin, at: [{ subnet: 'subnet-s1', ips: ['10.0.1.40'] }] }],
      services: [{ id, balancers: ['thin'], ...service }],
      interfaceEndpoints: endpoints.map(([endpoint, state = 'available'], n) => ({
        id: endpoint,
        vpc: 'vpc-a',
        service: id,
        state,
        at: [{ subnet: 'subnet-s2', ips: [`10.0.2.${50 + n}`] }],
        groups: ['sg-open'],
      })),
    }),
    more,
  );

const balancer = balancerNamed(spec(), 'thin');
const serviceOf = (net: Network) => net.endpointServices.get(id)!;
const states = (net: Network) => serviceOf(net).connections.map(({ endpoint, state }) => `${endpoint} ${state}`);

/** The documents with the elements of one list changed, or the whole answer taken away. */
const edited = (all: readonly Document[], key: string, edit: (one: object) => object): readonly Document[] =>
  all.map((one) => {
    const list = (one.json as Record<string, object[] | undefined>)[key];
    return list === undefined ? one : { ...one, json: { [key]: list.map(edit) } };
  });

const service = (fields: object, of = spec()) =>
  edited(documents(of), 'ServiceConfigurations', (one) => ({ ...one, ...fields }));

const connection = (fields: object, of = spec([['vpce-1']], { connections: ['vpce-1'] })) =>
  edited(documents(of), 'VpcEndpointConnections', (one) => ({ ...one, ...fields }));

const without = (all: readonly Document[], call: string) => all.filter(({ file }) => !file.includes(call));

describe('an endpoint service', () => {
  test('has the balancers, zones and settings that its configuration shows', () => {
    const net = networkOf(
      spec([], {
        zones: ['az1'],
        families: ['ipv4', 'ipv6'],
        regions: ['eu-west-1'],
        privateName: 'api.example.com',
        acceptance: false,
      }),
    );
    expect(serviceOf(net)).toMatchObject({
      kind: 'endpoint-service',
      serviceName,
      endpointType: 'Interface',
      privateDnsName: 'api.example.com',
      state: 'available',
      account,
      region: 'us-east-1',
      loadBalancers: [balancer],
      zones: ['use1-az1'],
      families: ['ipv4', 'ipv6'],
      regions: [
        { region: 'us-east-1', state: 'available' },
        { region: 'eu-west-1', state: 'available' },
      ],
      acceptanceRequired: false,
      managesEndpoints: false,
      connections: [],
    });
    expect(net.defaults.filter(({ setting }) => setting.startsWith(id))).toEqual([]);
  });

  test('has the zones that its account’s names mean to its balancers', () => {
    const net = network(service({ AvailabilityZoneIds: undefined, AvailabilityZones: ['us-east-1a'] }));
    expect(serviceOf(net).zones).toEqual(['use1-az1']);
    const other = network(service({ AvailabilityZoneIds: undefined, AvailabilityZones: ['us-east-1f'] }));
    const call = 'describe-vpc-endpoint-service-configurations';
    expect(serviceOf(other).zones).toEqual({ unread: call, subject: id });
  });

  test('has AWS’s defaults, and says so, where the answer tells no families and no acceptance', () => {
    const net = network(service({ SupportedIpAddressTypes: undefined, AcceptanceRequired: undefined }));
    expect(serviceOf(net)).toMatchObject({ families: ['ipv4'], acceptanceRequired: true });
    expect(net.defaults.filter(({ setting }) => setting.startsWith(id)).map(({ setting }) => setting)).toEqual([
      `${id}.AcceptanceRequired`,
      `${id}.SupportedIpAddressTypes`,
    ]);
  });

  test('of appliances stands before Gateway Load Balancers, and their endpoints lead to it', () => {
    const own = 'vpce-svc-0a1b2c3d4e5f60718';
    const net = networkOf(
      world({
        balancers: [
          { id: 'inspect', type: 'gwlb', groups: [], listeners: [], at: [{ subnet: 'subnet-s1', ips: ['10.0.1.41'] }] },
        ],
        services: [{ id: own, balancers: ['inspect'] }],
        firewallEndpoints: [{ id: 'vpce-gw', subnet: 'subnet-s2', ip: '10.0.2.90' }],
      }),
    );
    expect(net.endpointServices.get(own)).toMatchObject({
      endpointType: 'GatewayLoadBalancer',
      loadBalancers: [...net.loadBalancers.keys()],
      connections: [{ endpoint: 'vpce-gw', known: true }],
    });
  });

  test.each(['Pending', 'Deleting', 'Melting'])('that is %s works by assumption', (state) => {
    const net = networkOf(spec([['vpce-1']], { state }));
    expect(net.coverage).toContainEqual(expect.objectContaining({ id, assumption: `up:${id}` }));
    expect(readAssumption(net, `up:${id}`)).toMatchObject({ ok: true });
  });

  test('is counted once where two answers show it, and refused where they differ', () => {
    const twice = documents(spec());
    const again = twice.find(({ file }) => file.includes('service-configurations'))!;
    expect(network([...twice, { ...again, file: `again/${again.file}` }]).endpointServices.size).toBe(1);
    const [other] = edited([again], 'ServiceConfigurations', (one) => ({ ...one, ServiceState: 'Deleted' }));
    expect(problems([...twice, { ...other!, file: `again/${again.file}` }])).toMatchObject([{ code: 'duplicate-id' }]);
  });

  test('has a name of its own', () => {
    const both = changed(spec(), { services: [{ id: 'vpce-svc-2', name: serviceName, balancers: ['thin'] }] });
    expect(problems(documents(both))).toMatchObject([{ code: 'ambiguous-name' }]);
  });
});

describe('the balancers behind a service', () => {
  const elsewhere = 'arn:aws:elasticloadbalancing:us-east-1:444455556666:loadbalancer/net/far/0123456789abcdef';

  test('are unread where no answer of their account lists them', () => {
    const nobody = without(documents(spec()), 'load-balancer');
    // Its nodes show it, under the same ARN.
    expect(serviceOf(network(nobody)).loadBalancers).toEqual([balancer]);
    const nodeless = edited(nobody, 'NetworkInterfaces', (one) => ({ ...one, Description: '' }));
    const call = 'elbv2 describe-load-balancers';
    expect(serviceOf(network(nodeless)).loadBalancers).toEqual({ unread: call, subject: balancer });
    const unread = { unread: call, subject: elsewhere };
    const far = networkOf(spec([], { balancers: [elsewhere] }));
    expect(serviceOf(far)).toMatchObject({ account: '444455556666', loadBalancers: unread });
    const key = `unread:elbv2 describe-load-balancers:${elsewhere}`;
    expect(far.coverage).toContainEqual(expect.objectContaining({ id, assumption: key }));
    expect(readAssumption(far, `${key}=allow`)).toMatchObject({ ok: true });
  });

  test('dangle where an answer of their account does not list them, unless the service is gone', () => {
    const gone = balancer.replace('thin', 'gone');
    expect(problems(documents(spec([], { balancers: ['thin', gone] })))).toMatchObject([
      { code: 'dangling-reference', message: expect.stringContaining(gone) as string },
    ]);
    expect(problems(documents(spec([], { balancers: [gone], state: 'Deleted' })))).toEqual([]);
  });

  test('are unread where the configuration names none', () => {
    const net = network(service({ NetworkLoadBalancerArns: undefined }));
    expect(serviceOf(net).loadBalancers).toEqual({
      unread: 'describe-vpc-endpoint-service-configurations',
      subject: id,
    });
  });
});

describe('an endpoint leads to a service', () => {
  test('whose name it bears, and to no other', () => {
    const net = networkOf(spec([['vpce-1']], {}, { services: [{ id: 'vpce-svc-2', balancers: ['thin'] }] }));
    expect(serviceOf(net).connections).toMatchObject([
      { endpoint: 'vpce-1', known: true, state: 'available', account },
    ]);
    expect(net.endpointServices.get('vpce-svc-2')?.connections).toEqual([]);
  });

  test('in another account, as both accounts are shown it', () => {
    const consumer: Change = {
      vpcs: [{ id: 'vpc-d', cidrs: ['10.7.0.0/16'] }],
      subnets: [{ id: 'subnet-d', vpc: 'vpc-d', cidrs: ['10.7.1.0/24'], zone: 'az1', table: 'rtb-d' }],
      tables: [{ id: 'rtb-d', vpc: 'vpc-d', main: true, routes: [] }],
      acls: [{ id: 'acl-d', vpc: 'vpc-d', default: true, in: [], out: [] }],
      groups: [{ id: 'sg-d', vpc: 'vpc-d', in: [], out: [] }],
      interfaceEndpoints: [
        { id: 'vpce-d', vpc: 'vpc-d', service: id, at: [{ subnet: 'subnet-d', ips: ['10.7.1.9'] }], groups: ['sg-d'] },
      ],
    };
    const theirs = documents(changed(emptySpec, consumer)).map(({ file, json }) => ({
      file: `dev/${file}`,
      json: JSON.parse(JSON.stringify(json).replaceAll(account, '444455556666')) as unknown,
    }));
    const ours = (connections?: readonly string[]) =>
      documents(spec([], connections === undefined ? {} : { connections })).map((one) => ({
        ...one,
        file: `prod/${one.file}`,
      }));
    const expected = { endpoint: 'vpce-d', known: true, state: 'available', account: '444455556666' };
    const alone = serviceOf(network([...ours(), ...theirs]));
    expect(alone).toMatchObject({ connections: [expected], unread: { subject: id } });
    const both = serviceOf(network([...ours(['vpce-d@444455556666']), ...theirs]));
    expect(both.connections).toMatchObject([expected]);
    expect(both).not.toHaveProperty('unread');
  });

  test('that its owner alone is shown, though no answer holds the endpoint', () => {
    const net = networkOf(spec([], { connections: ['vpce-9@444455556666'] }));
    expect(serviceOf(net).connections).toMatchObject([
      { endpoint: 'vpce-9', known: false, state: 'available', account: '444455556666', region: 'us-east-1' },
    ]);
    expect(net.coverage).toContainEqual(
      expect.objectContaining({ kind: 'endpoint-connection', id: `${id} vpce-9`, assumption: `passes:${id}` }),
    );
  });

  test('that only its interfaces and the service’s owner show', () => {
    const all = without(documents(spec([['vpce-1']], { connections: ['vpce-1'] })), 'describe-vpc-endpoints');
    const net = network(all);
    expect(net.endpoints.get('vpce-1')?.serviceName).toBe('');
    expect(serviceOf(net).connections).toMatchObject([{ endpoint: 'vpce-1', known: true }]);
  });
});

describe('connections', () => {
  test('that nobody asked for are those of the endpoints read, and there may be others', () => {
    const net = networkOf(spec());
    const unread = { unread: 'describe-vpc-endpoint-connections', subject: id };
    expect(serviceOf(net).unread).toEqual(unread);
    expect(states(net)).toEqual(['vpce-1 available']);
    const key = `unread:describe-vpc-endpoint-connections:${id}`;
    expect(net.coverage).toContainEqual(expect.objectContaining({ id, assumption: key }));
    expect(readAssumption(net, `${key}=deny`)).toMatchObject({ ok: true });
  });

  test('that both owners are shown are modelled where what stands behind them is, else on the endpoint’s assumption', () => {
    const shown = spec([['vpce-1']], { connections: ['vpce-1'] });
    const unread = network(documents(shown).filter(({ file }) => !file.startsWith('describe-listeners')));
    for (const one of [id, `${id} vpce-1`]) {
      expect(networkOf(shown).coverage).toContainEqual(expect.objectContaining({ id: one, status: 'modelled' }));
      expect(unread.coverage).toContainEqual(expect.objectContaining({ id: one, assumption: 'passes:vpce-1' }));
    }
  });

  test('that another account was asked for are not this service’s', () => {
    const asked = documents(spec([], { connections: [] })).map((one) =>
      one.file.includes('connections')
        ? { ...one, file: `444455556666/${one.file}` }
        : { ...one, file: `${account}/${one.file}` },
    );
    expect(serviceOf(network(asked)).unread).toMatchObject({ subject: id });
    expect(serviceOf(networkOf(spec([], { connections: [] })))).not.toHaveProperty('unread');
  });

  test('that a filter narrowed may not be all', () => {
    const asked = documents(spec([], { connections: [] })).map(({ file, json }) =>
      file.includes('connections') ? { file, json: { Request: { Filters: [] }, Response: json } } : { file, json },
    );
    expect(serviceOf(network(asked)).unread).toMatchObject({ subject: id });
  });

  test.each(['rejected', 'deleted', 'failed', 'expired', 'pendingAcceptance'])('that are %s lead nowhere', (state) => {
    const net = networkOf(spec([['vpce-1', state]], { connections: [`vpce-1 ${state}`] }));
    expect(states(net)).toEqual([`vpce-1 ${state.toLowerCase()}`]);
    expect(net.coverage.find((one) => one.id === id)).toMatchObject({ status: 'modelled' });
    expect(via(net, `endpoint-service:${id}`)).toMatchObject({ ok: true, value: { ids: new Set([id]) } });
  });

  test('that the one has seen change and the other has not work by assumption', () => {
    for (const [own, shown] of [
      ['available', 'pending'],
      ['pending', 'available'],
      ['deleting', 'rejected'],
      ['rejected', 'melting'],
    ] as const) {
      const net = networkOf(spec([['vpce-1', own]], { connections: [`vpce-1 ${shown}`] }));
      const changing = [own, shown].find((word) => !['available', 'rejected'].includes(word));
      expect(states(net)).toEqual([`vpce-1 ${changing}`]);
      expect(net.coverage).toContainEqual(
        expect.objectContaining({ kind: 'endpoint-connection', assumption: 'up:vpce-1' }),
      );
    }
  });

  test('that work for the one and are dead for the other are of two moments', () => {
    for (const [own, shown] of [
      ['available', 'rejected'],
      ['rejected', 'available'],
    ] as const)
      expect(problems(documents(spec([['vpce-1', own]], { connections: [`vpce-1 ${shown}`] })))).toMatchObject([
        { code: 'conflicting-state', hint: expect.stringContaining('moments') as string },
      ]);
  });

  test('that the owner is not shown are believed, with a warning', () => {
    const net = networkOf(spec([['vpce-1']], { connections: [] }));
    expect(states(net)).toEqual(['vpce-1 available']);
    expect(net.warnings).toEqual([expect.stringContaining('`vpce-1`')]);
    expect(networkOf(spec([['vpce-1', 'rejected']], { connections: [] })).warnings).toEqual([]);
  });

  test('to another service or balancer than the endpoint’s and the service’s own are of two moments', () => {
    const named = spec(
      [['vpce-1']],
      { connections: ['vpce-1'] },
      { interfaceEndpoints: [{ id: 'vpce-1', service: 'kms' }] },
    );
    expect(problems(documents(named))).toMatchObject([{ code: 'conflicting-association' }]);
    const arns = [balancer.replace('thin', 'gone')];
    expect(problems(connection({ NetworkLoadBalancerArns: arns }))).toMatchObject([
      { code: 'conflicting-association', message: expect.stringContaining(arns[0]!) as string },
    ]);
    const rejected = spec([['vpce-1', 'rejected']], { connections: ['vpce-1 rejected'] });
    expect(problems(connection({ NetworkLoadBalancerArns: arns }, rejected))).toEqual([]);
  });

  test('to a service that is not in the input are named, or dangle where its account was asked', () => {
    const all = documents(spec([['vpce-1']], { connections: ['vpce-1'] }));
    const net = network(without(all, 'service-configurations'));
    expect(net.coverage).toContainEqual(
      expect.objectContaining({ kind: 'endpoint-connection', id: `${id} vpce-1`, status: 'not-modelled' }),
    );
    expect(problems(connection({ ServiceId: 'vpce-svc-9' }))).toMatchObject([
      { code: 'dangling-reference', message: expect.stringContaining('vpce-svc-9') as string },
    ]);
  });
});

describe('what AWS does not print', () => {
  test.each([
    ['an id that is missing', { ServiceId: undefined }, 'missing-field'],
    ['a name that is missing', { ServiceName: undefined }, 'missing-field'],
    ['balancers that are no list', { NetworkLoadBalancerArns: balancer }, 'wrong-type'],
    ['an ARN of something else', { NetworkLoadBalancerArns: ['arn:aws:s3:::bucket'] }, 'bad-arn'],
    ['a balancer under the other kind', { GatewayLoadBalancerArns: [balancer] }, 'bad-arn'],
    ['an unknown address family', { SupportedIpAddressTypes: ['ipv5'] }, 'unknown-value'],
    ['an unknown type', { ServiceType: [{ ServiceType: 'Wormhole' }] }, 'unknown-value'],
    ['acceptance in words', { AcceptanceRequired: 'yes' }, 'wrong-type'],
    ['zones that are no list', { AvailabilityZoneIds: 'use1-az1' }, 'wrong-type'],
    ['a Region without a name', { SupportedRegions: [{}] }, 'missing-field'],
    ['a state that is no text', { ServiceState: 1 }, 'wrong-type'],
  ])('of a service is refused: %s', (_, fields, code) => {
    const found = problems(service(fields));
    expect(found).toContainEqual(expect.objectContaining({ code }));
    for (const { file, place } of found) {
      expect(file).toBe('describe-vpc-endpoint-service-configurations.json');
      expect(place).toMatch(/^\/ServiceConfigurations\/0/);
    }
  });

  test.each([
    ['no service', { ServiceId: undefined }, 'missing-field'],
    ['no endpoint', { VpcEndpointId: undefined }, 'missing-field'],
    ['no state', { VpcEndpointState: undefined }, 'missing-field'],
    ['a state that is no text', { VpcEndpointState: {} }, 'wrong-type'],
    ['an ARN of something else', { NetworkLoadBalancerArns: ['arn:aws:s3:::bucket'] }, 'bad-arn'],
  ])('of a connection is refused: %s', (_, fields, code) => {
    expect(problems(connection(fields))).toMatchObject([
      { code, file: 'describe-vpc-endpoint-connections.json', place: expect.stringMatching(/^\/VpcE.*\/0/) as string },
    ]);
  });

  test('an answer that is no list is refused', () => {
    const all = [...documents(world()), { file: 'x.json', json: { ServiceConfigurations: 1 } }];
    expect(problems(all)[0]).toMatchObject({ code: 'wrong-type', place: '/ServiceConfigurations' });
  });
});

function via(net: Network, text: string) {
  const selector = parseSelector(text);
  const matches = selector.ok ? matchSelector(net, selector.value) : selector;
  return matches.ok ? waypointOf(net, { text, matches: matches.value }) : matches;
}

const found = (net: Network, text: string) => {
  const selector = parseSelector(text);
  const matches = selector.ok ? matchSelector(net, selector.value) : selector;
  return matches.ok ? matches.value.flatMap(({ resources }) => resources.map((one) => one.id)) : matches.problems;
};

test('services are named by id, service name, Name tag and ARN', () => {
  const net = network(service({ Tags: [{ Key: 'Name', Value: 'payments' }] }));
  for (const text of [
    id,
    `endpoint-service:${id}`,
    'endpoint-service:payments',
    'endpoint-service:*',
    `endpoint-service:${serviceName}`,
    `arn:aws:ec2:us-east-1:${account}:vpc-endpoint-service/${id}`,
  ])
    expect(found(net, text)).toEqual([id]);
  expect(found(net, 'endpoint-service:payment')).toMatchObject([{ code: 'no-match' }]);
});

test('a path goes by a service where it goes by one of the endpoints that lead to it, if all of them are known', () => {
  const net = networkOf(spec([['vpce-1'], ['vpce-2', 'rejected']]));
  expect(via(net, 'endpoint-service:*')).toMatchObject({
    ok: true,
    value: { ids: new Set([id, 'vpce-1', ...net.endpoints.get('vpce-1')!.interfaces]) },
  });
  const all = documents(spec([['vpce-1']]));
  expect(via(network(without(all, 'describe-vpc-endpoints')), 'endpoint-service:*')).toMatchObject({
    ok: false,
    problems: [{ code: 'missing-call', message: expect.stringContaining('vpce-1') as string }],
  });
  // Another account's, in a shared subnet.
  const strangers = all.map((one) =>
    one.file === 'describe-vpc-endpoints.json' ? { ...one, json: { VpcEndpoints: [] } } : one,
  );
  expect(via(network(strangers), 'endpoint-service:*')).toMatchObject({
    ok: false,
    problems: [{ code: 'missing-call', message: expect.stringContaining('eni-1-s2') as string }],
  });
  const asked = documents(spec([['vpce-1']], { connections: ['vpce-1'] }));
  expect(via(network(without(asked, 'describe-vpc-endpoints')), 'endpoint-service:*')).toMatchObject({ ok: true });
});

test('a service is drawn between the endpoints that lead to it and its balancers', () => {
  const { edges, places } = topologyOf(networkOf(spec()), new Set());
  expect(places).toContainEqual({ id, kind: 'endpoint-service' });
  expect(edges).toContainEqual({ from: 'vpce-1', to: id, kind: 'attachment' });
  expect(edges).toContainEqual({ from: id, to: balancer, kind: 'attachment' });
});

test('a snapshot holds endpoint services, and an older one has none', () => {
  const net = networkOf(spec([['vpce-1']], { connections: ['vpce-1', 'vpce-9@444455556666 rejected'] }));
  const text = formatSnapshot(net);
  expect(network([{ file: 'network.json', text }])).toEqual(net);
  const older = JSON.parse(text) as Record<string, unknown>;
  delete older['endpointServices'];
  expect(network([{ file: 'network.json', json: older }]).endpointServices.size).toBe(0);
});

test('a snapshot whose service names what it does not hold is refused', () => {
  const json = JSON.parse(formatSnapshot(networkOf(spec()))) as {
    endpointServices: { loadBalancers: string[]; connections: { endpoint: string }[] }[];
  };
  json.endpointServices[0]!.loadBalancers.push('gone');
  json.endpointServices[0]!.connections[0]!.endpoint = 'vpce-9';
  expect(problems([{ file: 'network.json', json }]).map(({ code }) => code)).toEqual([
    'dangling-reference',
    'dangling-reference',
  ]);
});
