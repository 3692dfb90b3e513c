/** A document that was saved, read back: held against the schema of its command, every problem with its place. */
import type { z } from 'zod';
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import type { ResultDocument } from './document.ts';
import { schemas } from './schema.ts';

const version = 1;

/** `json` as `-f json` printed it, in whatever order of keys; it is given back as it is. */
export function readResult(json: unknown, file: string): Result<ResultDocument> {
  if (!isMapping(json) || !('schemaVersion' in json) || !('command' in json))
    return fail({ code: 'not-a-result', file, message: 'This is JSON, and no result of this program.', hint });
  const { schemaVersion } = json;
  if (schemaVersion !== version)
    return fail({
      code: 'other-version',
      file,
      place: '/schemaVersion',
      message: `The result has version ${JSON.stringify(schemaVersion)}, and version ${version} is read.`,
      hint: 'Render it with the program that wrote it, or make the result again.',
    });
  const schema = schemaOf(json);
  if (schema === undefined)
    return fail({
      code: 'not-a-result',
      file,
      place: '/command',
      message: `${JSON.stringify(json['command'])} is no command with a result.`,
      hint,
    });
  if (schema === schemas.failure)
    return fail({
      code: 'not-a-result',
      file,
      place: '/failure',
      message: 'The run ended with an internal error, and without a result.',
      hint,
    });
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(json as unknown as ResultDocument);
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, json, file)) };
}

const hint = 'A result is what a command prints with `-f json`.';

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (json: unknown): json is Mapping => typeof json === 'object' && json !== null && !Array.isArray(json);

function schemaOf(json: Mapping): z.ZodType | undefined {
  if ('problems' in json) return schemas.problems;
  if ('failure' in json) return schemas.failure;
  const { command } = json;
  if (command === 'diff') return 'topology' in json ? schemas['network diff'] : schemas['firewall diff'];
  const known: Readonly<Record<string, z.ZodType>> = schemas;
  return typeof command === 'string' && Object.hasOwn(known, command) ? known[command] : undefined;
}

function problemsOf(issue: z.core.$ZodIssue, json: unknown, file: string): readonly Problem[] {
  const place = pointer(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      file,
      place: `${place}${pointer([key])}`,
      message: `\`${key}\` is no key of ${issue.path.length === 0 ? 'the result' : `\`${place}\``}.`,
    }));
  if (valueAt(json, issue.path) === undefined)
    return [{ code: 'missing-key', file, place, message: `There is no \`${String(issue.path.at(-1))}\`.` }];
  return [{ code: 'bad-value', file, place, message: `${issue.message}.` }];
}

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  return at;
}
