/** A refutation as public checkers read it: its clauses in DIMACS CNF, its proof as lines of DRAT. */
import { inflate, mostInflated, readClauses, step } from './checker/bytes.ts';
import type { Refutation } from './checker/format.ts';

/** What the variables and the clauses mean stands before them, as comments. The refutation is one that was accepted. */
export function dimacsOf({ variables, cnf, meanings, groups }: Refutation, title: string): string {
  const { numbers, count } = readClauses(inflate(cnf, mostInflated), variables, 'clause');
  let last = 0;
  const runs = groups.map(({ clauses, means }) => {
    const from = last + 1;
    last += clauses;
    return comment(range('clause', from, last), means);
  });
  return `${[
    comment(title),
    ...meanings.map(({ from, to, means }) => comment(range('variable', from, to), means)),
    ...runs,
    `p cnf ${variables} ${count}`,
    ...rows(numbers, 0),
  ].join('\n')}\n`;
}

export function dratOf({ variables, proof }: Refutation): string {
  const { numbers } = readClauses(inflate(proof, mostInflated), variables, 'step');
  return rows(numbers, 1)
    .map((row) => `${row}\n`)
    .join('');
}

/** A row for each run of numbers that ends in 0; of a step, the number before it says whether its clause is deleted. */
function rows(numbers: Int32Array, led: 0 | 1): readonly string[] {
  const all: string[] = [];
  for (let from = 0, to = led; to < numbers.length; to++) {
    if (numbers[to] !== 0) continue;
    const deleted = led === 1 && numbers[from] === step.delete;
    all.push(`${deleted ? 'd ' : ''}${numbers.subarray(from + led, to + 1).join(' ')}`);
    from = to + 1;
    to += led;
  }
  return all;
}

const range = (what: string, from: number, to: number): string =>
  from === to ? `${what} ${from}` : `${what}s ${from} to ${to}`;

/** One line of ASCII, which every reader of DIMACS takes. */
const comment = (...parts: readonly string[]): string => `c ${parts.join(': ').replaceAll(/[^\x21-\x7e]+/g, ' ')}`;
