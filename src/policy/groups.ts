/** The groups of a policy: names for selectors, which may name groups in turn. */
import type { Match } from '../network/selector-match.ts';
import { parseSelector, placeWords } from '../network/selector.ts';
import { type Reader, itemsOf, note, readSelection } from './reader.ts';
import type { SelectorDocument } from './schema.ts';

/** Stands for a group in which something is wrong, so that each use of it is not reported again. */
const broken: readonly Match[] = [{ term: { text: '', column: 1, named: { kind: 'internet' } }, resources: [] }];

/** What each group names, each found once; groups that go round in a circle are problems. */
export function readGroups(reader: Reader): ReadonlyMap<string, readonly Match[]> {
  const written = reader.policy.document.groups ?? {};
  const found = new Map<string, readonly Match[]>();
  const visit = (name: string, within: readonly string[]): void => {
    if (found.has(name)) return;
    const value = written[name]!;
    const path = ['groups', name];
    if (within.includes(name)) {
      const circle = [...within.slice(within.indexOf(name)), name].map((each) => `\`${each}\``).join(' -> ');
      note(reader, path, { code: 'group-cycle', column: 1, message: `The group names itself: ${circle}.` });
      found.set(name, broken);
      return;
    }
    checkName(reader, name);
    for (const each of namesIn(value)) if (Object.hasOwn(written, each)) visit(each, [...within, name]);
    if (found.has(name)) return;
    const selection = readSelection({ ...reader, groups: found }, value, path);
    found.set(name, selection?.matches ?? broken);
  };
  for (const name of Object.keys(written)) visit(name, []);
  return found;
}

/** The words in the selectors that could be names of groups. */
const namesIn = (value: SelectorDocument): readonly string[] =>
  itemsOf<string>(value, []).flatMap(([text]) => {
    const selector = parseSelector(text);
    return selector.ok ? selector.value.terms.flatMap(({ named }) => (named.kind === 'word' ? named.word : [])) : [];
  });

function checkName(reader: Reader, name: string): void {
  const problem = (message: string, hint?: string) =>
    note(reader, ['groups', name], {
      code: 'bad-group-name',
      column: 1,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  if ((placeWords as readonly string[]).includes(name))
    problem(`\`${name}\` is a place already.`, 'Give the group another name.');
  else if (!/^[^\s,:"*/]+$/.test(name))
    problem(`\`${name}\` cannot be a group’s name.`, 'A name has no space, comma, colon, quote, slash or asterisk.');
}
