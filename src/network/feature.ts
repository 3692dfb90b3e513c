/** What a resource has by its configuration, whatever reaches it: what an `assert` of a policy demands (`interfaces.md`, Policy files). */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { AnyResource, Network } from './network.ts';
import { type Provenance, type Unread, isUnread } from './resource.ts';
import { ruleGroupCalled } from './rule-group-name.ts';
import type { Vpc } from './vpc.ts';
import type { WebAcl } from './web-acl.ts';

/** `web-acl`, `flow-logs`, `dns-firewall`, or `rule-group` with the name of one. */
export interface Feature {
  /** As written: `rule-group:AWS:AWSManagedRulesCommonRuleSet`. */
  readonly text: string;
  readonly word: FeatureWord;
  /** After the colon; `*` in it stands for any text. */
  readonly name?: string;
}

/** Whether the resource has it, and what of its configuration says so. */
export interface Having {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly says: string;
  readonly source: Provenance;
}

interface FeatureKind {
  /** What can have it. */
  readonly nouns: string;
  readonly named: boolean;
  /** Undefined for what nobody asks it of. */
  readonly of: (network: Network, resource: AnyResource, name: string) => Having | undefined;
}

const features = {
  'web-acl': {
    nouns: 'load balancers',
    named: false,
    of: (network, resource) => (resource.kind === 'load-balancer' ? webAclOf(network, resource) : undefined),
  },
  'rule-group': {
    nouns: 'web ACLs, load balancers, network firewalls and their policies',
    named: true,
    of: ruleGroupOf,
  },
  'flow-logs': {
    nouns: 'VPCs, subnets and network interfaces',
    named: false,
    of: flowLogsOf,
  },
  'dns-firewall': {
    nouns: 'VPCs',
    named: false,
    of: (network, resource) => (resource.kind === 'vpc' ? dnsFirewallOf(network, resource) : undefined),
  },
} satisfies Readonly<Record<string, FeatureKind>>;

export type FeatureWord = keyof typeof features;

/** How each is written, for help and hints. */
export const featureForms: readonly string[] = Object.entries(features).map(([word, { named }]) =>
  named ? `${word}:NAME` : word,
);

export function parseFeature(text: string): Result<Feature, ProblemAt> {
  const colon = text.indexOf(':');
  const word = (colon < 0 ? text : text.slice(0, colon)).trim();
  const name = colon < 0 ? '' : text.slice(colon + 1).trim();
  if (!isFeatureWord(word))
    return fail({
      code: 'unknown-feature',
      column: 1,
      message: `\`${text}\` is nothing that a resource is known to have.`,
      hint: didYouMean(word, Object.keys(features)) ?? `It may be ${featureForms.join(', ')}.`,
    });
  const { named } = features[word];
  if (named === (name !== '')) return ok({ text, word, ...(named ? { name } : {}) });
  return fail({
    code: 'unknown-feature',
    column: 1,
    message: named ? `\`${text}\` names no rule group.` : `\`${word}\` takes no name.`,
    hint: named ? `Write \`${word}:NAME\`; \`*\` in it stands for any text.` : `Write \`${word}\` alone.`,
  });
}

const isFeatureWord = (word: string): word is FeatureWord => Object.hasOwn(features, word);

/** Undefined where the resource is nothing that could have it. */
export const havingOf = (network: Network, resource: AnyResource, { word, name = '' }: Feature): Having | undefined =>
  features[word].of(network, resource, name);

/** What could have it, in words. */
export const bearersOf = ({ word }: Feature): string => features[word].nouns;

const labelOf = ({ id, name }: { readonly id: string; readonly name?: string }): string => `\`${name ?? id}\``;

const untold = ({ unread }: Unread, what: string, source: Provenance): Having => ({
  has: 'unknown',
  says: `no answer tells ${what}; add the output of \`aws ${unread}\``,
  source,
});

/** Semantics 12.23: of load balancers, AWS WAF stands before those of the application type alone. */
function webAclOf(network: Network, balancer: LoadBalancer): Having {
  const { id, source, balancerType, withoutWebAcl } = balancer;
  if (balancerType !== 'application')
    return { has: 'no', says: `AWS WAF inspects nothing at a load balancer of type \`${balancerType}\``, source };
  const acl = [...network.webAcls.values()].find(({ associated }) => associated.includes(id));
  if (acl !== undefined) return { has: 'yes', says: `its web ACL is ${labelOf(acl)}`, source: acl.source };
  if (withoutWebAcl) return { has: 'no', says: 'no web ACL is associated with it', source };
  const open = [...network.webAcls.values()].find(({ unread }) => unread !== undefined)?.unread;
  return untold(open ?? { unread: 'wafv2 list-web-acls', subject: id }, 'whether it has a web ACL', source);
}

