/** What to say when a selector matches nothing: the things whose ids, names or tags come near. */
import { nearest } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Network, resourcesOf } from './network.ts';
import { selectorKinds } from './selector-kind.ts';
import { type Term, placeWords } from './selector.ts';

/** The problem of a term that names no resource of this network; `groups` are further names it could have meant. */
export function noMatch(network: Network, term: Term, groups: Iterable<string>): ProblemAt {
  const near = suggestions(network, term, [...groups]).map((text) => `\`${text}\``);
  const last = near.at(-1);
  return {
    code: 'no-match',
    column: term.column,
    message: `\`${term.text}\` matches nothing in this network.`,
    hint:
      last === undefined
        ? whatThereIs(network, term)
        : `Did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}?`,
  };
}

function suggestions(network: Network, { named, narrow }: Term, groups: readonly string[]): readonly string[] {
  const all = [...resourcesOf(network)].filter(
    (resource) => narrow === undefined || selectorKinds[narrow].matches(resource),
  );
  const prefix = narrow === undefined ? '' : `${narrow}:`;
  const names = all.flatMap(({ name }) => name ?? []);
  const nearNames = (word: string) => nearest(word, names).map((name) => `${prefix}name:${name}`);
  if (named.kind === 'word') {
    const sameName = names.includes(named.word) ? [`${prefix}name:${named.word}`] : [];
    const words = [
      ...all.flatMap(({ id, declaredAs }) => [id, declaredAs ?? id]),
      ...(narrow === undefined ? placeWords : []),
      ...groups,
    ];
    const near = nearest(named.word, words).map((text) => prefix + text);
    return [...new Set([...sameName, ...near, ...nearNames(named.word)])].slice(0, 3);
  }
  if (named.kind === 'name') return nearNames(named.name);
  if (named.kind === 'arn')
    return nearest(
      named.arn,
      all.flatMap(({ arn }) => arn ?? []),
    );
  if (named.kind !== 'tag') return [];
  const values = all.flatMap(({ tags }) => tags[named.key] ?? []);
  if (values.length > 0) return nearest(named.value, values).map((value) => `${prefix}tag:${named.key}=${value}`);
  const keys = all.flatMap(({ tags }) => Object.keys(tags));
  return nearest(named.key, keys).map((key) => `${prefix}tag:${key}=${named.value}`);
}

/** Where nothing is near: the few things that could have been meant, or that there are none. */
function whatThereIs(network: Network, { named, narrow }: Term): string {
  const all = [...resourcesOf(network)];
  if (narrow === undefined) {
    if (named.kind !== 'word') return '`vpcproof coverage` lists everything that was read.';
    return 'Ids, `tag:KEY=VALUE`, `name:VALUE`, an address or a CIDR name places; a bare word is a balancer, firewall or group of the policy.';
  }
  const { noun, matches } = selectorKinds[narrow];
  const ofKind = all.filter((resource) => matches(resource));
  if (ofKind.length === 0) return `The input has no ${noun}.`;
  const shown = ofKind.slice(0, 3).map(({ id, name }) => (name === undefined ? `\`${id}\`` : `\`${id}\` (${name})`));
  const more = ofKind.length > shown.length ? ` and ${ofKind.length - shown.length} more` : '';
  return `Of this kind there are ${shown.join(', ')}${more}.`;
}
