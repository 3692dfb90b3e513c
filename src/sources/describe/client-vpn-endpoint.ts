/** Client VPN endpoints, and the answers about one of them each: describe-client-vpn-endpoints, -target-networks, -routes, -authorization-rules. */
import type {
  AuthorizationRule,
  ClientVpnEndpoint,
  ClientVpnRoute,
  DescribeClientVpnAuthorizationRulesResult,
  DescribeClientVpnRoutesResult,
  DescribeClientVpnTargetNetworksResult,
  TargetNetwork,
} from '@aws-sdk/client-ec2';
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { Family } from '../../net/address.ts';
import type { ClientVpnAnswer } from '../../network/build/client-vpn-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, complain, flag, has, inner, list, prefix, provenance, required, text, texts } from './fields.ts';
import { resource } from './resource.ts';
import { isWhole } from './scope.ts';
import { subjectOf } from './subject.ts';

export function readClientVpnEndpoint(at: At<ClientVpnEndpoint>, findings: Findings): void {
  const id = required(at, 'ClientVpnEndpointId');
  if (id === undefined) return;
  findings.clientVpnEndpoints.push({
    ...resource(at, id),
    kind: 'client-vpn-endpoint',
    state: codeOf(at),
    families: familiesOf(text(at, 'TrafficIpAddressType')),
    atTransitGateway: has(at, 'TransitGatewayConfiguration'),
    ...present({ vpc: text(at, 'VpcId') || undefined }),
  });
}

/** IPv4 unless it is told; a word that is not known stands for both. */
const familiesOf = (type: string | undefined): readonly Family[] =>
  type === undefined || type === 'ipv4' ? ['ipv4'] : type === 'ipv6' ? ['ipv6'] : ['ipv4', 'ipv6'];

/** The word for the state of an endpoint, an association, a route or a rule. */
function codeOf(at: At<{ Status?: { Code?: string | undefined } | undefined }>): string {
  const status = inner(at, 'Status');
  return (status && text(status, 'Code')) ?? 'active';
}

const endpointId = /(?<![0-9A-Za-z])cvpn-endpoint-[0-9a-z]+/;

/** What an answer tells, by endpoint: each item names its own, an answer of nothing only in its request or file name. */
function answersOf<
  A extends { NextToken?: string | undefined },
  I extends { ClientVpnEndpointId?: string | undefined },
  T,
>(
  at: At<A>,
  items: readonly At<I>[],
  call: string,
  read: (item: At<I>) => T | undefined,
): readonly ClientVpnAnswer<T>[] {
  const { ClientVpnEndpointId: _, ...others } = at.in.request ?? {};
  const whole = isWhole(others) && (text(at as At<{ NextToken?: string | undefined }>, 'NextToken') ?? '') === '';
  const source = provenance(at);
  const subject = subjectOf(at, 'ClientVpnEndpointId', endpointId);
  if (items.length === 0 && subject === undefined)
    complain(
      at,
      'unknown-subject',
      '',
      'It is not told which Client VPN endpoint this answer is about.',
      `Put the id into the file name: ${call}.cvpn-endpoint-0123456789abcdef0.json`,
    );
  const byEndpoint = groupBy(
    items,
    (item) => text(item as At<{ ClientVpnEndpointId?: string | undefined }>, 'ClientVpnEndpointId') ?? subject ?? '',
  );
  if (items.length === 0 && subject !== undefined) return [{ endpoint: subject, items: [], whole, source }];
  return [...byEndpoint].map(([endpoint, own]) => ({
    endpoint,
    items: own.flatMap((item) => read(item) ?? []),
    whole,
    source,
  }));
}

export function readTargetNetworks(at: At<DescribeClientVpnTargetNetworksResult>, findings: Findings): void {
  const items = list(at, 'ClientVpnTargetNetworks');
  findings.clientVpnAssociations.push(
    ...answersOf(at, items, 'describe-client-vpn-target-networks', (one: At<TargetNetwork>) => {
      const id = required(one, 'AssociationId');
      // One by a transit gateway names no subnet.
      const subnet = text(one, 'TargetNetworkId') ?? '';
      if (id === undefined) return undefined;
      return { id, subnet, groups: texts(one, 'SecurityGroups'), state: codeOf(one), source: provenance(one) };
    }),
  );
}

/** Whether the `Routes` are those of an endpoint: other calls print a list of that name too. */
export const isOfClientVpn = (at: At<object>): boolean =>
  list(at as At<DescribeClientVpnRoutesResult>, 'Routes').some((one) => has(one, 'ClientVpnEndpointId')) ||
  subjectOf(at, 'ClientVpnEndpointId', endpointId) !== undefined;

export function readClientVpnRoutes(at: At<DescribeClientVpnRoutesResult>, findings: Findings): void {
  findings.clientVpnRoutes.push(
    ...answersOf(at, list(at, 'Routes'), 'describe-client-vpn-routes', (one: At<ClientVpnRoute>) => {
      const destination = prefix(one, 'DestinationCidr');
      // `local` leads from client to client.
      const subnet = text(one, 'TargetSubnet') ?? '';
      return destination && { destination, subnet, state: codeOf(one), source: provenance(one) };
    }),
  );
}

export function readAuthorizationRules(at: At<DescribeClientVpnAuthorizationRulesResult>, findings: Findings): void {
  const items = list(at, 'AuthorizationRules');
  findings.clientVpnRules.push(
    ...answersOf(at, items, 'describe-client-vpn-authorization-rules', (one: At<AuthorizationRule>) => {
      const destination = prefix(one, 'DestinationCidr');
      const everyone = flag(one, 'AccessAll') ?? false;
      return destination && { destination, everyone, state: codeOf(one), source: provenance(one) };
    }),
  );
}
