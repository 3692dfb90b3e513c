/** Small templates, and what is read of them. */
import type { Problem } from '../../../src/base/problem.ts';
import {
  readTemplate,
  readTemplates,
  type TemplateOptions,
  type TemplatesRead,
} from '../../../src/sources/cloudformation/index.ts';
import type { DeclaredResource, Declaration } from '../../../src/sources/declared/resource.ts';
import { Link, Unknown, type Value } from '../../../src/sources/declared/value.ts';
import type { SourceDocument } from '../../../src/sources/document.ts';

export const link = (address: string, attribute = 'Ref'): Link => new Link(address, attribute);

/** What a template declares; throws where it has mistakes. */
export function declared(text: string | object, options: TemplateOptions = {}): Declaration {
  const read = readTemplate('network.yaml', text, options);
  if (!read.ok) throw new Error(JSON.stringify(read.problems, undefined, 2));
  return read.value;
}

export function declaredTogether(documents: readonly SourceDocument[], options: TemplateOptions = {}): TemplatesRead {
  const read = readTemplates(documents, options);
  if (!read.ok) throw new Error(JSON.stringify(read.problems, undefined, 2));
  return read.value;
}

export function problemsOf(text: string | object, options: TemplateOptions = {}): readonly Problem[] {
  const read = readTemplate('network.yaml', text, options);
  return read.ok ? [] : read.problems;
}

export function resource({ resources }: Declaration, address: string): DeclaredResource {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`no ${address} among ${resources.map((one) => one.address).join(', ')}`);
  return found;
}

/** What one value comes to, written in YAML in one line; `sections` stand before the resources. */
export function valueOf(expression: string, sections = '', options: TemplateOptions = {}, beside = ''): Value {
  const text = `${sections}
Resources:
  Subject:
    Type: AWS::EC2::Something
    Properties:
      Value: ${expression}
${beside}`;
  return resource(declared(text, options), 'Subject').properties.Value ?? null;
}

/** Why the value is not known; throws where it is. */
export function why(value: Value | undefined): string {
  if (value instanceof Unknown) return value.why;
  throw new Error(`known: ${JSON.stringify(value)}`);
}

export function candidates(value: Value | undefined): readonly Link[] {
  if (value instanceof Unknown) return value.candidates;
  throw new Error(`known: ${JSON.stringify(value)}`);
}
