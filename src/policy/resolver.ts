/** A name is asked of the Amazon resolver alone: whether that is the destination, and what is wrong where it is not. */
import type { ProblemAt } from '../base/problem.ts';
import { width } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Prefix } from '../net/prefix.ts';
import { resolverAddresses } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import type { Selection } from './selection.ts';

/** Undefined where every term is `dns` or one of the resolver's addresses. */
export function whyNotAsked(network: Network, { matches, text }: Selection): ProblemAt | undefined {
  const alone = matches.every(
    ({ term: { named, narrow } }) =>
      named.kind === 'dns' || (named.kind === 'prefix' && narrow === undefined && isResolver(network, named.prefix)),
  );
  if (alone) return undefined;
  return {
    code: 'bad-traffic',
    column: 1,
    message: `A name is asked of the Amazon resolver, and \`${text}\` is another place.`,
    hint: 'Its destination is `dns`; a query to any other server is `app` `dns`.',
  };
}

/** Whether the block is one address, at which the Amazon resolver answers in some VPC (semantics 13.1). */
export function isResolver(network: Network, { family, base, length }: Prefix): boolean {
  if (length !== width(family)) return false;
  if (contains(resolverAddresses[family], base)) return true;
  return [...network.vpcs.values()].some(({ cidrs }) => {
    const primary = cidrs.find((cidr) => cidr.family === 'ipv4');
    return family === 'ipv4' && primary !== undefined && primary.base + 2n === base;
  });
}
