/** Zones by their ids (`use1-az1`, `use1-bos1-az1`) or names (`us-east-1a`, `us-east-1-bos-1a`). */

const availabilityZone = /^(?:[a-z]+\d+-)?az\d+$|^[a-z]+(?:-[a-z]+)+-\d+[a-z]$/;

/** A Local or Wavelength Zone: it hangs on a parent zone, which no answer about subnets shows (semantics 7.31). */
export const isLocalZone = (zone: string): boolean => !availabilityZone.test(zone);
