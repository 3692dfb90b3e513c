/** Edits as people hand them over: a YAML or JSON file, or single lines of text; every problem with its line and column. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { didYouMean } from '../base/near.ts';
import type { Problem } from '../base/problem.ts';
import type { EditKind } from './edit.ts';
import { type Shape, shapes } from './form.ts';
import { editOf, formatEdit, parseEdit } from './text.ts';
import type { WrittenEdit } from './written.ts';

/** What stands for the file of edits that are written on the command line; each is a line of it. */
const inlineFile = '--set';

/** The edits that could be read, and what is wrong with the others: an edit can be tried beside one that is misspelt. */
export interface EditsRead {
  readonly edits: readonly WrittenEdit[];
  readonly problems: readonly Problem[];
}

/** One edit a text, as on the command line; `file` is what holds them, each a line of it. */
export function readEditLines(lines: readonly string[], file = inlineFile): EditsRead {
  const problems: Problem[] = [];
  const edits = lines.flatMap((line, index) => {
    const at = (column: number): string => `${index + 1}:${column}`;
    return readLine(line, file, at, problems);
  });
  return { edits, problems };
}

function readLine(
  line: string,
  file: string,
  at: (column: number) => string,
  problems: Problem[],
): readonly WrittenEdit[] {
  const read = parseEdit(line);
  if (!read.ok) {
    for (const { column, ...problem } of read.problems) problems.push({ ...problem, file, place: at(column) });
    return [];
  }
  const { edit, columns } = read.value;
  return [
    {
      edit,
      text: formatEdit(edit),
      source: { file, place: at(1) },
      place: (field, column = 1) => at((field === undefined ? 1 : (columns[field] ?? 1)) + column - 1),
    },
  ];
}

/** The edits of a file, in their order; `file` is its name as given. */
export function readEditFile(text: string, file: string): EditsRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const problems: Problem[] = document.errors.map(({ code, message, pos }) => ({
    code: code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'edits-syntax',
    file,
    place: at(pos[0]),
    message: code === 'DUPLICATE_KEY' ? 'This key stands twice in its mapping.' : `${message}.`,
  }));
  if (problems.length > 0) return { edits: [], problems };
  const reader = { file, at, problems };
  const edits = itemsOf(reader, document.contents).flatMap((item) => readItem(reader, item));
  return { edits, problems };
}

interface Reader {
  readonly file: string;
  /** `line:column` of an offset. */
  readonly at: (offset: number) => string;
  readonly problems: Problem[];
}

type Maybe = Node | null | undefined;

const startOf = (node: Maybe): number => node?.range?.[0] ?? 0;

function complain({ file, at, problems }: Reader, node: Maybe, code: string, message: string, hint?: string): void {
  problems.push({ code, file, place: at(startOf(node)), message, ...(hint === undefined ? {} : { hint }) });
}

const example = 'Write `version: 1`, then `edits:` and a list of edits such as `- igw-1 detach`.';

function itemsOf(reader: Reader, root: Maybe): readonly Node[] {
  if (!isMap(root)) {
    complain(reader, root, 'bad-value', 'A file of edits must be a mapping.', example);
    return [];
  }
  for (const key of keysOf(root))
    if (!['version', 'edits'].includes(key.text))
      complain(
        reader,
        key.node,
        'unknown-key',
        `\`${key.text}\` is no key of a file of edits.`,
        didYouMean(key.text, ['version', 'edits']) ?? 'Its keys are version, edits.',
      );
  const version = root.get('version', true) as Maybe;
  if (!isScalar(version) || version.value !== 1)
    complain(
      reader,
      version ?? root,
      version === undefined ? 'missing-key' : 'bad-value',
      version === undefined ? 'The file of edits has no `version`.' : '`version` must be 1.',
      example,
    );
  const edits = root.get('edits', true) as Maybe;
  if (isSeq(edits) && edits.items.length > 0) return edits.items as Node[];
  complain(
    reader,
    edits ?? root,
    edits === undefined ? 'missing-key' : 'bad-value',
    edits === undefined ? 'The file of edits has no `edits`.' : '`edits` must be a list of edits, and not empty.',
    example,
  );
  return [];
}

