/**
 * The edit language: one form a kind of edit. From this table come the reader and the writer of its text, the keys of
 * its mapping in YAML, and the schema.
 */
import type { Edit, EditKind, EditOf } from './edit.ts';
import {
  type Field,
  address,
  addressesOrAny,
  addressOr,
  block,
  choice,
  number,
  peer,
  rest,
  ruleName,
  selector,
  selectorOrZone,
  traffic,
  word,
} from './field.ts';

/** `line` names each field once; what stands in brackets may be left out, and such clauses stand in any order. */
interface Form<E> {
  readonly line: string;
  readonly says: string;
  readonly fields: { readonly [K in Exclude<keyof E, 'kind'>]-?: Field<NonNullable<E[K]>> };
}

const group = selector('GROUP', 'security groups');
const direction = choice('DIRECTION', '`ingress` or `egress`', 'ingress', 'egress');
const ofPeer = peer('PEER', 'an address or CIDR block, a prefix list, a security group');
const table = selector('TABLE', 'route tables of VPCs, or of transit gateways');
const destination = peer('DESTINATION', 'a CIDR block or a prefix list');
const acl = {
  acl: selector('ACL', 'network ACLs'),
  direction: choice('DIRECTION', '`inbound` or `outbound`', 'inbound', 'outbound'),
  number: number('NUMBER', 'the number of an entry, 1 to 32766', 1, 32_766),
};
const entry = {
  ...acl,
  action: choice('ACTION', '`allow` or `deny`', 'allow', 'deny'),
  traffic,
  block,
};
const subnet = selector('SUBNET', 'subnets');
const nic = selector('INTERFACE', 'an interface, or an instance that has one');
const onOff = choice('SWITCH', '`on` or `off`', 'on', 'off');
const newGroups = selector('GROUPS', 'security groups, with commas between them');
const vpc = selector('VPC', 'a VPC');
const service = word('SERVICE', 'the name of an AWS service', /^[a-z0-9][a-z0-9.-]*$/, 'bedrock-runtime');
const newId = (kind: string) => word('ID', 'an id that nothing has', /^[A-Za-z0-9][\w.-]*$/, `${kind}-new`);
const ruleGroup = selector('RULE-GROUP', 'a stateful rule group of Network Firewall');
const ruleText = rest('SURICATA', 'a rule of Suricata');
const domain = word(
  'DOMAIN',
  'a domain, with a dot before it for all below it as well',
  /^\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i,
  '.example.com',
);

