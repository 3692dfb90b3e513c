/** describe-vpn-gateways and describe-vpn-connections. */
import type { VpnConnection, VpnConnectionOptions, VpnGateway } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import { conditionOf } from '../../network/state.ts';
import type { VpnConnection as Connection } from '../../network/vpn-gateway.ts';
import { type At, complain, flag, inner, list, prefix, provenance, required, text } from './fields.ts';
import { attachmentOf } from './gateway.ts';
import { attach, isGone } from './opaque-gateway.ts';
import { resource } from './resource.ts';

export function readVpnGateway(at: At<VpnGateway>, findings: Findings): void {
  const id = required(at, 'VpnGatewayId');
  if (id === undefined) return;
  const attachments = list(at, 'VpcAttachments');
  const attached = attachments.filter((one) => !isGone(one));
  findings.opaqueGateways.push({
    ...resource(at, id),
    kind: 'vpn-gateway',
    vpcs: attached.flatMap((one) => text(one, 'VpcId') ?? []),
  });
  // While it moves from one VPC to another, it is attached to either.
  if (attached.length < 2)
    findings.vpnGateways.push({ ...resource(at, id), kind: 'vpn-gateway', ...attachmentOf(attachments) });
}

export function readVpnConnection(at: At<VpnConnection>, findings: Findings): void {
  const id = required(at, 'VpnConnectionId');
  if (id === undefined || isGone(at)) return;
  const to = { kind: 'on-premises', id } as const;
  const vgw = text(at, 'VpnGatewayId');
  const tgw = text(at, 'TransitGatewayId');
  if (vgw !== undefined) attach(at, 'vpn-gateway', vgw, { id, to, name: 'vpn-connection' }, findings);
  if (tgw !== undefined) attach(at, 'transit-gateway', tgw, { id, to, name: 'vpn-connection' }, findings);
  const gateway = vgw ?? tgw;
  if (gateway !== undefined) findings.vpnConnections.push(connectionOf(at, id, gateway));
  else
    findings.notModelled.push({
      kind: 'vpn-connection',
      id,
      status: 'not-modelled',
      why: 'it ends at no virtual private gateway and at no transit gateway',
      affects: 'flows through it',
      source: provenance(at),
    });
}

function connectionOf(at: At<VpnConnection>, id: string, gateway: string): Connection {
  const options = inner(at, 'Options');
  const routes = list(at, 'Routes').filter((route) => !isGone(route));
  const tunnels = list(at, 'VgwTelemetry').flatMap((tunnel) => text(tunnel, 'Status') ?? []);
  // While one of its routes is changing, so is what the connection carries.
  const changing = [at, ...routes]
    .map((one) => text<{ State?: string | undefined }>(one, 'State') ?? 'available')
    .find((state) => conditionOf(state) === 'changing');
  return {
    ...resource(at, id),
    kind: 'vpn-connection',
    gateway,
    staticRoutes: routes.flatMap((route) => {
      const block = prefix(route, 'DestinationCidrBlock');
      if (block === undefined && text(route, 'DestinationCidrBlock') === undefined)
        complain(
          route,
          'missing-field',
          '',
          'The route has no destination.',
          'Every route has one; was the file edited?',
        );
      return block ?? [];
    }),
    dynamic: (options && flag(options, 'StaticRoutesOnly')) !== true,
    ...present({
      up: tunnels.length === 0 ? undefined : tunnels.includes('UP'),
      state: changing,
      selectors: options && selectorsOf(options),
    }),
  };
}

/** AWS calls the customer's side local and its own remote. */
function selectorsOf(options: At<VpnConnectionOptions>): Connection['selectors'] {
  const onPremises = [prefix(options, 'LocalIpv4NetworkCidr'), prefix(options, 'LocalIpv6NetworkCidr')].flatMap(told);
  const aws = [prefix(options, 'RemoteIpv4NetworkCidr'), prefix(options, 'RemoteIpv6NetworkCidr')].flatMap(told);
  const narrow = [...onPremises, ...aws].some(({ length }) => length > 0);
  return narrow ? { onPremises, aws } : undefined;
}

const told = (block: Prefix | undefined): readonly Prefix[] => (block === undefined ? [] : [block]);
