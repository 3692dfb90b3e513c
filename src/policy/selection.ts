/** A selector's text held against one network: what its terms name, or why it names nothing. */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import { serviceShortName } from '../network/endpoint.ts';
import type { Network } from '../network/network.ts';
import { type Groups, type Match, matchSelector } from '../network/selector-match.ts';
import { readSelector } from '../network/selector.ts';
import knownServices from '../../models/services.json' with { type: 'json' };

export interface Selection {
  /** As the person wrote it. */
  readonly text: string;
  readonly matches: readonly Match[];
}

/** Reads the selector and finds what it names; `groups` are further names. A service must be one that is known. */
export function select(network: Network, text: string, groups?: Groups): Result<Selection, ProblemAt> {
  const selector = readSelector(text);
  const matches = matchSelector(network, selector, groups);
  const services = selector.terms.flatMap(({ named, column }) =>
    named.kind === 'service' && !named.known ? (unknownService(network, named.name, column) ?? []) : [],
  );
  const problems = [...selector.problems, ...(matches.ok ? [] : matches.problems), ...services].toSorted(
    (a, b) => a.column - b.column,
  );
  return unless(problems, () => ({ text: text.trim(), matches: matches.ok ? matches.value : [] }));
}

function unknownService(network: Network, name: string, column: number): ProblemAt | undefined {
  const here = [...network.endpoints.values()].map(({ serviceName }) => serviceShortName(serviceName));
  const names = [...here, ...knownServices];
  if (names.includes(name)) return undefined;
  return {
    code: 'unknown-service',
    column,
    message: `\`service:${name}\` is no AWS service that is known here.`,
    hint: didYouMean(name, names) ?? 'Its whole name, `service:com.amazonaws.REGION.NAME`, is taken as written.',
  };
}
