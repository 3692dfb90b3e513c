/** A template's YAML text to its nodes: YAML 1.1 as CloudFormation takes it, short tags of functions in their long form. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node as YamlNode,
  type Pair,
  type Scalar as YamlScalar,
} from 'yaml';
import { didYouMean } from '../../base/near.ts';
import type { Problem } from '../../base/problem.ts';
import { type Result, unless } from '../../base/result.ts';
import { functionNames } from './function-name.ts';
import type { Entry, Mapping, Node, Scalar } from './node.ts';

/** YAML 1.1 has them, CloudFormation has not. */
const leftOut = new Set(
  ['binary', 'omap', 'pairs', 'set', 'timestamp', 'merge'].map((tag) => `tag:yaml.org,2002:${tag}`),
);

/** The long form of a short tag. */
const longForm: ReadonlyMap<string, string> = new Map(
  functionNames.map((name) => [`!${name.replace(/^Fn::/, '')}`, name]),
);

/** Reads the text; every mistake of its syntax with line and column. */
export function parseYaml(file: string, text: string): Result<Node> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !leftOut.has(tag.tag)),
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const problems: Problem[] = document.errors.map(({ code, message, pos }) =>
    code === 'DUPLICATE_KEY'
      ? {
          code: 'duplicate-key',
          file,
          place: at(pos[0]),
          message: 'This key stands twice in its mapping.',
          hint: 'Rename one of the two, or join what they say.',
        }
      : {
          code: 'yaml-syntax',
          file,
          place: at(pos[0]),
          message: `The file is not YAML here: ${message.split('\n')[0]}.`,
        },
  );
  const problem = (node: YamlNode | null, code: string, message: string, hint: string | undefined): void => {
    problems.push({
      code,
      file,
      place: at(node?.range?.[0] ?? 0),
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  const root = problems.length === 0 ? convert(document.contents, document, at, problem) : nothing('1:1');
  return unless(problems, () => root);
}

/** No template has more; each is written out where it stands. */
const mostAliases = 1000;

const nothing = (place: string): Scalar => ({ kind: 'scalar', value: null, place });

type Complain = (node: YamlNode | null, code: string, message: string, hint: string | undefined) => void;

function convert(root: YamlNode | null, document: Document, at: (offset: number) => string, complain: Complain): Node {
  const placeOf = (node: YamlNode | null): string => at(node?.range?.[0] ?? 0);
  let aliases = 0;
  const of = (node: YamlNode | null, around: string): Node => {
    if (node === null) return nothing(around);
    const place = placeOf(node);
    if (isAlias(node)) {
      const meant = node.resolve(document);
      aliases++;
      if (aliases === mostAliases) complain(node, 'yaml-syntax', 'The aliases multiply without end.', undefined);
      if (aliases >= mostAliases) return nothing(place);
      if (meant !== undefined && !isAlias(meant)) return of(meant, place);
      complain(node, 'yaml-syntax', `The alias \`${node.source}\` names no anchor before it.`, undefined);
      return nothing(place);
    }
    return tagged(node, plain(node, place), place);
  };
  const plain = (node: YamlNode, place: string): Node => {
    if (isMap(node))
      return {
        kind: 'mapping',
        entries: node.items.map((pair) => entry(pair as Pair<YamlNode, YamlNode>, place)),
        place,
      };
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => of(item as YamlNode | null, place)), place };
    return isScalar(node) ? scalarOf(node, place) : nothing(place);
  };
  const entry = ({ key, value }: Pair<YamlNode, YamlNode | null>, around: string): Entry => {
    const place = isScalar(key) ? placeOf(key) : around;
    // A key is a text, whatever it looks like: account numbers keep their zeros.
    const text = isScalar(key) ? (key.source ?? String(key.value)) : '';
    if (!isScalar(key)) complain(key, 'yaml-syntax', 'A key must be a text.', undefined);
    return { key: text, place, value: of(value, place) };
  };
  const tagged = (node: YamlNode, value: Node, place: string): Node => {
    const tag = node.tag;
    if (tag === undefined || !tag.startsWith('!') || tag === '!') return value;
    const name = longForm.get(tag);
    if (name === undefined) {
      complain(
        node,
        'unknown-function',
        `\`${tag}\` is no function of CloudFormation.`,
        didYouMean(tag, longForm.keys()) ?? 'Write its long form, `Fn::…`, if it is new.',
      );
      return value;
    }
    return call(name, value, place);
  };
  return of(root, '1:1');
}

const call = (name: string, value: Node, place: string): Mapping => ({
  kind: 'mapping',
  entries: [{ key: name, place, value }],
  place,
});

function scalarOf({ value: read, source, type }: YamlScalar, place: string): Scalar {
  const value = valueIn(read);
  // YAML 1.1 as AWS reads it has no booleans of one letter.
  if (typeof value === 'boolean' && source?.length === 1) return { kind: 'scalar', value: source, place };
  const differs = type === 'PLAIN' && value !== null && source !== undefined && String(value) !== source;
  return { kind: 'scalar', value, place, ...(differs ? { text: source } : {}) };
}

function valueIn(value: unknown): Scalar['value'] {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  return typeof value === 'bigint' ? value.toString() : null;
}
