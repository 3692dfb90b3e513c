/** The manifest of CDK's output: which files are the templates of which stacks, and where these are to run. */
import path from 'node:path';
import { at, entriesOf, type Node, textOf } from './node.ts';

export interface CdkStack {
  readonly file: string;
  readonly name: string;
  /** Pseudo parameters that the manifest tells. */
  readonly pseudo: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface CdkManifest {
  readonly folder: string;
  readonly stacks: readonly CdkStack[];
}

export function readManifest(file: string, node: Node): CdkManifest {
  const folder = path.dirname(file);
  const stacks = entriesOf(at(node, 'artifacts')).flatMap(({ key, value }): CdkStack[] => {
    const properties = at(value, 'properties');
    const template = textOf(at(properties, 'templateFile'));
    if (textOf(at(value, 'type')) !== 'aws:cloudformation:stack' || template === undefined) return [];
    const name = textOf(at(properties, 'stackName')) ?? key;
    const parameters = entriesOf(at(properties, 'parameters')).map(
      (one) => [one.key, textOf(one.value) ?? ''] as const,
    );
    return [
      {
        file: path.join(folder, template),
        name,
        pseudo: new Map([['AWS::StackName', name], ...environment(textOf(at(value, 'environment')) ?? '')]),
        parameters: new Map(parameters),
      },
    ];
  });
  return { folder, stacks };
}

/** `aws://ACCOUNT/REGION`, either of which may be unknown. */
function environment(text: string): readonly (readonly [string, string])[] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text) ?? [];
  return [
    ...(account === undefined || account === 'unknown-account' ? [] : [['AWS::AccountId', account] as const]),
    ...(region === undefined || region === 'unknown-region' ? [] : [['AWS::Region', region] as const]),
  ];
}
