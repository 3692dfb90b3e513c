/** Edits applied to a network, one after the other: the network as AWS would have it then, or everything that is wrong with them. */
import type { Problem } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import { checkNetwork } from '../network/build/index.ts';
import type { Network } from '../network/network.ts';
import type { Provenance } from '../network/resource.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import { takeDown } from './down.ts';
import type { Change, Draft } from './draft.ts';
import type { Edit } from './edit.ts';
import { addGatewayEndpoint, addInterfaceEndpoint, removeEndpoint } from './endpoint.ts';
import { detach } from './gateway.ts';
import { addAddress, changeGroups, removeAddress, setSourceDestCheck } from './interface.ts';
import { editEntry } from './network-acl.ts';
import { addInterface } from './new-interface.ts';
import { addPublicAddress, removePublicAddress } from './public-address.ts';
import { removeRoute, setRoute } from './route.ts';
import { addFirewallRule, editDomain, removeFirewallRule } from './rule-group.ts';
import { addRule, changeRule, removeRule, removeRuleById } from './security-group.ts';
import { associateAcl, associateEdge, associateTable } from './subnet.ts';
import type { WrittenEdit } from './written.ts';

export interface AppliedEdit {
  /** The edit in one line. */
  readonly text: string;
  readonly source: Provenance;
  /** What it did, in the order of doing; never empty. */
  readonly changes: readonly Change[];
  /** What is worth knowing besides: one sentence each. */
  readonly notes: readonly string[];
}

export interface Edited {
  readonly network: Network;
  readonly edits: readonly AppliedEdit[];
}

/** Each edit sees what those before it did. The problems are those of all edits at once. */
export function applyEdits(network: Network, edits: readonly WrittenEdit[], rules: RuleReader): Result<Edited> {
  const problems: Problem[] = [];
  const applied: AppliedEdit[] = [];
  const stages: { readonly edit: WrittenEdit; readonly network: Network }[] = [];
  let current = network;
  for (const written of edits) {
    const before = problems.length;
    const draft: Draft = {
      network: current,
      own: new Map(),
      source: written.source,
      rules,
      changes: [],
      notes: [],
      wrong: (field, { column = 1, ...mistake }) => {
        problems.push({ ...mistake, file: written.source.file, place: written.place(field, column) });
      },
    };
    perform(draft, written.edit);
    if (problems.length === before && draft.changes.length === 0)
      draft.wrong(undefined, {
        code: 'changes-nothing',
        message: 'The edit changes nothing: what it names holds nothing that it could change.',
        hint: 'An instance, for one, may have no network interface in the input.',
      });
    if (problems.length > before) continue;
    // A network of its own: what was worked out about one that was still changing is not about this one.
    current = { ...draft.network };
    stages.push({ edit: written, network: current });
    applied.push({ text: written.text, source: written.source, changes: draft.changes, notes: draft.notes });
  }
  problems.push(...impossible(network, stages));
  return unless(problems, () => ({ network: current, edits: applied }));
}

/** What AWS would refuse of the network in the end and not before, each at the first edit after which it is so. */
function impossible(
  before: Network,
  stages: readonly { readonly edit: WrittenEdit; readonly network: Network }[],
): readonly Problem[] {
  const last = stages.at(-1);
  const found = last === undefined ? [] : checkNetwork(last.network);
  if (found.length === 0) return [];
  const keyOf = ({ code, message }: Problem): string => `${code} ${message}`;
  const old = new Set(checkNetwork(before).map((problem) => keyOf(problem)));
  const first = new Map<string, WrittenEdit>();
  for (const { edit, network } of stages)
    for (const problem of checkNetwork(network)) if (!first.has(keyOf(problem))) first.set(keyOf(problem), edit);
  return found.flatMap((problem) => {
    if (old.has(keyOf(problem))) return [];
    const { source } = first.get(keyOf(problem))!;
    return { ...problem, file: source.file, place: source.place };
  });
}

function perform(draft: Draft, edit: Edit): void {
  switch (edit.kind) {
    case 'add-rule':
      return addRule(draft, edit);
    case 'remove-rule':
      return removeRule(draft, edit);
    case 'remove-rule-by-id':
      return removeRuleById(draft, edit);
    case 'change-rule':
      return changeRule(draft, edit);
    case 'set-route':
      return setRoute(draft, edit);
    case 'remove-route':
      return removeRoute(draft, edit);
    case 'add-entry':
    case 'change-entry':
    case 'remove-entry':
      return editEntry(draft, edit);
    case 'associate-table':
      return associateTable(draft, edit);
    case 'associate-acl':
      return associateAcl(draft, edit);
    case 'associate-edge':
      return associateEdge(draft, edit);
    case 'change-groups':
      return changeGroups(draft, edit);
    case 'add-address':
      return addAddress(draft, edit);
    case 'remove-address':
      return removeAddress(draft, edit);
    case 'add-public-address':
      return addPublicAddress(draft, edit);
    case 'remove-public-address':
      return removePublicAddress(draft, edit);
    case 'set-source-dest-check':
      return setSourceDestCheck(draft, edit);
    case 'add-interface':
      return addInterface(draft, edit);
    case 'add-interface-endpoint':
      return addInterfaceEndpoint(draft, edit);
    case 'add-gateway-endpoint':
      return addGatewayEndpoint(draft, edit);
    case 'remove-endpoint':
      return removeEndpoint(draft, edit);
    case 'add-firewall-rule':
    case 'insert-firewall-rule':
      return addFirewallRule(draft, edit);
    case 'remove-firewall-rule':
      return removeFirewallRule(draft, edit);
    case 'add-domain':
    case 'remove-domain':
      return editDomain(draft, edit);
    case 'detach':
      return detach(draft, edit);
    case 'take-down':
      return takeDown(draft, edit);
  }
}
