/** Colours for terminals; plain text everywhere else. */
import pc from 'picocolors';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
  /** Names in backticks: coloured in place of them on a terminal. */
  readonly names: (text: string) => string;
}

export function paint(color: boolean): Paint {
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(color);
  return {
    bold,
    dim,
    good: (text) => bold(green(text)),
    bad: (text) => bold(red(text)),
    unsure: (text) => bold(yellow(text)),
    names: (text) => (color ? text.replaceAll(/`([^`]*)`/g, (_, name: string) => cyan(name)) : text),
  };
}
