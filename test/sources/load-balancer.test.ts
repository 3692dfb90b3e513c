/** Load balancers: their nodes, attributes, and the listeners and instances of classic ones. */
import { expect, test } from 'vitest';
import { matchSelector } from '../../src/network/selector-match.ts';
import { parseSelector } from '../../src/network/selector.ts';
import { topologyOf } from '../../src/network/topology.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { added, documents, network, problems, tiny } from './tiny.ts';

const node = (description: string) => ({
  ...tiny.NetworkInterfaces[0],
  NetworkInterfaceId: 'eni-2',
  Attachment: { InstanceOwnerId: 'amazon-elb', Status: 'attached' },
  Description: description,
  PrivateIpAddress: '10.0.1.30',
  PrivateIpAddresses: [],
  RequesterManaged: true,
});

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef';

const balancer = {
  LoadBalancerArn: arn,
  LoadBalancerName: 'web',
  Type: 'application',
  Scheme: 'internet-facing',
  VpcId: 'vpc-1',
};

test('a balancer’s nodes are the interfaces whose description names it', () => {
  const lists = { ...added('NetworkInterfaces', node('ELB app/web/0123456789abcdef')), LoadBalancers: [balancer] };
  const net = network(documents(lists));
  expect(net.loadBalancers.get(arn)).toMatchObject({ name: 'web', scheme: 'internet-facing', interfaces: ['eni-2'] });
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: arn, assumption: `passes:${arn}` }));
});

test('a balancer that only its nodes show has the ARN that AWS gives it', () => {
  const net = network(documents(added('NetworkInterfaces', node('ELB app/web/0123456789abcdef'))));
  expect([...net.loadBalancers.values()]).toMatchObject([
    { id: arn, balancerType: 'application', scheme: 'internal', interfaces: ['eni-2'] },
  ]);
});

test('a classic balancer is known by its name', () => {
  const LoadBalancerDescriptions = [{ LoadBalancerName: 'old', VPCId: 'vpc-1', Scheme: 'internal' }];
  const net = network(documents({ ...added('NetworkInterfaces', node('ELB old')), LoadBalancerDescriptions }));
  expect([...net.loadBalancers.values()]).toMatchObject([
    { name: 'old', balancerType: 'classic', interfaces: ['eni-2'] },
  ]);
});

test('two classic balancers of one name that nothing tells apart are refused, not taken for one', () => {
  const one = { LoadBalancerName: 'old', VPCId: 'vpc-1', Scheme: 'internal' };
  const far = { ...tiny.Vpcs[0], VpcId: 'vpc-2', OwnerId: undefined };
  const here = documents({ ...tiny, LoadBalancerDescriptions: [one] });
  const there = [
    { file: 'eu-west-2/vpcs.json', json: { Vpcs: [far] } },
    { file: 'eu-west-2/elb.json', json: { LoadBalancerDescriptions: [{ ...one, VPCId: 'vpc-2' }] } },
  ];
  expect(problems([...here, ...there])).toMatchObject([{ code: 'ambiguous-name', file: 'eu-west-2/elb.json' }]);
});

test('a balancer’s listeners are called unread where no call read them', () => {
  const net = network(documents({ ...tiny, LoadBalancers: [balancer] }));
  const listeners = { unread: 'elbv2 describe-listeners', subject: arn };
  expect(net.loadBalancers.get(arn)).toMatchObject({ listeners, crossZone: true, enforcesOnPrivateLink: true });
  const shown = network(documents(added('NetworkInterfaces', node('ELB old'))));
  expect([...shown.loadBalancers.values()][0]?.listeners).toMatchObject({ unread: 'elb describe-load-balancers' });
});

test('listeners of a balancer that only its nodes show are its own, whoever’s account that is', () => {
  const foreign = { ...node('ELB app/web/0123456789abcdef'), OwnerId: undefined };
  const Listeners = [
    {
      ListenerArn: arn.replace(':loadbalancer/', ':listener/') + '/0011223344556677',
      LoadBalancerArn: arn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response' }],
    },
  ];
  const net = network([
    ...documents(added('NetworkInterfaces', foreign)),
    { file: 'listeners.json', json: { Listeners } },
  ]);
  expect([...net.loadBalancers.values()]).toMatchObject([
    { id: 'app/web/0123456789abcdef', listeners: [{ protocol: 'HTTP', from: 80, to: 80 }] },
  ]);
});

const attributes = (
  value: string,
  file = 'describe-load-balancer-attributes.loadbalancer-net-web-0123456789abcdef.json',
) => ({
  file,
  json: { Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: value }] },
});

const thin = { ...balancer, LoadBalancerArn: arn.replace('/app/', '/net/'), Type: 'network' };
const untold = { unread: 'elbv2 describe-load-balancer-attributes', subject: thin.LoadBalancerArn };

