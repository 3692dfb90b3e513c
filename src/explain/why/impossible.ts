/** Why no flow of a question is possible at all, whatever rules and routes say: what the network is without. */
import { clientVpnsOf, linesOf } from '../../network/line.ts';
import type { InterfaceRole } from '../../network/interface.ts';
import type { Network } from '../../network/network.ts';
import type { Places, Question } from '../../policy/question.ts';

/** One sentence, of a question of which it is known. */
export const impossibleText = (network: Network, question: Question): string =>
  textOf(question, whatLacks(network, question) ?? 'as its parts are joined, the network has no way for it');

/** The same where it can be seen at a glance, of a question that has no flow; most are not like that. */
export function plainlyImpossible(network: Network, question: Question): string | undefined {
  const lacks = whatLacks(network, question);
  return lacks === undefined ? undefined : textOf(question, lacks);
}

const textOf = ({ from, to }: Question, lacks: string): string =>
  `No flow from \`${from.text}\` to \`${to.text}\` is possible, whatever groups, ACLs, route tables and firewalls say, and with no exception either: ${lacks}.`;

const whatLacks = (network: Network, { from, to }: Question): string | undefined =>
  lacking(network, from) ?? lacking(network, to);

/** Of services that have ways of their own to and from what is outside, beside every gateway. */
const bringsIn: ReadonlySet<InterfaceRole> = new Set(['managed-service', 'other-service']);

/** What the network has none of, where all of these places lie behind it. */
function lacking(network: Network, { members }: Places): string | undefined {
  const all = (kind: 'internet' | 'onprem'): boolean => members.length > 0 && members.every((one) => one.kind === kind);
  if (network.opaqueGateways.size > 0) return undefined;
  if (all('onprem') && [...linesOf(network), ...clientVpnsOf(network)].length === 0)
    return 'the network has no line to on premises';
  if (!all('internet') || [...network.interfaces.values()].some(({ role }) => bringsIn.has(role))) return undefined;
  const gateways = [
    ...network.internetGateways.values(),
    ...network.egressOnlyInternetGateways.values(),
    ...network.carrierGateways.values(),
  ].filter(({ vpc }) => vpc !== undefined);
  return gateways.length === 0 ? 'no VPC of the network has a gateway to the internet' : undefined;
}
