/** Edits that would help, one set after the other: what to paste, what to run, what it changes besides. */
import type { PricedFlow, PriceJson, RemediesJson, RemedyJson } from '../../result/repair.ts';
import { hang, margin, plural, section, some } from './layout.ts';
import type { Names } from './names.ts';
import { type Paint, narrower } from './paint.ts';
import { familyText } from './path.ts';

/** What a report calls them. */
export interface Words {
  readonly title: string;
  /** `repair`, `way`. */
  readonly noun: string;
}

export const repairWords: Words = { title: 'Repairs', noun: 'repair' };

export const alternativeWords: Words = { title: 'Ways', noun: 'way to let it through' };

export function remedyLines(
  remedies: RemediesJson | undefined,
  words: Words,
  names: Names,
  paint: Paint,
): readonly string[] {
  if (remedies === undefined) return [];
  const { found } = remedies;
  const inner = narrower(paint, margin);
  const body =
    found.length === 0
      ? [noneText(remedies, words)]
      : found.flatMap((one, i) => [...(i === 0 ? [] : ['']), ...setLines(one, i + 1, names, inner)]);
  return ['', ...section(paint, words.title, body)];
}

/** Of those found. */
export const provedText = 'each proved on the edited network';

/** What is not found is not proved not to be there. */
export const noneText = ({ tried, upTo }: RemediesJson, { noun }: Words): string =>
  upTo === 0
    ? `no ${noun} was found among the ${plural(tried, 'set')} of edits that were tried in the time given`
    : `no ${noun} of up to ${plural(upTo, 'edit')} was found among those tried (${plural(tried, 'set')})`;

function setLines(
  { edits, commands, declared, mends, price }: RemedyJson,
  number: number,
  names: Names,
  paint: Paint,
): readonly string[] {
  const left = `${number}  `;
  const next = ' '.repeat(left.length);
  return [
    ...edits.flatMap(({ edit, notes }, i) => [
      ...hang(i === 0 ? left : next, paint.bold(`--set '${edit}'`), paint.width),
      ...notes.flatMap((note) => hang(next, paint.dim(note), paint.width)),
    ]),
    ...(commands ?? []).map((command) => `${next}${paint.dim(command)}`),
    ...declared.flatMap(({ address, says }) => hang(next, paint.dim(`in \`${address}\`: ${says}`), paint.width)),
    ...(mends.length === 0 ? [] : hang(next, `mends ${mends.join(', ')} as well`, paint.width)),
    ...(price === undefined ? [] : priceTexts(price, names).flatMap((text) => hang(next, text, paint.width))),
  ];
}

/** What comes and goes besides what was asked for, in a line each. */
export function priceTexts({ opened, closed, omitted, complete }: PriceJson, names: Names): readonly string[] {
  const told = (word: string, flows: readonly PricedFlow[], more: number): readonly string[] => {
    const beyond = flows.filter((one) => !one.asked);
    return [
      ...beyond.map((one) => `${word} ${flowText(one, names)}`),
      ...(more === 0 ? [] : [`${word} ${more} more ${more === 1 ? 'family' : 'families'} of flows`]),
    ];
  };
  const texts = [...told('opens', opened, omitted.opened), ...told('closes', closed, omitted.closed)];
  const asked = [...opened, ...closed].some((one) => one.asked);
  return [
    ...(texts.length > 0 ? texts : [asked ? 'changes nothing else' : 'changes no first packet of a flow']),
    ...(complete ? [] : ['and may change more']),
  ];
}

const flowText = ({ from, to, family }: PricedFlow, names: Names): string => {
  const places = (ids: readonly string[]): string =>
    some(
      ids.map((id) => names.of(id)),
      3,
    ).join(', ');
  return `from ${places(from)} to ${places(to)}: ${familyText(family)}`;
};