export const forms: { readonly [K in EditKind]: Form<EditOf<K>> } = {
  'add-rule': {
    line: '{group} {direction} add {traffic} {peer}',
    says: 'a rule of a security group',
    fields: { group, direction, traffic, peer: ofPeer },
  },
  'remove-rule': {
    line: '{group} {direction} remove {traffic} {peer}',
    says: 'the rule goes that says exactly this',
    fields: { group, direction, traffic, peer: ofPeer },
  },
  'remove-rule-by-id': {
    line: '{group} {direction} remove {rule}',
    says: 'the same by its id `sgr-…`, or the number by which answers call it',
    fields: { group, direction, rule: word('RULE', 'the id or number of a rule', /^(?:sgr-\w+|\d+)$/, 'sgr-0abc') },
  },
  'change-rule': {
    line: '{group} {direction} change {traffic} {peer} -> {newTraffic} {newPeer}',
    says: 'one rule in the place of another',
    fields: { group, direction, traffic, peer: ofPeer, newTraffic: traffic, newPeer: ofPeer },
  },
  'set-route': {
    line: '{table} route {destination} -> {target}',
    says: 'a static route, of a transit gateway too; one for the same destination gets the new target',
    fields: {
      table,
      destination,
      target: selector(
        'TARGET',
        '`local`, or what the route leads to: a gateway, an endpoint, an interface, …; at a transit gateway an attachment, or `blackhole`',
      ),
    },
  },
  'remove-route': {
    line: '{table} route remove {destination}',
    says: 'the static route for the destination goes',
    fields: { table, destination },
  },
  'add-entry': {
    line: '{acl} {direction} add {number} {action} {traffic} {block}',
    says: 'an entry of a network ACL',
    fields: entry,
  },
  'change-entry': {
    line: '{acl} {direction} change {number} {action} {traffic} {block}',
    says: 'another entry under the number',
    fields: entry,
  },
  'remove-entry': {
    line: '{acl} {direction} remove {number}',
    says: 'the entry of that number goes',
    fields: acl,
  },
  'associate-table': {
    line: '{subnet} table {table}',
    says: 'the subnet uses this route table; with `main`, its association goes, and it follows the main table',
    fields: { subnet, table: selector('TABLE|main', 'a route table, or `main`') },
  },
  'associate-acl': {
    line: '{subnet} acl {acl}',
    says: "the subnet uses this network ACL; `default` is the VPC's default one",
    fields: { subnet, acl: selector('ACL|default', 'a network ACL, or `default`') },
  },
  'associate-edge': {
    line: '{gateway} edge {table}',
    says: 'the route table at the edge of an internet or virtual private gateway; `none` takes it away',
    fields: {
      gateway: selector('GATEWAY', 'internet or virtual private gateways'),
      table: selector('TABLE|none', 'a route table, or `none`'),
    },
  },
  'change-groups': {
    line: '{interface} groups {change} {groups}',
    says: 'the security groups of interfaces, or of an instance, interface endpoint or load balancer',
    fields: {
      interface: selector('INTERFACE', 'interfaces, instances, interface endpoints, load balancers'),
      change: choice('CHANGE', '`set`, `add` or `remove`', 'set', 'add', 'remove'),
      groups: newGroups,
    },
  },
  'add-address': {
    line: '{interface} address add {address}',
    says: 'one more private or IPv6 address',
    fields: { interface: nic, address },
  },
  'remove-address': {
    line: '{interface} address remove {address}',
    says: 'a private or IPv6 address goes, and the public address on it',
    fields: { interface: nic, address },
  },
  'add-public-address': {
    line: '{interface} public add {address} [on {on}]',
    says: 'a public address is associated with the primary private address, or with the one named',
    fields: {
      interface: nic,
      address: addressOr('a public IPv4 address, or `any`: whichever AWS would assign', 'any'),
      on: address,
    },
  },
  'remove-public-address': {
    line: '{interface} public remove {address}',
    says: 'public addresses are disassociated',
    fields: {
      interface: selector('INTERFACE', 'interfaces and instances'),
      address: addressOr('one of its public addresses, or `all`', 'all'),
    },
  },
  'set-source-dest-check': {
    line: '{interface} check {check}',
    says: 'the source/destination check',
    fields: { interface: selector('INTERFACE', 'interfaces and instances'), check: onOff },
  },
  'add-interface': {
    line: '{subnet} add interface {addresses} [groups {groups}] [public {public}] [check {check}] [as {id}]',
    says: 'a host: with the default group, and a public address as the subnet assigns one, unless told',
    fields: {
      subnet: selector('SUBNET', 'a subnet'),
      addresses: addressesOrAny,
      groups: newGroups,
      public: addressOr('a public IPv4 address, `any` or `none`', 'any', 'none'),
      check: onOff,
      id: newId('eni'),
    },
  },
  'add-interface-endpoint': {
    line: '{vpc} add interface-endpoint {service} in {subnets} [groups {groups}] [private-dns {privateDns}] [as {id}]',
    says: 'an interface endpoint of an AWS service, with private DNS unless told',
    fields: {
      vpc,
      service,
      subnets: selector('SUBNETS', 'subnets of different zones'),
      groups: newGroups,
      privateDns: onOff,
      id: newId('vpce'),
    },
  },
  'add-gateway-endpoint': {
    line: '{vpc} add gateway-endpoint {service} tables {tables} [as {id}]',
    says: 'a gateway endpoint of S3 or DynamoDB, with its route in these tables',
    fields: { vpc, service, tables: selector('TABLES', 'route tables'), id: newId('vpce') },
  },
  'remove-endpoint': {
    line: '{endpoint} remove',
    says: 'a VPC endpoint goes, with its interfaces; routes of a gateway endpoint go too, others become blackholes',
    fields: { endpoint: selector('ENDPOINT', 'VPC endpoints') },
  },
  'add-firewall-rule': {
    line: '{ruleGroup} rule add {text...}',
    says: 'the last rule of a stateful rule group',
    fields: { ruleGroup, text: ruleText },
  },
  'insert-firewall-rule': {
    line: '{ruleGroup} rule insert {before} {text...}',
    says: 'a rule before another',
    fields: { ruleGroup, before: ruleName, text: ruleText },
  },
  'remove-firewall-rule': {
    line: '{ruleGroup} rule remove {rule}',
    says: 'a rule of a stateful rule group goes',
    fields: { ruleGroup, rule: ruleName },
  },
  'add-domain': {
    line: '{ruleGroup} domain add {domain}',
    says: 'a domain of a domain list of Network Firewall',
    fields: { ruleGroup, domain },
  },
  'remove-domain': {
    line: '{ruleGroup} domain remove {domain}',
    says: 'a domain goes from the list',
    fields: { ruleGroup, domain },
  },
  detach: {
    line: '{gateway} detach',
    says: 'the gateway leaves its VPC, the attachment or peering connection is deleted; routes to it become blackholes',
    fields: {
      gateway: selector(
        'GATEWAY',
        'internet, egress-only, carrier and virtual private gateways, peering connections, transit gateway attachments',
      ),
    },
  },
  'take-down': {
    line: '{what} down',
    says: 'it is there, and does not work',
    fields: {
      what: selectorOrZone(
        'THING',
        '`zone:ZONE`, instances, interfaces, NAT gateways, endpoints, firewalls, balancers, lines',
      ),
    },
  },
};