test('cross-zone load balancing is read, or not known', () => {
  const from = documents({ ...tiny, LoadBalancers: [balancer, thin] });
  const unread = network(from);
  expect(unread.loadBalancers.get(thin.LoadBalancerArn)?.crossZone).toEqual(untold);
  // It is always on at an Application Load Balancer.
  expect(unread.loadBalancers.get(arn)?.crossZone).toBe(true);
  const wrapped = {
    file: 'x.json',
    json: { LoadBalancerAttributes: [{ LoadBalancerArn: thin.LoadBalancerArn, ...attributes('true').json }] },
  };
  for (const told of [attributes('true'), wrapped]) {
    const net = network([...from, told]);
    expect(net.loadBalancers.get(thin.LoadBalancerArn)?.crossZone).toBe(true);
  }
  expect(problems([...from, attributes('true', 'x.json')])).toMatchObject([{ code: 'unknown-subject' }]);
  const bare = { file: 'x.json', json: { LoadBalancerAttributes: [attributes('true').json] } };
  expect(problems([...from, bare])).toMatchObject([{ code: 'unknown-subject', place: '/LoadBalancerAttributes/0' }]);
});

test('attributes of listeners are none of their balancer’s', () => {
  const shown = {
    file: 'describe-listener-attributes.listener-net-web-0123456789abcdef-0011223344556677.json',
    json: { Attributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '350' }] },
  };
  const net = network([...documents({ ...tiny, LoadBalancers: [thin] }), shown]);
  expect(net.loadBalancers.get(thin.LoadBalancerArn)?.crossZone).toEqual(untold);
});

test('the groups of a Network Load Balancer filter what comes by PrivateLink unless it says otherwise', () => {
  const key = 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic';
  const filtering = { ...thin, SecurityGroups: ['sg-1'] };
  const read = (more: object) => {
    const net = network(documents({ ...tiny, LoadBalancers: [{ ...filtering, ...more }] }));
    const listed = net.defaults.some((one) => one.setting.endsWith(key));
    return [net.loadBalancers.get(thin.LoadBalancerArn)?.enforcesOnPrivateLink, listed];
  };
  expect(read({ [key]: 'off' })).toEqual([false, false]);
  expect(read({ [key]: 'on' })).toEqual([true, false]);
  expect(read({})).toEqual([true, true]);
  // Without groups there is nothing to enforce.
  expect(read({ SecurityGroups: [] })).toEqual([true, false]);
});

const classic = {
  LoadBalancerName: 'old',
  VPCId: 'vpc-1',
  Scheme: 'internal',
  Subnets: ['subnet-1'],
  Instances: [{ InstanceId: 'i-1' }],
  ListenerDescriptions: [
    { Listener: { Protocol: 'HTTPS', LoadBalancerPort: 443, InstanceProtocol: 'HTTP', InstancePort: 8080 } },
    { Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 } },
    { Listener: { Protocol: 'SSL', LoadBalancerPort: 25, InstanceProtocol: 'TCP', InstancePort: 2525 } },
  ],
};

test('a classic balancer forwards each port to a port of its instances', () => {
  const net = network(documents({ ...tiny, LoadBalancerDescriptions: [classic] }));
  expect(net.loadBalancers.get('old')).toMatchObject({
    crossZone: { unread: 'elb describe-load-balancer-attributes', subject: 'old' },
    listeners: [
      { id: 'old:443', protocol: 'HTTPS', from: 443, forwards: [{ group: 'old:instances:8080' }] },
      { id: 'old:80', protocol: 'HTTP', from: 80, forwards: [{ group: 'old:instances:8080' }] },
      { id: 'old:25', protocol: 'SSL', from: 25, forwards: [{ group: 'old:instances:2525' }] },
    ],
  });
  expect([...net.targetGroups.values()]).toMatchObject([
    { id: 'old:instances:8080', protocol: 'HTTP', preservesClientIp: false, targets: [{ id: 'eni-1', port: 8080 }] },
    { id: 'old:instances:2525', protocol: 'TCP', vpc: 'vpc-1', targets: [{ id: 'eni-1', port: 2525 }] },
  ]);
});

test('what a classic balancer’s answer leaves out is unread', () => {
  const { Instances: _, ...blind } = classic;
  const net = network(documents({ ...tiny, LoadBalancerDescriptions: [blind] }));
  const unread = { unread: 'elb describe-load-balancers', subject: 'old' };
  expect(net.targetGroups.get('old:instances:8080')?.targets).toEqual(unread);
  const { ListenerDescriptions: __, ...deaf } = classic;
  const other = network(documents({ ...tiny, LoadBalancerDescriptions: [deaf] }));
  expect(other.loadBalancers.get('old')?.listeners).toEqual(unread);
});

test('cross-zone load balancing of a classic balancer is told by its name in the file’s', () => {
  const from = documents({ ...tiny, LoadBalancerDescriptions: [classic] });
  const LoadBalancerAttributes = { CrossZoneLoadBalancing: { Enabled: true } };
  const read = (file: string, json: object = { LoadBalancerAttributes }) =>
    network([...from, { file, json }]).loadBalancers.get('old')?.crossZone;
  expect(read('describe-load-balancer-attributes.old.json')).toBe(true);
  const Request = { LoadBalancerName: 'old' };
  expect(read('x.json', { Request, Response: { LoadBalancerAttributes } })).toBe(true);
  for (const file of ['x.older.json', 'x.very-old.json'])
    expect(problems([...from, { file, json: { LoadBalancerAttributes } }])).toMatchObject([
      { code: 'unknown-subject' },
    ]);
});

