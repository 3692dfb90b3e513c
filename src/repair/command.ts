/** Edits as commands of the AWS CLI, where one says just that; each is to be run in the Region and account of what it names. */
import { type Prefix, formatPrefix } from '../net/prefix.ts';
import { isIcmp, protocolName } from '../net/protocol.ts';
import type { Edit, NamedPeer } from '../edit/index.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import { awsIdOf } from '../network/transit-gateway.ts';
import { type Candidate, peerOf, peerText, thingOf } from './candidate.ts';

/** All of them, in their order; undefined where one of them has none, or edits what is declared and would come back. */
export function commandsOf(network: Network, set: readonly Candidate[]): readonly string[] | undefined {
  if (set.some(({ edit }) => thingOf(network, edit)?.declaredAs !== undefined)) return undefined;
  const all = set.map(({ edit }) => commandOf(network, edit));
  return all.includes(undefined) ? undefined : all.flatMap((one) => one ?? []);
}

/** What AWS calls things; in a plan there are names that nothing has in AWS. */
const isId = (...texts: readonly string[]): boolean =>
  texts.every((text) => /^[a-z]+(?:-[a-z]+)*-[0-9a-z]+$/.test(text));

type Words = readonly string[] | undefined;

function commandOf(network: Network, edit: Edit): Words {
  switch (edit.kind) {
    case 'add-rule':
      return permission(network, 'authorize', edit, edit.traffic, edit.peer);
    case 'remove-rule':
      return permission(network, 'revoke', edit, edit.traffic, edit.peer);
    case 'change-rule':
      return changed(network, edit);
    case 'set-route':
      return network.transitGatewayRouteTables.has(edit.table) ? transitRoute(network, edit) : route(network, edit);
    case 'remove-route': {
      const { table, destination } = edit;
      if (network.transitGatewayRouteTables.has(table)) return transitRoute(network, edit);
      return isId(table)
        ? [`aws ec2 delete-route --route-table-id ${table} ${destinationOption(destination)}`]
        : undefined;
    }
    case 'add-entry':
    case 'change-entry': {
      const { acl, action, block } = edit;
      if (!isId(acl)) return undefined;
      const verb = edit.kind === 'add-entry' ? 'create' : 'replace';
      return [
        `aws ec2 ${verb}-network-acl-entry ${entryOptions(edit)} ${protocolOptions(edit.traffic, block)} --${block.family === 'ipv4' ? '' : 'ipv6-'}cidr-block ${formatPrefix(block)} --rule-action ${action}`,
      ];
    }
    case 'remove-entry':
      return isId(edit.acl) ? [`aws ec2 delete-network-acl-entry ${entryOptions(edit)}`] : undefined;
    case 'associate-table':
      return isId(edit.subnet, edit.table) ? [associated(network, edit)] : undefined;
    case 'change-groups': {
      const nic = network.interfaces.get(edit.interface);
      if (nic === undefined || edit.change !== 'remove' || !isId(nic.id)) return undefined;
      const left = nic.groups.filter((id) => id !== edit.groups);
      return [`aws ec2 modify-network-interface-attribute --network-interface-id ${nic.id} --groups ${left.join(' ')}`];
    }
    case 'set-source-dest-check': {
      const option = edit.check === 'on' ? '--source-dest-check' : '--no-source-dest-check';
      return isId(edit.interface)
        ? [`aws ec2 modify-network-interface-attribute --network-interface-id ${edit.interface} ${option}`]
        : undefined;
    }
    case 'detach':
      return detached(network, edit.gateway);
    case 'remove-endpoint':
      return isId(edit.endpoint) ? [`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${edit.endpoint}`] : undefined;
    case 'remove-rule-by-id':
    case 'associate-acl':
    case 'associate-edge':
    case 'add-address':
    case 'remove-address':
    case 'add-public-address':
    case 'remove-public-address':
    case 'add-interface':
    case 'add-interface-endpoint':
    case 'add-gateway-endpoint':
    case 'add-firewall-rule':
    case 'insert-firewall-rule':
    case 'remove-firewall-rule':
    case 'add-domain':
    case 'remove-domain':
    case 'take-down':
      return undefined;
  }
}

interface OfGroup {
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
}

