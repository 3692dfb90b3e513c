/** What stands in a variable of a rule group, in the words of a rule's header (semantics 10.47). */
import { readAddresses } from './addresses.ts';
import type { Addresses, Ports } from './rule.ts';
import { readPorts } from './ports.ts';

const silent = (): undefined => undefined;

/** Undefined where it is no address. */
export const parseAddresses = (text: string): Addresses | undefined =>
  readAddresses({ text: text.trim(), column: 1 }, silent);

/** Undefined where it is no port. */
export const parsePorts = (text: string): Ports | undefined => readPorts({ text: text.trim(), column: 1 }, silent);
