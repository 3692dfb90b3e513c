/** Selectors held against a network: which of its resources each term names. */
import type { ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import type { Address } from '../net/address.ts';
import { type Prefix, lastOf, prefixContains } from '../net/prefix.ts';
import { type AnyResource, type Network, resourcesOf } from './network.ts';
import { interfacesIn } from './containment.ts';
import { standsForAddress } from './declared-address.ts';
import { glob } from './glob.ts';
import { isUnread } from './resource.ts';
import { ruleGroupCalled } from './rule-group-name.ts';
import { bareWordKinds, selectorKinds } from './selector-kind.ts';
import { noMatch } from './selector-near.ts';
import type { Named, Selector, Term } from './selector.ts';

export interface Match {
  readonly term: Term;
  /** In the network's order. Empty where the term names a place that is no resource, such as `internet`. */
  readonly resources: readonly AnyResource[];
}

/** Names that stand for matches found before, such as the groups of a policy. */
export type Groups = ReadonlyMap<string, readonly Match[]>;

/** Every term with what it names. A term that names resources and matches none is a problem (`no-match`). */
export function matchSelector(
  network: Network,
  selector: Selector,
  groups: Groups = new Map(),
): Result<readonly Match[], ProblemAt> {
  const problems: ProblemAt[] = [];
  const matches = selector.terms.flatMap((term): readonly Match[] => {
    const found = groupMatches(term, groups) ?? [
      { term, resources: namesResources(term) ? matchTerm(network, term) : [] },
    ];
    if (found.every(({ resources, term: each }) => resources.length === 0 && namesResources(each)))
      problems.push(noMatch(network, term, groups.keys()));
    return found;
  });
  return unless(problems, () => matches);
}

/** What a group's name stands for; with a KIND, those of its resources that are of that kind. */
function groupMatches({ named, narrow }: Term, groups: Groups): readonly Match[] | undefined {
  const group = named.kind === 'word' ? groups.get(named.word) : undefined;
  if (group === undefined || narrow === undefined) return group;
  const { matches } = selectorKinds[narrow];
  return group.flatMap(({ term, resources }) => {
    const ofKind = resources.filter((resource) => matches(resource));
    return ofKind.length > 0 ? [{ term, resources: ofKind }] : [];
  });
}

/** Whether the term names resources of the network rather than a place such as `internet` or a bare CIDR block. */
export function namesResources({ named, narrow }: Term): boolean {
  switch (named.kind) {
    case 'internet':
    case 'onprem':
    case 'dns':
    case 'any':
    case 'service':
      return false;
    case 'prefix':
      return narrow !== undefined;
    case 'tag':
    case 'name':
    case 'arn':
    case 'rule-group':
    case 'every':
    case 'word':
      return true;
  }
}

function matchTerm(network: Network, { named, narrow }: Term): readonly AnyResource[] {
  const ofKind = (resource: AnyResource) => narrow === undefined || selectorKinds[narrow].matches(resource);
  if (named.kind === 'word') return matchWord(network, named.word, ofKind, narrow === undefined);
  const names = test(network, named);
  return [...resourcesOf(network)].filter((resource) => ofKind(resource) && names(resource));
}

/**
 * An id of the network, or an address of a plan or template; else, without a KIND, the name of a balancer or firewall;
 * with one, a name of that kind.
 */
function matchWord(
  network: Network,
  word: string,
  ofKind: (resource: AnyResource) => boolean,
  bare: boolean,
): readonly AnyResource[] {
  const all = [...resourcesOf(network)];
  const declared = standsForAddress(word);
  const byId = all.filter((resource) => (resource.id === word || isDeclaredAs(resource, declared)) && ofKind(resource));
  if (byId.length > 0) return byId;
  const named = hasName(word);
  const nameable = bare
    ? (each: AnyResource) => bareWordKinds.some((kind) => selectorKinds[kind].matches(each))
    : ofKind;
  return all.filter((resource) => nameable(resource) && named(resource));
}

/** What it is called now, or was before it moved. */
const isDeclaredAs = ({ declaredAs, formerly }: AnyResource, isMeant: (address: string) => boolean): boolean =>
  (declaredAs !== undefined && isMeant(declaredAs)) || formerly?.some(isMeant) === true;

function test(network: Network, named: Exclude<Named, { readonly kind: 'word' }>): (resource: AnyResource) => boolean {
  switch (named.kind) {
    case 'every':
      return () => true;
    case 'name':
      return hasName(named.name);
    case 'rule-group':
      return refersTo(named.name);
    case 'tag': {
      const value = glob(named.value);
      return ({ tags }) => Object.hasOwn(tags, named.key) && value(tags[named.key]!);
    }
    case 'arn': {
      const id = idInArn(named.arn);
      return (resource) => resource.arn === named.arn || resource.id === named.arn || resource.id === id;
    }
    case 'prefix':
      return (resource) => standsIn(network, resource, named.prefix);
    case 'internet':
    case 'onprem':
    case 'dns':
    case 'any':
    case 'service':
      return () => false;
  }
}

function hasName(name: string): (resource: AnyResource) => boolean {
  const matches = glob(name);
  return (resource) => {
    const tag = resource.tags['Name'];
    if ((resource.name !== undefined && matches(resource.name)) || (tag !== undefined && matches(tag))) return true;
    return resource.kind === 'endpoint-service' && matches(resource.serviceName);
  };
}

/** A web ACL whose rules name the group; also one whose rules nobody read, about which there is more to say. */
function refersTo(group: string): (resource: AnyResource) => boolean {
  const isCalled = ruleGroupCalled(group);
  return (resource) =>
    resource.kind === 'web-acl' && (isUnread(resource.ruleGroups) || resource.ruleGroups.some(isCalled));
}

/** `subnet-0abc` in `arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0abc`: ids of EC2 end their ARNs. */
const idInArn = (arn: string): string | undefined => /^arn:[^:]*:ec2:[^:]*:[^:]*:[^/]+\/(.+)$/.exec(arn)?.[1];

/** An interface with an address in the block, a subnet or VPC with a block inside it, an owner of such an interface. */
function standsIn(network: Network, resource: AnyResource, prefix: Prefix): boolean {
  const holds = (address: Address | undefined) => address !== undefined && prefixContains(prefix, address);
  if (resource.kind === 'network-interface')
    return resource.addresses.some((one) => [one.address, one.publicIp, one.carrierIp].some(holds));
  if (resource.kind === 'nat-gateway')
    return resource.addresses.some(({ privateIp, publicIp }) => holds(privateIp) || holds(publicIp));
  if (resource.kind === 'subnet' || resource.kind === 'vpc')
    return resource.cidrs.some((block) => block.family === prefix.family && liesIn(block, prefix));
  return (interfacesIn(network, resource) ?? []).some((each) => standsIn(network, each, prefix));
}

const liesIn = (inner: Prefix, outer: Prefix): boolean => inner.base >= outer.base && lastOf(inner) <= lastOf(outer);
