/**
 * A transit gateway that joins the VPCs of a bench network: attached in every zone, each VPC associated with one of its
 * tables, each table knowing every VPC. That no application reaches another VPC's AI hosts follows from groups alone.
 */
import type { Random } from './random.ts';
import { account, named, region, type Snapshot } from './shapes.ts';
import { type BenchVpc, subnetOf, zones } from './vpc.ts';

const gateway = 'tgw-0b3c9d1e7f5a24680';

/** Every table of application, AI and data subnets leads 10.0.0.0/8 to the gateway. */
export function addHub(snapshot: Snapshot, r: Random, vpcs: readonly BenchVpc[], tables: number): void {
  const owned = { TransitGatewayId: gateway, TransitGatewayOwnerId: account };
  snapshot.TransitGateways.push({
    TransitGatewayId: gateway,
    TransitGatewayArn: `arn:aws:ec2:${region}:${account}:transit-gateway/${gateway}`,
    OwnerId: account,
    State: 'available',
    Options: { SecurityGroupReferencingSupport: 'disable', DnsSupport: 'enable', VpnEcmpSupport: 'enable' },
    Tags: named('hub'),
  });
  const ids = Array.from({ length: tables }, () => `tgw-rtb-0${r.hex(16)}`);
  for (const [i, id] of ids.entries())
    snapshot.TransitGatewayRouteTables.push({
      TransitGatewayRouteTableId: id,
      TransitGatewayId: gateway,
      State: 'available',
      DefaultAssociationRouteTable: i === 0,
      DefaultPropagationRouteTable: i === 0,
      Tags: named(`segment-${i}`),
    });
  const attachments = vpcs.map((vpc) => ({ vpc, id: `tgw-attach-0${r.hex(16)}` }));
  for (const { vpc, id } of attachments) {
    snapshot.TransitGatewayAttachments.push({
      ...owned,
      TransitGatewayAttachmentId: id,
      ResourceOwnerId: account,
      ResourceType: 'vpc',
      ResourceId: vpc.id,
      State: 'available',
      Association: { TransitGatewayRouteTableId: ids[vpc.index % tables]!, State: 'associated' },
      Tags: named(vpc.name),
    });
    snapshot.TransitGatewayVpcAttachments.push({
      TransitGatewayAttachmentId: id,
      TransitGatewayId: gateway,
      VpcId: vpc.id,
      VpcOwnerId: account,
      State: 'available',
      SubnetIds: zones.map((zone) => subnetOf(vpc, 'app', zone).id),
      Options: {
        ApplianceModeSupport: 'disable',
        DnsSupport: 'enable',
        Ipv6Support: 'disable',
        SecurityGroupReferencingSupport: 'disable',
      },
      Tags: named(vpc.name),
    });
  }
  for (const id of ids)
    snapshot.transitRoutes.set(
      id,
      attachments.map(({ vpc, id: attachment }) => ({
        DestinationCidrBlock: `10.${vpc.index}.0.0/16`,
        State: 'active',
        Type: 'propagated',
        TransitGatewayAttachments: [
          { ResourceId: vpc.id, ResourceType: 'vpc', TransitGatewayAttachmentId: attachment },
        ],
      })),
    );
  const inside = new Set(
    vpcs.flatMap((vpc) =>
      vpc.subnets.flatMap(({ id, tier }) => (tier === 'public' || tier === 'firewall' ? [] : [id])),
    ),
  );
  for (const table of snapshot.RouteTables)
    if (table.Associations!.some(({ SubnetId }) => SubnetId !== undefined && inside.has(SubnetId)))
      table.Routes!.push({
        DestinationCidrBlock: '10.0.0.0/8',
        TransitGatewayId: gateway,
        Origin: 'CreateRoute',
        State: 'active',
      });
}
