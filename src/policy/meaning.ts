/** What the properties of a policy file mean, held against one network. */
import { type Result, unless } from '../base/result.ts';
import { type Family, families } from '../net/address.ts';
import type { Network } from '../network/network.ts';
import { readAssertion } from './assertion-reader.ts';
import { type PolicyFile, sortByPlace } from './document.ts';
import { type Flow, readExceptions, readFlow } from './flow.ts';
import { readGroups } from './groups.ts';
import { type IntendedException, type Intent, defaultMode } from './intent.ts';
import type { Property } from './property.ts';
import { anyWay } from './question.ts';
import { type Reader, note, readAssumptions, readSelection } from './reader.ts';
import { whyNotAsked } from './resolver.ts';
import type { PropertyDocument } from './schema.ts';
import { writtenAs } from './written.ts';
import type { Selection } from './selection.ts';

/** What holds for every property unless the file says otherwise. */
export interface PolicySettings {
  readonly sides: ReadonlyMap<string, boolean>;
  readonly potential: boolean;
}

/** The file's properties, in order; or every problem of names, traffic, groups and assumptions. */
export function propertiesOf(
  network: Network,
  policy: PolicyFile,
  settings: PolicySettings,
): Result<readonly Property[]> {
  const bare: Reader = { network, policy, groups: new Map(), problems: [] };
  const reader: Reader = { ...bare, groups: readGroups(bare) };
  const sides = new Map(settings.sides);
  readAssumptions(reader, policy.document.assume, ['assume'], sides);
  const properties = policy.document.properties.map((_, index) => readProperty(reader, index, sides, settings));
  const seen = new Set<string>();
  for (const [index, { id }] of properties.entries()) {
    if (seen.has(id))
      reader.problems.push({
        code: 'duplicate-id',
        file: policy.file,
        place: policy.place(['properties', index, 'id']),
        message: `\`${id}\` is the id of another property.`,
      });
    seen.add(id);
  }
  return unless(sortByPlace(reader.problems), () => properties);
}

function readProperty(
  reader: Reader,
  index: number,
  fileSides: ReadonlyMap<string, boolean>,
  settings: PolicySettings,
): Property {
  const { document, file, place } = reader.policy;
  const written = document.properties[index]!;
  const path = ['properties', index];
  const sides = new Map(fileSides);
  readAssumptions(reader, written.assume, [...path, 'assume'], sides);
  const potential = written.potential ?? document.potential ?? settings.potential;
  const honest = (written.names ?? document.names) === 'honest';
  const complete = (part: Partial<Intent> & Ends): Intent => ({
    families,
    traffic: [],
    ...anyWay,
    kind: 'forbid',
    mode: defaultMode.forbid,
    ...part,
    sides,
    potential,
    ...(honest ? { names: 'honest' } : {}),
  });
  const assertion = written.assert && readAssertion(reader, written.assert, [...path, 'assert']);
  return {
    id: written.id,
    ...(written.title === undefined ? {} : { title: written.title }),
    severity: written.severity ?? 'medium',
    ...(written.waive === undefined ? {} : { waive: written.waive }),
    kind: kindOf(written),
    ...(assertion === undefined ? {} : { assertion }),
    intents: readIntents(reader, written, index).map(complete),
    written: writtenAs(document, written, settings),
    allowEmpty: written['allow-empty'] ?? document['allow-empty'] ?? false,
    source: { file, place: place(path) },
  };
}

function kindOf({ forbid, require, assert }: PropertyDocument): Property['kind'] {
  if (forbid !== undefined) return 'forbid';
  if (require !== undefined) return 'require';
  return assert === undefined ? 'isolate' : 'assert';
}

interface Ends {
  readonly from: Selection;
  readonly to: Selection;
}

/** One intent, or for `isolate` two a pair; none where a name is wrong, which is noted. */
function readIntents(reader: Reader, written: PropertyDocument, index: number): readonly (Partial<Intent> & Ends)[] {
  if (written.assert !== undefined) return [];
  const path = ['properties', index];
  const kind = written.require === undefined ? 'forbid' : 'require';
  const inside = written.forbid ?? written.require;
  const flow = readFlow(reader, written, path, inside, [...path, kind], kind);
  const asks = (to: Selection | undefined): void => {
    const problem = to && whyNotAsked(reader.network, to);
    if (problem === undefined) return;
    for (const key of ['dns-name', 'dns-type'] as const) {
      const at = inside?.[key] !== undefined ? [...path, kind] : written[key] !== undefined ? path : undefined;
      if (at !== undefined) note(reader, [...at, key], problem);
    }
  };
  if (inside === undefined) {
    const places = (written.isolate ?? []).map((each, i) => readSelection(reader, each, [...path, 'isolate', i]));
    asks(places.find((each) => each !== undefined && whyNotAsked(reader.network, each) !== undefined));
    const except = readExceptions(reader, written.except, [...path, 'except'], places[0]);
    const part = (from: Selection, to: Selection) => ({ ...narrowed(flow, 'forbid', except), from, to, except });
    return pairs(places).map(([from, to]) => part(from, to));
  }
  const from = readSelection(reader, inside.from, [...path, kind, 'from']);
  const to = readSelection(reader, inside.to, [...path, kind, 'to']);
  asks(to);
  const except = [
    ...readExceptions(reader, written.forbid?.except, [...path, kind, 'except'], to),
    ...readExceptions(reader, written.except, [...path, 'except'], to),
  ];
  if (from === undefined || to === undefined) return [];
  const every = (written.require?.every ?? written.every) === 'pair' ? 'pair' : 'one';
  return [{ ...narrowed(flow, kind, except), kind, from, to, except, every }];
}

/** A `forbid` that excuses names is decided on payload (`interfaces.md`, Modes). */
const narrowed = (
  { mode, family, ...rest }: Flow,
  kind: 'forbid' | 'require',
  except: readonly IntendedException[],
) => ({
  ...rest,
  mode: mode ?? defaultMode[kind],
  ...(mode === undefined && kind === 'forbid' && except.some(speaksOfNames) ? { onPayload: true as const } : {}),
  families: family === undefined ? families : ([family] as readonly Family[]),
});

const speaksOfNames = ({ traffic = [] }: IntendedException): boolean =>
  traffic.some(({ sni, httpHost }) => (sni ?? httpHost) !== undefined);

/** Each two different places, both ways. */
const pairs = (places: readonly (Selection | undefined)[]): readonly (readonly [Selection, Selection])[] =>
  places.flatMap((from, i) =>
    places.flatMap((to, j): readonly (readonly [Selection, Selection])[] =>
      i === j || from === undefined || to === undefined ? [] : [[from, to]],
    ),
  );
