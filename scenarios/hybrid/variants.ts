/** The plant and its lines with one thing gone wrong. */
import { propagate, setTransitRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'default-route-for-the-lines',
    fault: "The lines' table got a default route to the egress VPC, as the plant's has one.",
    edit: (network) => setTransitRoute(network, 'lines', '0.0.0.0/0', 'egress'),
  },
  {
    name: 'branch-tunnels-down',
    fault: 'Both tunnels of the branch office were down when the network was read.',
    edit(network) {
      for (const tunnel of named(network.VpnConnections!, 'branch').VgwTelemetry!) {
        tunnel.Status = 'DOWN';
        tunnel.StatusMessage = 'IPSEC IS DOWN';
      }
    },
  },
  {
    name: 'supernet-from-the-data-centre',
    fault:
      "The data centre announces 10.0.0.0/8 besides its own block, since its network plan says that it is one's own.",
    edit(network) {
      for (const table of ['plant', 'lab']) propagate(network, table, 'data-centre', '10.0.0.0/8');
    },
  },
  {
    name: 'database-migration',
    fault: "For a migration the databases' group admits the data centre's block.",
    edit(network) {
      const { IpPermissions } = named(network.SecurityGroups, 'db');
      IpPermissions![0]!.IpRanges!.push({ CidrIp: '172.24.0.0/16', Description: 'migration, remove by Friday' });
    },
  },
  {
    name: 'plant-not-announced',
    fault: "The Direct Connect gateway was associated anew, and the plant's block was forgotten among what it allows.",
    edit(network) {
      const [association] = network.directConnectGatewayAssociations!;
      association!.allowedPrefixesToDirectConnectGateway = [{ cidr: '10.102.0.0/16' }];
    },
  },
];
