/** What stands between a client and the targets of a balancer: nodes, endpoints, choices of AWS and answers that hold a part. */
import type { BalancerSpec, Change, TargetGroupSpec } from '../support/spec.ts';
import { front } from '../support/front.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { type Edit, each, neverHolds, unread } from './verdict.ts';

const thin = (more: Partial<BalancerSpec> = {}) => front({ type: 'nlb', listeners: ['TCP 443 web'], ...more });
const group = (id: string, more: Partial<TargetGroupSpec> = {}): Change => ({
  targetGroups: [{ id, vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'], ...more }],
});
const tcp = { protocol: 'TCP', preserve: false } as const;
/** The vector's network: NLB in VPC B, its service, an endpoint in S2. */
const provided = (more: Partial<BalancerSpec> = {}): Change => ({
  ...vpcB,
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az2', table: 'rtb-b' }],
  balancers: [
    {
      id: 'front',
      type: 'nlb',
      at: [{ subnet: 'subnet-b', ips: ['10.1.1.20'] }],
      groups: [],
      listeners: ['TCP 443 app'],
      ...more,
    },
  ],
  targetGroups: [{ id: 'app', vpc: 'vpc-b', protocol: 'TCP', port: 8080, targets: ['i-b'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['front'], connections: ['vpce-1'], regions: ['us-west-2'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-1',
      vpc: 'vpc-a',
      service: 'vpce-svc-1',
      groups: ['sg-open'],
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100'] }],
    },
  ],
});
/** A second endpoint in a subnet of its own; one of the two subnets lets nothing out. */
const twoEndpoints = (closed: 'subnet-s2' | 'subnet-q') =>
  world(provided(), {
    acls: [{ id: 'acl-q', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: [] }],
    subnets: [
      { id: 'subnet-q', vpc: 'vpc-a', cidrs: ['10.0.7.0/24'], zone: 'az2', table: 'rtb-s2' },
      { id: closed, acl: 'acl-q' },
    ],
    services: [{ id: 'vpce-svc-1', balancers: ['front'], connections: ['vpce-1', 'vpce-2'] }],
    interfaceEndpoints: [
      {
        id: 'vpce-2',
        vpc: 'vpc-a',
        service: 'vpce-svc-1',
        groups: ['sg-open'],
        at: [{ subnet: 'subnet-q', ips: ['10.0.7.100'] }],
      },
    ],
  });
/** Node in subnet-n, endpoint of the service in subnet-e, which lets out only to S1 (the client I2 is in S2). */
const directAndEndpoint = world({
  acls: [{ id: 'acl-x', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 10.0.1.0/24'] }],
  subnets: [
    { id: 'subnet-n', vpc: 'vpc-a', cidrs: ['10.0.3.0/24'], zone: 'az1', table: 'rtb-s1' },
    { id: 'subnet-e', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-s1', acl: 'acl-x' },
  ],
  balancers: [
    {
      id: 'front',
      type: 'nlb',
      at: [{ subnet: 'subnet-n', ips: ['10.0.3.20'] }],
      groups: [],
      listeners: ['TCP 443 app'],
      enforces: false,
    },
  ],
  targetGroups: [{ id: 'app', vpc: 'vpc-a', protocol: 'TCP', port: 8080, preserve: false, targets: ['i-i1'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['front'], connections: ['vpce-1'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-1',
      vpc: 'vpc-a',
      service: 'vpce-svc-1',
      groups: ['sg-open'],
      at: [{ subnet: 'subnet-e', ips: ['10.0.4.100'] }],
    },
  ],
  groups: [{ id: 'sg-t', vpc: 'vpc-a', in: ['tcp 8080 10.0.3.20/32'], out: [] }],
  interfaces: [{ id: 'eni-i1', groups: ['sg-t'] }],
});
type Json = Record<string, Record<string, unknown>[]>;
/** The interfaces were asked for with a filter, and those that hold the text are not shown. */
const hide =
  (text: string): Edit =>
  (all) =>
    all.map((one) =>
      one.file === 'describe-network-interfaces.json'
        ? {
            ...one,
            json: {
              Request: { Filters: [{ Name: 'status', Values: ['in-use'] }] },
              Response: {
                NetworkInterfaces: (one.json as Json)['NetworkInterfaces']!.filter(
                  (n) => !JSON.stringify(n).includes(text),
                ),
              },
            },
          }
        : one,
    );
/** Only the page that a marker asked for. */
const lastPage =
  (call: string, key: string, keep: (one: Record<string, unknown>) => boolean): Edit =>
  (all) =>
    all.map((one) =>
      one.file.startsWith(call)
        ? { ...one, json: { Request: { Marker: 'abc' }, Response: { [key]: (one.json as Json)[key]!.filter(keep) } } }
        : one,
    );
/** VPC A in us-west-2, the rest in us-east-1. */
const abroad: Edit = (all) =>
  all.flatMap((one) => {
    const [key, items] = Object.entries(one.json as Json)[0]!;
    const east = { ...one, file: `111122223333/us-east-1/${one.file}` };
    if (one.file.includes('vpc-attribute'))
      return [{ ...one, file: `111122223333/${one.file.includes('vpc-a.') ? 'us-west-2' : 'us-east-1'}/${one.file}` }];
    if (
      !Array.isArray(items) ||
      /elbv2|elb\/|listeners|rules|target|attributes|service-conf|connections/.test(one.file)
    )
      return [east];
    const text = (x: unknown) => JSON.stringify(x);
    const inA = items.filter((x) => text(x).includes('vpc-a"') && !text(x).includes('vpc-b"'));
    const moved = inA.map(
      (x) =>
        JSON.parse(
          text(x)
            .replaceAll('us-east-1', 'us-west-2')
            .replaceAll('use1-az', 'usw2-az')
            .replaceAll('vpce.us-west-2', 'vpce.us-east-1'),
        ) as object,
    );
    return [
      { ...one, file: `111122223333/us-west-2/${one.file}`, json: { [key]: moved } },
      { ...east, json: { [key]: items.filter((x) => !inA.includes(x)) } },
    ];
  });
const rule =
  (condition: object): Edit =>
  (all) =>
    all.map((one) =>
      one.file.startsWith('describe-rules')
        ? {
            ...one,
            json: {
              Rules: (one.json as Json)['Rules']!.map((r) =>
                r['IsDefault'] === true ? r : { ...r, Conditions: [condition] },
              ),
            },
          }
        : one,
    );
const only = (to: string): Change => ({
  groups: [{ id: 'sg-o', vpc: 'vpc-a', in: [], out: [`tcp 443 ${to}`] }],
  interfaces: [{ id: 'eni-i2', groups: ['sg-o'] }],
});
const twoNodes = {
  at: [
    { subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] },
    { subnet: 'subnet-s2', ips: ['10.0.2.20'] },
  ],
};
const reached = 'require: { from: internet, to: eni-i1, traffic: tcp/443 }';
const unreached = 'forbid: { from: internet, to: eni-i1 }';
const device: Edit = each('describe-network-interfaces', 'NetworkInterfaces', (n) =>
  n['NetworkInterfaceId'] === 'eni-i1b' ? { ...n, Attachment: { ...(n['Attachment'] as object), DeviceIndex: 1 } } : n,
);

/** Zones are shown by name alone, and the provider's subnet is another account's. */
const zonesByName = (name: string): Edit =>
  each('describe-subnets', 'Subnets', (subnet) => ({
    ...subnet,
    AvailabilityZoneId: undefined,
    ...(subnet['SubnetId'] === 'subnet-b' ? { OwnerId: '444455556666', AvailabilityZone: name } : {}),
  }));

neverHolds('between clients and targets', [
  {
    says: 'a reply goes back by the node or by the endpoint, as its own flow came',
    network: directAndEndpoint,
    property: 'forbid: { from: eni-i2, to: eni-i1, mode: connection, via: nlb:front }',
  },
  {
    says: 'the second of two endpoints may take the reply where the first may not',
    network: twoEndpoints('subnet-s2'),
    property: 'forbid: { from: eni-i1, to: eni-b, mode: connection }',
  },
  {
    says: 'an endpoint in another Region may hand over to any node (9.22)',
    network: world(provided()),
    edit: abroad,
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'a node that nobody read is in its balancer’s groups',
    network: world(front({ groups: ['sg-lb'] }), group('web'), {
      groups: [
        { id: 'sg-lb', vpc: 'vpc-a', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] },
        { id: 'sg-t', vpc: 'vpc-a', in: ['tcp 8080 sg-lb'], out: [] },
      ],
      interfaces: [{ id: 'eni-i1', groups: ['sg-t'] }],
    }),
    edit: hide('ELB app'),
    property: unreached,
  },
  {
    says: 'a balancer may have a node besides those read',
    network: world(
      thin({ at: [...twoNodes.at.slice(0, 1), { subnet: 'subnet-p2', ips: ['10.0.8.20=198.51.100.21'] }] }),
      group('web', { ...tcp, targets: ['i-i2'] }),
      { subnets: [{ id: 'subnet-p2', vpc: 'vpc-a', cidrs: ['10.0.8.0/24'], zone: 'az2', table: 'rtb-pub' }] },
    ),
    edit: hide('10.0.8.20'),
    property: 'forbid: { from: internet, to: eni-i2 }',
  },
  {
    says: 'a balancer that is a target may have nodes that nobody read',
    network: world(
      thin({ listeners: ['TCP 443 tg'] }),
      {
        balancers: [
          {
            id: 'inner',
            type: 'alb',
            at: [{ subnet: 'subnet-pub', ips: ['10.0.9.30'] }],
            groups: ['sg-open'],
            listeners: ['HTTP 443 web'],
          },
        ],
      },
      group('tg', { protocol: 'TCP', port: 443, type: 'alb', targets: ['inner'] }),
      group('web'),
      only('10.0.9.20/32'),
    ),
    edit: hide('app/inner'),
    property: 'forbid: { from: eni-i2, to: eni-i1 }',
  },
  {
    says: 'an interface known to be no instance’s first is not its target',
    network: world(front(), group('web'), only('10.0.9.20/32'), {
      interfaces: [{ id: 'eni-i1b', subnet: 'subnet-s2', ips: ['10.0.2.77'], groups: ['sg-none'], instance: 'i-i1' }],
    }),
    edit: (all) => hide('"eni-i1"')(device(unread('describe-instances')(all))),
    property: 'forbid: { from: eni-i2, to: subnet-s1 }',
  },
  {
    says: 'listeners may be on a first page that is not there',
    network: world(front({ listeners: ['HTTPS 443 web', 'HTTP 80 fixed'] }), group('web')),
    edit: lastPage('describe-listeners', 'Listeners', (one) => one['Port'] === 80),
    property: unreached,
  },
  {
    says: 'rules may be on a first page that is not there',
    network: world(front({ listeners: ['HTTPS 443 fixed | web'] }), group('web')),
    edit: lastPage('describe-rules', 'Rules', (one) => one['IsDefault'] === true),
    property: unreached,
  },
  {
    says: 'a target in another zone may be chosen where nobody read whether zones are crossed',
    network: world(thin(twoNodes), group('web', { ...tcp, targets: ['i-i1', 'i-i2'] })),
    edit: unread('describe-load-balancer-attributes'),
    property: reached,
  },
  {
    says: 'a target in a zone without node may be chosen (12.10)',
    network: world(front({ crossZone: true }), group('web', { targets: ['i-i1', 'i-i2'] })),
    property: reached,
  },
  {
    says: 'a target whose zone is untold may be chosen',
    network: world(thin(), group('web', { ...tcp, type: 'ip', targets: ['10.0.1.10@az1', '192.168.9.9'] })),
    property: reached,
  },
  {
    says: 'an endpoint may take the node of another zone where nobody read whether zones are crossed',
    network: world(provided(), {
      groups: [{ id: 'sg-b', in: ['tcp 8080 10.1.1.20/32'] }],
      subnets: [{ id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az1', table: 'rtb-b' }],
      balancers: [
        {
          id: 'front',
          at: [
            { subnet: 'subnet-b', ips: ['10.1.1.20'] },
            { subnet: 'subnet-b2', ips: ['10.1.2.20'] },
          ],
        },
      ],
    }),
    edit: unread('describe-load-balancer-attributes'),
    property: 'require: { from: eni-i1, to: eni-b, traffic: tcp/443 }',
  },
  {
    says: 'of two weighted groups AWS may choose the other',
    network: world(
      front({ ...twoNodes, listeners: ['HTTPS 443 web+web2'] }),
      group('web'),
      group('web2', { targets: ['i-i2'] }),
    ),
    property: reached,
  },
  {
    says: 'nor is it avoided that AWS may choose',
    network: world(front({ listeners: ['HTTPS 443 web+web2'] }), group('web'), group('web2')),
    property: 'require: { from: internet, to: eni-i1, traffic: tcp/443, avoid: target-group:web }',
  },
  {
    says: 'a group of functions takes its share',
    network: world(front({ listeners: ['HTTPS 443 web+web2'] }), group('web'), {
      targetGroups: [{ id: 'web2', type: 'lambda', targets: ['arn:aws:lambda:us-east-1:111122223333:function:f'] }],
    }),
    property: reached,
  },
  {
    says: 'a rule with a regular expression may take all',
    network: world(front({ listeners: ['HTTPS 443 web | fixed'] }), group('web')),
    edit: rule({ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['.*'] } }),
    property: reached,
  },
  {
    says: '*/* is every path, and takes all',
    network: world(front({ listeners: ['HTTPS 443 web | fixed'] }), group('web')),
    edit: rule({ Field: 'path-pattern', PathPatternConfig: { Values: ['*/*'] } }),
    property: reached,
  },
  {
    says: 'the first of two endpoints may take the reply where the second may not',
    network: twoEndpoints('subnet-q'),
    property: 'forbid: { from: eni-i1, to: eni-b, mode: connection }',
  },
  {
    says: 'a name of a zone is not the other account’s zone of that name',
    network: world(provided()),
    edit: zonesByName('us-east-1b'),
    property: 'require: { from: eni-i1, to: eni-b, traffic: tcp/443 }',
  },
  {
    says: 'nor another',
    network: world(provided()),
    edit: zonesByName('us-east-1c'),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
]);
