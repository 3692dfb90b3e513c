/** What a rule's names stand for: the variables and references of its group, policy and firewall (semantics 10D). */
import type { Family } from '../../net/address.ts';
import {
  type Intervals,
  interval,
  intersect,
  none,
  sameIntervals,
  subtract,
  union,
  unionAll,
} from '../../net/interval.ts';
import { type Prefix, everything, lastOf } from '../../net/prefix.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { FirewallPolicy, StatefulRuleGroup } from '../../network/firewall-policy.ts';
import { isUnread } from '../../network/resource.ts';
import { type Addresses, type Ports, parseAddresses, parsePorts } from '../../suricata/index.ts';
import type { Plane } from '../plane.ts';
import { entriesOf } from '../prefix-list.ts';

/** Where a rule stands. */
export interface Scope {
  readonly plane: Plane;
  readonly firewall: Firewall;
  readonly policy: FirewallPolicy;
  readonly group: StatefulRuleGroup;
  readonly family: Family;
  /** What variables stand for, once worked out. */
  readonly found: Map<string, unknown>;
}

/** The addresses or ports that are meant for certain, and those that may be. */
export interface Meant {
  readonly sure: Intervals;
  readonly possible: Intervals;
  /** Of the possible what is meant if the IPv6 blocks of the VPC are in HOME_NET, and what if not; absent: not known. */
  readonly byHome?: { readonly within: Intervals; readonly without: Intervals };
  /** Something in it is negated (semantics 10.35). */
  readonly negates: boolean;
  /** It asks nothing. */
  readonly any: boolean;
}

type Expression = Addresses | Ports;

/** Positives and negatives of a list, taken apart (semantics 10.73): `false` where something in it is not known. */
interface Parts {
  readonly positive: Leaf[];
  readonly negative: Leaf[];
  /** Something in it stands for nothing at all, and what is left of the list then is not stated. */
  hollow: boolean;
}

type Leaf = { readonly kind: 'any' } | Extract<Expression, { readonly kind: 'range' }>;

/** The IPv6 blocks of the VPC count as HOME_NET's by default, or not (semantics 10.42). */
type Home = 'with IPv6' | 'without';

export const addressesMeant = (scope: Scope, of: Addresses): Meant =>
  meant(scope, of, everything(scope.family), (leaf) =>
    leaf.kind === 'any'
      ? everything(scope.family)
      : 'family' in leaf && leaf.family === scope.family
        ? interval(leaf.from, leaf.to)
        : none,
  );

const everyPort = interval(0n, 65535n);

export const portsMeant = (scope: Scope, of: Ports): Meant =>
  meant(scope, of, everyPort, (leaf) =>
    leaf.kind === 'any' ? everyPort : 'family' in leaf ? none : interval(BigInt(leaf.from), BigInt(leaf.to)),
  );

function meant(scope: Scope, of: Expression, all: Intervals, set: (leaf: Leaf) => Intervals): Meant {
  if (of.kind === 'any') return { sure: all, possible: all, negates: false, any: true };
  const make = (): Meant => {
    const ways = (['without', 'with IPv6'] as const).map((home) => resolve(scope, of, home, all, set));
    const [a, b] = ways;
    const negates = ways.some((way) => way?.negates === true);
    if (a === undefined || b === undefined) return { sure: none, possible: all, negates, any: false };
    if (sameIntervals(a.set, b.set)) return { sure: a.set, possible: a.set, negates, any: a.any };
    const sure = intersect(a.set, b.set);
    const byHome = { within: subtract(b.set, sure), without: subtract(a.set, sure) };
    return { sure, possible: union(a.set, b.set), byHome, negates, any: false };
  };
  if (of.kind !== 'variable') return make();
  const key = `${all === everyPort ? 'ports' : 'addresses'} ${of.name}`;
  const found = (scope.found.get(key) as Meant | undefined) ?? make();
  scope.found.set(key, found);
  return found;
}

