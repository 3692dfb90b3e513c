/** Core networks of Cloud WAN as plans and templates declare them: placed by the policy, or opaque where it leaves that open. */
import { describe, expect, it, test } from 'vitest';
import { buildNetwork } from '../../../src/network/build/index.ts';
import { type Attached, type AttachmentRule, putBy } from '../../../src/network/build/core-network-attachment-rule.ts';
import type { Network } from '../../../src/network/network.ts';
import { isUnread } from '../../../src/network/resource.ts';
import { aroundOf } from '../../../src/sources/declared/around.ts';
import { merge } from '../../../src/sources/declared/base.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { type Fields, Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { readDescribe } from '../../../src/sources/describe/index.ts';
import { readNetwork } from '../../../src/index.ts';
import { declaration, declared, declaredNetwork, ref } from '../../support/declared.ts';
import { later, planJson, ref as to } from '../../support/terraform.ts';

const unknown = new Unknown('known after apply');
const region = { region: 'us-east-1', account: '111122223333' };

const byTag = {
  'rule-number': 100,
  conditions: [{ type: 'tag-exists', key: 'segment' }],
  action: { 'association-method': 'tag', 'tag-value-of-key': 'segment' },
};
const document = (more: Fields = {}): Fields => ({
  version: '2021.12',
  'core-network-configuration': { 'asn-ranges': ['64512-64520'], 'edge-locations': [{ location: 'us-east-1' }] },
  segments: [
    { name: 'prod', 'require-attachment-acceptance': false },
    { name: 'test', 'require-attachment-acceptance': false },
    { name: 'guarded' },
  ],
  'attachment-policies': [byTag],
  ...more,
});

const places = ['a', 'b'].flatMap((name, n) => [
  declared(`vpc-${name}`, 'AWS::EC2::VPC', { CidrBlock: `10.${n}.0.0/16` }, region),
  declared(`subnet-${name}`, 'AWS::EC2::Subnet', { VpcId: ref(`vpc-${name}`), CidrBlock: `10.${n}.0.0/24` }, region),
]);
const core = (policy: Value = document()) =>
  declared('core', 'AWS::NetworkManager::CoreNetwork', { PolicyDocument: policy }, region);
const attachment = (name: string, segment: Value, more: Fields = {}, of: Partial<DeclaredResource> = {}) =>
  declared(
    `attachment-${name}`,
    'AWS::NetworkManager::VpcAttachment',
    {
      CoreNetworkId: ref('core', 'CoreNetworkId'),
      VpcArn: ref(`vpc-${name}`),
      SubnetArns: [ref(`subnet-${name}`)],
      Tags: [{ Key: 'segment', Value: segment }],
      ...more,
    },
    { ...region, ...of },
  );
const [a, b] = [attachment('a', 'prod'), attachment('b', 'prod')];

const tableOf = (network: Network, id: string) => network.transitGatewayAttachments.get(id)?.routeTable;
const routesOf = ({ transitGatewayRouteTables }: Network, table: string): readonly string[] | undefined => {
  const routes = transitGatewayRouteTables.get(table)?.routes;
  return routes === undefined || isUnread(routes) ? undefined : routes.flatMap(({ attachments }) => attachments);
};

