/** Zones by their ids (`use1-az1`, `use1-bos1-az1`) or names (`us-east-1a`, `us-east-1-bos-1a`). */

const availabilityZone = /^(?:[a-z]+\d+-)?az\d+$|^[a-z]+(?:-[a-z]+)+-\d+[a-z]$/;

/** A Local or Wavelength Zone: it hangs on a parent zone, which no answer about subnets shows (semantics 7.31). */
export const isLocalZone = (zone: string): boolean => !availabilityZone.test(zone);

const zoneId = /^[a-z]+\d+-(?:[a-z]+\d+-)?az\d+$/;

/** AWS's id of a zone, the same in every account. */
export const isZoneId = (zone: string): boolean => zoneId.test(zone);

interface InZone {
  readonly zone: string;
  readonly account?: string;
}

/** What stands for the zone of something whose zone nobody tells: it may be any (`zone-of-aws_subnet.a`). */
export const untoldZone = (address: string): string => `zone-of-${address}`;

/** Somebody tells which zone it is. */
export const isZoneTold = (zone: string): boolean => zone !== '' && !zone.startsWith(untoldZone(''));

/** Whether two zones of one account may be one: nobody tells one of them, or one is told by its id and the other by its name. */
export const mayBeOneZone = (one: string, other: string): boolean =>
  one === other || !isZoneTold(one) || !isZoneTold(other) || isZoneId(one) !== isZoneId(other);

/** Whether it can be told that two places are in one zone: each account has its own names of zones (semantics 7.31). */
export const areComparable = (one: InZone, other: InZone): boolean =>
  (one.account === other.account &&
    ((one.zone !== '' && one.zone === other.zone) || !mayBeOneZone(one.zone, other.zone))) ||
  (isZoneId(one.zone) && isZoneId(other.zone));

/** A zone as it is told from those of all accounts: by its id, else by its name and the account that calls it so. */
export const zoneAmongAll = ({ zone, account }: InZone): string =>
  account === undefined || isZoneId(zone) ? zone : `${zone}${whose}${account}`;

const whose = ' of ';

const ownerOf = (zone: string): string | undefined => zone.split(whose)[1];

/** Whether two zones, so told, are known to be one or two: both are ids, or names that one account gives. */
export const areTold = (one: string, other: string): boolean =>
  one === other ||
  (isZoneTold(one) && isZoneTold(other) && isZoneId(one) === isZoneId(other) && ownerOf(one) === ownerOf(other));
