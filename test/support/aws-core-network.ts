/** What `aws networkmanager` prints of one core network: its attachments, its policy, and the routes of its segments. */
import { account, coreNetworkArn, region } from './identity.ts';
import type { AnswerSpec, Change } from './spec.ts';

export const coreNetwork = 'core-network-1';

export interface CoreAttachmentSpec {
  /** `attachment-a`. */
  readonly id: string;
  /** `vpc-a`, `vpn-1`, or what AWS calls a type: `CONNECT`. */
  readonly to: string;
  readonly subnets?: readonly string[];
  /** A Region; `us-east-1` unless given. */
  readonly edge?: string;
  /** Absent, as the group: it is associated with nothing. */
  readonly segment?: string;
  readonly group?: string;
  readonly state?: string;
  readonly appliance?: boolean;
  readonly ipv6?: boolean;
  readonly referencing?: boolean;
}

export interface CoreNetworkSpec {
  readonly attachments: readonly CoreAttachmentSpec[];
  /** The policy document, but for what every one has; absent: nobody read it. */
  readonly policy?: object;
  /**
   * By segment, or `network-function-group/NAME`, and edge (`prod/us-east-1`): `10.1.0.0/16 attachment-b`, equal ones joined by
   * `+`, with `static` after it, else propagated; `10.2.0.0/16 blackhole`. Absent: nobody read them.
   */
  readonly routes?: Readonly<Record<string, readonly string[]>>;
}

export const coreNetworkOf = ({ attachments, policy, routes = {} }: CoreNetworkSpec): Change => ({
  others: [
    { id: 'networkmanager list-attachments', json: { Attachments: attachments.map(attachmentOf) } },
    ...attachments.filter(({ to }) => to.startsWith('vpc-')).map(vpcAttachmentOf),
    ...(policy === undefined ? [] : [policyOf(policy)]),
    ...Object.entries(routes).map(([table, lines]) => routesOf(table, lines)),
  ],
});

const attachmentOf = ({ id, to, edge = region, segment, group, state }: CoreAttachmentSpec) => ({
  CoreNetworkId: coreNetwork,
  CoreNetworkArn: coreNetworkArn(coreNetwork),
  AttachmentId: id,
  OwnerAccountId: account,
  AttachmentType: to.startsWith('vpc-') ? 'VPC' : to.startsWith('vpn-') ? 'SITE_TO_SITE_VPN' : to,
  State: state ?? 'AVAILABLE',
  EdgeLocation: edge,
  ResourceArn: `arn:aws:ec2:${edge}:${account}:${to.startsWith('vpc-') ? 'vpc' : 'vpn-connection'}/${to}`,
  AttachmentPolicyRuleNumber: 100,
  ...(segment === undefined ? {} : { SegmentName: segment }),
  ...(group === undefined ? {} : { NetworkFunctionGroupName: group }),
  Tags: [],
});

const vpcAttachmentOf = (one: CoreAttachmentSpec): AnswerSpec => ({
  id: `networkmanager get-vpc-attachment.${one.id}`,
  json: {
    VpcAttachment: {
      Attachment: attachmentOf(one),
      SubnetArns: (one.subnets ?? []).map((subnet) => `arn:aws:ec2:${one.edge ?? region}:${account}:subnet/${subnet}`),
      Options: {
        Ipv6Support: one.ipv6 === true,
        ApplianceModeSupport: one.appliance === true,
        DnsSupport: true,
        SecurityGroupReferencingSupport: one.referencing !== false,
      },
    },
  },
});

const policyOf = (document: object): AnswerSpec => ({
  id: 'networkmanager get-core-network-policy',
  json: {
    CoreNetworkPolicy: {
      CoreNetworkId: coreNetwork,
      PolicyVersionId: 3,
      Alias: 'LIVE',
      ChangeSetState: 'EXECUTION_SUCCEEDED',
      PolicyDocument: JSON.stringify({
        version: '2021.12',
        'core-network-configuration': {
          'asn-ranges': ['64512-64520'],
          'edge-locations': [{ location: region }, { location: 'eu-west-1' }],
        },
        'attachment-policies': [],
        ...document,
      }),
    },
  },
});

/** The answer does not say of which group it is; the request does. */
function routesOf(table: string, lines: readonly string[]): AnswerSpec {
  const [, group, segment, edge] = /^(?:network-function-group\/([^/]+)|([^/]+))\/([^/]+)$/.exec(table) ?? [];
  const at = { CoreNetworkId: coreNetwork, EdgeLocation: edge };
  const RouteTableIdentifier =
    group === undefined
      ? { CoreNetworkSegmentEdge: { ...at, SegmentName: segment } }
      : { CoreNetworkNetworkFunctionGroup: { ...at, NetworkFunctionGroupName: group } };
  return {
    id: `networkmanager get-network-routes.${table.replaceAll('/', '.')}`,
    json: {
      Request: { GlobalNetworkId: 'global-network-1', RouteTableIdentifier },
      Response: {
        RouteTableArn: coreNetworkArn(coreNetwork),
        CoreNetworkSegmentEdge: group === undefined ? RouteTableIdentifier.CoreNetworkSegmentEdge : {},
        RouteTableType: group === undefined ? 'CORE_NETWORK_SEGMENT' : 'NETWORK_FUNCTION_GROUP',
        NetworkRoutes: lines.map((line) => routeOf(line)),
      },
    },
  };
}

function routeOf(line: string) {
  const [destination, ...words] = line.split(' ');
  const ids = words.flatMap((word) => (word.startsWith('attachment-') ? word.split('+') : []));
  return {
    DestinationCidrBlock: destination,
    Destinations: ids.map((id) => ({ CoreNetworkAttachmentId: id })),
    State: words.includes('blackhole') ? 'BLACKHOLE' : 'ACTIVE',
    Type: words.includes('static') || words.includes('blackhole') ? 'STATIC' : 'PROPAGATED',
  };
}
