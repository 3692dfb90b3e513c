/** Why no flow of a question is possible at all, whatever rules and routes say: what the network is without. */
import { clientVpnsOf, linesOf } from '../../network/line.ts';
import type { Network } from '../../network/network.ts';
import type { Places, Question } from '../../policy/question.ts';

/** One sentence. */
export function impossibleText(network: Network, { from, to }: Question): string {
  const lacks = lacking(network, from) ?? lacking(network, to);
  const whatever = 'whatever groups, ACLs, route tables and firewalls say, and with no exception either';
  return lacks === undefined
    ? `No flow from \`${from.text}\` to \`${to.text}\` is possible, ${whatever}: as its parts are joined, the network has no way for it.`
    : `No flow from \`${from.text}\` to \`${to.text}\` is possible, ${whatever}: ${lacks}.`;
}

/** What the network has none of, where all of these places lie behind it. */
function lacking(network: Network, { members }: Places): string | undefined {
  const all = (kind: 'internet' | 'onprem'): boolean => members.length > 0 && members.every((one) => one.kind === kind);
  if (network.opaqueGateways.size > 0) return undefined;
  if (all('onprem') && [...linesOf(network), ...clientVpnsOf(network)].length === 0)
    return 'the network has no line to on premises';
  if (!all('internet')) return undefined;
  const gateways = [
    ...network.internetGateways.values(),
    ...network.egressOnlyInternetGateways.values(),
    ...network.carrierGateways.values(),
  ].filter(({ vpc }) => vpc !== undefined);
  return gateways.length === 0 ? 'no VPC of the network has a gateway to the internet' : undefined;
}