function resolve(scope: Scope, of: Expression, home: Home, all: Intervals, set: (leaf: Leaf) => Intervals) {
  const parts: Parts = { positive: [], negative: [], hollow: false };
  if (!takeApart(scope, of, home, false, parts, all === everyPort, 0)) return undefined;
  const { positive, negative } = parts;
  const negatives = unionAll(negative.map(set));
  // Family by family, negations alone are everything else, where there are any (semantics 10.73).
  const ofFamily = (leaf: Leaf): boolean => !('family' in leaf) || leaf.family === scope.family;
  const [admits, excepts] = [positive.some(ofFamily), negative.some(ofFamily)];
  if (parts.hollow && !admits && excepts) return undefined;
  const positives = admits ? unionAll(positive.map(set)) : excepts ? all : none;
  const any = negative.length === 0 && positive.some(({ kind }) => kind === 'any');
  return { set: subtract(positives, negatives), negates: negative.length > 0, any };
}

/** False: something in it is not known, or is negated twice. */
function takeApart(
  scope: Scope,
  of: Expression,
  home: Home,
  negated: boolean,
  into: Parts,
  ports: boolean,
  depth: number,
): boolean {
  const inner = (one: Expression, not = negated): boolean =>
    takeApart(scope, one, home, not, into, ports, depth + (of.kind === 'variable' ? 1 : 0));
  switch (of.kind) {
    case 'any':
    case 'range':
      into[negated ? 'negative' : 'positive'].push(of);
      return true;
    case 'not':
      return !negated && inner(of.of, true);
    case 'list':
      return of.of.map((one) => inner(one)).every((known) => known);
    case 'variable': {
      const named = depth > 8 ? undefined : variable(scope, of.name, home, ports);
      return named !== undefined && inner(named);
    }
    case 'reference': {
      const named = reference(scope, of.name);
      if (named?.of.length === 0) {
        into.hollow = true;
        return !negated;
      }
      return named !== undefined && inner(named);
    }
  }
}

/** The group's own, then the policy's, then AWS's (semantics 10.42, 10.43). */
function variable(scope: Scope, name: string, home: Home, ports: boolean): Expression | undefined {
  const { ipSets, portSets } = scope.group;
  if (ports) return Object.hasOwn(portSets, name) ? parsePorts(listed(portSets[name]!)) : undefined;
  if (Object.hasOwn(ipSets, name)) return parseAddresses(listed(ipSets[name]!));
  if (name === 'HOME_NET') return homeNet(scope, home);
  if (name !== 'EXTERNAL_NET') return undefined;
  const of = homeNet(scope, home);
  return of && { kind: 'not', of };
}

function homeNet({ plane, firewall, policy }: Scope, home: Home): Addresses | undefined {
  if (policy.homeNet !== undefined && policy.homeNet.length > 0) return blocks(policy.homeNet);
  // On a transit gateway it has no useful default (semantics 7.24).
  const vpc = firewall.vpc === undefined ? undefined : plane.network.vpcs.get(firewall.vpc);
  return vpc && blocks(vpc.cidrs.filter(({ family }) => family === 'ipv4' || home === 'with IPv6'));
}

/** The entries of a prefix list; those of a resource group are not read (semantics 10.47, 10.48). */
function reference({ plane, group }: Scope, name: string): Blocks | undefined {
  const id = Object.hasOwn(group.references, name) ? group.references[name]! : undefined;
  const entries = id === undefined ? undefined : entriesOf(plane, id);
  return entries === undefined || isUnread(entries) ? undefined : blocks(entries);
}

type Blocks = Extract<Addresses, { readonly kind: 'list' }>;

const blocks = (of: readonly Prefix[]): Blocks => ({
  kind: 'list',
  of: of.map((block) => ({ kind: 'range', family: block.family, from: block.base, to: lastOf(block) })),
});

const listed = (entries: readonly string[]): string => `[${entries.join(',')}]`;
