/** The edits of which one would cut a flow: each on its path, at the rule, route or gateway that lets it on. */
import type { Network } from '../network/network.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, distinct } from './candidate.ts';
import { closingGateway } from './gateway.ts';
import { closingEntries } from './network-acl.ts';
import { closingRoutes } from './route-table.ts';
import { closingFirewall } from './rule-group.ts';
import { closingRules } from './security-group.ts';
import type { Step } from './step.ts';
import { closingTransit } from './transit-route.ts';

/** The lightest first; `sender` is where the flow starts. Where packets count one way, what their replies meet is of no account. */
export function closing(
  network: Network,
  question: Question,
  steps: readonly Step[],
  sender: string,
  rules: RuleReader,
): readonly Candidate[] {
  const cut = (step: Step): readonly Candidate[] => {
    switch (step.kind) {
      case 'security-group':
        return closingRules(network, step, question);
      case 'network-acl':
        return closingEntries(network, step, question);
      case 'route-table':
        return closingRoutes(network, step, question, sender);
      case 'transit-gateway-route-table':
        return closingTransit(network, step, question);
      case 'firewall-endpoint':
      case 'network-firewall':
        return closingFirewall(network, step, rules);
      default:
        return closingGateway(network, step, question);
    }
  };
  const counted = steps.filter(
    ({ stops, direction }) => !stops && (direction === 'forward' || question.mode !== 'packet'),
  );
  return distinct(counted.flatMap(cut));
}
