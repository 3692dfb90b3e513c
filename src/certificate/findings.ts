/** What an `assert` stands on: of each resource what it has or lacks, and by what of its configuration. */
import type { Network } from '../network/network.ts';
import { type Assertion, findingsOf, verdictOfFindings } from '../policy/assertion.ts';
import type { Facts, Obligation } from './checker/format.ts';

export interface FindingsShown {
  readonly verdict: ReturnType<typeof verdictOfFindings>;
  readonly obligation: Obligation;
  readonly evidence: Omit<Facts, 'obligation'>;
}

export function findingsShown(network: Network, assertion: Assertion): FindingsShown {
  const findings = findingsOf(network, assertion);
  const says = `whether each of \`${assertion.on.text}\` has ${assertion.has.map(({ text }) => `\`${text}\``).join(', ')}`;
  return {
    verdict: verdictOfFindings(findings),
    obligation: { question: 0, family: 'ipv4', variant: '', kind: 'facts', says },
    evidence: { kind: 'facts', cited: findings },
  };
}
