/** Which file is the template of a nested stack: CDK says it beside the stack, others by the end of its `TemplateURL`. */
import path from 'node:path';
import { at, textOf } from './node.ts';
import { Text, type Partial } from './partial.ts';
import type { Stack } from './stack.ts';
import type { Template } from './template.ts';

export const nestedStacks = (stack: Stack): readonly string[] =>
  [...stack.resources.values()]
    .filter(({ value }) => textOf(at(value, 'Type')) === 'AWS::CloudFormation::Stack')
    .map(({ key }) => key);

export type Match = Template | 'none' | readonly Template[];

/** The template of that nested stack; several where its name fits more than one of them. */
export function templateOf(stack: Stack, name: string, templates: readonly Template[]): Match {
  const resource = stack.resources.get(name)!.value;
  const folder = path.dirname(stack.template.file);
  const asset = textOf(at(at(resource, 'Metadata'), 'aws:asset:path'));
  if (asset !== undefined) return exactly(path.join(folder, asset), templates) ?? 'none';
  const url = at(at(resource, 'Properties'), 'TemplateURL');
  const wanted = url === undefined ? undefined : endOf(stack.scope().unsure.evaluate(url));
  if (wanted === undefined) return 'none';
  const beside = exactly(path.join(folder, wanted), templates);
  if (beside !== undefined) return beside;
  const segments = wanted.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  // The more of the path fits, the better; the file's name must.
  for (let from = 0; from < segments.length; from++) {
    const ending = segments.slice(from).join('/');
    const fits = templates.filter(({ file }) => slashed(file) === ending || slashed(file).endsWith(`/${ending}`));
    if (fits.length > 0) return fits.length === 1 ? fits[0]! : fits;
  }
  return 'none';
}

const slashed = (file: string): string => path.normalize(file).split(path.sep).join('/');

const exactly = (file: string, templates: readonly Template[]): Template | undefined =>
  templates.find((one) => slashed(one.file) === slashed(file));

/** The path in the URL, as far as it is known at its end. */
function endOf(url: Partial): string | undefined {
  const text = typeof url === 'string' ? url : url instanceof Text ? url.parts.at(-1) : undefined;
  if (typeof text !== 'string') return undefined;
  const plain = text.replace(/[?#].*$/, '').replace(/^[a-z0-9]+:\/\/[^/]*\//i, '');
  return plain.endsWith('/') || plain === '' ? undefined : plain;
}
