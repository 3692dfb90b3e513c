/** Targets as they are registered, resolved to interfaces, addresses, balancers and functions of the network. */
import { formatAddress } from '../../net/address.ts';
import { prefixContains } from '../../net/prefix.ts';
import type { Instance } from '../instance.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Unread } from '../resource.ts';
import type { Subnet } from '../subnet.ts';
import type { Target } from '../target-group.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { TargetFinding, TargetGroupFinding } from './load-balancer-finding.ts';

export interface TargetParts {
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  /** Interfaces that are known to be the first of their instances. */
  readonly primary: ReadonlySet<string>;
  /** And those that are known not to be. */
  readonly secondary: ReadonlySet<string>;
  readonly instances: ReadonlyMap<string, Instance>;
  /** Subnets by VPC. */
  readonly subnets: ReadonlyMap<string, readonly Subnet[]>;
  readonly balancers: ReadonlyMap<string, unknown>;
  /** From account and AWS's name of a zone, with a space between, to the word of subnets. */
  readonly zones: ReadonlyMap<string, string>;
}

const interfacesCall = 'describe-network-interfaces';

/**
 * A target of AWS's answer: `gone` where what was registered is no more, unread where it may be there and no call that
 * could tell was made.
 */
export function targetOf(
  building: Building,
  group: TargetGroupFinding,
  found: TargetFinding,
  parts: TargetParts,
): Target | 'gone' | Unread {
  const { id, source, health } = found;
  const common = { id, source, ...(health === undefined ? {} : { health }) };
  if (group.targetType === 'lambda') return { ...common, kind: 'lambda' };
  const port = found.port ?? group.port;
  if (port === undefined) return wrong(building, found, 'missing-field', `The target \`${id}\` has no port.`);
  if (found.interface !== undefined) return atInterface(group, found.interface, { ...common, port }, parts);
  switch (group.targetType) {
    case 'ip': {
      const { address } = found;
      if (address === undefined) return wrong(building, found, 'bad-address', `\`${id}\` is no IP address.`);
      const zone = zoneOf(group, found, parts);
      const named = { ...common, id: formatAddress(address), kind: 'address', address, port } as const;
      return zone === undefined ? named : { ...named, zone };
    }
    case 'alb':
      if (parts.balancers.has(id)) return { ...common, kind: 'load-balancer', port };
      return missing(building, group, found, 'load balancer', ['elbv2 describe-load-balancers']);
    case 'instance': {
      const instance = parts.instances.get(id);
      if (instance === undefined)
        return missing(building, group, found, 'instance', ['describe-instances', interfacesCall]);
      if (instance.state === 'terminated') return 'gone';
      const nic = primaryOf(building, instance, parts);
      if (nic === undefined) return { unread: interfacesCall, subject: id };
      return atInterface(group, nic.id, { ...common, port }, parts);
    }
  }
}

/** By its first address of the family in which the balancer speaks. */
function atInterface(
  { ipAddressType: family = 'ipv4' }: TargetGroupFinding,
  id: string,
  common: Omit<TargetFinding, 'address' | 'interface' | 'port'> & { readonly port: number },
  { interfaces }: TargetParts,
): Target | Unread {
  const own = interfaces.get(id)?.addresses.find(({ address }) => address.family === family);
  if (own === undefined) return { unread: interfacesCall, subject: common.id };
  return { ...common, kind: 'interface', id, address: own.address };
}

/** Whatever is registered by an instance's id goes to its primary interface (semantics 12.7). */
function primaryOf(
  building: Building,
  instance: Instance,
  { interfaces, primary, secondary }: TargetParts,
): NetworkInterface | undefined {
  const own = instance.interfaces.flatMap((id) => interfaces.get(id) ?? []);
  const first = own.filter(({ id }) => primary.has(id));
  if (first.length === 1) return first[0];
  const [only, ...others] = own;
  // The only one that is shown may be another than the first, where others may be there.
  return others.length === 0 && only !== undefined && !secondary.has(only.id) && wasRead(building, interfacesCall, only)
    ? only
    : undefined;
}

/** As the answer shows it; else the zone of the group's subnet that holds the address. */
function zoneOf(
  { vpc, account = '' }: TargetGroupFinding,
  { address, zone }: TargetFinding,
  parts: TargetParts,
): string | undefined {
  if (zone === 'all') return zone;
  const named = zone === undefined ? undefined : parts.zones.get(`${account} ${zone}`);
  if (named !== undefined || vpc === undefined || address === undefined) return named;
  return parts.subnets.get(vpc)?.find(({ cidrs }) => cidrs.some((cidr) => prefixContains(cidr, address)))?.zone;
}

/** What is registered and is not in the input: no error where AWS says that nothing is sent there any more. */
function missing(
  building: Building,
  group: TargetGroupFinding,
  { id, health, source }: TargetFinding,
  what: string,
  calls: readonly [string, ...string[]],
): 'gone' | Unread {
  const unread = calls.find((call) => !wasRead(building, call, group));
  if (unread !== undefined) return { unread, subject: id };
  if (health === 'draining' || health === 'unused') {
    const name = group.name ?? group.id;
    building.warnings.push(`The ${what} \`${id}\`, a target of \`${name}\`, is ${health} and not in the input.`);
  } else blameDangling(building, { ...group, source }, what, id, calls[0]);
  return 'gone';
}

function wrong(building: Building, { source }: TargetFinding, code: string, message: string): 'gone' {
  const hint = 'Compare it with what the AWS CLI prints for this call.';
  building.problems.push({ code, file: source.file, place: source.place, message, hint });
  return 'gone';
}
