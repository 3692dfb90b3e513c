/**
 * From the references of an expression to the resources that it means. The plan shows which things an expression
 * names, not what it does with them: so a reference is followed only for a kind of thing, one thing named is that
 * thing, and where several could be meant, that is the answer. By `each.key`, `count.index` and a constant index the
 * instance of the same key is meant, where the keys agree.
 */
import { Link } from '../declared/value.ts';
import { choose, namesNone } from './choose.ts';
import type { Instance, Module, World } from './instance.ts';
import { holdsTrue, isObject, type Json, type JsonObject, listIn, objectIn, textIn } from './json.ts';
import { attributesOf, eachEndpoint, holdersOf, mayHold } from './kinds.ts';
import { isLeaf } from './leaf.ts';
import { anyOf, anything, type Meaning, meant, nothing, steering, union } from './meaning.ts';
import { type Path, referencesOf } from './reference.ts';
import { type Asked, callSite, lineOf, once, sameCall, type Search, type Site, siteOf } from './site.ts';

/**
 * What the expression of an argument of an instance means, for an argument that takes one of the kinds. `unknownOnly`:
 * the argument takes one thing, and which is not known yet. An expression that is undefined is one that the plan does
 * not show.
 */
export function meaningOf(
  world: World,
  of: Instance,
  expression: Json | undefined,
  { wanted, unknownOnly, shared }: Pick<Asked, 'wanted' | 'unknownOnly' | 'shared'>,
): Meaning {
  const site = siteOf({ world, wanted, unknownOnly, shared, aligned: pairing.has(of.type) }, of, 0);
  return expression === undefined ? whatever(site) : follow(site, expression, []);
}

/**
 * What joins one part of the network to another, instance by instance: only of these `count.index` is taken to mean the
 * same index. The plan lists `element(x, count.index + 1)` just so, and what is spread over subnets is often written thus.
 */
const pairing: ReadonlySet<string> = new Set([
  'aws_eip_association',
  'aws_main_route_table_association',
  'aws_nat_gateway',
  'aws_network_acl_association',
  'aws_network_acl_rule',
  'aws_route',
  'aws_route_table',
  'aws_route_table_association',
  'aws_security_group_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_subnet',
  'aws_security_group',
  'aws_internet_gateway',
  'aws_vpc_peering_connection',
  'aws_vpc_peering_connection_accepter',
]);

/** Deeper than any configuration that people write: a circle. */
const deepest = 60;

/** `rest`: what is taken of the expression's value: `.id`, `[0]`. */
function follow(site: Site, expression: Json, rest: Path): Meaning {
  if (site.depth > deepest) return anything;
  const all = referencesOf(everyReference(expression)).filter(([root]) => root !== 'path' && root !== 'terraform');
  const others = all.filter((one) => !isOwnKey(one) && !isElement(one));
  // The element of a set is its key: beside something else it says which of that is meant.
  const alone = site.asked.search === undefined;
  const asKey = alone && others.length > 0 && all.some(isElement) && isKnown(eachValue(site, []));
  const named = asKey ? others : all.filter((one) => !isOwnKey(one));
  const keyed = asKey || all.some(isOwnKey);
  // What one reference names is what is indexed; of several, it cannot be told which.
  if (new Set(named.map((one) => JSON.stringify(one))).size === 1) {
    const own: Path = keyed && site.own !== undefined ? [{ own: site.own }] : [];
    // All instances by no index, and a function of them perhaps, which the plan does not show: what is first, is not told.
    if (own.length === 0 && isPosition(rest[0]) && isWhole(named[0]!)) return anyOf(oneReference(site, named[0]!));
    return oneReference(site, [...named[0]!, ...own, ...rest]);
  }
  const together = union(named.map((one) => oneReference(site, one)));
  return keyed || rest.length > 0 || together.steers ? { ...anyOf(together), steers: true } : together;
}

const isPosition = (step: Path[number] | undefined): boolean =>
  typeof step === 'object' && 'key' in step && typeof step.key === 'number';

/** A resource or a data source, without an index or an attribute. */
const isWhole = (path: Path): boolean =>
  !['var', 'local', 'module', 'each'].includes(path[0] as string) && path.length === (path[0] === 'data' ? 3 : 2);

