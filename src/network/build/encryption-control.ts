/**
 * VPCs that enforce encryption in transit (semantics 14.6): AWS lets none of the gateways be there that carry cleartext,
 * unless it is excluded, and PrivateLink endpoints drop what is not encrypted by the application. What the input shows
 * all the same may work or not: by its state it is changing, which is the unknown `up:ID`.
 */
import { conditionOf } from '../state.ts';
import type { Excludable } from './encryption-control-finding.ts';
import type { Findings } from './findings.ts';

/** The state of what an enforcing VPC should not have, or lets pass in part. */
const enforced = 'encryption-enforced';

export function withEncryptionControls(findings: Findings): Findings {
  if (findings.encryptionControls.length === 0) return findings;
  const named: string[] = [];
  const controls = new Map(findings.encryptionControls.map((one) => [one.vpc, one]));
  const stops = (vpc: string | undefined, kind: Excludable): boolean =>
    controls.get(vpc ?? '')?.excluded.includes(kind) === false;
  const held = <T extends { readonly id: string; readonly state?: string }>(one: T): T => {
    named.push(one.id);
    return conditionOf(one.state ?? 'available') === 'works' ? { ...one, state: enforced } : one;
  };
  const attached =
    (kind: Excludable) =>
    <T extends { readonly id: string; readonly state?: string; readonly vpc?: string }>(one: T): T =>
      stops(one.vpc, kind) ? held(one) : one;
  return {
    ...findings,
    internetGateways: findings.internetGateways.map(attached('InternetGateway')),
    egressOnlyInternetGateways: findings.egressOnlyInternetGateways.map(attached('EgressOnlyInternetGateway')),
    natGateways: findings.natGateways.map(attached('NatGateway')),
    vpnGateways: findings.vpnGateways.map(attached('VirtualPrivateGateway')),
    // Between two VPCs that enforce it no exclusion is needed.
    vpcPeerings: findings.vpcPeerings.map((one) =>
      one.sides.some(({ vpc }) => stops(vpc, 'VpcPeering')) && !one.sides.every(({ vpc }) => controls.has(vpc ?? ''))
        ? held(one)
        : one,
    ),
    endpoints: findings.endpoints.map((one) =>
      controls.has(one.vpc) && one.endpointType !== 'Gateway' ? held(one) : one,
    ),
    warnings: [...findings.warnings, ...(named.length === 0 ? [] : [warning([...controls.keys()], named)])],
  };
}

const warning = (vpcs: readonly string[], named: readonly string[]): string =>
  `${quoted(vpcs)} enforce${vpcs.length === 1 ? 's' : ''} encryption in transit: whether ${quoted(named)} carr${named.length === 1 ? 'ies' : 'y'} a flow there is not known.`;

const quoted = (ids: readonly string[]): string =>
  [...ids]
    .sort()
    .map((id) => `\`${id}\``)
    .join(', ');