describe('a core network that is declared', () => {
  it('has its attachments where their tags put them', () => {
    const network = declaredNetwork(...places, core(), a, attachment('b', 'test'));
    expect([...network.transitGateways.keys()]).toEqual(['core']);
    expect(['attachment-a', 'attachment-b'].map((id) => tableOf(network, id))).toEqual([
      'core/prod/us-east-1',
      'core/test/us-east-1',
    ]);
    expect(routesOf(network, 'core/prod/us-east-1')).toEqual(['attachment-a']);
    expect(network.coverage.filter(({ status }) => status === 'not-modelled')).toEqual([]);
  });

  it('puts an attachment whose tag names no segment nowhere', () => {
    const network = declaredNetwork(...places, core(), a, attachment('b', 'elsewhere'));
    expect(network.transitGateways.has('core')).toBe(true);
    expect(tableOf(network, 'attachment-b')).toBeUndefined();
  });

  it('stands at the only edge of the policy where no Region is told', () => {
    const network = declaredNetwork(...places, core(), { ...a, region: undefined! }, b);
    expect(tableOf(network, 'attachment-a')).toBe('core/prod/us-east-1');
  });

  it('waits for the acceptance that a segment asks for, and is open to both until then', () => {
    const waiting = attachment('a', 'guarded');
    const accepted = declared('accepted', 'Vpcproof::NetworkManager::AttachmentAcceptance', {
      AttachmentId: ref('attachment-a'),
    });
    const state = (...more: readonly DeclaredResource[]) =>
      declaredNetwork(...places, core(), waiting, b, ...more).transitGatewayAttachments.get('attachment-a')?.state;
    expect(state()).toBe('PENDING_ATTACHMENT_ACCEPTANCE');
    expect(state(accepted)).toBeUndefined();
  });

  it('waits for the acceptance that a rule asks for', () => {
    const policy = document({
      'attachment-policies': [{ ...byTag, action: { ...byTag.action, 'require-acceptance': true } }],
    });
    const network = declaredNetwork(...places, core(policy), a, b);
    expect(network.transitGatewayAttachments.get('attachment-a')?.state).toBe('PENDING_ATTACHMENT_ACCEPTANCE');
  });

  const resourceRule = document({
    'attachment-policies': [
      {
        'rule-number': 1,
        conditions: [{ type: 'resource-id', operator: 'equals', value: 'vpc-1' }],
        action: { 'association-method': 'constant', segment: 'test' },
      },
      byTag,
    ],
  });
  const unsettled: readonly (readonly [why: string, ...resources: DeclaredResource[]])[] = [
    ['the value of a tag', core(), attachment('a', unknown), b],
    ['whether it has other tags', core(), attachment('a', 'prod', { Tags: unknown }), b],
    ['its subnets', core(), attachment('a', 'prod', { SubnetArns: [unknown] }), b],
    ['its options', core(), attachment('a', 'prod', { Options: unknown }), b],
    ['which VPC it is of', core(), attachment('a', 'prod', { VpcArn: unknown }), b],
    ['which core network it is of', core(), attachment('a', 'prod', { CoreNetworkId: unknown }), b],
    ['the policy', core(unknown), a, b],
    ['a part of the policy', core({ ...document(), segments: [unknown] }), a, b],
    [
      'what the policy means by a rule',
      core(document({ 'attachment-policies': [{ ...byTag, conditions: [{ type: 'moon-phase' }] }] })),
      a,
      b,
    ],
    ['the id that a rule asks for', core(resourceRule), a, b],
    [
      'whether another policy is in force',
      core(),
      a,
      b,
      declared('other', 'Vpcproof::NetworkManager::CoreNetworkPolicy', {
        CoreNetworkId: unknown,
        PolicyDocument: '{}',
      }),
    ],
    ['whether it is there', { ...core(), uncertain: 'a condition' }, a, b],
    [
      'what is attached to it beside what is declared',
      { ...core(), id: 'arn:aws:networkmanager::1:core-network/core-network-1' },
      a,
      b,
    ],
    [
      'what a transit gateway’s table leads to',
      core(),
      a,
      b,
      declared('table', 'AWS::NetworkManager::TransitGatewayRouteTableAttachment', {
        PeeringId: unknown,
        TransitGatewayRouteTableArn: unknown,
      }),
    ],
  ];
  const each = unsettled.map(([why, ...resources]) => [why, resources] as const);
  it.each(each)('stays opaque, and leads to every VPC, where it is not known: %s', (_, resources) => {
    const network = declaredNetwork(...places, ...resources);
    expect([...network.transitGateways.keys()]).toEqual([]);
    expect([...network.opaqueGateways.values()]).toMatchObject([{ kind: 'core-network', vpcs: ['vpc-a', 'vpc-b'] }]);
  });

  it('may have an attachment that a condition decides', () => {
    const network = declaredNetwork(...places, core(), attachment('a', 'prod', {}, { uncertain: 'a condition' }), b);
    expect(network.transitGatewayAttachments.get('attachment-a')?.state).toBe('UNKNOWN');
    expect(network.transitGatewayRouteTables.get('core/prod/us-east-1')?.learns?.from).toEqual(['attachment-a']);
  });

  it('has on-premises behind a VPN attachment, and leaves open what lies behind Connect and Direct Connect', () => {
    const common = { CoreNetworkId: ref('core'), Tags: [{ Key: 'segment', Value: 'prod' }] };
    const network = declaredNetwork(
      ...places,
      core(),
      a,
      declared('vpn', 'AWS::EC2::VPNConnection', { CustomerGatewayId: 'cgw-1' }, region),
      declared(
        'to-vpn',
        'AWS::NetworkManager::SiteToSiteVpnAttachment',
        { ...common, VpnConnectionArn: ref('vpn') },
        region,
      ),
      declared('connect', 'AWS::NetworkManager::ConnectAttachment', {
        ...common,
        EdgeLocation: 'us-east-1',
        TransportAttachmentId: ref('attachment-a'),
      }),
      declared('dx', 'AWS::NetworkManager::DirectConnectGatewayAttachment', {
        ...common,
        DirectConnectGatewayArn: 'arn:aws:directconnect::111122223333:dx-gateway/11aa',
        EdgeLocations: ['us-east-1'],
      }),
    );
    const behind = ['to-vpn', 'connect', 'dx'].map((id) => network.transitGatewayAttachments.get(id)?.behind);
    expect(behind).toMatchObject([
      { kind: 'on-premises', id: 'vpn' },
      { kind: 'unknown', type: 'connect', vpcs: ['vpc-a'] },
      { kind: 'unknown', type: 'direct-connect-gateway', elsewhere: true },
    ]);
    expect(network.transitGatewayRouteTables.get('core/prod/us-east-1')?.learns?.from).toEqual([
      'connect',
      'dx',
      'to-vpn',
    ]);
  });

  it('leads on through a transit gateway that is peered with it, and back', () => {
    const hub = declared('hub', 'AWS::EC2::TransitGateway', {}, region);
    const table = declared('table', 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('hub') }, region);
    const peering = declared(
      'peering',
      'AWS::NetworkManager::TransitGatewayPeering',
      {
        CoreNetworkId: ref('core'),
        TransitGatewayArn: ref('hub', 'TransitGatewayArn'),
      },
      region,
    );
    const attached = declared(
      'to-table',
      'AWS::NetworkManager::TransitGatewayRouteTableAttachment',
      {
        PeeringId: ref('peering'),
        TransitGatewayRouteTableArn: ref('table'),
        Tags: [{ Key: 'segment', Value: 'prod' }],
      },
      region,
    );
    const other = declared(
      'to-hub',
      'AWS::EC2::TransitGatewayAttachment',
      { TransitGatewayId: ref('hub'), VpcId: ref('vpc-b'), SubnetIds: [ref('subnet-b')] },
      region,
    );
    const network = declaredNetwork(...places, core(), a, hub, table, peering, attached, other);
    expect(network.transitGatewayAttachments.get('to-table')?.behind).toMatchObject({
      kind: 'unknown',
      type: 'transit-gateway-route-table',
      vpcs: expect.arrayContaining(['vpc-b']) as unknown,
    });
    expect(network.transitGateways.has('hub')).toBe(false);
    expect(network.opaqueGateways.get('hub')?.vpcs).toEqual(['vpc-a', 'vpc-b']);
  });
});

