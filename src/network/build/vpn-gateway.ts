/** Virtual private gateways whose attachment was read, and VPN connections. */
import { present } from '../../base/present.ts';
import { associationsCall } from '../direct-connect-gateway.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import { up } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import type { VpnConnection, VpnGateway } from '../vpn-gateway.ts';
import type { Building } from './building.ts';
import { unreadAssociation } from './direct-connect-gateway.ts';
import { reachPartsOf } from './opaque-gateway.ts';
import { wouldShow } from './reach.ts';

const call = 'describe-vpn-connections';

/** One that is attached to a VPC which is not in the input stays opaque alone. */
export function buildVpnGateways(
  building: Building,
  vpcs: ReadonlyMap<string, Vpc>,
  opaqueGateways: ReadonlyMap<string, OpaqueGateway>,
): Map<string, VpnGateway> {
  const parts = reachPartsOf(building, vpcs);
  const gateways = new Map<string, VpnGateway>();
  for (const found of building.findings.vpnGateways) {
    const vpc = found.vpc === undefined ? undefined : vpcs.get(found.vpc);
    if (found.vpc !== undefined && vpc === undefined) continue;
    // The answer does not tell whose the gateway is: it is in the Region of its VPC, and in the account.
    const { account, region } = { ...vpc, ...found };
    const owner = { id: found.id, ...present({ account, region }) };
    const unread = wouldShow(building, [call], [owner], parts) ? undefined : { unread: call, subject: found.id };
    const { routeTable } = opaqueGateways.get(found.id) ?? {};
    const association = unreadAssociation(building, owner);
    if (association !== undefined && vpc !== undefined)
      building.defaults.push({
        setting: `${found.id}.allowedPrefixesToDirectConnectGateway`,
        value: `the blocks of ${vpc.id}`,
        call: associationsCall,
      });
    gateways.set(found.id, { ...found, ...present({ routeTable, unread, unreadAssociation: association }) });
  }
  return gateways;
}

export function buildVpnConnections(building: Building): Map<string, VpnConnection> {
  const connections = new Map(building.findings.vpnConnections.map((one) => [one.id, one]));
  for (const { id, state } of connections.values()) if (state !== undefined) building.assumed.set(id, up(id));
  return connections;
}
