/** `Fn::Cidr` and `Fn::GetAZs`: address blocks inside a block, and the zones of a Region. */
import { highest, width } from '../../../net/address.ts';
import { formatPrefix, lastOf, parsePrefix, type Prefix } from '../../../net/prefix.ts';
import { Unknown } from '../../declared/value.ts';
import type { Node } from '../node.ts';
import { isKnown, type Partial, whyUnknown, Zones } from '../partial.ts';
import type { Apply, Function, Scope } from '../scope.ts';
import { argumentsOf, wholeNumber, wrongForm } from './arity.ts';

const cidr: Apply = (argument, scope) => {
  const given = argumentsOf(argument, 2, 3);
  if (given === undefined) return wrongForm(argument, scope, network['Fn::Cidr']);
  const [block, count, bits] = given.map(scope.evaluate);
  const many = wholeNumber(count!);
  if (many === undefined)
    return isKnown(count!)
      ? wrongForm(argument, scope, network['Fn::Cidr'])
      : new Unknown(`address blocks, as many as ${whyUnknown(count!)}`);
  const unknown = [block!, bits ?? ''].find((each) => !isKnown(each));
  if (unknown !== undefined || bits === undefined)
    return Array.from(
      { length: Math.min(many, 256) },
      (_, index) =>
        new Unknown(
          `address block ${index + 1} by \`Fn::Cidr\` of ${unknown === undefined ? 'unsaid size' : whyUnknown(unknown)}`,
        ),
    );
  const outer = typeof block === 'string' ? parsePrefix(block) : undefined;
  const host = wholeNumber(bits);
  if (outer === undefined || host === undefined) return wrongForm(argument, scope, network['Fn::Cidr']);
  return blocks(outer, many, host, argument, scope);
};

function blocks(outer: Prefix, count: number, host: number, node: Node, scope: Scope): Partial {
  const length = width(outer.family) - host;
  const size = 1n << BigInt(Math.max(0, host));
  const last = outer.base + size * BigInt(count) - 1n;
  if (count < 1 || count > 256 || length < outer.length || last > lastOf(outer) || last > highest(outer.family)) {
    scope.problem(
      node,
      'blocks-do-not-fit',
      `${count} blocks of ${host} bits do not fit into \`${formatPrefix(outer)}\`.`,
      'The third argument is the number of bits left for hosts: 8 makes a /24 of IPv4. At most 256 blocks are made.',
    );
    return new Unknown('blocks that do not fit');
  }
  return Array.from({ length: count }, (_, index) =>
    formatPrefix({ family: outer.family, base: outer.base + size * BigInt(index), length }),
  );
}

const getAZs: Apply = (argument, scope) => {
  const region = scope.evaluate(argument);
  if (region === '') return new Zones(scope.region());
  if (typeof region === 'string' || region instanceof Unknown) return new Zones(region);
  return isKnown(region)
    ? wrongForm(argument, scope, network['Fn::GetAZs'])
    : new Zones(new Unknown(whyUnknown(region)));
};

export const network = {
  'Fn::Cidr': { form: '!Cidr [BLOCK, COUNT, HOSTBITS]', apply: cidr },
  'Fn::GetAZs': { form: '!GetAZs REGION', apply: getAZs },
} satisfies Record<string, Function>;
