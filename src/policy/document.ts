/** A policy file's text read into its document, every problem with the line and column it stands at. */
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { didYouMean, nearest } from '../base/near.ts';
import type { Problem } from '../base/problem.ts';
import { type Result, ok } from '../base/result.ts';
import { type PolicyDocument, policyKeys, policySchema } from './schema.ts';

/** Keys and positions from the document's root to a value. */
export type Path = readonly (string | number)[];

export interface PolicyFile {
  readonly file: string;
  readonly document: PolicyDocument;
  /** `line:column` of the value at the path, or of the nearest value around it; `column` counts inside a text, from 1. */
  readonly place: (path: Path, column?: number) => string;
}

/** Reads YAML or JSON. The problems are all those of syntax, or all those of shape. */
export function readPolicyFile(text: string, file: string): Result<PolicyFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: document.errors.map(({ code, message, pos }) => ({
        code: code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'policy-syntax',
        file,
        place: at(pos[0]),
        message: code === 'DUPLICATE_KEY' ? 'This key stands twice in its mapping.' : `${message}.`,
      })),
    };
  const place = (path: Path, column = 1): string => at(offsetOf(document, path, column));
  const expanded = expand(document);
  if ('problem' in expanded)
    return { ok: false, problems: [{ code: 'policy-syntax', file, place: '1:1', message: expanded.problem }] };
  const { value } = expanded;
  const parsed = policySchema.safeParse(value);
  if (parsed.success) return ok({ file, document: parsed.data, place });
  const found = parsed.error.issues.flatMap((issue) => describe(issue, value, []));
  const problems = found
    .filter((problem) => !found.some((other) => explains(other, problem)))
    .map(({ path, key, code, message, hint }): Problem => ({
      code,
      file,
      place: code === 'unknown-key' && key !== undefined ? at(keyOffset(document, path, key)) : place(path),
      message,
      ...(hint === undefined ? {} : { hint }),
    }));
  return { ok: false, problems: sortByPlace(problems) };
}

/** The plain value; aliases that would multiply without end are refused. */
function expand(document: Document): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The aliases cannot be resolved.' };
  }
}

interface ShapeProblem {
  readonly code: string;
  readonly path: Path;
  /** The key that is unknown to the mapping at `path`, or missing in it. */
  readonly key?: string;
  readonly message: string;
  readonly hint?: string;
}

/** A misspelt key is the reason that the key it means is missing, or that its property demands nothing. */
const explains = (other: ShapeProblem, problem: ShapeProblem): boolean =>
  other.code === 'unknown-key' &&
  other.path.join() === problem.path.join() &&
  (problem.code === 'missing-key'
    ? nearest(other.key ?? '', [problem.key ?? '']).length > 0
    : problem.code === 'bad-value' && problem.path.length === 2);

type Issue = z.core.$ZodIssue;

/** One issue in words. Of a union, the branch that came furthest speaks; where none came in, the union itself does. */
function describe(issue: Issue, root: unknown, base: Path): readonly ShapeProblem[] {
  const path = [...base, ...(issue.path as Path)];
  const name = nameOf(path);
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(path);
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      path,
      key,
      message: `\`${key}\` is no key ${path.length === 0 ? 'of a policy' : `of ${name}`}.`,
      hint: didYouMean(key, keys) ?? `Its keys are ${keys.join(', ')}.`,
    }));
  }
  const value = lookUp(root, path);
  if (value === undefined)
    return [
      {
        code: 'missing-key',
        path: path.slice(0, -1),
        key: String(path.at(-1)),
        message: capitalised(`${nameOf(path.slice(0, -1))} has no ${name}.`),
      },
    ];
  if (issue.code === 'invalid_union') {
    const entered = issue.errors.find((branch) => !branch.some(refusedOutright));
    if (entered !== undefined) return entered.flatMap((inner) => describe(inner, root, path));
  }
  const message = issue.message.startsWith('Invalid') ? `must be ${expectedOf(issue)}` : issue.message;
  return [{ code: 'bad-value', path, message: capitalised(`${name} ${message}.`) }];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The branch did not even have the kind of value given. */
const refusedOutright = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' ||
    (issue.code === 'invalid_union' && issue.errors.every((each) => each.some(refusedOutright))));

const articles: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  boolean: '`true` or `false`',
};

const expectedOf = (issue: Issue): string =>
  issue.code === 'invalid_type' ? (articles[issue.expected] ?? issue.expected) : 'something else';

const nameOf = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return 'the policy';
  if (typeof last === 'string') return `\`${last}\``;
  return path.length === 2 && path[0] === 'properties'
    ? `property ${last + 1}`
    : `item ${last + 1} of ${nameOf(path.slice(0, -1))}`;
};

/** The keys that the mapping at the path may have. */
function keysAt(path: Path): readonly string[] {
  if (path.length === 0) return policyKeys.top;
  const last = path.findLast((part) => typeof part === 'string') ?? '';
  if (path.length === 2) return policyKeys.property;
  return Object.hasOwn(policyKeys, last) ? policyKeys[last as keyof typeof policyKeys] : [];
}

function lookUp(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined;
  return at;
}

/** The offset of a value's `column`th character, where the value is a one-line text; else of its beginning. */
function offsetOf(document: Document, path: Path, column: number): number {
  const node = document.getIn(path, true) as Node | undefined;
  if (node?.range == null) return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1), 1);
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  const plain = isScalar(node) && node.type === 'PLAIN';
  return node.range[0] + (quoted ? column : plain ? column - 1 : 0);
}

function keyOffset(document: Document, path: Path, key: string): number {
  const map = document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
  return pair !== undefined && isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path, 1);
}

/** In the order in which they stand in the file. */
export function sortByPlace(problems: readonly Problem[]): readonly Problem[] {
  const order = (problem: Problem) => (problem.place ?? '').split(':').map(Number);
  return problems.toSorted((a, b) => {
    const [lineA = 0, columnA = 0] = order(a);
    const [lineB = 0, columnB = 0] = order(b);
    return lineA - lineB || columnA - columnB;
  });
}
