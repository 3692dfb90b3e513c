/** A template's sections, and what is wrong with their shape. */
import { didYouMean } from '../../base/near.ts';
import type { Problem } from '../../base/problem.ts';
import { at, type Entry, entriesOf, type Node, textOf, textsOf } from './node.ts';
import { readParameters, type Parameter } from './parameter.ts';

export interface Template {
  readonly file: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: ReadonlyMap<string, Node>;
  /** These three may hold loops. */
  readonly conditions: readonly Entry[];
  readonly resources: readonly Entry[];
  readonly outputs: readonly Entry[];
  /** SAM's defaults. */
  readonly globals: Node | undefined;
  /** The macros that rewrite the whole template. */
  readonly transforms: readonly string[];
  readonly hooks: boolean;
}

const sections = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Globals',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

/** What a resource may have beside its type and its properties; none of it is about the network. */
const aspects = [
  'Type',
  'Properties',
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Description',
  'Metadata',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  // SAM's, and of modules.
  'Connectors',
  'IgnoreGlobals',
  'Fn::Transform',
];

export function readTemplateSections(
  file: string,
  root: Node,
): { readonly template: Template; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const problem = (code: string, place: string, message: string, hint?: string): void => {
    problems.push({ code, file, place, message, ...(hint === undefined ? {} : { hint }) });
  };
  for (const { key, place } of entriesOf(root))
    if (!sections.includes(key))
      problem(
        'unknown-section',
        place,
        `\`${key}\` is no section of a template.`,
        didYouMean(key, sections) ?? `Its sections are ${sections.join(', ')}.`,
      );
  if (at(root, 'Resources')?.kind !== 'mapping')
    problem('no-resources', root.place, 'The template has no resources.', 'They stand in its section `Resources`.');
  const resources = entriesOf(at(root, 'Resources'));
  for (const { key, place, value } of resources) {
    if (key.startsWith('Fn::')) continue;
    if (textOf(at(value, 'Type')) === undefined)
      problem('no-type', place, `The resource \`${key}\` has no \`Type\`.`, 'Give it one, such as `AWS::EC2::VPC`.');
    for (const aspect of entriesOf(value))
      if (!aspects.includes(aspect.key))
        problem(
          'unknown-key',
          aspect.place,
          `\`${aspect.key}\` is no key of a resource.`,
          didYouMean(aspect.key, aspects) ?? `Properties stand under \`Properties\` of \`${key}\`.`,
        );
  }
  const transform = at(root, 'Transform');
  return {
    template: {
      file,
      parameters: new Map(readParameters(at(root, 'Parameters')).map((one) => [one.name, one])),
      mappings: new Map(entriesOf(at(root, 'Mappings')).map(({ key, value }) => [key, value])),
      conditions: entriesOf(at(root, 'Conditions')),
      resources,
      outputs: entriesOf(at(root, 'Outputs')),
      globals: at(root, 'Globals'),
      transforms: transformsOf(transform),
      hooks: at(root, 'Hooks') !== undefined,
    },
    problems,
  };
}

/** A name, a list of names, or of `{Name, Parameters}`. */
function transformsOf(node: Node | undefined): readonly string[] {
  if (node === undefined) return [];
  const each = node.kind === 'list' ? node.items : [node];
  return textsOf(node) ?? each.map((one) => textOf(one) ?? textOf(at(one, 'Name')) ?? 'a macro');
}
