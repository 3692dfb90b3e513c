/** The line of `whatif`: where its own arguments end, and what is asked begins. */
import { didYouMean } from '../base/near.ts';
import type { Problem } from '../base/problem.ts';
import type { Asking, Invocation, WhatIfLine } from './invocation.ts';

const words: readonly Asking['command'][] = ['ask', 'check', 'trace'];

export const isAskingWord = (word: string): word is Asking['command'] => (words as readonly string[]).includes(word);

export const isAsking = (asked: Invocation | WhatIfLine): asked is Asking => isAskingWord(asked.command);

export const notAsked = (word: string): Problem => ({
  code: 'unknown-command',
  message: `\`${word}\` is nothing that \`whatif\` asks.`,
  hint:
    didYouMean(word, words) ?? 'After the network and the edits stands `ask`, `check` or `trace`, with its options.',
});

/** Options before what is asked, each with a value behind it. */
const withValue: ReadonlySet<string> = new Set(['--edit', '--set', '--base', '--parameter', '--import']);

/** `line` ends with the second argument that is no option, which says what is asked; `rest` is what follows it. */
export function splitWhatIf(argv: readonly string[]): {
  readonly line: readonly string[];
  readonly rest: readonly string[];
} {
  if (argv[0] !== 'whatif') return { line: argv, rest: [] };
  let named = 0;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    if (withValue.has(word)) i++;
    else if ((word === '-' || !word.startsWith('-')) && ++named === 2)
      return { line: argv.slice(0, i + 1), rest: argv.slice(i + 1) };
  }
  return { line: argv, rest: [] };
}
