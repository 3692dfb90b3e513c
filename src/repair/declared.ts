/** Where what is edited is declared, and what to write there: the resource's address, and the block or attributes of it. */
import type { Edit, NamedPeer } from '../edit/index.ts';
import { formatPrefix } from '../net/prefix.ts';
import { isIcmp, protocolName } from '../net/protocol.ts';
import { type Network, resourcesOf } from '../network/network.ts';
import { type Provenance, type Resource, isUnread } from '../network/resource.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { DeclaredJson } from '../result/repair.ts';
import { type Candidate, peerOf, peerText, textOf, thingOf } from './candidate.ts';

/** One for each edit of something that a plan or a template declares. */
export const declaredAt = (network: Network, set: readonly Candidate[]): readonly DeclaredJson[] =>
  set.flatMap((one) => declarationOf(network, one) ?? []);

function declarationOf(network: Network, one: Candidate): DeclaredJson | undefined {
  const { edit } = one;
  const thing = thingOf(network, edit);
  if (thing?.declaredAs === undefined) return undefined;
  const terraform = /(?:^|\.)(?:aws|awscc)_\w+\./.test(thing.declaredAs);
  const part = partOf(network, edit);
  const at = part === undefined ? { address: thing.declaredAs } : placeOf(thing.declaredAs, part);
  const apart = at.address !== thing.declaredAs;
  return {
    address: at.address,
    file: part?.file ?? thing.source.file,
    says:
      (terraform ? terraformWords(network, edit, at.address, apart) : undefined) ??
      `so that it comes to: ${textOf(one)}`,
  };
}

/** Where the rule, route or entry was declared that goes or changes. */
function partOf(network: Network, edit: Edit): Provenance | undefined {
  switch (edit.kind) {
    case 'remove-rule':
    case 'change-rule': {
      const rules = network.securityGroups.get(edit.group)?.[edit.direction];
      if (rules === undefined || isUnread(rules)) return undefined;
      const text = `${trafficWords(edit.traffic)} ${peerText(edit.peer)}`;
      return rules.find(({ match, peer }) => `${trafficWords(match)} ${peerText(peerOf(peer))}` === text)?.source;
    }
    case 'remove-entry':
    case 'change-entry':
      return network.networkAcls.get(edit.acl)?.[edit.direction].find(({ number }) => number === edit.number)?.source;
    case 'remove-route':
    case 'set-route':
      return routesOf(network, edit.table).find(
        ({ destination, origin }) =>
          origin === 'static' && peerText(peerOf(destination)) === peerText(edit.destination),
      )?.source;
    case 'add-rule':
    case 'remove-rule-by-id':
    case 'add-entry':
    case 'associate-table':
    case 'associate-acl':
    case 'associate-edge':
    case 'change-groups':
    case 'add-address':
    case 'remove-address':
    case 'add-public-address':
    case 'remove-public-address':
    case 'set-source-dest-check':
    case 'add-interface':
    case 'add-interface-endpoint':
    case 'add-gateway-endpoint':
    case 'remove-endpoint':
    case 'add-firewall-rule':
    case 'insert-firewall-rule':
    case 'remove-firewall-rule':
    case 'add-domain':
    case 'remove-domain':
    case 'detach':
    case 'take-down':
      return undefined;
  }
}

function routesOf({ routeTables, transitGatewayRouteTables }: Network, table: string) {
  const transit = transitGatewayRouteTables.get(table)?.routes;
  return transit === undefined ? (routeTables.get(table)?.routes ?? []) : isUnread(transit) ? [] : transit;
}

/** The resource that declares the part: the thing itself, or one of its own. */
const placeOf = (thing: string, { place }: Provenance): { readonly address: string } => ({
  address: place.startsWith(`${thing}/`) ? thing : place.replace(/(?:\/[A-Z]\w*(?:\/\d+)*)+$/, ''),
});