test('misshapen listeners of a classic balancer are problems', () => {
  const ListenerDescriptions = [
    { Listener: { Protocol: 'GOPHER', LoadBalancerPort: 70, InstancePort: 70 } },
    { Listener: { Protocol: 'TCP', LoadBalancerPort: 'x', InstancePort: 70_000 } },
    {},
  ];
  const bad = { ...classic, Instances: [{}], ListenerDescriptions };
  expect(problems(documents({ ...tiny, LoadBalancerDescriptions: [bad] })).map(({ code }) => code)).toEqual([
    'unknown-value',
    'wrong-type',
    'bad-port',
    'missing-field',
    'missing-field',
  ]);
});

test('a snapshot holds listeners, target groups and targets, and an older one tells nothing of them', () => {
  const net = network([
    ...documents({ ...tiny, LoadBalancers: [balancer], LoadBalancerDescriptions: [classic] }),
    {
      file: 'groups.json',
      json: {
        TargetGroups: [{ TargetGroupArn: `${arn}:targetgroup/a/1`, TargetType: 'ip', Protocol: 'TCP', Port: 1 }],
      },
    },
    {
      file: 'health.json',
      json: {
        LoadBalancerTargetHealth: [
          {
            TargetGroupArn: `${arn}:targetgroup/a/1`,
            TargetHealthDescriptions: [{ Target: { Id: '10.0.1.9', AvailabilityZone: 'all' } }],
          },
        ],
      },
    },
  ]);
  expect(net.targetGroups.size).toBe(3);
  const text = formatSnapshot(net);
  expect(network([{ file: 'network.json', text }])).toEqual(net);
  const older = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
  delete older['targetGroups'];
  delete older['webAcls'];
  for (const one of older['loadBalancers']!)
    for (const key of ['listeners', 'crossZone', 'enforcesOnPrivateLink']) delete one[key];
  const read = network([{ file: 'network.json', json: older }]);
  expect(read.targetGroups.size).toBe(0);
  expect(read.loadBalancers.get(arn)).toMatchObject({
    listeners: { unread: 'elbv2 describe-listeners', subject: arn },
    crossZone: true,
  });
  expect(read.loadBalancers.get('old')?.listeners).toEqual({ unread: 'elb describe-load-balancers', subject: 'old' });
});

test('a snapshot whose listener names a target group that it does not hold is refused', () => {
  const net = network(documents({ ...tiny, LoadBalancerDescriptions: [classic] }));
  const json = JSON.parse(formatSnapshot(net)) as Record<string, { targets: { id: string }[] }[]>;
  const groups = json['targetGroups']!;
  json['targetGroups'] = groups.slice(1);
  expect(problems([{ file: 'network.json', json }]).map(({ code }) => code)).toEqual([
    'dangling-reference',
    'dangling-reference',
  ]);
  groups[1]!.targets[0]!.id = 'eni-9';
  json['targetGroups'] = groups;
  expect(problems([{ file: 'network.json', json }])).toMatchObject([
    { code: 'dangling-reference', message: expect.stringContaining('eni-9') as string },
  ]);
});

test('target groups are named by id, ARN and name, and drawn between balancers and targets', () => {
  const net = network(documents({ ...tiny, LoadBalancerDescriptions: [classic] }));
  const found = (text: string) => {
    const selector = parseSelector(text);
    const matches = selector.ok ? matchSelector(net, selector.value) : selector;
    return matches.ok ? matches.value.flatMap(({ resources }) => resources.map(({ id }) => id)) : [];
  };
  expect(found('target-group:*')).toEqual(['old:instances:8080', 'old:instances:2525']);
  expect(found('target-group:name:old:25*')).toEqual(['old:instances:2525']);
  const { edges, places } = topologyOf(net, new Set(['eni-1']));
  expect(places).toContainEqual({ id: 'old:instances:2525', kind: 'target-group', name: 'old:2525', parent: 'vpc-1' });
  expect(edges).toContainEqual({ from: 'old', to: 'old:instances:2525', kind: 'attachment' });
  expect(edges).toContainEqual({ from: 'old:instances:2525', to: 'eni-1', kind: 'attachment' });
  expect(topologyOf(net, new Set()).edges.filter(({ to }) => to === 'eni-1')).toEqual([]);
});

test('coverage counts listeners and target groups, which stand on their balancer’s assumption where some of it is unread', () => {
  const counted = (one: object) =>
    network(documents({ ...tiny, LoadBalancerDescriptions: [one] }))
      .coverage.filter(({ kind }) => kind === 'listener' || kind === 'target-group')
      .map(({ assumption }) => assumption);
  const zones = 'unread:elb describe-load-balancer-attributes:old';
  expect(counted(classic)).toEqual([zones, zones, zones, undefined, undefined]);
  const { Instances: _, ...blind } = classic;
  const unread = 'unread:elb describe-load-balancers:old';
  expect(counted(blind)).toEqual(['passes:old', 'passes:old', 'passes:old', unread, unread]);
});
