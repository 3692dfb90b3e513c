/**
 * CloudFormation: templates in YAML and JSON, CDK's output, change sets, stacks nested in one another. What functions come
 * to is worked out; what only the deployment tells is an `Unknown` that says why.
 */
import path from 'node:path';
import { didYouMean } from '../../base/near.ts';
import type { Problem } from '../../base/problem.ts';
import { fail, type Result, unless } from '../../base/result.ts';
import type { Declaration } from '../declared/resource.ts';
import type { SourceDocument } from '../document.ts';
import { readManifest } from './cdk.ts';
import { pagesJoined, readChangeSet, readStackResources } from './change-set.ts';
import { beforeOf, idsOf, retained, wordsOf } from './change.ts';
import { declare, type Declared } from './declare.ts';
import { readDocument, type TemplateDocument } from './document.ts';
import { exportsOf, importFrom, type Export } from './exports.ts';
import { filesNamed } from './nested.ts';
import { told, type TemplateOptions, unknownParameter } from './option.ts';
import { pseudoNames } from './pseudo.ts';
import type { Context } from './stack.ts';
import { makeStacks, parameterNames, refusedValues } from './stacks.ts';
import { readTemplateSections, type Template } from './template.ts';

export { isTemplate, isTemplateText, roleOf } from './document.ts';
export type { TemplateOptions } from './option.ts';

export interface TemplatesRead {
  /** What the stacks declare before the change: of change sets with property values alone. */
  readonly before?: Declaration;
  readonly after: Declaration;
}

/** One template; `text` in YAML or JSON, or parsed JSON. */
export function readTemplate(file: string, content: unknown, options: TemplateOptions = {}): Result<Declaration> {
  const document = typeof content === 'string' ? { file, text: content } : { file, json: content };
  const read = readTemplates([document], options);
  return read.ok ? { ok: true, value: read.value.after } : read;
}

/**
 * Templates together, with what stands beside them: templates of nested stacks, CDK's manifest, change sets, answers of
 * `describe-stack-resources`. Several that are not nested in one another have the name of their stack, or of their file,
 * in front of their addresses. `open`: a file that a template names for a nested stack, where it is one that can be read.
 */
export function readTemplates(
  documents: readonly SourceDocument[],
  options: TemplateOptions = {},
  open: (file: string) => SourceDocument | undefined = () => undefined,
): Result<TemplatesRead> {
  const problems = new Problems();
  const read: TemplateDocument[] = [];
  for (const document of documents) {
    const one = readDocument(document);
    if (!one.ok) problems.add(...one.problems);
    else if (one.value === undefined) problems.add(noTemplate(document.file));
    else read.push(one.value);
  }
  const of = (role: TemplateDocument['role']): readonly TemplateDocument[] => read.filter((one) => one.role === role);
  const templates: Template[] = [];
  const known = new Set(documents.map(({ file }) => path.normalize(file)));
  const waiting = [...of('template')];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { template, problems: found } = readTemplateSections(next.file, next.node);
    problems.add(...found);
    templates.push(template);
    for (const file of filesNamed(template)) {
      const opened = known.has(file) ? undefined : open(file);
      known.add(file);
      const one = opened === undefined ? undefined : readDocument(opened);
      if (one?.ok === false) problems.add(...one.problems);
      else if (one?.value?.role === 'template') waiting.push(one.value);
    }
  }
  if (problems.list.length > 0) return fail(...problems.list);
  if (templates.length === 0) return fail(nothingDeclared(documents));

  const asked: Problem[] = [];
  const parameters = told('--parameter', options.parameters ?? [], asked);
  const imports = told('--import', options.imports ?? [], asked);
  problems.add(...asked);
  const changeSets = pagesJoined(of('change-set').map(({ file, node }) => readChangeSet(file, node)));
  const warnings = new Set<string>();
  const imported = new Set<string>();
  let exported: readonly Export[] | undefined;
  const context: Omit<Context, 'alone'> = {
    problem: (problem) => problems.add(problem),
    warn: (text) => warnings.add(text),
    importOf: (name, by) => {
      imported.add(name);
      exported ??= placed.flatMap(({ stack }) => exportsOf(stack));
      return imports.get(name) ?? importFrom(exported, name, by);
    },
    resources: new Map(),
  };
  const placed = makeStacks(
    {
      templates,
      manifests: of('cdk-manifest').map(({ file, node }) => readManifest(file, node)),
      changeSets,
      existing: of('stack-resources').flatMap(({ node }) => readStackResources(node)),
      parameters,
    },
    context,
  );
  const ids = idsOf(placed);
  const into: Declared = { resources: [], untranslated: [] };
  for (const { stack, root } of placed)
    if (root !== undefined) declare(stack, (address) => ids.after.get(address), into);

  // A parameter that nothing refers to is asked for by nobody, and is no mistake; its value may be one.
  const names = [...parameterNames(placed), ...pseudoNames];
  for (const name of parameters.unused())
    if (!names.includes(name)) problems.add(unknownParameter(name, names));
    else problems.add(...refusedValues(placed, name, parameters.get(name)!));
  for (const name of imports.unused()) {
    const meant = didYouMean(
      name,
      [...imported].filter((one) => !imports.has(one)),
    );
    const message = `No template given imports \`${name}\`, which \`--import\` tells.`;
    if (meant === undefined) warnings.add(message);
    else problems.add({ code: 'unknown-import', message, hint: meant });
  }
  for (const changeSet of changeSets) warnings.add(wordsOf(changeSet));
  const stays = retained(placed);
  const rest = { untranslated: [...into.untranslated, ...stays.untranslated], warnings: [...warnings] };
  const before = beforeOf(into.resources, placed, ids);
  return unless(problems.list, () => ({
    ...(before === undefined ? {} : { before: { ...rest, resources: before } }),
    after: { ...rest, resources: [...into.resources, ...stays.resources] },
  }));
}

/** Every problem once, however often what has it is worked out. */
class Problems {
  readonly #seen = new Set<string>();
  readonly list: Problem[] = [];

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const key = JSON.stringify([problem.file, problem.place, problem.code, problem.message]);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.list.push(problem);
    }
  }
}

const noTemplate = (file: string): Problem => ({
  code: 'not-a-template',
  file,
  message: 'The file is no CloudFormation template, and nothing that belongs to one.',
  hint: 'A template has a section `Resources`, whose resources have a `Type`.',
});

const nothingDeclared = (documents: readonly SourceDocument[]): Problem => ({
  code: 'no-template',
  file: documents.map(({ file }) => file).join(', '),
  message: 'There is no template in it.',
  hint: 'Give the template beside: aws cloudformation get-template --stack-name STACK --change-set-name CHANGESET --template-stage Processed',
});
