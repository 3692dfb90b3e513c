/** Two VPCs on one transit gateway in the shape of `aws ec2 describe-*`, whole, and ways to change it. */
import type { SourceDocument } from '../../src/sources/index.ts';
import { documents, type Lists, tiny } from './tiny.ts';

const account = '111122223333';

const second = { VpcId: 'vpc-2', CidrBlock: '10.1.0.0/16', CidrBlockAssociationSet: [] };

export const attachment = (id: string, ResourceType: string, ResourceId: string, more: object = {}) => ({
  TransitGatewayAttachmentId: `tgw-attach-${id}`,
  TransitGatewayId: 'tgw-1',
  TransitGatewayOwnerId: account,
  ResourceOwnerId: account,
  ResourceType,
  ResourceId,
  State: 'available',
  Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
  ...more,
});

const vpcAttachment = (n: number) => ({
  TransitGatewayAttachmentId: `tgw-attach-${n}`,
  TransitGatewayId: 'tgw-1',
  VpcId: `vpc-${n}`,
  VpcOwnerId: account,
  State: 'available',
  SubnetIds: [`subnet-${n}`],
  Options: {
    DnsSupport: 'enable',
    SecurityGroupReferencingSupport: 'enable',
    Ipv6Support: 'disable',
    ApplianceModeSupport: 'enable',
  },
});

export const toOne = attachment('1', 'vpc', 'vpc-1');
export const toTwo = attachment('2', 'vpc', 'vpc-2');

export const hub = {
  ...tiny,
  Vpcs: [...tiny.Vpcs, { ...tiny.Vpcs[0], ...second }],
  Subnets: [...tiny.Subnets, { ...tiny.Subnets[0], SubnetId: 'subnet-2', VpcId: 'vpc-2', CidrBlock: '10.1.1.0/24' }],
  TransitGateways: [
    {
      TransitGatewayId: 'tgw-1',
      OwnerId: account,
      State: 'available',
      Options: { SecurityGroupReferencingSupport: 'enable' },
      Tags: [{ Key: 'Name', Value: 'hub' }],
    },
  ],
  TransitGatewayAttachments: [toOne, toTwo],
  TransitGatewayVpcAttachments: [vpcAttachment(1), vpcAttachment(2)],
  TransitGatewayRouteTables: [
    { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1', State: 'available' },
  ],
  VpnGateways: [],
};

/** The same with the elements of a list changed one by one. */
export const hubWith = (list: keyof typeof hub, ...changes: readonly object[]): Lists => ({
  ...hub,
  [list]: hub[list].map((element, index) => Object.assign({}, element, changes[index])),
});

export const to = (...ids: readonly string[]) =>
  ids.map((id) => ({ TransitGatewayAttachmentId: `tgw-attach-${id}`, ResourceType: 'vpc' }));

export const route = (cidr: string, Type: string, TransitGatewayAttachments: readonly object[], State = 'active') => ({
  DestinationCidrBlock: cidr,
  Type,
  State,
  TransitGatewayAttachments,
});

/** The answer of a search, with the request if there are filters. */
export const searched = (
  Routes: readonly object[],
  filters?: Readonly<Record<string, readonly string[]>>,
  more: object = {},
): SourceDocument => {
  const Response = { Routes, AdditionalRoutesAvailable: false, ...more };
  const Filters = Object.entries(filters ?? {}).map(([Name, Values]) => ({ Name, Values }));
  const Request = { TransitGatewayRouteTableId: 'tgw-rtb-1', Filters };
  return filters === undefined
    ? { file: 'x/search-transit-gateway-routes.tgw-rtb-1.json', json: Response }
    : {
        file: `search.${Object.keys(filters).join('-')}.${Object.values(filters).join('-')}.json`,
        json: { Request, Response },
      };
};

export const everything = { state: ['active', 'blackhole'] };

export const propagations = (...members: readonly (readonly [id: string, state?: string])[]): SourceDocument => ({
  file: 'get-transit-gateway-route-table-propagations.tgw-rtb-1.json',
  json: {
    TransitGatewayRouteTablePropagations: members.map(([id, State]) => ({
      TransitGatewayAttachmentId: `tgw-attach-${id}`,
      State: State ?? 'enabled',
    })),
  },
});

export const hubDocuments = (...more: readonly SourceDocument[]) => [...documents(hub), ...more];
