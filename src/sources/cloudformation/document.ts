/** What of CloudFormation a document is, told by its content. */
import { type Result, ok } from '../../base/result.ts';
import type { SourceDocument } from '../document.ts';
import { parseJson } from '../json.ts';
import { fromJson, type Node } from './node.ts';
import { parseYaml } from './yaml.ts';

export type Role =
  /** The template itself, or what `get-template` prints. */
  | 'template'
  /** What `describe-change-set` prints. */
  | 'change-set'
  /** What `describe-stack-resources` or `list-stack-resources` prints. */
  | 'stack-resources'
  /** CDK's `manifest.json`. */
  | 'cdk-manifest'
  /** What else CDK writes beside its templates; nothing of it is about the network. */
  | 'cdk-other';

export interface TemplateDocument {
  readonly file: string;
  readonly role: Role;
  readonly node: Node;
  readonly json: unknown;
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** The role of parsed JSON; undefined of what is nothing of CloudFormation's. */
export function roleOf(json: unknown): Role | undefined {
  if (!isObject(json)) return undefined;
  if (Array.isArray(json.Changes) && ('ChangeSetName' in json || 'ChangeSetId' in json)) return 'change-set';
  if (Array.isArray(json.StackResources) || Array.isArray(json.StackResourceSummaries)) return 'stack-resources';
  if ('TemplateBody' in json) return 'template';
  if (isTemplate(json)) return 'template';
  if (typeof json.version !== 'string') return undefined;
  if (isObject(json.artifacts)) return 'cdk-manifest';
  return isObject(json.tree) || (isObject(json.files) && isObject(json.dockerImages)) ? 'cdk-other' : undefined;
}

/** Whether parsed JSON is a template. */
export const isTemplate = (json: unknown): boolean =>
  isObject(json) &&
  ('AWSTemplateFormatVersion' in json ||
    (isObject(json.Resources) &&
      Object.entries(json.Resources).some(
        ([key, one]) =>
          key.startsWith('Fn::') || (isObject(one) && typeof one.Type === 'string' && one.Type.includes('::')),
      )));

/** Whether a text that is no JSON looks like a template in YAML. */
export const isTemplateText = (text: string): boolean =>
  /^["']?(?:AWSTemplateFormatVersion|Resources)["']?[ \t]*:/m.test(text);

/** The document parsed; undefined where it is nothing of CloudFormation's. */
export function readDocument(document: SourceDocument): Result<TemplateDocument | undefined> {
  const { file } = document;
  if ('text' in document && !/^\s*\{/.test(document.text)) {
    const node = parseYaml(file, document.text);
    return node.ok ? ok({ file, role: 'template', node: node.value, json: undefined }) : node;
  }
  const json = 'json' in document ? ok(document.json) : parseJson(file, document.text);
  if (!json.ok) return json;
  const role = roleOf(json.value);
  if (role === undefined) return ok(undefined);
  const body = isObject(json.value) ? json.value.TemplateBody : undefined;
  // `get-template` prints a template that was written in YAML as a text.
  if (typeof body === 'string') return readDocument({ file, text: body });
  return ok({ file, role, node: fromJson(body ?? json.value), json: json.value });
}
