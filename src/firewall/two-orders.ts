/** Rule groups of another rule order than the policy that names them: AWS refuses to associate them (semantics 10.20). */
import { predicate as p } from '../dataplane/index.ts';
import type { Mode } from '../network/replay.ts';
import type { RuleOrder, StatefulRuleGroup } from '../network/firewall-policy.ts';
import { isUnread } from '../network/resource.ts';
import type { Found } from './court.ts';
import { type Bench, type Findings, doubt, finding, inSomeFamily, joined } from './lint.ts';
import { exampleJson } from './published.ts';
import { type Subject, groupsOf, withPolicy } from './subject.ts';
import { outward, whole } from './traffic.ts';

const code = 'two-orders';

/** What people mean by a flow comes first. */
const modes: readonly Mode[] = ['client-data', 'data', 'packet', 'connection'];

export async function twoOrders(bench: Bench): Promise<Findings> {
  const { order } = bench.subject.policy.stateful;
  const all: Findings[] = [];
  for (const group of groupsOf(bench.subject)) if (group.order !== order) all.push(await misplaced(bench, group));
  return joined(all);
}

/** Whether the group's rules by themselves, and in their own words, do the same in the policy's order. */
async function misplaced({ subject, court }: Bench, group: StatefulRuleGroup): Promise<Findings> {
  const { order } = subject.policy.stateful;
  const refused = `AWS refuses with an InvalidRequestException to associate \`${group.name ?? group.id}\`, a rule group of ${group.order}, with a policy of ${order}`;
  if (isUnread(group.rules)) return finding(code, `${refused}. Its rules were not read.`, []);
  const [own, moved] = [alone(subject, group, group.order), alone(subject, group, order)];
  const open: Extract<Found, { kind: 'undecided' }>[] = [];
  for (const mode of modes)
    for (const passes of [true, false]) {
      const found = await inSomeFamily(court, (family) => ({
        mode,
        where: p.yes,
        says: [
          { subject: own, passes },
          { subject: moved, passes: !passes },
        ],
        rather: [p.and(outward(subject, family), whole), whole],
      }));
      if (found.kind === 'undecided') open.push(found);
      if (found.kind !== 'some') continue;
      const { example } = found;
      const [first, second] = passes ? ['pass', 'drop'] : ['drop', 'pass'];
      const says = `${refused}. By themselves its rules ${first} a flow in their own order that they ${second} in the policy's.`;
      return finding(code, says, [
        exampleJson(own, example, example.judgements[0]!),
        exampleJson(moved, example, example.judgements[1]!),
      ]);
    }
  const none = finding(
    code,
    open.length > 0 ? `${refused}.` : `${refused}. By themselves its rules treat every flow alike in both orders.`,
    [],
  );
  return open.length > 0 ? joined([none, doubt(code, open[0]!)]) : none;
}

/** The policy with the group as all its rules: what none of them drops passes. */
const alone = (subject: Subject, group: StatefulRuleGroup, order: RuleOrder): Subject =>
  withPolicy(subject, {
    stateless: { groups: [], default: 'aws:forward_to_sfe', fragmentDefault: 'aws:forward_to_sfe' },
    stateful: {
      order,
      defaults: [],
      streamException: subject.policy.stateful.streamException,
      groups: [{ group: group.id, ...(order === 'STRICT_ORDER' ? { priority: 1 } : {}), dropToAlert: false }],
    },
  });
