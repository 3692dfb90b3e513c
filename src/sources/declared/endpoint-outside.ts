/** Subnets that a declaration adds to VPC endpoints that exist already: an interface in each, like the others (semantics 9.11). */
import { endpointType, subnetType } from './kinds.ts';
import { append } from './outside.ts';
import { idOf } from './property.ts';
import { isThere, note, type Reading } from './reading.ts';
import { aroundOutside } from './satellite.ts';
import { familiesOfSubnet, standIn, subnetsLike } from './service-interface.ts';
import { endpointSubnetAssociation } from './types.ts';
import { Unknown } from './value.ts';

export function endpointsOutside(reading: Reading): void {
  const { around, outside } = reading;
  for (const [endpoint, all, possible] of aroundOutside(
    reading,
    endpointSubnetAssociation,
    'VpcEndpointId',
    endpointType,
  )) {
    const runs = around.endpoints.get(endpoint);
    // A gateway endpoint, or that of a firewall, stands in no subnet that is added.
    if (runs === undefined || !runs.inSubnets) continue;
    const groups = { known: runs.groups ?? [], unknown: runs.groups ? [] : [new Unknown('no other has any')] };
    for (const at of [...all, ...possible]) {
      const told = idOf(at, 'SubnetId', subnetType);
      if (told instanceof Unknown) note(at, 'SubnetId', told, 'it may be any of the VPC of the endpoint');
      const subnets =
        told instanceof Unknown ? subnetsLike(at, { known: [], unknown: [told] }, runs.vpc) : told ? [told] : [];
      for (const subnet of subnets) {
        const has = familiesOfSubnet(reading, subnet);
        const made = standIn(
          at,
          {
            interfaceType: 'vpc_endpoint',
            description: `an interface of ${at.of.address}`,
            groups,
            denyAllIgwTraffic: runs.ipv6,
          },
          {
            subnet,
            of: endpoint,
            perhaps: told instanceof Unknown || possible.includes(at) || !isThere(at),
            pending: { ipv4: runs.ipv4 && has.ipv4 ? 1 : 0, ipv6: runs.ipv6 && has.ipv6 ? 1 : 0, public: false },
          },
        );
        if (made !== undefined) append(outside.endpointInterfaces, endpoint, made);
      }
    }
  }
}