function* keysOf(map: YAMLMap): Iterable<{ readonly text: string; readonly node: Maybe; readonly value: Maybe }> {
  for (const { key, value } of map.items)
    yield { text: isScalar(key) ? String(key.value) : '', node: key as Maybe, value: value as Maybe };
}

function readItem(reader: Reader, item: Maybe): readonly WrittenEdit[] {
  if (isScalar(item) && typeof item.value === 'string')
    return readLine(item.value, reader.file, (column) => reader.at(inside(item, column)), reader.problems);
  if (isMap(item)) return readMapping(reader, item);
  complain(
    reader,
    item,
    'bad-value',
    isAlias(item) ? 'An alias is no edit.' : 'An edit must be a line of text, or a mapping.',
    'Write one such as `igw-1 detach`, or `{ edit: detach, gateway: igw-1 }`.',
  );
  return [];
}

/** The offset of a text's `column`th character, from 1; of what goes over several lines, its beginning. */
function inside(scalar: Scalar, column: number): number {
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  return startOf(scalar) + (quoted ? column : scalar.type === 'PLAIN' ? column - 1 : 0);
}

function readMapping(reader: Reader, map: YAMLMap): readonly WrittenEdit[] {
  const kind = map.get('edit', true) as Maybe;
  const shape = isScalar(kind) ? shapes.find((one) => one.kind === kind.value) : undefined;
  if (shape === undefined) {
    const kinds = shapes.map((one): EditKind => one.kind);
    const told = isScalar(kind) ? String(kind.value) : undefined;
    complain(
      reader,
      kind ?? map,
      told === undefined ? 'missing-key' : 'bad-value',
      told === undefined ? 'The edit has no `edit`, which says what it does.' : `\`${told}\` is no edit.`,
      (told === undefined ? undefined : didYouMean(told, kinds)) ?? `Edits are ${kinds.join(', ')}.`,
    );
    return [];
  }
  const values = valuesOf(reader, map, shape);
  if (values === undefined) return [];
  const read = editOf(shape, new Map([...values].map(([name, { text }]) => [name, text])));
  const place = (field?: string, column = 1): string => {
    const node = field === undefined ? map : values.get(field)?.node;
    return reader.at(isScalar(node) ? inside(node, column) : startOf(node ?? map));
  };
  if (read.ok) {
    const source = { file: reader.file, place: place() };
    return [{ edit: read.value, text: formatEdit(read.value), source, place }];
  }
  for (const { field, column, ...problem } of read.problems)
    reader.problems.push({ ...problem, file: reader.file, place: place(field, column) });
  return [];
}

interface Value {
  readonly text: string;
  readonly node: Maybe;
}

/** The text of every field; undefined where a key is unknown, missing, or holds something else, which is noted. */
function valuesOf(reader: Reader, map: YAMLMap, shape: Shape): ReadonlyMap<string, Value> | undefined {
  const before = reader.problems.length;
  const wanted = shape.parts.flatMap((part) => (part.kind === 'field' ? part.name : []));
  const names = [...wanted, ...shape.clauses.map(({ name }) => name)];
  const values = new Map<string, Value>();
  for (const { text: name, node, value } of keysOf(map)) {
    if (name === 'edit') continue;
    const text = names.includes(name) ? textOf(value) : undefined;
    if (!names.includes(name))
      complain(
        reader,
        node,
        'unknown-key',
        `\`${name}\` is no key of \`${shape.kind}\`.`,
        didYouMean(name, names) ?? `Its keys are ${names.join(', ')}.`,
      );
    else if (text === undefined) complain(reader, value, 'bad-value', `\`${name}\` must be a text.`);
    else values.set(name, { text, node: value });
  }
  const unknown = reader.problems.length > before;
  for (const name of wanted)
    if (!values.has(name) && !unknown)
      complain(reader, map, 'missing-key', `\`${shape.kind}\` has no \`${name}\`.`, `In one line: \`${shape.usage}\`.`);
  return reader.problems.length > before ? undefined : values;
}

/** A text, a number, a switch, or a list of texts. */
function textOf(node: Maybe): string | undefined {
  if (isSeq(node)) {
    const texts = node.items.map((item) => textOf(item as Maybe));
    return texts.some((text) => text === undefined) || texts.length === 0 ? undefined : texts.join(',');
  }
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
