/** Gateways, public addresses and source/destination checks as candidates. */
import { type Address, sameAddress } from '../net/address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { serviceShortName } from '../network/endpoint.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, candidate } from './candidate.ts';
import type { Step } from './step.ts';

/** The way by the gateway is closed: by taking it away, or the address by which it is used. */
export function closingGateway(network: Network, step: Step, question: Question): readonly Candidate[] {
  switch (step.kind) {
    case 'internet-gateway':
      return [
        ...holdersOf(network, step.after.src, step.before.dst).map(({ nic, address }) =>
          candidate({ kind: 'remove-public-address', interface: nic.id, address }, 0.25),
        ),
        ...edges(network, step.resource, question),
        ...detached(network.internetGateways, step.resource, 0.9),
      ];
    case 'egress-only-internet-gateway':
      return detached(network.egressOnlyInternetGateways, step.resource, 0.8);
    case 'vpc-peering':
      return detached(network.vpcPeerings, step.resource, 0.8);
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
      return detached(network.transitGatewayAttachments, step.resource, 0.8);
    case 'vpn-gateway':
      return detached(network.vpnGateways, step.resource, 0.8);
    case 'gateway-endpoint':
      return network.endpoints.has(step.resource)
        ? [candidate({ kind: 'remove-endpoint', endpoint: step.resource }, 0.85)]
        : [];
    case 'network-interface':
    case 'instance':
    case 'source-dest-check':
      return network.interfaces.get(step.resource)?.sourceDestCheck === false
        ? [candidate({ kind: 'set-source-dest-check', interface: step.resource, check: 'on' }, 0.15)]
        : [];
    default:
      return [];
  }
}

const detached = (all: ReadonlyMap<string, unknown>, id: string, weight: number): readonly Candidate[] =>
  all.has(id) ? [candidate({ kind: 'detach', gateway: id }, weight)] : [];

/** Hosts with one of these public addresses. */
function holdersOf(
  { interfaces }: Network,
  ...outside: readonly Address[]
): readonly { readonly nic: NetworkInterface; readonly address: Address }[] {
  return [...interfaces.values()].flatMap((nic) =>
    nic.addresses.flatMap(({ publicIp }) =>
      publicIp !== undefined && outside.some((one) => sameAddress(one, publicIp)) ? [{ nic, address: publicIp }] : [],
    ),
  );
}

/** A table at the gateway's edge by which packets come to what they are meant to cross. */
function edges(network: Network, id: string, { via, viaBoth, except }: Question): readonly Candidate[] {
  const gateway = network.internetGateways.get(id);
  const ids = new Set([...via, ...viaBoth, ...except.flatMap((one) => one.via ?? [])].flatMap((one) => [...one.ids]));
  if (gateway === undefined || ids.size === 0) return [];
  const used = new Set([...network.subnets.values()].map(({ routeTable }) => routeTable));
  return [...network.routeTables.values()].flatMap((table) =>
    table.vpc === gateway.vpc &&
    table.id !== gateway.routeTable &&
    !used.has(table.id) &&
    table.routes.some(({ target }) => 'id' in target && ids.has(target.id))
      ? [candidate({ kind: 'associate-edge', gateway: id, table: table.id }, 0.2)]
      : [],
  );
}

/** What the packet needs at the step that drops it, besides rules and routes. */
export function openingGateway(network: Network, step: Step, question: Question): readonly Candidate[] {
  switch (step.kind) {
    case 'internet-gateway':
      return [
        ...sendersOf(network, step.after.src).flatMap((nic) =>
          nic.addresses.some(({ publicIp }) => publicIp !== undefined)
            ? []
            : [candidate({ kind: 'add-public-address', interface: nic.id, address: 'any' }, 0.1)],
        ),
        ...edges(network, step.resource, question),
      ];
    case 'source-dest-check':
    case 'network-interface':
    case 'instance':
      return network.interfaces.get(step.resource)?.sourceDestCheck === true
        ? [candidate({ kind: 'set-source-dest-check', interface: step.resource, check: 'off' }, 0.3)]
        : [];
    default:
      return [];
  }
}

const sendersOf = ({ interfaces }: Network, address: Address): readonly NetworkInterface[] =>
  [...interfaces.values()].filter(
    ({ role, addresses }) =>
      role === 'host' && addresses.some((one) => one.address.family === 'ipv4' && sameAddress(one.address, address)),
  );

/** From outside nothing comes to a host without a public address. */
export function publishing(network: Network, { from, to, families }: Question): readonly Candidate[] {
  if (!from.members.some(({ kind }) => kind === 'internet') || !families.includes('ipv4')) return [];
  return to.members.slice(0, 4).flatMap((member) => {
    const nic = member.kind === 'interface' ? network.interfaces.get(member.id) : undefined;
    return nic?.role === 'host' && nic.addresses.every(({ publicIp }) => publicIp === undefined)
      ? [candidate({ kind: 'add-public-address', interface: nic.id, address: 'any' }, 0.2)]
      : [];
  });
}

const byGateway: ReadonlySet<string> = new Set(['s3', 'dynamodb']);

/** An endpoint of the service asked for, in the sender's VPC. */
export function endpoints(network: Network, { to }: Question, sender: string): readonly Candidate[] {
  const nic = network.interfaces.get(sender);
  const subnet = nic && network.subnets.get(nic.subnet);
  if (nic === undefined || subnet === undefined) return [];
  return to.members.flatMap((member) => {
    if (member.kind !== 'service') return [];
    const service = serviceShortName(member.name);
    const table = typeof subnet.routeTable === 'string' ? subnet.routeTable : undefined;
    return [
      ...(table !== undefined && byGateway.has(service)
        ? [candidate({ kind: 'add-gateway-endpoint', vpc: nic.vpc, service, tables: table }, 0.3)]
        : []),
      candidate({ kind: 'add-interface-endpoint', vpc: nic.vpc, service, subnets: nic.subnet }, 0.4),
    ];
  });
}
