/** Core networks of Cloud WAN: attachments, the policy, and the routes that AWS computed. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import { isUnread } from '../../src/network/resource.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const account = '111122223333';
const arn = `arn:aws:networkmanager::${account}:core-network/core-network-1`;

const vpc = (n: number) => ({
  ...tiny.Vpcs[0],
  VpcId: `vpc-${n}`,
  CidrBlock: `10.${n}.0.0/16`,
  CidrBlockAssociationSet: [],
});

const subnet = (n: number) => ({
  ...tiny.Subnets[0],
  SubnetId: `subnet-${n}`,
  VpcId: `vpc-${n}`,
  CidrBlock: `10.${n}.1.0/24`,
});

const attachment = (n: number | string, more: object = {}) => ({
  CoreNetworkId: 'core-network-1',
  CoreNetworkArn: arn,
  AttachmentId: `attachment-${n}`,
  OwnerAccountId: account,
  AttachmentType: 'VPC',
  State: 'AVAILABLE',
  EdgeLocation: 'eu-west-1',
  ResourceArn: `arn:aws:ec2:eu-west-1:${account}:vpc/vpc-${n}`,
  SegmentName: 'prod',
  ...more,
});

const vpcAttachment = (n: number) => ({
  file: `get-vpc-attachment.attachment-${n}.json`,
  json: {
    VpcAttachment: {
      Attachment: attachment(n),
      SubnetArns: [`arn:aws:ec2:eu-west-1:${account}:subnet/subnet-${n}`],
      Options: { Ipv6Support: false, ApplianceModeSupport: n === 3, SecurityGroupReferencingSupport: true },
    },
  },
});

const policy = (document: object, more: object = {}) => ({
  file: 'get-core-network-policy.json',
  json: {
    CoreNetworkPolicy: {
      CoreNetworkId: 'core-network-1',
      PolicyVersionId: 1,
      Alias: 'LIVE',
      ChangeSetState: 'EXECUTION_SUCCEEDED',
      PolicyDocument: JSON.stringify({
        version: '2021.12',
        'core-network-configuration': {
          'asn-ranges': ['64512-64520'],
          'edge-locations': [{ location: 'eu-west-1' }, { location: 'us-east-1' }],
        },
        segments: [{ name: 'prod' }, { name: 'dev' }],
        'attachment-policies': [],
        ...document,
      }),
      ...more,
    },
  },
});

const answer = (NetworkRoutes: readonly object[], SegmentName = 'prod', EdgeLocation = 'eu-west-1') => ({
  file: `get-network-routes.${SegmentName}.${EdgeLocation}.json`,
  json: {
    RouteTableArn: arn,
    CoreNetworkSegmentEdge: { CoreNetworkId: 'core-network-1', SegmentName, EdgeLocation },
    RouteTableType: 'CORE_NETWORK_SEGMENT',
    RouteTableTimestamp: '2026-11-01T00:00:00Z',
    NetworkRoutes,
  },
});

const route = (cidr: string, ids: readonly string[], Type = 'PROPAGATED', State = 'ACTIVE') => ({
  DestinationCidrBlock: cidr,
  Destinations: ids.map((id) => ({ CoreNetworkAttachmentId: `attachment-${id}`, SegmentName: 'prod' })),
  Type,
  State,
});

const base = {
  ...tiny,
  Vpcs: [...tiny.Vpcs, vpc(2), vpc(3)],
  Subnets: [...tiny.Subnets, subnet(2), subnet(3)],
  VpcPeeringConnections: [],
};

type Document = { readonly file: string; readonly json: unknown };

const core = (Attachments: readonly object[], ...more: readonly Document[]) =>
  network([
    ...documents(base),
    { file: `${account}/list-attachments.json`, json: { Attachments } },
    ...[1, 2, 3].map((n) => vpcAttachment(n)),
    ...more,
  ]);

const three = [attachment(1), attachment(2, { SegmentName: 'dev' }), attachment(3, { EdgeLocation: 'us-east-1' })];

const linesOf = (net: ReturnType<typeof core>, table: string): readonly string[] => {
  const found = net.transitGatewayRouteTables.get(`core-network-1/${table}`);
  if (found === undefined) return ['absent'];
  const { routes, learns } = found;
  return [
    ...(isUnread(routes)
      ? ['unread']
      : routes.map(({ destination, origin, state, attachments }) =>
          [
            destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id,
            ...attachments,
            origin,
            ...(state === 'active' ? [] : [state]),
          ].join(' '),
        )),
    ...(learns === undefined ? [] : [`learns ${learns.from.join(' ')}`]),
  ].sort();
};

test('without its policy and its routes a core network stays opaque', () => {
  const net = core(three);
  expect(net.transitGateways.size).toBe(0);
  expect(net.opaqueGateways.get(arn)).toMatchObject({ kind: 'core-network' });
});

test('what AWS computed decides where it is there, table by table', () => {
  const routes = [
    route('10.0.0.0/16', ['1']),
    route('10.3.0.0/16', ['3']),
    route('0.0.0.0/0', [], 'STATIC', 'BLACKHOLE'),
    route('10.8.0.0/16', ['gone']),
    route('10.9.0.0/16', ['gone'], 'STATIC'),
  ];
  const net = core(three, answer(routes));
  expect(net.transitGateways.get(arn)).toMatchObject({ kind: 'core-network', name: 'core-network-1', account });
  expect([...net.transitGatewayAttachments.values()]).toMatchObject([
    {
      id: 'attachment-1',
      kind: 'core-network-attachment',
      gateway: arn,
      routeTable: 'core-network-1/prod/eu-west-1',
      behind: { kind: 'vpc', vpc: 'vpc-1', subnets: ['subnet-1'], applianceMode: false, ipv6: false },
    },
    { id: 'attachment-2', routeTable: 'core-network-1/dev/eu-west-1' },
    { id: 'attachment-3', routeTable: 'core-network-1/prod/us-east-1', behind: { applianceMode: true } },
  ]);
  expect(linesOf(net, 'prod/eu-west-1')).toEqual([
    '0.0.0.0/0 static blackhole',
    '10.0.0.0/16 attachment-1 propagated',
    '10.3.0.0/16 attachment-3 propagated',
    '10.8.0.0/16 propagated unknown',
    '10.9.0.0/16 static blackhole',
    'learns attachment-3',
  ]);
  expect(linesOf(net, 'prod/us-east-1')).toEqual(['unread']);
  expect(net.opaqueGateways.has(arn)).toBe(false);
});

test('another edge may know more of what leads to it', () => {
  const other = attachment(2, { EdgeLocation: 'us-east-1' });
  const pair = [attachment(1), other, attachment(3, { EdgeLocation: 'us-east-1' })];
  const own = answer([route('10.0.0.0/16', ['1']), route('10.3.0.0/16', ['3'])]);
  const far = (...routes: readonly object[]) => answer(routes, 'prod', 'us-east-1');
  const learnt = (...more: readonly Document[]) =>
    linesOf(core(pair, own, ...more), 'prod/eu-west-1').filter((line) => line.startsWith('learns'));
  expect(learnt(far(route('10.3.0.0/16', ['3'])))).toEqual([]);
  expect(learnt(far(route('10.3.0.0/16', ['3']), route('10.3.1.0/24', ['2'])))).toEqual([
    'learns attachment-2 attachment-3',
  ]);
  expect(learnt()).toEqual(['learns attachment-2 attachment-3']);
  expect(learnt(policy({}))).toEqual([]);
});

test('of two routes for one block the answer does not tell which is in force', () => {
  const twice = answer([route('10.3.0.0/16', ['3']), route('10.3.0.0/16', ['1'])]);
  expect(linesOf(core(three, twice), 'prod/eu-west-1')).toEqual(['unread']);
});

test('a route that names no attachment leaves its table unread', () => {
  expect(linesOf(core(three, answer([route('10.3.0.0/16', [])])), 'prod/eu-west-1')).toEqual(['unread']);
});

test('a filtered answer does not tell every route', () => {
  const { file, json } = answer([]);
  const Request = { GlobalNetworkId: 'global-network-1', RouteTableIdentifier: {}, Types: ['STATIC'] };
  expect(linesOf(core(three, { file, json: { Request, Response: json } }), 'prod/eu-west-1')).toEqual(['unread']);
  const { Types: _, ...whole } = Request;
  expect(linesOf(core(three, { file, json: { Request: whole, Response: json } }), 'prod/eu-west-1')).toEqual([]);
});

test('a segment knows the VPCs of its own attachments, at every edge, and no others', () => {
  const net = core(three, policy({}));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-1 propagated',
    '10.3.0.0/16 attachment-3 propagated',
  ]);
  expect(linesOf(net, 'prod/us-east-1')).toEqual(linesOf(net, 'prod/eu-west-1'));
  expect(linesOf(net, 'dev/eu-west-1')).toEqual(['10.2.0.0/16 attachment-2 propagated']);
});

test('an isolated segment knows what is shared with it alone', () => {
  const segments = [{ name: 'prod', 'isolate-attachments': true }, { name: 'dev' }];
  const share = { action: 'share', mode: 'attachment-route', segment: 'dev', 'share-with': ['prod'] };
  const net = core(three, policy({ segments, 'segment-actions': [share] }));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual(['10.2.0.0/16 attachment-2 propagated']);
  expect(linesOf(net, 'dev/eu-west-1')).toHaveLength(3);
});

test('a filter cuts what comes into its segment, and leaves open what goes the other way', () => {
  const segments = [{ name: 'prod', 'deny-filter': ['dev'] }, { name: 'dev' }];
  const share = { action: 'share', segment: 'dev', 'share-with': '*' };
  const net = core(three, policy({ segments, 'segment-actions': [share] }));
  expect(linesOf(net, 'prod/eu-west-1')).toHaveLength(2);
  expect(linesOf(net, 'dev/eu-west-1')).toEqual([
    '10.2.0.0/16 attachment-2 propagated',
    'learns attachment-1 attachment-3',
  ]);
  const except = { action: 'share', segment: 'dev', 'share-with': { except: ['prod'] } };
  expect(linesOf(core(three, policy({ 'segment-actions': [except] })), 'dev/eu-west-1')).toHaveLength(1);
});

test('a static route is in its segment alone; another edge is told where it leads', () => {
  const create = (destinations: readonly string[]) => ({
    action: 'create-route',
    segment: 'prod',
    'destination-cidr-blocks': ['0.0.0.0/0'],
    destinations,
  });
  const net = core(three, policy({ 'segment-actions': [create(['attachment-2'])] }));
  expect(linesOf(net, 'prod/eu-west-1')).toContain('0.0.0.0/0 attachment-2 static');
  expect(linesOf(net, 'prod/us-east-1')).toContain('0.0.0.0/0 attachment-2 propagated');
  expect(linesOf(net, 'dev/eu-west-1')).toHaveLength(1);
  const dropped = core(three, policy({ 'segment-actions': [create(['blackhole'])] }));
  expect(linesOf(dropped, 'prod/us-east-1')).toContain('0.0.0.0/0 static blackhole');
});

const groups = { 'network-function-groups': [{ name: 'inspection' }] };
const via = { 'network-function-groups': ['inspection'] };
const inspected = [
  attachment(1),
  attachment(2, { SegmentName: 'dev' }),
  attachment(3, { SegmentName: undefined, NetworkFunctionGroupName: 'inspection' }),
];
const sendVia = (more: object = {}) => ({
  action: 'send-via',
  segment: 'prod',
  mode: 'single-hop',
  'when-sent-to': { segments: ['dev'] },
  via,
  ...more,
});

test('what is sent via a group leads there from both segments, and on from the group', () => {
  const net = core(inspected, policy({ ...groups, 'segment-actions': [sendVia()] }));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-1 propagated',
    '10.2.0.0/16 attachment-3 propagated',
  ]);
  expect(linesOf(net, 'dev/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-3 propagated',
    '10.2.0.0/16 attachment-2 propagated',
  ]);
  expect(linesOf(net, 'network-function-group/inspection/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-1 propagated',
    '10.2.0.0/16 attachment-2 propagated',
  ]);
});

test('what is sent to a group leads there by default; without an attachment of it, nowhere', () => {
  const sendTo = { action: 'send-to', segment: 'prod', via };
  const net = core(inspected, policy({ ...groups, 'segment-actions': [sendTo] }));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual([
    '0.0.0.0/0 attachment-3 static',
    '10.0.0.0/16 attachment-1 propagated',
    '::/0 attachment-3 static',
  ]);
  const none = core(inspected.slice(0, 2), policy({ ...groups, 'segment-actions': [sendTo, sendVia()] }));
  expect(linesOf(none, 'prod/eu-west-1')).toEqual([
    '0.0.0.0/0 static blackhole',
    '10.0.0.0/16 attachment-1 propagated',
    '10.2.0.0/16 propagated blackhole',
    '::/0 static blackhole',
  ]);
});

test('where several attachments may serve, or the way is shared besides, the table may know each', () => {
  const more = attachment(4, {
    SegmentName: undefined,
    NetworkFunctionGroupName: 'inspection',
    EdgeLocation: 'us-east-1',
  });
  const overridden = { ...via, 'with-edge-overrides': [{ 'edge-sets': [['eu-west-1']], 'use-edge-location': 'x' }] };
  const net = core([...inspected, more], policy({ ...groups, 'segment-actions': [sendVia({ via: overridden })] }));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-1 propagated',
    'learns attachment-3 attachment-4',
  ]);
  const share = { action: 'share', segment: 'prod', 'share-with': ['dev'] };
  const both = core(inspected, policy({ ...groups, 'segment-actions': [sendVia(), share] }));
  expect(linesOf(both, 'prod/eu-west-1')).toEqual([
    '10.0.0.0/16 attachment-1 propagated',
    'learns attachment-2 attachment-3',
  ]);
});

test('what BGP brings is not told by a policy', () => {
  const vpn = attachment('vpn', {
    AttachmentType: 'SITE_TO_SITE_VPN',
    ResourceArn: `arn:aws:ec2:eu-west-1:${account}:vpn-connection/vpn-1`,
  });
  const net = core([...three, vpn], policy({}));
  expect(linesOf(net, 'prod/eu-west-1')).toContain('learns attachment-vpn');
  expect(linesOf(net, 'dev/eu-west-1')).toHaveLength(1);
  expect(net.transitGatewayAttachments.get('attachment-vpn')?.behind).toEqual({ kind: 'on-premises', id: 'vpn-1' });
});

test('a policy that filters routes tells no table', () => {
  const net = core(three, policy({ version: '2025.11', 'routing-policies': [] }));
  expect(linesOf(net, 'prod/eu-west-1')).toEqual(['unread']);
});

test('a policy that is not in force says nothing, and that is said', () => {
  const net = core(three, policy({}, { Alias: 'LATEST', ChangeSetState: 'READY_TO_EXECUTE' }));
  expect(net.transitGateways.size).toBe(0);
  expect(net.warnings.join()).toMatch(/not in force/);
});

test('a policy document that is none is a mistake', () => {
  const text = policy({}, { PolicyDocument: 'no' });
  expect(problems([...documents(base), text]).map(({ code }) => code)).toEqual(['bad-policy-document']);
});

test('what is missing of one attachment leaves the whole core network opaque', () => {
  const opaque = (...attachments: readonly object[]) => core(attachments, policy({})).opaqueGateways.has(arn);
  expect(opaque(...three)).toBe(false);
  // Its subnets were not read.
  expect(opaque(...three, attachment(4, { ResourceArn: `arn:aws:ec2:eu-west-1:${account}:vpc/vpc-1` }))).toBe(true);
  expect(opaque(...three.slice(1), attachment(1, { State: 'UPDATING' }))).toBe(true);
  const ProposedSegmentChange = { SegmentName: 'dev' };
  expect(opaque(...three.slice(1), attachment(1, { ProposedSegmentChange }))).toBe(true);
});

test('security groups are referenced where the policy says so, within one edge', () => {
  const on = policy({
    'core-network-configuration': {
      'edge-locations': [{ location: 'eu-west-1' }],
      'security-group-referencing-support': true,
    },
  });
  const referencing = (...more: readonly Document[]) =>
    core(three.slice(0, 2), ...more).transitGateways.get(arn)?.securityGroupReferencing;
  expect(referencing(on)).toBe(true);
  expect(referencing(policy({}))).toBe(false);
  expect(referencing(answer([]))).toBeUndefined();
  expect(core(three, on).transitGateways.get(arn)?.securityGroupReferencing).toBeUndefined();
});

test('a snapshot read back is the same network', () => {
  const vpn = attachment('vpn', {
    AttachmentType: 'CONNECT',
    ResourceArn: 'arn:aws:x:eu-west-1:1:attachment/attachment-1',
  });
  const net = core([...inspected, vpn], policy({ ...groups, 'segment-actions': [sendVia()] }));
  expect([...net.transitGatewayRouteTables.values()].some(({ learns }) => learns !== undefined)).toBe(true);
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});

test('every answer is accounted for', () => {
  const net = core(three, policy({}), answer([], 'prod'), answer([], 'lab'));
  const covered = (kind: string) =>
    net.coverage.filter((one) => one.kind === kind).map(({ id, status }) => `${id} ${status}`);
  expect(covered('core-network-policy')).toEqual(['core-network-1 modelled']);
  expect(covered('core-network-attachment')).toHaveLength(3);
  expect(covered('core-network-route-table')).toContain('core-network-1/lab/eu-west-1 modelled');
  const alone = network([...documents(base), policy({})]).coverage.find(({ kind }) => kind === 'core-network-policy');
  expect(alone).toMatchObject({ status: 'not-modelled' });
});