describe('rules of a policy', () => {
  const attached: Attached = {
    tags: { stage: 'prod' },
    openTags: false,
    type: 'SITE_TO_SITE_VPN',
    region: 'us-east-1',
  };
  const rule = (...conditions: AttachmentRule['conditions']): AttachmentRule => ({
    number: 1,
    logic: 'and',
    conditions,
    to: { segment: 'one' },
    acceptance: false,
  });
  const fallback: AttachmentRule = { ...rule({ kind: 'any' }), number: 2, to: { segment: 'other' } };
  const put = (first: AttachmentRule, of: Attached = attached) => {
    const found = putBy([fallback, first], of);
    return found === undefined ? 'unknown' : typeof found === 'object' && 'segment' in found ? found.segment : 'else';
  };

  test.each<readonly [AttachmentRule['conditions'][number], string]>([
    [{ kind: 'any' }, 'one'],
    [{ kind: 'tag-exists', key: 'stage' }, 'one'],
    [{ kind: 'tag-exists', key: 'Stage' }, 'other'],
    [{ kind: 'tag-value', key: 'stage', operator: 'begins-with', value: 'pr' }, 'one'],
    [{ kind: 'tag-value', key: 'stage', operator: 'not-equals', value: 'prod' }, 'other'],
    [{ kind: 'tag-value', key: 'owner', operator: 'not-equals', value: 'x' }, 'unknown'],
    [{ kind: 'attachment-type', operator: 'equals', value: 'site-to-site-vpn' }, 'one'],
    [{ kind: 'region', operator: 'contains', value: 'west' }, 'other'],
    [{ kind: 'account', operator: 'equals', value: '111122223333' }, 'unknown'],
  ])('%j puts it in: %s', (condition, expected) => {
    expect(put(rule(condition))).toBe(expected);
  });

  test('what is certain decides, whatever else is not known', () => {
    const account = { kind: 'account', operator: 'equals', value: '1' } as const;
    expect(put({ ...rule({ kind: 'any' }, account), logic: 'or' })).toBe('one');
    expect(put(rule({ kind: 'tag-exists', key: 'x' }, account))).toBe('other');
    expect(put(rule({ kind: 'tag-exists', key: 'x' }), { ...attached, openTags: true })).toBe('unknown');
  });
});

