/** Edits as lines of text: `sg-1 ingress remove tcp/443 0.0.0.0/0`. What is written reads back as the same edit. */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import type { Edit } from './edit.ts';
import { type Shape, shapeOfEdit, shapes } from './form.ts';

/** An edit as it was read, and in which column each of its fields begins, from 1. */
export interface ReadEdit {
  readonly edit: Edit;
  readonly columns: Readonly<Record<string, number>>;
}

interface Token {
  readonly text: string;
  readonly column: number;
}

/** Between blanks; what stands in double quotes, or beside a comma, belongs together. */
const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(/(?:"[^"]*"|\s*,\s*|[^\s"])+/g)].map((match) => ({ text: match[0], column: match.index + 1 }));

/** The edit, or everything that is wrong with the line. */
export function parseEdit(text: string): Result<ReadEdit, ProblemAt> {
  const tokens = tokensOf(text);
  if (tokens.length === 0)
    return wrong({
      code: 'bad-edit',
      column: 1,
      message: 'The edit is empty.',
      hint: 'Write one such as `igw-1 detach`.',
    });
  const attempts = shapes.map((shape) => attempt(shape, text, tokens));
  const found = attempts.find((one) => one.stopped === undefined);
  return found === undefined ? wrong(explain(attempts, tokens, text)) : valuesOf(found);
}

interface Attempt {
  readonly shape: Shape;
  readonly values: ReadonlyMap<string, Token>;
  /** Where it went wrong: how many tokens fitted, and what could have stood there. */
  readonly stopped?: { readonly after: number; readonly wanted: readonly string[] };
}

function attempt(shape: Shape, text: string, tokens: readonly Token[]): Attempt {
  const values = new Map<string, Token>();
  let at = 0;
  const stop = (...wanted: readonly string[]): Attempt => ({ shape, values, stopped: { after: at, wanted } });
  for (const part of shape.parts) {
    const token = tokens[at];
    const words = part.kind === 'literal' ? [part.word] : (part.field.words ?? []);
    if (token === undefined || (words.length > 0 && !words.includes(token.text))) return stop(...words);
    if (part.kind === 'field') {
      // What begins another form is no value here.
      if (at > 0 && words.length === 0 && token.text === '->') return stop();
      values.set(part.name, part.rest ? { text: text.slice(token.column - 1).trimEnd(), column: token.column } : token);
    }
    at = part.kind === 'field' && part.rest ? tokens.length : at + 1;
  }
  while (at < tokens.length) {
    const open = shape.clauses.filter(({ name }) => !values.has(name));
    const clause = open.find(({ word }) => word === tokens[at]!.text);
    if (clause === undefined) return stop(...open.map(({ word }) => word));
    at++;
    const value = tokens[at];
    if (value === undefined) return stop();
    values.set(clause.name, value);
    at++;
  }
  return { shape, values };
}

/** The forms that came furthest say what was wanted there. */
function explain(attempts: readonly Attempt[], tokens: readonly Token[], text: string): ProblemAt {
  const furthest = Math.max(...attempts.map(({ stopped }) => stopped?.after ?? 0));
  const near = attempts.filter(({ stopped }) => stopped?.after === furthest);
  const wanted = [...new Set(near.flatMap(({ stopped }) => stopped?.wanted ?? []))];
  const token = tokens[furthest];
  const turned = furthest === 1 && attempts.some(({ stopped }) => stopped?.wanted.includes(tokens[0]!.text) === true);
  const usages = near.map(({ shape }) => `\`${shape.usage}\``);
  const usage = usages.length > 3 ? undefined : `Write ${usages.join(' or ')}.`;
  const listed = `Here may stand ${wanted.map((one) => `\`${one}\``).join(', ')}.`;
  if (token === undefined)
    return {
      code: 'bad-edit',
      column: text.trimEnd().length + 1,
      message: 'The edit is not complete.',
      hint: usage ?? listed,
    };
  return {
    code: 'bad-edit',
    column: token.column,
    message:
      wanted.length === 0
        ? `Nothing can follow here, and \`${token.text}\` does.`
        : `\`${token.text}\` cannot stand here.`,
    hint: turned
      ? 'What is edited comes first, as in `igw-1 detach`.'
      : (didYouMean(token.text, wanted) ?? usage ?? listed),
  };
}

const wrong = (problem: ProblemAt): Result<never, ProblemAt> => ({ ok: false, problems: [problem] });

function valuesOf({ shape, values }: Attempt): Result<ReadEdit, ProblemAt> {
  const problems: ProblemAt[] = [];
  const columns: Record<string, number> = {};
  const read = (name: string): unknown => {
    const token = values.get(name)!;
    columns[name] = token.column;
    const result = fieldOf(shape, name).read(token.text);
    if (result.ok) return result.value;
    for (const problem of result.problems) problems.push({ ...problem, column: token.column + problem.column - 1 });
    return undefined;
  };
  const fields = Object.fromEntries([...values.keys()].map((name) => [name, read(name)]));
  return unless(problems, () => ({ edit: { kind: shape.kind, ...fields } as unknown as Edit, columns }));
}

/** The edit that the texts of its fields make: what a mapping in YAML says. Problems come with their field. */
export function editOf(
  shape: Shape,
  texts: ReadonlyMap<string, string>,
): Result<Edit, ProblemAt & { readonly field: string }> {
  const problems: (ProblemAt & { readonly field: string })[] = [];
  const fields = Object.fromEntries(
    [...texts].map(([field, text]) => {
      const result = fieldOf(shape, field).read(text);
      if (!result.ok) problems.push(...result.problems.map((problem) => ({ ...problem, field })));
      return [field, result.ok ? result.value : undefined];
    }),
  );
  return unless(problems, () => ({ kind: shape.kind, ...fields }) as unknown as Edit);
}

export function fieldOf({ parts, clauses }: Shape, name: string) {
  const part = parts.find((one) => one.kind === 'field' && one.name === name);
  return part?.kind === 'field' ? part.field : clauses.find((one) => one.name === name)!.field;
}

/** The edit in one line. */
export function formatEdit(edit: Edit): string {
  const shape = shapeOfEdit(edit);
  const values = edit as unknown as Readonly<Record<string, unknown>>;
  return [
    ...shape.parts.map((part) => (part.kind === 'literal' ? part.word : part.field.write(values[part.name]))),
    ...shape.clauses.flatMap(({ word, name, field }) =>
      values[name] === undefined ? [] : [word, field.write(values[name])],
    ),
  ].join(' ');
}
