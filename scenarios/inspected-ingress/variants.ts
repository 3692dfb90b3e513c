/** Inspected ingress with one thing gone wrong. */
import { removeRoute, setRoute } from '../change.ts';
import type { Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'edge-route-missing',
    fault: 'The edge table has no route for the subnet of zone b: the local route delivers past the firewall.',
    edit: (network) => removeRoute(network, 'edge', '10.40.2.0/24'),
  },
  {
    name: 'direct-way-out',
    fault: 'The table of zone b leads straight to the internet gateway; what comes in is still inspected.',
    edit: (network) =>
      setRoute(network, 'web-b', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0ed9e000000000001' }),
  },
  {
    name: 'crossed-zones',
    fault: 'The table of zone b leads to the firewall endpoint of zone a: two endpoints each see half of every flow.',
    edit: (network) =>
      setRoute(network, 'web-b', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-0f12e00000000000a' }),
  },
];
