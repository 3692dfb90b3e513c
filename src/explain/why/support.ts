/** One thing that a proof rests on, in words: which rules or routes it has, and what they leave open. */
import type { Family } from '../../net/address.ts';
import { formatAssumption } from '../../network/assumption.ts';
import type { Network } from '../../network/network.ts';
import { type Resource, isUnread } from '../../network/resource.ts';
import type { RouteTable } from '../../network/route-table.ts';
import { policyOf } from '../../network/firewall-policy.ts';
import type { Question } from '../../policy/question.ts';
import type { Because } from '../../result/because.ts';
import type { Rested, Support } from '../../verify/index.ts';
import { exceptionText } from './exception.ts';
import { entryText, groupRuleText, listed, routeText, transitRouteText } from './rules.ts';

type Told = Pick<Because, 'resource' | 'kind' | 'says' | 'rules'> &
  Partial<Pick<Because, 'direction' | 'ways' | 'source'>>;

/** What the proof of the question's having no flow rests on. */
export function becauseOf(network: Network, question: Question, rested: Rested): Because {
  const { alone } = rested;
  const { says, rules, ways, source, direction, ...what } = told(network, question, rested);
  return {
    ...what,
    ...(direction === undefined ? {} : { direction }),
    says,
    rules: listed(rules),
    ...(ways === undefined ? {} : { ways }),
    alone,
    ...(source === undefined ? {} : { source: { file: source.file, place: source.place } }),
  };
}

function told(network: Network, question: Question, rested: Rested): Told {
  const { on } = rested;
  const { id } = on;
  switch (on.kind) {
    case 'security-group': {
      const group = network.securityGroups.get(id)!;
      const rules = isUnread(group[on.direction]) ? [] : group[on.direction];
      const texts = (rules as Exclude<typeof rules, { unread: string }>).map((rule) =>
        groupRuleText(network, rule, on.direction),
      );
      const lets = on.direction === 'ingress' ? 'in' : 'out';
      const says =
        texts.length === 0 ? `\`${id}\` lets nothing ${lets}` : `\`${id}\` lets ${lets} only ${inRow(texts)}`;
      return { ...named(group), kind: on.kind, direction: lets, says, rules: texts };
    }
    case 'network-acl': {
      const list = network.networkAcls.get(id)!;
      const entries = list[on.direction].filter(({ prefix }) => question.families.includes(prefix.family));
      const texts = entries.map(entryText);
      const allowed = entries.filter(({ action }) => action === 'allow').length;
      const [lets, way] = on.direction === 'inbound' ? (['in', 'into'] as const) : (['out', 'out of'] as const);
      const subnets = subnetsWhere(network, ({ networkAcl }) => networkAcl === id);
      const says = `\`${id}\` lets ${way} ${subnets} ${allowed === 0 ? 'nothing' : `only what its entries allow: ${inRow(texts)}`}`;
      return { ...named(list), kind: on.kind, direction: lets, says, rules: texts };
    }
    case 'route-table':
      return tableTold(network, question, network.routeTables.get(id)!, rested);
    case 'transit-gateway-route-table': {
      const table = network.transitGatewayRouteTables.get(id)!;
      const texts = isUnread(table.routes) ? [] : table.routes.map(transitRouteText);
      const says = isUnread(table.routes)
        ? `the routes of \`${id}\` are not in the input`
        : texts.length === 0
          ? `\`${id}\` has no routes`
          : onlyRoutes(`of \`${id}\``, texts);
      return { ...named(table), kind: 'transit-gateway-route-table', says, rules: texts };
    }
    case 'network-firewall': {
      const firewall = network.firewalls.get(id);
      const policy = firewall && policyOf(network, firewall);
      const says = `\`${id}\` passes only what ${policy === undefined ? 'its policy lets through' : `\`${policy.name ?? policy.id}\` lets through`}`;
      const rules =
        policy === undefined ? [] : [...policy.stateful.groups, ...policy.stateless.groups].map(({ group }) => group);
      return firewall === undefined
        ? { resource: id, kind: on.kind, says, rules }
        : { ...named(policy ?? firewall), resource: id, kind: on.kind, says, rules };
    }
    case 'dns-resolver':
      return {
        ...named(network.vpcs.get(id)!),
        kind: 'dns-resolver',
        says: `the resolver of \`${id}\` looks up only what DNS Firewall and its own rules leave it`,
        rules: [],
      };
    case 'block-public-access': {
      const where = network.subnets.get(id) ?? network.vpcs.get(id)!;
      const says = `Block Public Access is \`${where.internetGatewayBlockMode}\` in \`${id}\``;
      return { ...named(where), kind: 'block-public-access', says, rules: [] };
    }
    case 'public-address': {
      const published = [...network.interfaces.values()]
        .filter(({ vpc, addresses }) => vpc === id && addresses.some(({ publicIp }) => publicIp !== undefined))
        .map((nic) => `\`${nic.id}\``);
      const gateway = [...network.internetGateways.values()].find(({ vpc }) => vpc === id);
      const who =
        published.length === 0
          ? 'no interface has'
          : `only ${inRow(published)} ${published.length === 1 ? 'has' : 'have'}`;
      return {
        ...(gateway === undefined ? named(network.vpcs.get(id)!) : named(gateway)),
        kind: 'internet-gateway',
        says: `in \`${id}\` ${who} a public IPv4 address`,
        rules: [],
      };
    }
    case 'exception': {
      const text = exceptionText(question, id);
      return { resource: text, kind: 'exception', says: `the property leaves out flows ${text}`, rules: [] };
    }
    case 'assumption': {
      const text = formatAssumption(id, false);
      return { resource: text, kind: 'assumption', says: `it is declared that \`${text}\``, rules: [] };
    }
  }
}

