/** Route 53 Resolver DNS Firewall, whose rules are not modelled: whether the input holds any (semantics 13.6). */
import type { Network } from './network.ts';

/** By AWS's own list keys, under which `coverage` names what no part of the network stands for. */
const kinds = /^Firewall(?:RuleGroup(?:Association)?|Rule)s?$/;

/** Which VPCs its rule groups are associated with is not told apart: any query may meet them. */
export const holdsDnsFirewall = ({ coverage }: Pick<Network, 'coverage'>): boolean =>
  coverage.some(({ kind }) => kinds.test(kind));
