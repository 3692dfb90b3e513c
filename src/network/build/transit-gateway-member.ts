/** What the routes of a table refer to: the attachments of its gateway, and the VPCs behind them. */
import type { Provenance } from '../resource.ts';
import type { TransitGatewayAttachment } from '../transit-gateway.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building } from './building.ts';
import type { TransitGatewayRouteTableFinding } from './transit-gateway-finding.ts';

export type Table = Omit<TransitGatewayRouteTableFinding, 'state'>;

export interface Gateway {
  /** Those of the table's gateway. */
  readonly attachments: readonly TransitGatewayAttachment[];
  readonly vpcs: ReadonlyMap<string, Vpc>;
}

/** By AWS's id; undefined where it is gone, and blamed where it was never there. */
export function attachmentNamed(
  building: Building,
  table: Table,
  id: string,
  attachments: readonly TransitGatewayAttachment[],
  source: Provenance,
): TransitGatewayAttachment | undefined {
  const found = attachments.find((one) => one.id === id || one.id === `${id}@${table.gateway}`);
  const { transitGatewayAttachments: read } = building.findings;
  if (found === undefined && !read.some((one) => one.id === id && one.gateway === table.gateway))
    blameDangling(
      building,
      { ...table, source },
      'transit gateway attachment',
      id,
      'describe-transit-gateway-attachments',
    );
  return found;
}
