/** The page a report is printed on: colours and a width on terminals, plain text and long lines everywhere else. */
import pc from 'picocolors';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
  /** Names in backticks: coloured in place of them on a terminal. */
  readonly names: (text: string) => string;
  /** Columns; lines longer than this are broken between words. */
  readonly width: number;
}

export function paint(color: boolean, width = Number.POSITIVE_INFINITY): Paint {
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(color);
  return {
    bold,
    dim,
    good: (text) => bold(green(text)),
    bad: (text) => bold(red(text)),
    unsure: (text) => bold(yellow(text)),
    names: (text) => (color ? text.replaceAll(/`([^`]*)`/g, (_, name: string) => cyan(name)) : text),
    width,
  };
}

/** The same page with that many columns taken. */
export const narrower = (page: Paint, by: number): Paint => ({ ...page, width: page.width - by });
