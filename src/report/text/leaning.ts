/** What a verdict leans on: assumptions, facts, defaults, warnings, and how much of the input is modelled. */
import type { FactUsed } from '../../result/answer.ts';
import type { CoverageSum, DefaultTakenJson, ResourceJson } from '../../result/document.ts';
import { plural, section, some } from './layout.ts';
import type { Paint } from './paint.ts';

/** How many defaults and warnings a text shows; JSON has them all. */
const shown = 5;

export interface Leans {
  readonly assumptions: readonly string[];
  readonly facts: readonly FactUsed[];
  readonly defaults: readonly DefaultTakenJson[];
  readonly warnings: readonly string[];
  readonly unmodelled: readonly ResourceJson[];
  readonly coverage: CoverageSum;
}

export function leaningLines(
  { assumptions, facts, defaults, warnings, unmodelled, coverage }: Leans,
  paint: Paint,
): readonly string[] {
  return [
    ...section(paint, 'Assumed', assumptions),
    ...section(
      paint,
      'Facts',
      facts.map((each) => factText(each)),
    ),
    ...section(
      paint,
      'Defaults',
      some(
        defaults.map((each) => defaultText(each)),
        shown,
      ),
    ),
    ...section(paint, 'Warnings', some(warnings, shown)),
    ...section(paint, 'Unmodelled', some(unmodelled.flatMap(unmodelledText), shown)),
    ...section(paint, 'Coverage', [coverageText(coverage)]),
  ];
}

/** What could have led to another verdict had it been modelled; the rest is counted. */
const unmodelledText = ({ kind, id, affects = '' }: ResourceJson): readonly string[] =>
  /^(?:|no verdict|none\b.*|nothing\b.*)$/.test(affects)
    ? []
    : [`${kind} \`${id}\` is not modelled and could change ${affects}`];

/** A setting that nobody read, and the call that would tell it. */
export const defaultText = ({ setting, value, call }: DefaultTakenJson): string =>
  `${setting} is taken as ${value}; \`aws ${call}\` would tell`;

const factText = ({ fact, value, says }: FactUsed): string =>
  `${fact} ${value === 'yes' ? 'is taken as true' : 'is taken as false'}: ${says}`;

/** The one-line sum that every report carries. */
export function coverageText({ modelled, assumed, notModelled }: CoverageSum): string {
  const total = modelled + assumed + notModelled;
  return `${plural(total, 'resource')} read: ${modelled} modelled, ${assumed} modelled with an assumption, ${notModelled} not modelled`;
}
