/**
 * Firewall policies to look at by themselves: as `network-firewall describe-*` prints them, alone or in a whole network,
 * or made of rule files. What nobody told is taken, and said.
 */
import type { Problem } from '../../base/problem.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { formatPrefix, parsePrefix, type Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { Leniency } from '../../network/build/index.ts';
import type { DefaultTaken } from '../../network/coverage.ts';
import type { Firewall } from '../../network/firewall.ts';
import type {
  FirewallPolicy,
  RuleGroup,
  RuleOrder,
  StatefulRuleGroup,
  StatelessAction,
} from '../../network/firewall-policy.ts';
import type { Network } from '../../network/network.ts';
import { combine } from '../combine.ts';
import { blockOf } from '../describe/firewall-match.ts';
import { readFiles } from '../files.ts';
import { groupOfText } from './group.ts';

/** What is named on a command line; what is absent was not said. */
export interface FirewallSource {
  /** Rule files, and JSON of rule groups, of firewall policies or of a whole network. */
  readonly files: readonly string[];
  /** JSON of one firewall policy, whose stateful groups the files are. */
  readonly policy?: string;
  readonly order?: 'strict' | 'action';
  /** Stateful default actions, such as `aws:drop_established`. */
  readonly defaults?: readonly string[];
  readonly statelessDefault?: 'forward' | 'pass' | 'drop';
  /** CIDR blocks. */
  readonly homeNet?: readonly string[];
}

export interface FirewallInput {
  readonly network: Network;
  /** Every firewall policy, with each firewall that uses it, or one that nobody described. */
  readonly subjects: readonly { readonly firewall: Firewall; readonly policy: FirewallPolicy }[];
  /** What was taken since nothing told it. */
  readonly defaults: readonly DefaultTaken[];
}

const call = 'network-firewall describe-firewall-policy';

/** The blocks of private networks (RFC 1918), in which spokes usually lie. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parsePrefix(text)!);

export function loadFirewalls(source: FirewallSource, leniency: Leniency = {}): Result<FirewallInput> {
  const { policy: policyFile } = source;
  const { files, texts, problems } = readFiles([...source.files, ...(policyFile === undefined ? [] : [policyFile])], {
    texts: true,
  });
  const taken: DefaultTaken[] = [];
  const wrong = [...problems, ...wrongOptions(source)];
  let completed = false;
  const add = (findings: Findings): readonly Problem[] => {
    completed = true;
    return complete(findings, source, texts, taken);
  };
  const network = combine(files, wrong, [], add, leniency);
  // A snapshot is a whole network.
  if (!completed && texts.length > 0) return fail(...texts.map(besidePolicy));
  if (!network.ok) return network;
  const homed = withHomeNet(network.value, source, taken);
  const read = { ...homed, sources: [...homed.sources, ...texts.map(({ file }) => file)].toSorted() };
  const subjects = subjectsOf(read);
  if (subjects.length > 0) return ok({ network: read, subjects, defaults: taken });
  const broken = read.coverage.filter(({ kind }) => kind === 'firewall-policy');
  return fail(
    ...broken.map(({ id, why, source: at }) => ({
      code: 'firewall-policy-not-modelled',
      file: at.file,
      place: at.place,
      message: `What \`${id}\` lets through cannot be told: ${why ?? 'too little of it was read'}.`,
      hint: 'Add what `aws network-firewall describe-…` prints of it, in a file beside it.',
    })),
    ...(broken.length > 0 ? [] : [noPolicy(source.files.join(', '))]),
  );
}

/** In AWS's own words (semantics 10.24). */
const defaultActions = ['drop', 'alert'].flatMap((verb) =>
  ['strict', 'established', 'established_app_layer', 'established_app_layer_to_server'].map(
    (when) => `aws:${verb}_${when}`,
  ),
);