const isOwnKey = ([root, name]: Path): boolean =>
  (root === 'count' && name === 'index') || (root === 'each' && name === 'key');

const isElement = (path: Path): boolean => path.length === 2 && path[0] === 'each' && path[1] === 'value';

const isKnown = ({ links, open }: Meaning): boolean => links.length === 0 && !open;

/** The references of an expression, and of blocks of expressions. */
function everyReference(expression: Json): readonly string[] {
  if (Array.isArray(expression)) return (expression as readonly Json[]).flatMap(everyReference);
  if (!isObject(expression) || 'constant_value' in expression) return [];
  if (!('references' in expression)) return Object.values(expression).flatMap(everyReference);
  return listIn(expression, 'references').filter((one): one is string => typeof one === 'string');
}

function oneReference(site: Site, path: Path): Meaning {
  const [root, name, third] = path;
  if (typeof root !== 'string' || typeof name !== 'string') return anything;
  if (root === 'var') return variable(site, name, path.slice(2));
  if (root === 'local') return whatever(site);
  if (root === 'module') return output(site, name, path.slice(2));
  if (root === 'each') return eachValue(site, path.slice(2));
  if (root === 'data')
    return typeof third === 'string' ? resource(site, `data.${name}.${third}`, path.slice(3)) : anything;
  return root === 'self' ? anything : resource(site, `${root}.${name}`, path.slice(2));
}

/** An input of the module: what its call gives. */
function variable(site: Site, name: string, rest: Path): Meaning {
  return once(site.asked, ['var', site.module.address, name, rest], () => inputOf(site, name, rest));
}

function inputOf(site: Site, name: string, rest: Path): Meaning {
  const { module, asked } = site;
  if (module.parent === undefined) return given(asked, objectIn(asked.world.variables, name).value);
  const call = module.parent.configuration?.calls.get(module.name!);
  const expression = objectIn(call, 'expressions')[name];
  if (expression === undefined) return given(asked, objectIn(module.configuration?.variables, name).default);
  if (isObject(expression) && 'constant_value' in expression) return given(asked, expression.constant_value);
  return follow(callSite(site, module), expression, rest);
}

/** A value that is known can be one of a list in which others are not; any can decide between those. */
const given = ({ unknownOnly, wanted }: Asked, value: Json | undefined): Meaning => ({
  ...steering,
  open: !unknownOnly && mayHold(value, wanted),
});

/** `each.value`: the element of what `for_each` goes through, that has the instance's own key. */
function eachValue({ asked, module, own, forEach, depth }: Site, rest: Path): Meaning {
  if (own === undefined || forEach === null) return anything;
  // The value at its own key, by what `for_each` is: nothing is taken for granted.
  return follow({ asked, module, forEach: null, depth: depth + 1 }, forEach, [
    { own: { ...own, certain: true } },
    ...rest,
  ]);
}

function output(site: Site, name: string, path: Path): Meaning {
  return once(site.asked, ['module', site.module.address, name, path], () => outputOf(site, name, path));
}

function outputOf({ asked, module, depth }: Site, name: string, path: Path): Meaning {
  const { chosen, rest, how } = choose(asked, called(module, name), path);
  const [out, ...further] = rest;
  const parts = chosen.flatMap((one) => {
    const outputs = one.configuration?.outputs ?? {};
    const inside: Site = { asked, module: one, forEach: null, depth: depth + 1 };
    if (typeof out === 'string') return [follow(inside, objectIn(outputs, out).expression ?? null, further)];
    return [
      anyOf(
        union(Object.values(outputs).map((each) => follow(inside, objectIn({ each }, 'each').expression ?? null, []))),
      ),
    ];
  });
  const together = union(parts);
  if (how === 'all' || together.links.length <= 1) return together;
  return { ...together, how: how === 'some' ? 'some' : together.how === 'some' ? 'some' : 'each' };
}

/** The instances of a module that is called; one that makes nothing still hands on what it is given. */
function called(module: Module, name: string): readonly Module[] {
  const all = module.children.filter((one) => one.name === name);
  const configuration = module.configuration?.modules.get(name);
  if (all.length > 0 || configuration === undefined) return all;
  const address = `${module.address === '' ? '' : `${module.address}.`}module.${name}`;
  const empty: Module = { address, parent: module, name, configuration, children: [], resources: new Map() };
  module.children.push(empty);
  return [empty];
}

