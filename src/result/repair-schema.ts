/** The part of the JSON Schema that is about edits that would help, as zod. */
import { z } from 'zod';
import { count, texts } from './schema-part.ts';

/** `edit`, `family` and `sent` are those of the documents. */
export function remediesOf<E extends z.ZodType, F extends z.ZodType, S extends z.ZodType>(edit: E, family: F, sent: S) {
  const priced = z
    .strictObject({
      from: texts.describe('ids, `internet`, `on-premises`; from each of these to each of those'),
      to: texts,
      family,
      example: sent,
      asked: z.boolean().describe('all of it is within what was asked for'),
    })
    .meta({ id: 'priced' });
  const price = z
    .strictObject({
      opened: z.array(priced),
      closed: z.array(priced),
      omitted: z.strictObject({ opened: count, closed: count }).describe('families found and not shown'),
      complete: z.boolean().describe('every such flow was found; else there may be more'),
    })
    .meta({ id: 'price', description: 'first packets over TCP, UDP and ICMP, between all places' });
  return z
    .strictObject({
      found: z.array(
        z.strictObject({
          edits: z.array(edit),
          commands: texts.exactOptional().describe('of the AWS CLI; absent where an edit has none that says just that'),
          declared: z.array(
            z.strictObject({
              address: z.string().describe("a Terraform address, or a path of CloudFormation's logical ids"),
              file: z.string(),
              says: z.string(),
            }),
          ),
          mends: texts.describe('other properties that hold with these edits and did not'),
          price: price.exactOptional(),
        }),
      ),
      tried: count.describe('how many sets of edits were tried'),
      upTo: count.describe('all sets of up to so many edits were tried, of those that were thought of'),
    })
    .meta({ id: 'remedies', description: 'sets of edits, each proved, none with an edit that could be left out' });
}