const wrongOptions = ({ homeNet = [], defaults = [] }: FirewallSource): readonly Problem[] => [
  ...homeNet.flatMap((text) =>
    blockOf(text) === undefined
      ? {
          code: 'bad-cidr',
          place: '--home-net',
          message: `\`${text}\` is no CIDR block.`,
          hint: 'Write it like 10.0.0.0/8.',
        }
      : [],
  ),
  ...defaults.flatMap((text) =>
    defaultActions.includes(text)
      ? []
      : {
          code: 'bad-default-action',
          place: '--default',
          message: `\`${text}\` is no stateful default action.`,
          hint: `AWS knows ${defaultActions.join(', ')}.`,
        },
  ),
];

const noPolicy = (file: string): Problem => ({
  code: 'no-firewall-policy',
  file,
  message: 'There is no firewall policy and no rule group in it.',
  hint: 'Give Suricata rules, or what `aws network-firewall describe-firewall-policy` and `describe-rule-group` print.',
});

type Text = { readonly file: string; readonly text: string };

/** Makes groups of the texts, and where no policy was read, one that has all groups. */
function complete(
  findings: Findings,
  source: FirewallSource,
  texts: readonly Text[],
  taken: DefaultTaken[],
): readonly Problem[] {
  const { policy: policyFile, files } = source;
  const stray = policyFile === undefined ? undefined : texts.find(({ file }) => file === policyFile);
  if (stray !== undefined && !files.includes(stray.file)) return [noPolicy(stray.file)];
  const made = findings.firewallPolicies.length === 0;
  if (policyFile === undefined && !made) return texts.length === 0 ? idleOptions(source) : texts.map(besidePolicy);
  const [described, ...others] = findings.firewallPolicies;
  if (policyFile !== undefined) {
    if (described === undefined) return [noPolicy(policyFile)];
    if (others.length > 0) return [severalPolicies(policyFile, findings.firewallPolicies.length)];
  }
  const idle = policyFile === undefined ? [] : idleOptions(source);
  const order = described?.stateful.order ?? orderOf(source, findings.ruleGroups);
  const read = texts.map(({ file, text }) => groupOfText(file, text, order));
  const groups = inOrderOf(files, [
    ...findings.ruleGroups.flatMap((group) => (group.kind === 'stateful-rule-group' ? group : [])),
    ...read.map(({ group }) => group),
  ]);
  findings.ruleGroups.push(...read.map(({ group }) => group));
  for (const { notModelled } of read) findings.notModelled.push(...notModelled);
  const problems = [...idle, ...read.flatMap((one) => one.problems)];
  if (groups.length === 0) return problems;
  const references = groups.map(({ id }, i) => ({
    group: id,
    ...(order === 'STRICT_ORDER' ? { priority: i + 1 } : {}),
    dropToAlert: false,
  }));
  if (described !== undefined)
    findings.firewallPolicies.splice(0, 1, {
      ...described,
      stateful: { ...described.stateful, groups: references },
    });
  else findings.firewallPolicies.push(policyOf(source, order, references, groups[0]!, taken));
  return problems;
}

/** That of the rule groups that were described, where all have one; else strict. */
function orderOf({ order }: FirewallSource, groups: readonly RuleGroup[]): RuleOrder {
  if (order !== undefined) return order === 'action' ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER';
  const told = new Set(groups.flatMap((group) => (group.kind === 'stateful-rule-group' ? group.order : [])));
  const [only = 'STRICT_ORDER'] = told;
  return told.size === 1 ? only : 'STRICT_ORDER';
}

/** Groups as the files that hold them are named. */
const inOrderOf = (files: readonly string[], groups: readonly StatefulRuleGroup[]): readonly StatefulRuleGroup[] =>
  files.flatMap((file) =>
    groups.filter(({ source }) => source.file === file || source.file.startsWith(`${file.replace(/\/$/, '')}/`)),
  );

const stateless: Readonly<Record<'forward' | 'pass' | 'drop', StatelessAction>> = {
  forward: 'aws:forward_to_sfe',
  pass: 'aws:pass',
  drop: 'aws:drop',
};