function resource(site: Site, of: string, path: Path): Meaning {
  const all = site.module.resources.get(of) ?? [];
  if (namesNone(all, path)) return nothing;
  const { chosen, rest, how } = choose(site.asked, all, path);
  const names = rest.filter((one): one is string => typeof one === 'string');
  const together = union(chosen.map((one) => (one.data ? ofData(site, one, names) : ofInstance(site, one, names))));
  if (together.links.length <= 1 || how === 'all') return together;
  return { ...together, how: how === 'some' || together.how === 'some' ? 'some' : 'each' };
}

/** What an attribute of one instance means; of an attribute that is not told, whichever is of the wanted kind. */
function ofInstance({ asked, depth }: Site, one: Instance, names: readonly string[]): Meaning {
  const { wanted, unknownOnly } = asked;
  const attributes = attributesOf(wanted, one.type);
  const [first] = repeats[one.type] !== undefined && (names[0] ?? 'id') === 'id' ? [repeats[one.type]!] : names;
  const own = Object.keys(attributes ?? {}).find((name) => `${names.join('.')}.`.startsWith(`${name}.`));
  // A name that is no attribute of it is one of a value made of it: which attribute, the kind tells.
  const told = first !== undefined && isAttribute(one, first) ? first : undefined;
  if (attributes !== undefined && (own !== undefined || told === undefined)) {
    const meantOnes = own === undefined ? Object.keys(attributes) : [own];
    const possible = meantOnes.filter((name) => !unknownOnly || isUnknown(one, name.split('.')[0]!));
    return anyOf(union(possible.map((name) => linkTo(asked, one, attributes[name]!, depth))));
  }
  const inside = siteOf(asked, one, depth + 1);
  const through = (told === undefined ? holdersOf(wanted) : [told]).filter(
    (name) => expressionOf(one, name) !== undefined && (!unknownOnly || isUnknown(one, name)),
  );
  const together = union(through.map((name) => follow(inside, expressionOf(one, name)!, [])));
  if (through.length > 0) return told === undefined ? anyOf(together) : together;
  // Something else of it, which is not known before it is made, could decide.
  const decides = told !== undefined && isUnknown(one, told) && !isLeaf(one.type, one.data);
  return decides && depth === 0 && !asked.shared ? anything : steering;
}

function linkTo(asked: Asked, one: Instance, attribute: string, depth: number): Meaning {
  if (attribute === eachEndpoint) return endpointsOf(asked, one, depth);
  return meant([attribute === 'Ref' ? new Link(one.address) : new Link(one.address, attribute)]);
}

/** A firewall's endpoints, one in each subnet that it maps; their order in `sync_states` is not that of the mappings. */
function endpointsOf({ world, aligned }: Asked, firewall: Instance, depth: number): Meaning {
  const mapped = listIn(firewall.values, 'subnet_mapping');
  const told = mapped.flatMap((one) => textIn(one, 'subnet_id') ?? []);
  const inside = siteOf({ world, wanted: ['subnet'], unknownOnly: false, shared: false, aligned }, firewall, depth + 1);
  const expression = expressionOf(firewall, 'subnet_mapping');
  const complete = told.length === mapped.length && mapped.length > 0;
  const rest = complete ? nothing : expression === undefined ? whatever(inside) : follow(inside, expression, []);
  const subnets = [...told, ...rest.links.map((link) => link.resource)];
  const links = subnets.map((subnet) => new Link(firewall.address, `EndpointIn:${subnet}`));
  return anyOf({ ...meant(links), open: rest.open });
}

const expressionOf = (one: Instance, name: string): Json | undefined =>
  objectIn(one.configuration, 'expressions')[name];

const isAttribute = (one: Instance, name: string): boolean =>
  name in one.values || isUnknown(one, name) || expressionOf(one, name) !== undefined;

const isUnknown = ({ unknown }: Instance, name: string): boolean =>
  unknown === true || (isObject(unknown) && unknown[name] !== undefined && unknown[name] !== false);

