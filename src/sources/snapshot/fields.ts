/** The fields that many things of a snapshot have. */
import { z } from 'zod';
import { type Address, parseAddress } from '../../net/address.ts';
import { parsePrefix, type Prefix } from '../../net/prefix.ts';

export const maybe = z.exactOptional;
export const ids = z.array(z.string());

const parsed = <T>(parse: (text: string) => T | undefined, message: string) =>
  z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `\`${text}\` ${message}`, input: text });
    return z.NEVER;
  });

export const address = parsed<Address>(parseAddress, 'is no IP address');
export const prefix = parsed<Prefix>(parsePrefix, 'is no CIDR block');
const number = parsed<bigint>((text) => (/^\d+$/.test(text) ? BigInt(text) : undefined), 'is no number');
export const intervals = z.array(z.strictObject({ lo: number, hi: number }));
export const source = z.strictObject({ file: z.string(), place: z.string() });
export const unread = z.strictObject({ unread: z.string(), subject: z.string() });

export const resource = {
  id: z.string().min(1),
  name: maybe(z.string()),
  arn: maybe(z.string()),
  tags: z.record(z.string(), z.string()),
  account: maybe(z.string()),
  region: maybe(z.string()),
  declaredAs: maybe(z.string()),
  formerly: maybe(ids),
  source,
};

export const destination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prefix'), prefix }),
  z.strictObject({ kind: z.literal('prefix-list'), id: z.string() }),
]);

export const port = z.int().min(0).max(65535);

export const routeState = z.enum(['active', 'blackhole', 'unknown']);