function permission(
  network: Network,
  verb: 'authorize' | 'revoke',
  { group, direction }: OfGroup,
  traffic: TrafficMatch,
  peer: NamedPeer,
): Words {
  const of = peerOption(peer);
  if (!isId(group) || of === undefined || !isOwn(network, group, peer)) return undefined;
  return [
    `aws ec2 ${verb}-security-group-${direction} --group-id ${group} --ip-permissions '${[...ports(traffic), of].join(',')}'`,
  ];
}

/** Groups of another account are named with it, which not every input tells. */
const isOwn = ({ securityGroups }: Network, group: string, peer: NamedPeer): boolean =>
  peer.kind === 'prefix' ||
  !peer.name.startsWith('sg-') ||
  securityGroups.get(peer.name)?.account === securityGroups.get(group)?.account;

function ports({ protocol, ports: range, icmp }: TrafficMatch): readonly string[] {
  const name = protocol === 'all' ? '-1' : protocolName(protocol);
  if (icmp !== undefined) return [`IpProtocol=${name}`, `FromPort=${icmp.type}`, `ToPort=${icmp.code ?? -1}`];
  if (protocol !== 'all' && isIcmp(protocol)) return [`IpProtocol=${name}`, 'FromPort=-1', 'ToPort=-1'];
  const every = protocol === 6 || protocol === 17 ? { from: 0, to: 65_535 } : undefined;
  const told = range ?? every;
  return [`IpProtocol=${name}`, ...(told === undefined ? [] : [`FromPort=${told.from}`, `ToPort=${told.to}`])];
}

function peerOption(peer: NamedPeer): string | undefined {
  if (peer.kind === 'prefix')
    return peer.prefix.family === 'ipv4'
      ? `IpRanges=[{CidrIp=${formatPrefix(peer.prefix)}}]`
      : `Ipv6Ranges=[{CidrIpv6=${formatPrefix(peer.prefix)}}]`;
  if (!isId(peer.name)) return undefined;
  return peer.name.startsWith('pl-')
    ? `PrefixListIds=[{PrefixListId=${peer.name}}]`
    : `UserIdGroupPairs=[{GroupId=${peer.name}}]`;
}

/** A rule with an id is changed in one command; of others the new one is made first, so that nothing is cut off between. */
function changed(network: Network, edit: Extract<Edit, { kind: 'change-rule' }>): Words {
  const add = permission(network, 'authorize', edit, edit.newTraffic, edit.newPeer);
  const remove = permission(network, 'revoke', edit, edit.traffic, edit.peer);
  return add === undefined || remove === undefined || !isRead(network, edit) ? undefined : [...add, ...remove];
}

const isRead = ({ securityGroups }: Network, { group, direction }: OfGroup): boolean => {
  const rules = securityGroups.get(group)?.[direction];
  return rules !== undefined && !isUnread(rules);
};

const destinationOption = (destination: NamedPeer): string =>
  destination.kind === 'named'
    ? `--destination-prefix-list-id ${destination.name}`
    : `--destination-${destination.prefix.family === 'ipv4' ? '' : 'ipv6-'}cidr-block ${formatPrefix(destination.prefix)}`;

function route(network: Network, { table, destination, target }: Extract<Edit, { kind: 'set-route' }>): Words {
  const found = network.routeTables.get(table);
  const option = targetOption(network, target);
  if (found === undefined || option === undefined || !isId(table)) return undefined;
  const text = peerText(destination);
  const there = found.routes.some(
    ({ destination: one, origin }) => (origin === 'static' || origin === 'local') && peerText(peerOf(one)) === text,
  );
  return [
    `aws ec2 ${there ? 'replace' : 'create'}-route --route-table-id ${table} ${destinationOption(destination)} ${option}`,
  ];
}

