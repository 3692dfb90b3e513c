/** network-firewall describe-firewall and describe-vpc-endpoint-association: where a firewall's endpoints stand. */
import type {
  Attachment,
  Firewall as AwsFirewall,
  FirewallStatus,
  VpcEndpointAssociation,
  VpcEndpointAssociationStatus,
} from '@aws-sdk/client-network-firewall';
import { present } from '../../base/present.ts';
import type { Findings, FirewallEndpointFinding } from '../../network/build/findings.ts';
import type { Resource } from '../../network/resource.ts';
import { type At, inner, isObject, required, text } from './fields.ts';
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
  const vpc = text(firewall, 'VpcId');
  findings.firewalls.push({
    ...resource(firewall, arn, { arn, name: text(firewall, 'FirewallName') }),
    kind: 'network-firewall',
    endpoints: endpointsOf(states, vpc),
    ...present({ policyArn: text(firewall, 'FirewallPolicyArn'), vpc }),
  });
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
  const found: FirewallEndpointFinding[] = [];
  for (const [zone, state] of Object.entries(states.json)) {
    if (!isObject(state)) continue;
    const attachment = inner(
      { json: state as { Attachment?: Attachment }, place: `${states.place}/${zone}`, in: states.in },
      'Attachment',
    );
    const endpoint = attachment && text(attachment, 'EndpointId');
    if (attachment !== undefined && endpoint !== undefined)
      found.push({
        endpoint,
        state: text(attachment, 'Status') ?? 'READY',
        ...present({ subnet: text(attachment, 'SubnetId'), vpc }),
      });
  }
  return found;
}