const trafficWords = ({ protocol, ports, icmp }: TrafficMatch): string =>
  JSON.stringify([protocol, ports?.from, ports?.to, icmp?.type, icmp?.code]);

/** In the words of the AWS provider; undefined where no attribute of it is that. `address` is what declares it. */
function terraformWords(network: Network, edit: Edit, address: string, apart: boolean): string | undefined {
  switch (edit.kind) {
    case 'add-rule': {
      const rules = network.securityGroups.get(edit.group)?.[edit.direction];
      const beside =
        rules !== undefined && !isUnread(rules) && rules.some(({ source }) => isBeside(network, edit.group, source));
      const attributes = code(ruleAttributes(network, edit.traffic, edit.peer, beside));
      return beside
        ? `beside it a new \`aws_vpc_security_group_${edit.direction}_rule\`: ${attributes}`
        : `a new \`${edit.direction}\` block: ${attributes}`;
    }
    case 'remove-rule':
      return apart
        ? 'this rule goes'
        : `the \`${edit.direction}\` block goes with ${code(ruleAttributes(network, edit.traffic, edit.peer, false))}`;
    case 'change-rule': {
      const ofItsOwn = address.includes('aws_vpc_security_group_');
      const now = code(ruleAttributes(network, edit.newTraffic, edit.newPeer, ofItsOwn));
      return apart
        ? `it becomes ${now}`
        : `the \`${edit.direction}\` block with ${code(ruleAttributes(network, edit.traffic, edit.peer, false))} becomes ${now}`;
    }
    case 'remove-route':
      return apart ? 'this route goes' : `the \`route\` block for ${peerText(edit.destination)} goes`;
    case 'set-route': {
      if (network.transitGatewayRouteTables.has(edit.table)) return transitWords(network, edit, apart);
      const target = routeAttribute(network, edit.target);
      if (target === undefined) return undefined;
      if (apart) return `its target becomes ${code(target)}`;
      const there = partOf(network, edit) !== undefined;
      return there
        ? `the \`route\` block for ${peerText(edit.destination)} becomes ${code(target)}`
        : `a new route: ${code(`${destinationAttribute(edit.destination)}, ${target}`)}`;
    }
    case 'add-entry':
    case 'change-entry': {
      const { number, action, traffic, block, direction } = edit;
      const kind = direction === 'inbound' ? 'ingress' : 'egress';
      const cidr = `${block.family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block'} = "${formatPrefix(block)}"`;
      const [no, act] = apart ? ['rule_number', 'rule_action'] : ['rule_no', 'action'];
      const attributes = code(`${no} = ${number}, ${act} = "${action}", ${portAttributes(traffic)}, ${cidr}`);
      if (edit.kind === 'add-entry') return `a new \`${kind}\` block: ${attributes}`;
      return apart ? `it becomes ${attributes}` : `the \`${kind}\` block ${number} becomes ${attributes}`;
    }
    case 'remove-entry':
      return apart
        ? 'this entry goes'
        : `the \`${edit.direction === 'inbound' ? 'ingress' : 'egress'}\` block ${edit.number} goes`;
    case 'set-source-dest-check':
      return code(`source_dest_check = ${edit.check === 'on'}`);
    case 'associate-table':
      return `its \`aws_route_table_association\` gets ${code(`route_table_id = ${addressOf(network, edit.table)}`)}`;
    case 'remove-rule-by-id':
    case 'associate-acl':
    case 'associate-edge':
    case 'change-groups':
    case 'add-address':
    case 'remove-address':
    case 'add-public-address':
    case 'remove-public-address':
    case 'add-interface':
    case 'add-interface-endpoint':
    case 'add-gateway-endpoint':
    case 'remove-endpoint':
    case 'add-firewall-rule':
    case 'insert-firewall-rule':
    case 'remove-firewall-rule':
    case 'add-domain':
    case 'remove-domain':
    case 'detach':
    case 'take-down':
      return undefined;
  }
}