function transitRoute(network: Network, edit: Extract<Edit, { kind: 'set-route' | 'remove-route' }>): Words {
  const { table, destination } = edit;
  if (destination.kind !== 'prefix' || !isId(table)) return undefined;
  const block = formatPrefix(destination.prefix);
  const options = `--transit-gateway-route-table-id ${table} --destination-cidr-block ${block}`;
  if (edit.kind === 'remove-route') return [`aws ec2 delete-transit-gateway-route ${options}`];
  const attachment = edit.target === 'blackhole' ? undefined : awsIdOf(edit.target);
  if (attachment !== undefined && !isId(attachment)) return undefined;
  const routes = network.transitGatewayRouteTables.get(table)?.routes ?? [];
  const there =
    !isUnread(routes) &&
    routes.some(({ destination: one, origin }) => origin === 'static' && peerText(peerOf(one)) === block);
  const target = attachment === undefined ? '--blackhole' : `--transit-gateway-attachment-id ${attachment}`;
  return [`aws ec2 ${there ? 'replace' : 'create'}-transit-gateway-route ${options} ${target}`];
}

function targetOption(network: Network, target: string): string | undefined {
  if (target === 'local') return '--local-target';
  if (!isId(target)) return undefined;
  if (network.natGateways.has(target)) return `--nat-gateway-id ${target}`;
  if (network.endpoints.has(target)) return `--vpc-endpoint-id ${target}`;
  if (network.vpcPeerings.has(target)) return `--vpc-peering-connection-id ${target}`;
  if (network.egressOnlyInternetGateways.has(target)) return `--egress-only-internet-gateway-id ${target}`;
  if (network.internetGateways.has(target) || network.vpnGateways.has(target)) return `--gateway-id ${target}`;
  if (target.startsWith('tgw-')) return `--transit-gateway-id ${target}`;
  return target.startsWith('pcx-') ? `--vpc-peering-connection-id ${target}` : undefined;
}

/**
 * A subnet that goes by its VPC's main table is associated with one, any other's association is replaced; its id, which
 * stands in no network, is looked up.
 */
function associated(network: Network, { subnet, table }: Extract<Edit, { kind: 'associate-table' }>): string {
  const now = network.subnets.get(subnet)?.routeTable;
  const main = typeof now === 'string' && network.routeTables.get(now)?.main === true;
  if (main) return `aws ec2 associate-route-table --subnet-id ${subnet} --route-table-id ${table}`;
  const query = `--filters Name=association.subnet-id,Values=${subnet} --query "RouteTables[].Associations[?SubnetId=='${subnet}'].RouteTableAssociationId[]" --output text`;
  return `aws ec2 replace-route-table-association --association-id "$(aws ec2 describe-route-tables ${query})" --route-table-id ${table}`;
}

const entryOptions = ({
  acl,
  direction,
  number,
}: {
  readonly acl: string;
  readonly direction: 'inbound' | 'outbound';
  readonly number: number;
}): string => `--network-acl-id ${acl} --${direction === 'inbound' ? 'ingress' : 'egress'} --rule-number ${number}`;

function protocolOptions({ protocol, ports: range, icmp }: TrafficMatch, { family }: Prefix): string {
  const number = protocol === 'all' ? '-1' : String(protocol);
  const told = range ?? (protocol === 6 || protocol === 17 ? { from: 0, to: 65_535 } : undefined);
  const isControl = protocol === (family === 'ipv4' ? 1 : 58);
  const types = isControl ? ` --icmp-type-code Type=${icmp?.type ?? -1},Code=${icmp?.code ?? -1}` : '';
  return `--protocol ${number}${told === undefined ? '' : ` --port-range From=${told.from},To=${told.to}`}${types}`;
}

function detached(network: Network, id: string): Words {
  if (!isId(id)) return undefined;
  const vpc = network.internetGateways.get(id)?.vpc ?? network.vpnGateways.get(id)?.vpc;
  if (network.internetGateways.has(id) && vpc !== undefined)
    return [`aws ec2 detach-internet-gateway --internet-gateway-id ${id} --vpc-id ${vpc}`];
  if (network.vpnGateways.has(id) && vpc !== undefined)
    return [`aws ec2 detach-vpn-gateway --vpn-gateway-id ${id} --vpc-id ${vpc}`];
  if (network.egressOnlyInternetGateways.has(id))
    return [`aws ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id ${id}`];
  if (network.vpcPeerings.has(id)) return [`aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${id}`];
  const attachment = network.transitGatewayAttachments.get(id);
  return attachment?.behind.kind === 'vpc' && attachment.kind === 'transit-gateway-attachment'
    ? [`aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${id}`]
    : undefined;
}
