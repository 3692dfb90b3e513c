/** route53resolver list-resolver-endpoints, their addresses, list-resolver-rules and their associations. */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { ResolverTarget } from '../../network/resolver-endpoint.ts';
import { stateOf } from './dns-firewall.ts';
import {
  type At,
  address,
  complain,
  isObject,
  list,
  oneOf,
  port,
  provenance,
  required,
  text,
  texts,
} from './fields.ts';
import { resource } from './resource.ts';
import { subjectOf } from './subject.ts';

interface Endpoint {
  readonly Id?: string;
  readonly Arn?: string;
  readonly Name?: string;
  readonly Direction?: string;
  readonly HostVPCId?: string;
  readonly Status?: string;
  readonly Protocols?: readonly string[];
}

export function readResolverEndpoint(at: At<Endpoint>, findings: Findings): void {
  const [id, vpc] = [required(at, 'Id'), required(at, 'HostVPCId')];
  const direction = oneOf(at, 'Direction', ['INBOUND', 'OUTBOUND', 'INBOUND_DELEGATION']);
  if (id === undefined || vpc === undefined || direction === undefined) return;
  const protocols = texts(at, 'Protocols');
  findings.dns.endpoints.push({
    ...resource(at, id, { arn: text(at, 'Arn'), name: text(at, 'Name') }),
    kind: 'resolver-endpoint',
    direction: direction === 'OUTBOUND' ? 'outbound' : 'inbound',
    vpc,
    protocols: protocols.length === 0 ? ['Do53'] : protocols,
    ...present({ state: stateOf(text(at, 'Status'), 'OPERATIONAL') }),
  });
}

interface IpAddress {
  readonly SubnetId?: string;
  readonly Ip?: string;
  readonly Ipv6?: string;
}

export interface EndpointAddresses {
  readonly IpAddresses?: readonly IpAddress[];
}

/** Other services have such a key too. */
export const areResolverAddresses = (content: unknown): boolean =>
  Array.isArray(content) && content.every((one) => isObject(one) && 'IpId' in one);

export const resolverEndpointOf = (at: At<object>): string | undefined =>
  subjectOf(at, 'ResolverEndpointId', /\brslvr-(?:in|out)-[0-9a-z-]*[0-9a-z]/);

export function readResolverAddresses(at: At<EndpointAddresses>, findings: Findings): void {
  const endpoint = resolverEndpointOf(at);
  if (endpoint === undefined)
    return complain(
      at,
      'unknown-subject',
      '',
      'It is not told which resolver endpoint these `IpAddresses` belong to.',
      'Put the id into the file name: list-resolver-endpoint-ip-addresses.rslvr-out-0123456789abcdef.json',
    );
  for (const one of list(at, 'IpAddresses')) {
    const subnet = required(one, 'SubnetId');
    const addresses = [text(one, 'Ip'), text(one, 'Ipv6')].filter((ip) => ip !== undefined && ip !== '');
    if (subnet !== undefined)
      findings.dns.endpointAddresses.push({ endpoint, subnet, addresses: addresses as string[] });
  }
}

interface Target {
  readonly Ip?: string;
  readonly Ipv6?: string;
  readonly Port?: number;
  readonly Protocol?: string;
}

interface Rule {
  readonly Id?: string;
  readonly Arn?: string;
  readonly Name?: string;
  readonly OwnerId?: string;
  readonly DomainName?: string;
  readonly DelegationRecord?: string;
  readonly RuleType?: string;
  readonly ResolverEndpointId?: string;
  readonly TargetIps?: readonly Target[];
}

export function readResolverRule(at: At<Rule>, findings: Findings): void {
  const id = required(at, 'Id');
  const ruleType = oneOf(at, 'RuleType', ['FORWARD', 'SYSTEM', 'RECURSIVE', 'DELEGATE']);
  const domain = text(at, 'DomainName') ?? text(at, 'DelegationRecord');
  if (domain === undefined) complain(at, 'missing-field', '', '`DomainName` is missing.');
  if (id === undefined || ruleType === undefined || domain === undefined) return;
  const owner = text(at, 'OwnerId');
  findings.dns.resolverRules.push({
    ...resource(at, id, { arn: text(at, 'Arn'), name: text(at, 'Name'), account: owner }),
    kind: 'resolver-rule',
    ruleType,
    domain: domain.toLowerCase().replace(/\.$/, ''),
    targets: list(at, 'TargetIps').flatMap(readTarget),
    ...present({ endpoint: text(at, 'ResolverEndpointId') }),
  });
}

function readTarget(at: At<Target>): readonly ResolverTarget[] {
  const to = port(at, 'Port') ?? 53;
  const protocol = text(at, 'Protocol') ?? 'Do53';
  return [address(at, 'Ip'), address(at, 'Ipv6')].flatMap((one) =>
    one === undefined ? [] : [{ address: one, port: to, protocol }],
  );
}

interface Association {
  readonly Id?: string;
  readonly ResolverRuleId?: string;
  readonly VPCId?: string;
  readonly Status?: string;
}

export function readResolverRuleAssociation(at: At<Association>, findings: Findings): void {
  const [rule, vpc] = [required(at, 'ResolverRuleId'), required(at, 'VPCId')];
  if (rule === undefined || vpc === undefined) return;
  const { account, region } = at.in;
  findings.dns.resolverRuleAssociations.push({
    rule,
    vpc,
    source: provenance(at),
    ...present({ state: stateOf(text(at, 'Status'), 'COMPLETE'), account, region }),
  });
}
