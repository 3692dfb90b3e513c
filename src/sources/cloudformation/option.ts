/** What the person tells beside the files: parameters and imports. */
import { didYouMean } from '../../base/near.ts';
import type { Problem } from '../../base/problem.ts';

export interface TemplateOptions {
  /** `NAME=VALUE`; `STACK/NAME=VALUE` for a nested stack, or one of several; `AWS::Region=eu-west-1`. */
  readonly parameters?: readonly string[];
  /** `NAME=VALUE`: what a stack that is not given exports under the name. */
  readonly imports?: readonly string[];
}

/** Values by name, and which of them somebody asked for. */
export interface Told {
  readonly get: (name: string) => string | undefined;
  readonly has: (name: string) => boolean;
  readonly unused: () => readonly string[];
}

/** Reads `NAME=VALUE`; of a name given twice the last value counts. */
export function told(option: '--parameter' | '--import', given: readonly string[], problems: Problem[]): Told {
  const values = new Map<string, string>();
  const used = new Set<string>();
  for (const one of given) {
    const equals = one.indexOf('=');
    if (equals > 0) values.set(one.slice(0, equals).trim(), one.slice(equals + 1));
    else
      problems.push({
        code: 'bad-option',
        // A value may be a secret, so it is not repeated.
        message: `\`${option}\` takes a name and a value.`,
        hint: `Write it \`${option} NAME=VALUE\`.`,
      });
  }
  return {
    get: (name) => {
      used.add(name);
      return values.get(name);
    },
    has: (name) => values.has(name),
    unused: () => [...values.keys()].filter((name) => !used.has(name)),
  };
}

export const unknownParameter = (name: string, known: readonly string[]): Problem => ({
  code: 'unknown-parameter',
  message: `No template has a parameter \`${name}\`.`,
  hint: didYouMean(name, known) ?? `The parameters are ${known.slice(0, 20).join(', ') || 'none'}.`,
});