function ruleGroupOf(network: Network, resource: AnyResource, name: string): Having | undefined {
  if (resource.kind === 'web-acl') return referring(resource, name);
  if (resource.kind === 'load-balancer') {
    const acl = [...network.webAcls.values()].find(({ associated }) => associated.includes(resource.id));
    return acl === undefined ? webAclOf(network, resource) : referring(acl, name);
  }
  if (resource.kind === 'network-firewall') {
    const policy = network.firewallPolicies.get(resource.policyArn ?? '');
    if (policy !== undefined) return ruleGroupOf(network, policy, name);
    const unread = { unread: 'network-firewall describe-firewall-policy', subject: resource.id };
    return untold(unread, 'its policy', resource.source);
  }
  if (resource.kind !== 'firewall-policy') return undefined;
  const groups = [...resource.stateless.groups, ...resource.stateful.groups].map(({ group }) => group);
  return among(groups, name, `the firewall policy ${labelOf(resource)}`, resource.source);
}

function referring({ ruleGroups, source, ...acl }: WebAcl, name: string): Having {
  if (isUnread(ruleGroups)) return untold(ruleGroups, `the rules of the web ACL ${labelOf(acl)}`, source);
  return among(ruleGroups, name, `the web ACL ${labelOf(acl)}`, source);
}

function among(groups: readonly string[], name: string, where: string, source: Provenance): Having {
  const found = groups.find(ruleGroupCalled(name));
  if (found !== undefined) return { has: 'yes', says: `${where} refers to \`${found}\``, source };
  return {
    has: 'no',
    says:
      groups.length === 0
        ? `${where} refers to no rule group`
        : `${where} refers to ${groups.map((one) => `\`${one}\``).join(', ')}`,
    source,
  };
}

/** What watches a VPC or a subnet watches every interface in it (semantics 15.1). */
function flowLogsOf(network: Network, resource: AnyResource): Having | undefined {
  const around = aroundOf(resource);
  if (around === undefined) return undefined;
  const { source } = resource;
  const logs = [...network.flowLogs.values()];
  const own = logs.filter(({ on }) => on !== undefined && around.includes(on));
  const good = own.find(({ delivers }) => delivers !== false);
  if (good !== undefined)
    return { has: 'yes', says: `flow log \`${good.id}\` records it, on \`${good.on}\``, source: good.source };
  const anywhere = logs.find(({ on }) => on === undefined);
  if (anywhere !== undefined)
    return {
      has: 'unknown',
      says: `what the flow log \`${anywhere.id}\` records is not known`,
      source: anywhere.source,
    };
  const vpc = around.at(-1)!;
  if (network.vpcs.get(vpc)?.flowLogsRead !== true)
    return untold({ unread: 'ec2 describe-flow-logs', subject: vpc }, 'whether a flow log records it', source);
  const [failing] = own;
  if (failing === undefined) return { has: 'no', says: 'no flow log records it', source };
  return { has: 'no', says: `the records of flow log \`${failing.id}\` are not delivered`, source: failing.source };
}

/** What a flow log may be on to record the resource: itself, and what it stands in, the VPC last. */
function aroundOf(resource: AnyResource): readonly string[] | undefined {
  if (resource.kind === 'vpc') return [resource.id];
  if (resource.kind === 'subnet') return [resource.id, resource.vpc];
  return resource.kind === 'network-interface' ? [resource.id, resource.subnet, resource.vpc] : undefined;
}

function dnsFirewallOf(network: Network, { id, dnsFirewall, source }: Vpc): Having {
  const own = [...network.dnsFirewallAssociations.values()].filter(({ vpc }) => vpc === id);
  const at = own.find(({ state }) => state === undefined);
  if (at !== undefined)
    return { has: 'yes', says: `rule group \`${at.group}\` is associated with it`, source: at.source };
  if (own.length > 0)
    return { has: 'unknown', says: `the association \`${own[0]!.id}\` is ${own[0]!.state}`, source: own[0]!.source };
  if (dnsFirewall?.unread !== undefined)
    return untold(dnsFirewall.unread, 'which rule groups are associated with it', source);
  const [profile] = dnsFirewall?.profiles ?? [];
  if (profile !== undefined)
    return { has: 'unknown', says: `the Route 53 Profile \`${profile}\` may bring some`, source };
  return { has: 'no', says: 'no rule group of DNS Firewall is associated with it', source };
}
