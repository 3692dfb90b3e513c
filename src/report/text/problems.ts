/** Problems as text: one line each, as compilers print them, and what to do below it. */
import type { Problem } from '../../base/problem.ts';
import type { Paint } from './paint.ts';

export function problemsText(problems: readonly Problem[], paint: Paint): string {
  return problems.map((problem) => problemText(problem, paint)).join('');
}

/** `file:place: message (code)`. */
function problemText({ code, file, place, message, hint }: Problem, paint: Paint): string {
  const where = [file, place].filter((part) => part !== undefined && part !== '').join(':');
  const line = `${where === '' ? '' : `${paint.bold(where)}: `}${paint.names(message)} ${paint.dim(`(${code})`)}\n`;
  return hint === undefined ? line : `${line}  ${paint.dim('hint:')} ${paint.names(hint)}\n`;
}
