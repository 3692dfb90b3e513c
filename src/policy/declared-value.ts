/** Values of a deployment to come that somebody declares: `value:aws_instance.web.private_ip=10.0.1.5` (`interfaces.md`, `--assume`). */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { type Family, formatAddress, parseAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Assumption } from '../network/assumption.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { valueOf } from '../network/placement.ts';

/** Terraform's, CloudFormation's and AWS's names of the first address of each family. */
const attributes: ReadonlyMap<string, Family> = new Map([
  ['PrivateIpAddress', 'ipv4'],
  ['PrivateIp', 'ipv4'],
  ['PrimaryPrivateIpAddress', 'ipv4'],
  ['private_ip', 'ipv4'],
  ['Ipv6Address', 'ipv6'],
  ['ipv6_address', 'ipv6'],
]);

/** Of an interface, or of an instance by its only one. */
export function readDeclaredValue(network: Network, text: string): Result<readonly Assumption[], ProblemAt> {
  const [, subject = '', attribute = '', value = ''] = /^value:(.*)\.([^.=]*)=(.*)$/s.exec(text) ?? [];
  const family = attributes.get(attribute);
  const address = parseAddress(value);
  if (family === undefined || address === undefined || address.family !== family)
    return fail({
      code: 'bad-assumption',
      column: 1,
      message: `\`${text}\` is no whole assumption.`,
      hint: 'Write `value:ID.PrivateIpAddress=10.0.1.5`, or `.Ipv6Address=` and an IPv6 address.',
    });
  const waiting = [...network.interfaces.values()].filter((nic) => coming(nic, family) !== undefined);
  const named = waiting.filter(({ id, declaredAs, instance }) => [id, declaredAs, instance].includes(subject));
  const [nic] = named;
  if (nic === undefined || named.length > 1)
    return fail({
      code: 'no-match',
      column: 7,
      message: `\`${subject}\` is no interface, and no instance with one alone, whose address AWS will pick.`,
      ...hintFor(
        subject,
        waiting.map(({ id }) => id),
      ),
    });
  if (!contains(coming(nic, family) ?? [], address.value))
    return fail({
      code: 'address-not-free',
      column: text.lastIndexOf('=') + 2,
      message: `AWS cannot pick ${formatAddress(address)} for \`${nic.id}\`.`,
      hint: `It picks a free address of \`${nic.subnet}\`.`,
    });
  return ok([{ key: `${valueOf(nic.id, family)}=${formatAddress(address)}`, side: true }]);
}

const coming = ({ addresses }: NetworkInterface, family: Family) =>
  addresses.find(({ address, pending }) => pending !== undefined && address.family === family)?.pending;

function hintFor(subject: string, candidates: readonly string[]): { readonly hint?: string } {
  const hint = didYouMean(subject, candidates);
  return hint === undefined ? {} : { hint };
}
