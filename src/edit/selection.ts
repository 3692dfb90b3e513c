/** The resources that an edit names: those of the kinds that it can be about, or why there are none. */
import { didYouMean } from '../base/near.ts';
import type { AnyResource } from '../network/network.ts';
import { resourcesOf } from '../network/network.ts';
import { matchSelector } from '../network/selector-match.ts';
import { type Term, readSelector } from '../network/selector.ts';
import type { Named } from './edit.ts';
import type { Draft } from './draft.ts';

type Kind = AnyResource['kind'];
export type ResourceOf<K extends Kind> = AnyResource & { readonly kind: K };

/** Each once, in the order of the terms; empty where something is wrong, which is noted. `noun`: `security group`. */
export function things<K extends Kind>(
  draft: Draft,
  field: string,
  name: Named,
  noun: string,
  ...kinds: readonly K[]
): readonly ResourceOf<K>[] {
  const { terms } = readSelector(name);
  const found = terms.map((term) => ofTerm(draft, field, term, noun, kinds));
  if (found.includes(undefined)) return [];
  return [...new Map(found.flatMap((all) => (all ?? []).map((one) => [one.id, one] as const))).values()];
}

/** The one that is named; undefined where it is none or several, which is noted. */
export function thing<K extends Kind>(
  draft: Draft,
  field: string,
  name: Named,
  noun: string,
  ...kinds: readonly K[]
): ResourceOf<K> | undefined {
  const all = things(draft, field, name, noun, ...kinds);
  const [only, ...others] = all;
  if (others.length === 0) return only;
  draft.wrong(field, {
    code: 'ambiguous',
    message: `\`${name}\` is ${all.length} things: ${some(all.map(({ id }) => id))}.`,
    hint: 'Name one of them.',
  });
  return undefined;
}

/** What stands for something that was not read, and is none of AWS's. */
const isStandIn = (resource: AnyResource): boolean =>
  'unread' in resource &&
  resource.unread !== undefined &&
  (resource.kind === 'network-interface' || resource.unread === true);

function ofTerm<K extends Kind>(
  draft: Draft,
  field: string,
  term: Term,
  noun: string,
  kinds: readonly K[],
): readonly ResourceOf<K>[] | undefined {
  const { network } = draft;
  const isWanted = (one: AnyResource): one is ResourceOf<K> =>
    (kinds as readonly Kind[]).includes(one.kind) && !isStandIn(one);
  const { named } = term;
  const own =
    named.kind === 'word' && term.narrow === undefined
      ? [...resourcesOf(network)].filter((one) => one.id === named.word || (isWanted(one) && one.name === named.word))
      : undefined;
  const matched =
    own !== undefined && own.length > 0 ? undefined : matchSelector(network, { text: term.text, terms: [term] });
  const all =
    own !== undefined && own.length > 0
      ? own
      : matched?.ok === true
        ? matched.value.flatMap((one) => one.resources)
        : [];
  const wanted = all.filter(isWanted);
  if (wanted.length > 0) return wanted;
  const [other] = all;
  if (other !== undefined)
    draft.wrong(field, {
      code: isStandIn(other) ? 'not-read' : 'wrong-kind',
      column: term.column,
      message: isStandIn(other)
        ? `\`${other.id}\` stands for what was not read, and cannot be edited.`
        : `\`${term.text}\` is no ${noun}.`,
      hint: isStandIn(other) ? 'Add what the call prints that would show it.' : nearest(draft, term, noun, isWanted),
    });
  else if (matched?.ok === false && named.kind !== 'word')
    for (const { column, ...problem } of matched.problems) draft.wrong(field, { ...problem, column });
  else
    draft.wrong(field, {
      code: 'no-match',
      column: term.column,
      message: `\`${term.text}\` is no ${noun} of this network.`,
      hint: nearest(draft, term, noun, isWanted),
    });
  return undefined;
}

/** The ids and names that come near, else a few of those that there are. */
function nearest({ network }: Draft, { text }: Term, noun: string, isWanted: (one: AnyResource) => boolean): string {
  const all = [...resourcesOf(network)].filter((one) => isWanted(one));
  const meant = didYouMean(
    text,
    all.flatMap(({ id, name }) => (name === undefined ? [id] : [id, name])),
  );
  if (meant !== undefined) return meant;
  return all.length === 0
    ? `The network has no ${noun}.`
    : `There are ${some(all.map(({ id, name }) => (name === undefined ? `\`${id}\`` : `\`${id}\` (${name})`)))}.`;
}

/** The first few, and how many more there are. */
export function some(texts: readonly string[]): string {
  const shown = texts.slice(0, 4).join(', ');
  return texts.length > 4 ? `${shown} and ${texts.length - 4} more` : shown;
}