/** Each route of a transit gateway is a resource of its own. */
function transitWords(
  network: Network,
  { table, destination, target }: Extract<Edit, { kind: 'set-route' }>,
  apart: boolean,
): string {
  const drops = target === 'blackhole';
  const leads = drops ? 'blackhole = true' : `transit_gateway_attachment_id = ${addressOf(network, target)}`;
  if (apart)
    return drops
      ? `it gets ${code(leads)}, without \`transit_gateway_attachment_id\``
      : `it gets ${code(leads)}, without \`blackhole\``;
  const where = `destination_cidr_block = "${peerText(destination)}", transit_gateway_route_table_id = ${addressOf(network, table)}`;
  return `beside it a new \`aws_ec2_transit_gateway_route\`: ${code(`${where}, ${leads}`)}`;
}

const code = (text: string): string => `\`${text}\``;

function isBeside({ securityGroups }: Network, id: string, { place }: Provenance): boolean {
  const address = securityGroups.get(id)?.declaredAs;
  return address !== undefined && place !== address && !place.startsWith(`${address}/`);
}

const addressOf = (network: Network, id: string): string => {
  for (const one of resourcesOf(network) as Iterable<Resource>)
    if (one.id === id && one.declaredAs !== undefined) return `${one.declaredAs}.id`;
  return `"${id}"`;
};

function ruleAttributes(network: Network, traffic: TrafficMatch, peer: NamedPeer, apart: boolean): string {
  const said = portAttributes(traffic, apart);
  if (peer.kind === 'prefix') {
    const text = `"${formatPrefix(peer.prefix)}"`;
    const v6 = peer.prefix.family === 'ipv6';
    return `${said}, ${apart ? `cidr_ipv${v6 ? 6 : 4} = ${text}` : `${v6 ? 'ipv6_cidr_blocks' : 'cidr_blocks'} = [${text}]`}`;
  }
  const other = addressOf(network, peer.name);
  if (peer.name.startsWith('pl-'))
    return `${said}, ${apart ? `prefix_list_id = ${other}` : `prefix_list_ids = [${other}]`}`;
  return `${said}, ${apart ? `referenced_security_group_id = ${other}` : `security_groups = [${other}]`}`;
}

function portAttributes({ protocol, ports, icmp }: TrafficMatch, apart = false): string {
  const name = protocol === 'all' ? '-1' : protocolName(protocol);
  const key = apart ? 'ip_protocol' : 'protocol';
  const control = protocol !== 'all' && isIcmp(protocol);
  const [from, to] = control
    ? [icmp?.type ?? -1, icmp?.code ?? -1]
    : protocol === 'all'
      ? [0, 0]
      : [ports?.from ?? 0, ports?.to ?? 65_535];
  return protocol === 'all' && apart ? `${key} = "-1"` : `${key} = "${name}", from_port = ${from}, to_port = ${to}`;
}

const destinationAttribute = (destination: NamedPeer): string =>
  destination.kind === 'named'
    ? `destination_prefix_list_id = "${destination.name}"`
    : `${destination.prefix.family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block'} = "${formatPrefix(destination.prefix)}"`;

function routeAttribute(network: Network, target: string): string | undefined {
  const key = network.natGateways.has(target)
    ? 'nat_gateway_id'
    : network.endpoints.has(target)
      ? 'vpc_endpoint_id'
      : network.internetGateways.has(target) || network.vpnGateways.has(target)
        ? 'gateway_id'
        : network.egressOnlyInternetGateways.has(target)
          ? 'egress_only_gateway_id'
          : network.vpcPeerings.has(target)
            ? 'vpc_peering_connection_id'
            : target.startsWith('tgw-')
              ? 'transit_gateway_id'
              : undefined;
  return target === 'local'
    ? 'gateway_id = "local"'
    : key === undefined
      ? undefined
      : `${key} = ${addressOf(network, target)}`;
}
