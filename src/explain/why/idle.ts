/** Groups that let nothing out of all that sends, or nothing into all that receives: beside them nothing else is put to the test. */
import type { Network } from '../../network/network.ts';
import { isUnread } from '../../network/resource.ts';
import type { Places, Question } from '../../policy/question.ts';

/** Of a question that has no flow, one sentence for each side of which it is so. */
export function idleNotes(network: Network, { from, to }: Question): readonly string[] {
  // Names go to the Amazon resolver past every group.
  const resolves = to.members.some(({ kind }) => kind === 'dns' || kind === 'cidr');
  return [
    ...(resolves || !isShut(network, from, 'egress') ? [] : [idleText(from, 'out')]),
    ...(isShut(network, to, 'ingress') ? [idleText(to, 'in')] : []),
  ];
}

const idleText = ({ text }: Places, way: 'in' | 'out'): string =>
  `The groups of \`${text}\` let nothing ${way === 'in' ? 'in' : 'out but names'}: that alone closes every way ${way === 'in' ? 'into' : 'out of'} it, and routes, ACLs and firewalls are not put to the test.`;

/** All of them are interfaces, and no group of theirs has a rule. */
const isShut = (network: Network, { members }: Places, direction: 'ingress' | 'egress'): boolean =>
  members.length > 0 &&
  members.every((one) => {
    const groups = one.kind === 'interface' ? (network.interfaces.get(one.id)?.groups ?? []) : [];
    return (
      groups.length > 0 &&
      groups.every((id) => {
        const rules = network.securityGroups.get(id)?.[direction];
        return rules !== undefined && !isUnread(rules) && rules.length === 0;
      })
    );
  });