/** Arguments that the `id` of data sources and of resources repeats. */
const repeats: Readonly<Record<string, string>> = {
  'data.aws_vpc': 'id',
  'data.aws_subnet': 'id',
  'data.aws_security_group': 'id',
  'data.aws_route_table': 'route_table_id',
  'data.aws_internet_gateway': 'internet_gateway_id',
  aws_vpc_peering_connection_accepter: 'vpc_peering_connection_id',
  aws_vpc_peering_connection_options: 'vpc_peering_connection_id',
};

/** What a data source found is known, or only the deployment tells; but a thing looked up by its id is that thing. */
function ofData({ asked, depth }: Site, one: Instance, names: readonly string[]): Meaning {
  const [name = 'id'] = names;
  if (!isUnknown(one, name)) return given(asked, one.values[name]);
  if (name === 'id' && asked.wanted.includes('transit-gateway-attachment')) {
    const made = attachmentMadeWith({ asked, depth }, one);
    if (made !== undefined) return made;
  }
  if (isLeaf(one.type, one.data)) return steering;
  const expression = expressionOf(one, repeats[`data.${one.type}`] ?? '');
  return expression === undefined || name !== 'id' ? anything : follow(siteOf(asked, one, depth + 1), expression, []);
}

/** A data source that looks up the attachment which AWS makes along with a VPN connection, or a Direct Connect association. */
function attachmentMadeWith({ asked, depth }: Pick<Site, 'asked' | 'depth'>, one: Instance): Meaning | undefined {
  const attachmentOf = (address: string): Link => new Link(address, 'TransitGatewayAttachmentId');
  if (one.type === 'aws_ec2_transit_gateway_vpn_attachment') {
    const expression = expressionOf(one, 'vpn_connection_id');
    if (expression === undefined) return undefined;
    const made = follow(siteOf({ ...asked, wanted: ['vpn-connection'] }, one, depth + 1), expression, []);
    return { ...made, links: made.links.map(({ resource: address }) => attachmentOf(address)) };
  }
  if (one.type !== 'aws_ec2_transit_gateway_dx_gateway_attachment') return undefined;
  const all = asked.world.instances.filter(({ data, type }) => !data && type === 'aws_dx_gateway_association');
  if (all.length === 0) return undefined;
  const links = all.map(({ address }) => attachmentOf(address));
  return meant(links, links.length === 1 ? 'all' : 'some');
}

/**
 * What an expression that the plan does not show can mean (a local value, a dynamic block): whatever of the kind its
 * module makes, calls or is given.
 */
function whatever(site: Site): Meaning {
  const { asked, module } = site;
  const { search } = asked;
  if (search?.around.some((one) => one !== module && sameCall(one, module)) === true) return steering;
  return once(asked, ['local', module.address], () =>
    searched(site, search ?? { around: lineOf(module), seen: new Set([JSON.stringify(['local', module.address])]) }),
  );
}

function searched({ asked, module, depth }: Site, search: Search): Meaning {
  const inside: Site = { asked: { ...asked, search }, module, forEach: null, depth: depth + 1 };
  const { calls = new Map<string, JsonObject>(), variables = {} } = module.configuration ?? {};
  const others = [...calls.keys()].filter(
    (name) => !search.around.some((one) => one.name === name && one.parent === module),
  );
  const made = [...module.resources].map(([of, all]) => allOf(inside, of, all));
  const outputs = others.map((one) => output(inside, one, []));
  const inputs = Object.keys(variables).map((one) => variable(inside, one, []));
  return { ...anyOf(union([...made, ...outputs, ...inputs])), steers: true };
}

/** What the instances of a resource or data source add to what an expression in their module can mean. */
function allOf(site: Site, of: string, all: readonly Instance[]): Meaning {
  const { type, data } = all[0]!;
  const { wanted, unknownOnly } = site.asked;
  if (!data && type.startsWith('aws'))
    return attributesOf(wanted, type) === undefined ? nothing : resource(site, of, []);
  if (isLeaf(type, data)) return nothing;
  const listed = data && !unknownOnly && all.some(({ values }) => mayHold(values, wanted));
  return listed || all.some(({ unknown }) => holdsTrue(unknown)) ? anything : nothing;
}
