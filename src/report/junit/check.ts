/** `check` as JUnit XML: a test case for each property, what shows its failure in it as text. */
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { failureLines, wordOf } from '../text/check.ts';
import { flowTitle } from '../text/flow.ts';
import { lines } from '../text/layout.ts';
import { type Names, namesOf } from '../text/names.ts';
import { paint } from '../text/paint.ts';
import { type Case, junitXml } from './suites.ts';

export function checkJunit({ tool, topology, question, network, assumptions, results }: CheckDocument): string {
  const names = namesOf(topology);
  return junitXml(tool, [
    {
      name: question.policies.length === 0 ? 'properties' : question.policies.join(', '),
      timeMs: results.reduce((sum, { timeMs }) => sum + timeMs, 0),
      properties: {
        network: `sha256:${network.sha256}`,
        ...(assumptions.length === 0 ? {} : { assumptions: assumptions.join(', ') }),
      },
      cases: results.map((result) => caseOf(result, names)),
    },
  ]);
}

const caseOf = (result: PropertyResult, names: Names): Case => ({
  name: result.title === null ? result.id : `${result.id}: ${result.title}`,
  className: result.source.file,
  timeMs: result.timeMs,
  outcome: outcomeOf(result, names),
});

function outcomeOf(result: PropertyResult, names: Names): Case['outcome'] {
  const { severity, waived, reason, counterexamples } = result;
  const word = wordOf(result);
  const [flow] = counterexamples;
  switch (word) {
    case 'holds':
      return { kind: 'passed' };
    case 'waived':
      return { kind: 'skipped', why: `violated, and waived until ${waived?.until}: ${waived?.reason}` };
    case 'violated':
    case 'undecided':
      return {
        kind: word === 'violated' ? 'failure' : 'error',
        type: `${word}, ${severity} severity`,
        message: reason ?? (flow === undefined ? word : flowTitle(flow, names)),
        text: lines(failureLines(result, names, paint(false))),
      };
  }
}
