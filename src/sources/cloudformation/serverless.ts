/** What SAM makes of `AWS::Serverless::Function`: a function whose interfaces are where `VpcConfig` says, its own and that of `Globals`. */
import { type Fields, isFields, type Value } from '../declared/value.ts';
import { at } from './node.ts';
import { finish } from './partial.ts';
import type { Stack } from './stack.ts';

/** The properties of `AWS::Lambda::Function` that are about the network; undefined of a function in no VPC. */
export function interfacesOfFunction(type: string, properties: Fields, stack: Stack): Fields | undefined {
  if (type !== 'AWS::Serverless::Function') return undefined;
  const shared = at(at(stack.template.globals, 'Function'), 'VpcConfig');
  const all = shared === undefined ? undefined : finish(stack.scope().evaluate(shared));
  const config = joined(all, properties.VpcConfig);
  return config === undefined ? undefined : { VpcConfig: config };
}

/** Mappings are joined key by key, and lists one behind the other. */
function joined(all: Value | undefined, own: Value | undefined): Value | undefined {
  if (all === undefined || own === undefined) return own ?? all;
  if (Array.isArray(all) && Array.isArray(own)) return [...(all as readonly Value[]), ...(own as readonly Value[])];
  if (!isFields(all) || !isFields(own)) return own;
  const keys = [...new Set([...Object.keys(all), ...Object.keys(own)])];
  return Object.fromEntries(keys.map((key) => [key, joined(all[key], own[key])!]));
}
