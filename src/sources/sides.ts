/**
 * Plans and templates to networks: before the change, where they tell, and after it. What they lean on and do not hold,
 * another network tells (`--base`); without it, it is named, and unread.
 */
import type { Problem } from '../base/problem.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Findings } from '../network/build/findings.ts';
import { buildNetwork } from '../network/build/index.ts';
import type { Network } from '../network/network.ts';
import { readTemplates, type TemplateOptions } from './cloudformation/index.ts';
import { apart } from './declared/apart.ts';
import { aroundOf } from './declared/around.ts';
import { merge } from './declared/base.ts';
import { declare, type Declared } from './declared/index.ts';
import { lastOfArn } from './arn.ts';
import type { Declaration } from './declared/resource.ts';
import { readDescribe } from './describe/index.ts';
import type { JsonFile } from './files.ts';
import { foreignKind } from './foreign.ts';
import type { Input } from './input.ts';
import { isSnapshot } from './snapshot/index.ts';
import { readTerraform } from './terraform/index.ts';

export interface Sides {
  /** Of a template without a base, empty. */
  readonly before: Network;
  readonly after: Network;
}

/** What already runs, as answers of AWS's calls. */
export interface Base {
  readonly files: readonly JsonFile[];
}

/** The sides of everything that is declared, taken together; `notes` are said of both. */
export function sidesOf(
  input: Input,
  notes: readonly string[],
  options: TemplateOptions = {},
  base?: Base,
): Result<Sides> {
  const problems: Problem[] = [...input.problems];
  const before: Declaration[] = [];
  const after: Declaration[] = [];
  for (const { file, json } of input.terraform) {
    const read = readTerraform(file, json);
    if (!read.ok) problems.push(...read.problems);
    else {
      before.push(read.value.before ?? read.value.after);
      after.push(read.value.after);
    }
  }
  if (input.templates.length > 0) {
    const read = readTemplates(input.templates, options, input.open);
    if (!read.ok) problems.push(...read.problems);
    else {
      if (read.value.before !== undefined) before.push(read.value.before);
      after.push(read.value.after);
    }
  }
  const { warnings, problems: refused } = besideThem(input.answers);
  problems.push(...refused);
  if (problems.length > 0) return fail(...problems);

  const found = base === undefined ? undefined : readDescribe(base.files);
  if (found !== undefined && found.problems.length > 0) return fail(...found.problems);
  const said = [...notes, ...warnings];
  const files = [...input.terraform, ...input.templates, ...(base?.files ?? [])].map(({ file }) => file);
  const old = together(before);
  const now = together(after);
  // Answers about VPC Lattice name by ids what templates name by ARNs.
  const names = (id: string): readonly string[] => (/^arn:[^:]*:vpc-lattice:/.test(id) ? [id, lastOfArn(id)] : [id]);
  const gone = new Set(old.resources.flatMap(({ id }) => names(id)));
  for (const { id } of now.resources) for (const name of names(id)) gone.delete(name);
  const around = found && aroundOf(found.findings);
  const [told, changed] = [declare(old, around), declare(now, around)];
  const first = side(told, told, new Set(), found?.findings, files, said);
  const second = side(told, changed, gone, found?.findings, files, said);
  if (first.ok && second.ok) return ok({ before: first.value, after: second.value });
  return fail(...distinct([...(first.ok ? [] : first.problems), ...(second.ok ? [] : second.problems)]));
}

/** `gone`: ids of what the base holds and this side does not. */
function side(
  before: Declared,
  made: Declared,
  gone: ReadonlySet<string>,
  base: Findings | undefined,
  files: readonly string[],
  notes: readonly string[],
): Result<Network> {
  const findings = merge(base, before, made, gone);
  findings.warnings.push(...notes);
  const built = buildNetwork(findings, files);
  // What could not be read is not there to refer to.
  return made.problems.length === 0 ? built : fail(...made.problems);
}

/** Declarations of several inputs as one; addresses that two of them have are told apart by their files. */
const together = (all: readonly Declaration[]): Declaration => {
  const parts = apart(all);
  return {
    resources: parts.flatMap((one) => one.resources),
    untranslated: parts.flatMap((one) => one.untranslated),
    warnings: parts.flatMap((one) => one.warnings),
  };
};

/** Answers and snapshots are no part of a plan: they would be its base. Strangers are passed over, and said. */
function besideThem(files: readonly JsonFile[]): {
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
} {
  const snapshots = files.filter(({ json }) => isSnapshot(json));
  const { foreign } = readDescribe(files.filter(({ json }) => !isSnapshot(json)));
  const answers = files.filter((one) => !foreign.some(({ file }) => file === one.file));
  const [first] = [...snapshots, ...answers];
  return {
    warnings: foreign.map(({ file, json }) => `\`${file}\` was not used: it is ${foreignKind(json)}.`),
    problems:
      first === undefined
        ? []
        : [
            {
              code: 'beside-plan',
              file: first.file,
              message: 'It tells what runs already, and stands beside a plan or a template, which tells what will.',
              hint: 'Put it into a folder of its own, and give that by `--base FOLDER`.',
            },
          ],
  };
}

const distinct = (all: readonly Problem[]): readonly Problem[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];
