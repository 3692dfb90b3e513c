/** network-firewall describe-firewall and describe-vpc-endpoint-association: where a firewall's endpoints stand. */
import type {
  Attachment,
  Firewall as AwsFirewall,
  FirewallStatus,
  VpcEndpointAssociation,
  VpcEndpointAssociationStatus,
} from '@aws-sdk/client-network-firewall';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { FirewallAttachmentFinding, FirewallEndpointFinding } from '../../network/build/firewall-finding.ts';
import type { Resource } from '../../network/resource.ts';
import { type At, inner, isObject, list, required, text } from './fields.ts';
import { resource } from './resource.ts';

export interface FirewallAnswer {
  Firewall?: AwsFirewall | undefined;
  FirewallStatus?: FirewallStatus | undefined;
}

export function readFirewall(at: At<FirewallAnswer>, findings: Findings): void {
  const firewall = inner(at, 'Firewall');
  const arn = firewall && required(firewall, 'FirewallArn');
  if (firewall === undefined || arn === undefined) return;
  const status = inner(at, 'FirewallStatus');
  const states = status && inner(status, 'SyncStates');
  // One at a transit gateway stands in none.
  const vpc = text(firewall, 'VpcId') || undefined;
  findings.firewalls.push({
    ...resource(firewall, arn, { arn, name: text(firewall, 'FirewallName') }),
    kind: 'network-firewall',
    endpoints: endpointsOf(states, vpc),
    ...present({ policyArn: text(firewall, 'FirewallPolicyArn'), vpc, attached: attachedTo(firewall, status) }),
  });
}

/** The transit gateway at which it stands, and the zones (semantics 7.23, 7.25). */
function attachedTo(
  firewall: At<AwsFirewall>,
  status: At<FirewallStatus> | undefined,
): FirewallAttachmentFinding | undefined {
  const gateway = text(firewall, 'TransitGatewayId');
  if (gateway === undefined) return undefined;
  const sync = status && inner(status, 'TransitGatewayAttachmentSyncState');
  const states = status && inner(status, 'SyncStates');
  const words = [
    sync && text(sync, 'TransitGatewayAttachmentStatus'),
    ...(states === undefined ? [] : attachmentsIn(states).map((at) => text(at, 'Status'))),
  ];
  return {
    gateway,
    zones: list(firewall, 'AvailabilityZoneMappings').flatMap((one) => text(one, 'AvailabilityZone') ?? []),
    ...present({
      attachment: sync && text(sync, 'AttachmentId'),
      state: words.find((word) => word !== undefined && word !== 'READY'),
    }),
  };
}

/** An endpoint of a firewall in another subnet or VPC (semantics 10.1). */
export interface AssociationAnswer {
  VpcEndpointAssociation?: VpcEndpointAssociation | undefined;
  VpcEndpointAssociationStatus?: VpcEndpointAssociationStatus | undefined;
}

export function readFirewallAssociation(at: At<AssociationAnswer>, findings: Findings): void {
  const association = inner(at, 'VpcEndpointAssociation');
  const arn = association && required(association, 'FirewallArn');
  if (association === undefined || arn === undefined) return;
  const status = inner(at, 'VpcEndpointAssociationStatus');
  const states = status && inner(status, 'AssociationSyncState');
  findings.firewalls.push({
    ...firewallNamed(association, arn),
    kind: 'network-firewall',
    endpoints: endpointsOf(states, text(association, 'VpcId')),
  });
}

/** A firewall that something else names: its ARN and, in it, its name. */
export const firewallNamed = (at: At<object>, arn: string): Resource => ({
  ...resource(at, arn, { arn }),
  name: arn.slice(arn.lastIndexOf('/') + 1),
  tags: {},
});

/** The endpoint of every zone that has one: a record by zone name. */
function endpointsOf(
  states: At<Record<string, { Attachment?: Attachment | undefined }>> | undefined,
  vpc: string | undefined,
): readonly FirewallEndpointFinding[] {
  if (states === undefined) return [];
  return attachmentsIn(states).flatMap((at) => {
    const endpoint = text(at, 'EndpointId');
    if (endpoint === undefined) return [];
    return { endpoint, state: text(at, 'Status') ?? 'READY', ...present({ subnet: text(at, 'SubnetId'), vpc }) };
  });
}

function attachmentsIn(states: At<Record<string, { Attachment?: Attachment | undefined }>>): readonly At<Attachment>[] {
  return Object.entries(states.json).flatMap(([zone, state]) => {
    if (!isObject(state)) return [];
    const json = state as { Attachment?: Attachment };
    return inner({ json, place: `${states.place}/${zone}`, in: states.in }, 'Attachment') ?? [];
  });
}