function policyOf(
  source: FirewallSource,
  order: RuleOrder,
  groups: FirewallPolicy['stateful']['groups'],
  first: StatefulRuleGroup,
  taken: DefaultTaken[],
): FirewallPolicy {
  const take = (setting: string, value: string): void => void taken.push({ setting, value, call });
  if (source.order === undefined) take('RuleOrder', order);
  if (source.defaults === undefined && order === 'STRICT_ORDER')
    take('StatefulDefaultActions', 'none, so that what no rule decides passes');
  if (source.statelessDefault === undefined) take('StatelessDefaultActions', stateless.forward);
  const action = stateless[source.statelessDefault ?? 'forward'];
  return {
    kind: 'firewall-policy',
    id: 'rule-files',
    name: 'rule files',
    tags: {},
    source: first.source,
    stateless: { groups: [], default: action, fragmentDefault: action },
    stateful: { order, defaults: source.defaults ?? [], streamException: 'DROP', groups },
    sessionHolding: false,
  };
}

/** The options that make a policy, where one was described. */
function idleOptions({ order, defaults, statelessDefault }: FirewallSource): readonly Problem[] {
  const given = { '--order': order, '--default': defaults, '--stateless-default': statelessDefault };
  return Object.entries(given).flatMap(([option, value]) =>
    value === undefined
      ? []
      : {
          code: 'policy-is-described',
          place: option,
          message: `\`${option}\` is for rules without a policy, and the input describes one.`,
          hint: 'Leave it out: the policy tells it.',
        },
  );
}

const besidePolicy = ({ file }: Text): Problem => ({
  code: 'rules-beside-policy',
  file,
  message: 'These rules stand beside a described policy that has rule groups of its own.',
  hint: 'Give the policy with --policy, and the rule files are its stateful rule groups.',
});

const severalPolicies = (file: string, count: number): Problem => ({
  code: 'several-firewall-policies',
  file,
  message: `${count} firewall policies are described, and the rule files belong to one.`,
  hint: 'Give the answer of describe-firewall-policy for that one alone.',
});

/** HOME_NET as given, and for policies without one that no firewall in a VPC uses, private networks. */
function withHomeNet(network: Network, { homeNet }: FirewallSource, taken: DefaultTaken[]): Network {
  const given = homeNet?.flatMap((text) => blockOf(text) ?? []);
  const firewalls = [...network.firewalls.values()];
  const policies = [...network.firewallPolicies.values()].map((policy): FirewallPolicy => {
    if (given !== undefined) return { ...policy, homeNet: given };
    const placed = firewalls.some(({ policyArn }) => policyArn === policy.id);
    if (placed || policy.homeNet !== undefined) return policy;
    if (!taken.some(({ setting }) => setting === 'HOME_NET')) taken.push(homeNetTaken(privateBlocks));
    return { ...policy, homeNet: privateBlocks };
  });
  return { ...network, firewallPolicies: new Map(policies.map((policy) => [policy.id, policy])) };
}

const homeNetTaken = (blocks: readonly Prefix[]): DefaultTaken => ({
  setting: 'HOME_NET',
  value: blocks.map((block) => formatPrefix(block)).join(', '),
  call,
});

function subjectsOf({ firewallPolicies, firewalls }: Network): FirewallInput['subjects'] {
  return [...firewallPolicies.values()].flatMap((policy) => {
    const users = [...firewalls.values()].filter(({ policyArn }) => policyArn === policy.id);
    const all = users.length > 0 ? users : [imagined(policy)];
    return all.map((firewall) => ({ firewall, policy }));
  });
}

/** A firewall that has the policy, wherever it stands. */
const imagined = ({ id, name, source }: FirewallPolicy): Firewall => ({
  kind: 'network-firewall',
  id: `firewall of ${name ?? id}`,
  tags: {},
  source,
  endpoints: [],
  policyArn: id,
});
