/** Interfaces that AWS puts into subnets for a service: of endpoints, load balancers, resolver endpoints (semantics 1.20). */
import { present } from '../../base/present.ts';
import type { Address, Family } from '../../net/address.ts';
import type { PendingAddresses } from '../../network/build/interface-finding.ts';
import { groupType, subnetType, vpcType } from './kinds.ts';
import { addInterface, type NewInterface } from './new-interface.ts';
import { candidatesOf, idOf, type Listed, references } from './property.ts';
import { type At, note, type Reading } from './reading.ts';
import { subnetFacts } from './subnet-facts.ts';
import type { Unknown } from './value.ts';

/** What AWS says of the interface. */
export type Service = Pick<NewInterface, 'interfaceType' | 'description' | 'groups' | 'denyAllIgwTraffic'>;

/** Where one stands: which addresses it has, and how many AWS will pick. */
export interface Standing {
  readonly subnet: string;
  readonly addresses?: readonly Address[];
  /** Of the first IPv4 address, where it is known already. */
  readonly publicIp?: Address;
  readonly pending: PendingAddresses;
  /** It is not known whether it stands there. */
  readonly perhaps?: boolean;
  /** What tells it from another of the same maker's in the subnet: `/1` is the second one. */
  readonly beside?: string;
  /** Whose it is, where that is not the resource itself. */
  readonly of?: string;
}

/**
 * The interface's id: that of the one that runs, or `ENDPOINT/SUBNET`. Undefined where nothing tells of its subnet. Several
 * that run and are not told apart (nodes of a load balancer that has grown) are all alike.
 */
export function standIn(at: At, service: Service, where: Standing): string | undefined {
  const { subnet, addresses = [], publicIp, pending, perhaps = false, beside = '' } = where;
  const runs = at.in.around.serviceInterfaces.get(`${where.of ?? at.of.id} ${subnet}`) ?? [];
  const nth = /^\/(\d+)$/.exec(beside)?.[1];
  const own = nth === undefined ? (beside === '' ? runs : []) : runs.slice(Number(nth), Number(nth) + 1);
  const ids = own.length > 0 ? own : [`${at.of.id}/${subnet}${beside}`];
  const first = addresses.findIndex(({ family }) => family === 'ipv4');
  const made = ids.map((id) =>
    addInterface(at, {
      ...service,
      ...pending,
      id,
      subnet,
      addresses: addresses.map((address, i) => ({
        address,
        ...present({ publicIp: i === first ? publicIp : undefined }),
      })),
      requesterManaged: true,
      uncertain: perhaps,
    }),
  );
  return made[0] === true ? ids[0] : undefined;
}

/** The groups of a property: those of the VPC by default, or none at all, where none is told. */
export function groupsOf(at: At, key: string, otherwise: 'default' | 'none'): NewInterface['groups'] {
  const told = references(at, key, groupType);
  if (told.known.length + told.unknown.length > 0) return told;
  return otherwise === 'none' ? 'none' : undefined;
}

/** The subnets that unknown elements of a list may be: their candidates, or all of the VPC. */
export function subnetsLike(at: At, { known, unknown }: Listed<string>, vpc: string | undefined): readonly string[] {
  const all = unknown.flatMap((one) => {
    const candidates = candidatesOf(at, one);
    return candidates.length > 0 ? candidates : subnetsOfVpc(at.in, vpc);
  });
  return [...new Set(all)].filter((id) => !known.includes(id));
}

const subnetsOfVpc = (reading: Reading, vpc: string | undefined): readonly string[] => [
  ...(reading.byType.get(subnetType) ?? []).flatMap((one) => {
    const around = idOf(one, 'VpcId', vpcType);
    return vpc === undefined || typeof around !== 'string' || around === vpc ? [one.of.id] : [];
  }),
  ...[...reading.around.subnets].flatMap(([id, subnet]) =>
    !reading.byId.has(id) && (vpc === undefined || subnet.vpc === vpc) ? [id] : [],
  ),
];

export const sayUnknown = (at: At, key: string, unknown: readonly Unknown[]): void => {
  for (const one of unknown) note(at, key, one, 'it may have an interface in each subnet that it could name');
};

/** In which VPC a subnet is, as far as that is told. */
export const vpcOfSubnet = (reading: Reading, subnet: string): string | undefined => subnetFacts(reading, subnet)?.vpc;

/** Of which families a subnet has addresses. */
export function familiesOfSubnet(reading: Reading, subnet: string): Readonly<Record<Family, boolean>> {
  const blocks = subnetFacts(reading, subnet)?.cidrs ?? [];
  const has = (family: Family): boolean => blocks.some((block) => block.family === family);
  return { ipv4: has('ipv4'), ipv6: has('ipv6') };
}
