/** Gateways that leave their VPC, and attachments and peering connections that are deleted: their routes drop what they win. */
import type { InternetGateway, EgressOnlyInternetGateway } from '../network/gateway.ts';
import type { OpaqueGateway } from '../network/opaque-gateway.ts';
import type { VpcPeering } from '../network/vpc-peering.ts';
import type { VpnGateway } from '../network/vpn-gateway.ts';
import { type Draft, note, put, take, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { severRoutes } from './route-table.ts';
import { things } from './selection.ts';
import { deleteAttachment } from './transit-gateway.ts';

export function detach(draft: Draft, { gateway: name }: EditOf<'detach'>): void {
  const found = things(
    draft,
    'gateway',
    name,
    'gateway that can be detached',
    'internet-gateway',
    'egress-only-internet-gateway',
    'vpn-gateway',
    'carrier-gateway',
    'vpc-peering',
    'transit-gateway-attachment',
    'core-network-attachment',
  );
  toEach(draft, 'gateway', found, undefined, (one) => {
    switch (one.kind) {
      case 'internet-gateway':
      case 'egress-only-internet-gateway':
        return one.vpc === undefined ? free(one.id) : leaveVpc(draft, one, one.vpc);
      case 'vpn-gateway':
        return 'vpcs' in one
          ? leaveAll(draft, one)
          : one.vpc === undefined
            ? free(one.id)
            : leaveVpc(draft, one, one.vpc);
      case 'vpc-peering':
        return 'sameRegion' in one
          ? remove(draft, 'vpcPeerings', one, one.vpcs)
          : remove(draft, 'opaqueGateways', one, one.vpcs);
      case 'carrier-gateway':
        return 'vpcs' in one
          ? remove(draft, 'opaqueGateways', one, one.vpcs)
          : remove(draft, 'carrierGateways', one, [one.vpc]);
      case 'transit-gateway-attachment':
      case 'core-network-attachment':
        return deleteAttachment(draft, one);
    }
  });
}

const free = (id: string): string => `\`${id}\` is attached to no VPC.`;

/** It is there still, and so are the routes to it; its edge association is not. */
function leaveVpc(
  draft: Draft,
  gateway: InternetGateway | EgressOnlyInternetGateway | VpnGateway,
  from: string,
): undefined {
  const { vpc: _, state: __, ...rest } = gateway;
  if (rest.kind === 'egress-only-internet-gateway') put(draft, 'egressOnlyInternetGateways', rest);
  else {
    const { routeTable, ...bare } = rest;
    if (bare.kind === 'internet-gateway') put(draft, 'internetGateways', bare);
    else put(draft, 'vpnGateways', bare);
    if (routeTable !== undefined) note(draft, gateway, 'edge association', routeTable, undefined);
  }
  note(draft, gateway, 'attachment', from, undefined);
  severRoutes(draft, new Set([gateway.id]));
  const mapped = [...draft.network.interfaces.values()].some(
    (nic) => nic.vpc === from && nic.addresses.some(({ publicIp }) => publicIp !== undefined),
  );
  if (gateway.kind === 'internet-gateway' && mapped)
    draft.notes.push(`AWS detaches \`${gateway.id}\` only when no public address is mapped in \`${from}\`.`);
}

/** A virtual private gateway of which too little was read leads nowhere then. */
function leaveAll(draft: Draft, gateway: OpaqueGateway): string | undefined {
  if (gateway.vpcs.length === 0) return free(gateway.id);
  const { elsewhere: _, routeTable: __, ...rest } = gateway;
  put(draft, 'opaqueGateways', { ...rest, vpcs: [] });
  note(draft, gateway, 'attachment', gateway.vpcs.join(', '), undefined);
  severRoutes(draft, new Set([gateway.id]));
  return undefined;
}

function remove(
  draft: Draft,
  key: 'vpcPeerings' | 'opaqueGateways' | 'carrierGateways',
  gateway: Pick<VpcPeering | OpaqueGateway, 'id' | 'name'> & { readonly kind: 'vpc-peering' | OpaqueGateway['kind'] },
  vpcs: readonly string[],
): undefined {
  take(draft, key, gateway.id);
  note(
    draft,
    gateway,
    gateway.kind === 'vpc-peering' ? 'peering connection' : 'attachment',
    vpcs.join(', '),
    undefined,
  );
  severRoutes(draft, new Set([gateway.id]));
}