/** A form's line in its parts. */
export type Part =
  | { readonly kind: 'literal'; readonly word: string }
  | { readonly kind: 'field'; readonly name: string; readonly field: Field<unknown>; readonly rest: boolean };

export interface Shape {
  readonly kind: EditKind;
  readonly says: string;
  readonly parts: readonly Part[];
  readonly clauses: readonly { readonly word: string; readonly name: string; readonly field: Field<unknown> }[];
  /** As the documentation shows it: `GROUP ingress|egress add TRAFFIC PEER`. */
  readonly usage: string;
}

/** A form of whichever kind of edit. */
interface AnyForm extends Pick<Form<Edit>, 'line' | 'says'> {
  readonly fields: Readonly<Record<string, Field<unknown>>>;
}

const shapeOf = (kind: EditKind): Shape => {
  const { line, says, fields } = forms[kind] as unknown as AnyForm;
  const [head = '', ...optional] = line.split(' [');
  const parts = head.split(' ').map((text): Part => {
    const name = /^\{(\w+)(?:\.\.\.)?\}$/.exec(text)?.[1];
    if (name === undefined) return { kind: 'literal', word: text };
    return { kind: 'field', name, field: fields[name]!, rest: text.endsWith('...}') };
  });
  const clauses = optional.map((text) => {
    const [, lead = '', name = ''] = /^(\S+) \{(\w+)\}\]$/.exec(text) ?? [];
    return { word: lead, name, field: fields[name]! };
  });
  const shown = (field: Field<unknown>): string => field.words?.join('|') ?? field.label;
  const usage = [
    ...parts.map((part) => (part.kind === 'literal' ? part.word : shown(part.field))),
    ...clauses.map((clause) => `[${clause.word} ${shown(clause.field)}]`),
  ].join(' ');
  return { kind, says, parts, clauses, usage };
};

export const shapes: readonly Shape[] = (Object.keys(forms) as EditKind[]).map((kind) => shapeOf(kind));

export const shapeOfEdit = ({ kind }: Edit): Shape => shapes.find((shape) => shape.kind === kind)!;