describe('a core network that runs', () => {
  const arn = 'arn:aws:networkmanager::111122223333:core-network/core-network-1';
  const running = (name: string, segment: string) => ({
    CoreNetworkId: 'core-network-1',
    CoreNetworkArn: arn,
    AttachmentId: `attachment-${name}`,
    OwnerAccountId: '111122223333',
    AttachmentType: 'VPC',
    State: 'AVAILABLE',
    EdgeLocation: 'us-east-1',
    ResourceArn: `arn:aws:ec2:us-east-1:111122223333:vpc/vpc-${name}`,
    SegmentName: segment,
    Tags: [{ Key: 'segment', Value: segment }],
  });
  const names = ['1', '2'];
  const all = [running('1', 'prod'), running('2', 'test')];
  const answers = (more: object = {}) => ({
    Vpcs: names.map((n) => ({ VpcId: `vpc-${n}`, CidrBlock: `10.${n}.0.0/16` })),
    Subnets: names.map((n) => ({
      SubnetId: `subnet-${n}`,
      VpcId: `vpc-${n}`,
      CidrBlock: `10.${n}.1.0/24`,
      AvailabilityZone: 'us-east-1a',
    })),
    RouteTables: names.map((n) => ({
      RouteTableId: `rtb-${n}`,
      VpcId: `vpc-${n}`,
      Associations: [{ Main: true }],
      Routes: [
        { DestinationCidrBlock: `10.${n}.0.0/16`, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      ],
    })),
    NetworkAcls: names.map((n) => ({
      NetworkAclId: `acl-${n}`,
      VpcId: `vpc-${n}`,
      IsDefault: true,
      Associations: [],
      Entries: [],
    })),
    SecurityGroups: [],
    NetworkInterfaces: [],
    InternetGateways: [],
    Attachments: all,
    VpcAttachments: all.map((Attachment, n) => ({
      VpcAttachment: {
        Attachment,
        SubnetArns: [`arn:aws:ec2:us-east-1:111122223333:subnet/subnet-${n + 1}`],
        Options: {},
      },
    })),
    CoreNetworkPolicy: { CoreNetworkId: 'core-network-1', Alias: 'LIVE', PolicyDocument: JSON.stringify(document()) },
    ...more,
  });
  const changed = (json: object, before: readonly DeclaredResource[], after: readonly DeclaredResource[]): Network => {
    const { findings } = readDescribe([{ file: 'answers.json', json }]);
    const around = aroundOf(findings);
    const [was, is] = [before, after].map((one) => declare(declaration(...one), around));
    const built = buildNetwork(merge(findings, was!, is!, new Set()), ['answers.json']);
    if (!built.ok) expect.fail(built.problems.map(({ message }) => message).join('\n'));
    return built.value;
  };
  const own = { id: arn, ...region };
  const network = (policy: object) =>
    declared('core', 'AWS::NetworkManager::CoreNetwork', { PolicyDocument: policy as Fields }, own);
  const attached = (segment: string) =>
    declared(
      'one',
      'AWS::NetworkManager::VpcAttachment',
      {
        CoreNetworkId: 'core-network-1',
        VpcArn: 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1',
        SubnetArns: ['arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1'],
        Tags: [{ Key: 'segment', Value: segment }],
      },
      { ...region, id: 'attachment-1' },
    );
  const tables = (made: Network) => names.map((n) => tableOf(made, `attachment-${n}`));
  const [prod, test2] = ['core-network-1/prod/us-east-1', 'core-network-1/test/us-east-1'];

  it('is as it runs where the plan changes nothing', () => {
    expect(tables(changed(answers(), [attached('prod')], [attached('prod')]))).toEqual([prod, test2]);
  });

  it('has an attachment elsewhere once the plan tags it otherwise', () => {
    const made = changed(answers(), [attached('prod')], [attached('test')]);
    expect(tables(made)).toEqual([test2, test2]);
    expect(routesOf(made, test2)).toEqual(['attachment-1', 'attachment-2']);
  });

  it('stays opaque where the move has to be accepted', () => {
    expect(changed(answers(), [attached('prod')], [attached('guarded')]).transitGateways.size).toBe(0);
  });

  it('has what the plan does not hold elsewhere too once the plan changes the policy', () => {
    const everything = {
      ...byTag,
      conditions: [{ type: 'any' }],
      action: { 'association-method': 'constant', segment: 'prod' },
    };
    const next = document({ 'attachment-policies': [everything] });
    expect(tables(changed(answers(), [network(document())], [network(next)]))).toEqual([prod, prod]);
  });

  it('is one of which nothing is known once the plan puts a policy in force that is not', () => {
    const policy = (PolicyDocument: Value) =>
      declared('policy', 'Vpcproof::NetworkManager::CoreNetworkPolicy', {
        CoreNetworkId: 'core-network-1',
        PolicyDocument,
      });
    const made = changed(answers(), [policy(JSON.stringify(document()))], [policy(unknown)]);
    expect(made.transitGateways.size).toBe(0);
    expect(made.opaqueGateways.get(arn)?.vpcs).toEqual(['vpc-1', 'vpc-2']);
  });

  it('has no routes of before in the way of what the plan attaches', () => {
    const told = {
      CoreNetworkSegmentEdge: { CoreNetworkId: 'core-network-1', SegmentName: 'prod', EdgeLocation: 'us-east-1' },
      NetworkRoutes: [
        {
          DestinationCidrBlock: '10.1.0.0/16',
          State: 'ACTIVE',
          Type: 'PROPAGATED',
          Destinations: [{ CoreNetworkAttachmentId: 'attachment-1' }],
        },
      ],
    };
    const json = [answers(), told];
    expect(routesOf(changed(json, [], []), prod)).toEqual(['attachment-1']);
    const more = [
      declared('vpc-3', 'AWS::EC2::VPC', { CidrBlock: '10.3.0.0/16' }, region),
      declared('subnet-3', 'AWS::EC2::Subnet', { VpcId: ref('vpc-3'), CidrBlock: '10.3.0.0/24' }, region),
      declared(
        'attachment-3',
        'AWS::NetworkManager::VpcAttachment',
        {
          CoreNetworkId: 'core-network-1',
          VpcArn: ref('vpc-3'),
          SubnetArns: [ref('subnet-3')],
          Tags: [{ Key: 'segment', Value: 'prod' }],
        },
        region,
      ),
    ];
    expect(routesOf(changed(json, [], more), prod)).toEqual(['attachment-1', 'attachment-3']);
  });
});

describe('a plan', () => {
  const resources = (policy: string | typeof later) => [
    { address: 'aws_vpc.a', after: { id: later, arn: later, cidr_block: '10.0.0.0/16' }, refs: {} },
    {
      address: 'aws_subnet.a',
      after: { id: later, arn: later, vpc_id: later, cidr_block: '10.0.0.0/24' },
      refs: { vpc_id: to('aws_vpc.a.id') },
    },
    { address: 'aws_networkmanager_core_network.main', after: { id: later, arn: later }, refs: {} },
    {
      address: 'aws_networkmanager_core_network_policy_attachment.main',
      after: { id: later, core_network_id: later, policy_document: policy },
      refs: {
        core_network_id: to('aws_networkmanager_core_network.main.id'),
        policy_document: to('data.aws_networkmanager_core_network_policy_document.main.json'),
      },
    },
    {
      address: 'aws_networkmanager_vpc_attachment.a',
      after: {
        id: later,
        core_network_id: later,
        vpc_arn: later,
        subnet_arns: later,
        tags: { segment: 'guarded' },
        tags_all: { segment: 'guarded' },
      },
      refs: {
        // As the provider's documentation has it: after the policy.
        core_network_id: to('aws_networkmanager_core_network_policy_attachment.main.core_network_id'),
        vpc_arn: to('aws_vpc.a.arn'),
        subnet_arns: to('aws_subnet.a.arn'),
      },
    },
    {
      address: 'aws_networkmanager_attachment_accepter.a',
      after: { id: later, attachment_id: later },
      refs: { attachment_id: to('aws_networkmanager_vpc_attachment.a.id') },
    },
  ];
  const read = async (policy: string | typeof later): Promise<Network> => {
    const found = await readNetwork({ file: 'plan.json', json: planJson({ resources: resources(policy) }) });
    return found.ok ? found.value : expect.fail(found.problems.map(({ message }) => message).join('\n'));
  };

  it('is followed from attachments over the policy to the core network', async () => {
    const network = await read(JSON.stringify(document()));
    const [id] = network.transitGateways.keys();
    expect(id).toBe('aws_networkmanager_core_network.main');
    expect(network.transitGatewayAttachments.get('aws_networkmanager_vpc_attachment.a')).toMatchObject({
      behind: { kind: 'vpc', vpc: 'aws_vpc.a', subnets: ['aws_subnet.a'] },
      routeTable: `${id}/guarded/eu-west-1`,
    });
    expect(network.transitGatewayAttachments.get('aws_networkmanager_vpc_attachment.a')?.state).toBeUndefined();
  });

  it('leaves open how a core network forwards whose policy is known after apply', async () => {
    const network = await read(later);
    expect(network.transitGateways.size).toBe(0);
    expect(network.opaqueGateways.get('aws_networkmanager_core_network.main')?.kind).toBe('core-network');
    expect(network.warnings.join()).toContain('`PolicyDocument` is not known');
  });
});
