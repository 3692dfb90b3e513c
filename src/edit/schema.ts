/** The shape of a file of edits; `models/edits.schema.json` is made from it. */
import { z } from 'zod';
import { shapes } from './form.ts';

const value = (says: string, words: readonly string[] | undefined) =>
  (words === undefined
    ? z.union([z.string(), z.number(), z.array(z.string()).min(1)])
    : z.union([z.enum(words as [string, ...string[]]), z.boolean()])
  ).describe(says);

const mappings = shapes.map(({ kind, says, parts, clauses }) =>
  z
    .strictObject({
      edit: z.literal(kind),
      ...Object.fromEntries(
        parts.flatMap((part) => (part.kind === 'field' ? [[part.name, value(part.field.says, part.field.words)]] : [])),
      ),
      ...Object.fromEntries(clauses.map(({ name, field }) => [name, value(field.says, field.words).optional()])),
    })
    .describe(says),
);

const line = z
  .string()
  .describe(['the edit in one line:', ...shapes.map(({ usage, says }) => `${usage}: ${says}`)].join('\n'));

export const editsSchema = z
  .strictObject({
    version: z.literal(1),
    edits: z.array(z.union([line, ...mappings])).min(1),
  })
  .meta({ title: 'vpcproof edits' });