const onlyRoutes = (where: string, texts: readonly string[]): string =>
  texts.length === 1 ? `the only route ${where} is ${texts[0]!}` : `the only routes ${where} are ${inRow(texts)}`;

/** The routes out of the subnets that use it, each with what closes it. */
function tableTold(network: Network, { families, ...question }: Question, table: RouteTable, { ways }: Rested): Told {
  const meant = table.routes.flatMap((route, place) =>
    speaksOf(families, network, table, place) ? [{ text: routeText(route), place }] : [],
  );
  const closing = (place: number): readonly string[] | undefined =>
    ways &&
    (ways.find(({ route }) => route === place)?.closedBy ?? []).map((one) => shortText({ families, ...question }, one));
  const texts = meant.map(({ text, place }) => {
    const by = closing(place);
    return by === undefined || by.length === 0 ? text : `${text} (closed by ${by.join(' and ')})`;
  });
  const where = placesOf(network, table);
  return {
    ...named(table),
    kind: 'route-table',
    says: texts.length === 0 ? `\`${table.id}\` leads nowhere ${where}` : onlyRoutes(where, texts),
    rules: meant.map(({ text }) => text),
    ...(ways === undefined
      ? {}
      : { ways: meant.map(({ text, place }) => ({ route: text, closedBy: closing(place) ?? [] })) }),
  };
}

function speaksOf(
  families: readonly Family[],
  { prefixLists }: Network,
  { routes }: RouteTable,
  place: number,
): boolean {
  const { destination } = routes[place]!;
  if (destination.kind === 'prefix') return families.includes(destination.prefix.family);
  const entries = prefixLists.get(destination.id)?.entries;
  return entries === undefined || isUnread(entries) || entries.some(({ family }) => families.includes(family));
}

/** Where the table is asked: `out of subnet-1 and subnet-2`. */
function placesOf(network: Network, { id }: RouteTable): string {
  const gateways = [
    ...network.internetGateways.values(),
    ...network.vpnGateways.values(),
    ...network.natGateways.values(),
  ]
    .filter(({ routeTable }) => routeTable === id)
    .map((one) => `\`${one.id}\``);
  if (gateways.length > 0) return `behind ${inRow(gateways)}`;
  return `out of ${subnetsWhere(network, ({ routeTable }) => routeTable === id)}`;
}

type SubnetOf = Network['subnets'] extends ReadonlyMap<string, infer S> ? S : never;

const subnetsWhere = ({ subnets }: Network, test: (subnet: SubnetOf) => boolean): string => {
  const found = [...subnets.values()].filter(test).map(({ id }) => `\`${id}\``);
  return found.length === 0 ? 'no subnet' : inRow(found, ' and ');
};

/** What closes a way, beside its table. */
function shortText(question: Question, on: Support): string {
  switch (on.kind) {
    case 'security-group':
      return `\`${on.id}\` (${on.direction === 'ingress' ? 'in' : 'out'})`;
    case 'network-acl':
      return `\`${on.id}\` (${on.direction === 'inbound' ? 'in' : 'out'})`;
    case 'exception':
      return `the exception ${exceptionText(question, on.id)}`;
    case 'assumption':
      return `\`${formatAssumption(on.id, false)}\``;
    case 'block-public-access':
      return `Block Public Access in \`${on.id}\``;
    case 'public-address':
      return `the want of public addresses in \`${on.id}\``;
    case 'dns-resolver':
      return `the resolver of \`${on.id}\``;
    case 'route-table':
    case 'transit-gateway-route-table':
    case 'network-firewall':
      return `\`${on.id}\``;
  }
}

const named = ({ id, source }: Resource): Pick<Because, 'resource'> & Partial<Pick<Because, 'source'>> => ({
  resource: id,
  source,
});

const inRow = (texts: readonly string[], last = ', '): string => {
  const all = listed(texts);
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')}${last}${all.at(-1)!}`;
};
