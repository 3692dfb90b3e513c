/** Change sets, and the resources that a stack has already: what is added, changed and removed, and AWS's ids. */
import { Unknown, type Fields, type Value } from '../declared/value.ts';
import { at, type Node, textOf } from './node.ts';
import { finishFields, type PartialFields } from './partial.ts';

export interface ChangeSet {
  readonly file: string;
  readonly name: string;
  readonly id: string;
  readonly stack: string;
  readonly pseudo: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly action: 'add' | 'modify' | 'remove' | 'other';
  readonly logicalId: string;
  /** Of what exists before the change. */
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly replaced: boolean;
  /** What is removed, or replaced, stays in the account. */
  readonly retained: boolean;
  /** Of a nested stack: the change set of it. */
  readonly nested: string | undefined;
  /** Its properties before the change, with `--include-property-values`. */
  readonly before: Fields | undefined;
}

/** Pages of one change set are one. */
export function pagesJoined(pages: readonly ChangeSet[]): readonly ChangeSet[] {
  const all = new Map<string, ChangeSet>();
  for (const page of pages) {
    const key = page.id === '' ? page.file : page.id;
    const before = all.get(key);
    all.set(key, before === undefined ? page : { ...before, changes: [...before.changes, ...page.changes] });
  }
  return [...all.values()];
}

const items = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : []);

export function readChangeSet(file: string, node: Node): ChangeSet {
  const stackId = textOf(at(node, 'StackId')) ?? '';
  const stack = textOf(at(node, 'StackName')) ?? '';
  const parameters = items(at(node, 'Parameters')).flatMap((each) => {
    const key = textOf(at(each, 'ParameterKey'));
    const value = textOf(at(each, 'ParameterValue'));
    return key === undefined || value === undefined || value === masked ? [] : [[key, value] as const];
  });
  return {
    file,
    name: textOf(at(node, 'ChangeSetName')) ?? file,
    id: textOf(at(node, 'ChangeSetId')) ?? '',
    stack,
    pseudo: pseudoOf(stackId, stack),
    parameters: new Map(parameters),
    changes: items(at(node, 'Changes')).flatMap((each) => {
      const change = at(each, 'ResourceChange');
      return change === undefined ? [] : [readChange(change)];
    }),
  };
}

/** What AWS prints in place of a parameter with `NoEcho`. */
const masked = '****';

const actions: Readonly<Record<string, Change['action']>> = {
  Add: 'add',
  Import: 'add',
  Modify: 'modify',
  Remove: 'remove',
};

function readChange(node: Node): Change {
  const context = textOf(at(node, 'BeforeContext'));
  return {
    action: actions[textOf(at(node, 'Action')) ?? ''] ?? 'other',
    logicalId: textOf(at(node, 'LogicalResourceId')) ?? '',
    physicalId: textOf(at(node, 'PhysicalResourceId')),
    type: textOf(at(node, 'ResourceType')) ?? '',
    replaced: textOf(at(node, 'Replacement')) === 'True',
    retained: /Retain/.test(textOf(at(node, 'PolicyAction')) ?? ''),
    nested: textOf(at(node, 'ChangeSetId')),
    before: context === undefined ? undefined : propertiesIn(context),
  };
}

function propertiesIn(context: string): Fields | undefined {
  try {
    const { Properties: properties = {} } = JSON.parse(context) as { readonly Properties?: PartialFields };
    return unmasked(finishFields(properties)) as Fields;
  } catch {
    return undefined;
  }
}

/** What AWS masks is not known. */
function unmasked(value: Value): Value {
  if (value === masked) return new Unknown('a value that AWS masks');
  if (Array.isArray(value)) return (value as readonly Value[]).map(unmasked);
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return value;
  return Object.fromEntries(Object.entries(value as Fields).map(([key, each]) => [key, unmasked(each)]));
}

/** The resources that one stack has, by logical id. */
export interface StackResources {
  readonly stack: string;
  readonly pseudo: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, string>;
}

/** `describe-stack-resources`, which names the stack of each; `list-stack-resources`, which does not. */
export function readStackResources(node: Node): readonly StackResources[] {
  const stacks = new Map<string, { pseudo: ReadonlyMap<string, string>; ids: Map<string, string> }>();
  for (const each of items(at(node, 'StackResources') ?? at(node, 'StackResourceSummaries'))) {
    const logical = textOf(at(each, 'LogicalResourceId'));
    const physical = textOf(at(each, 'PhysicalResourceId'));
    if (logical === undefined || physical === undefined) continue;
    const name = textOf(at(each, 'StackName')) ?? '';
    const stack = stacks.get(name) ?? { pseudo: pseudoOf(textOf(at(each, 'StackId')) ?? '', name), ids: new Map() };
    stack.ids.set(logical, physical);
    stacks.set(name, stack);
  }
  return [...stacks].map(([stack, rest]) => ({ stack, ...rest }));
}

/** What the stack's ARN tells: `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/…`. */
function pseudoOf(stackId: string, name: string): ReadonlyMap<string, string> {
  const [, partition, region, account] = /^arn:([^:]+):cloudformation:([^:]+):(\d+):stack\//.exec(stackId) ?? [];
  const told: readonly (readonly [string, string | undefined])[] = [
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::AccountId', account],
    ['AWS::StackId', stackId === '' ? undefined : stackId],
    ['AWS::StackName', name === '' ? undefined : name],
  ];
  return new Map(told.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}
