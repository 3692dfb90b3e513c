/** What a function of a template can ask of the stack around it, and say of itself. */
import type { Link, Unknown } from '../declared/value.ts';
import type { Mapping, Node } from './node.ts';
import type { EndpointItem, Partial } from './partial.ts';

/** Whether a condition holds; why it is not known where it is not. */
export type Truth = boolean | Unknown;

export interface Scope {
  /** What the node comes to. Items and properties without value are left out; the node itself may be `NoValue`. */
  readonly evaluate: (node: Node) => Partial;
  /** The same where it is not known whether it counts (`unsure`), or known that it does not (`dead`). */
  readonly unsure: Scope;
  readonly dead: Scope;
  /** The value of a parameter, a pseudo parameter, or a link to a resource. */
  readonly ref: (name: string, node: Node) => Partial;
  readonly attribute: (resource: string, attribute: string, node: Node) => Partial;
  /** The condition of that name. */
  readonly condition: (name: string, node: Node) => Truth;
  readonly mapping: (name: string) => Mapping | undefined;
  readonly mappings: readonly string[];
  readonly region: () => string | Unknown;
  /** No other stack stands beside it, so what it does not make exists before it. */
  readonly alone: boolean;
  readonly importOf: (name: string) => Partial | undefined;
  /** The items of a firewall's `EndpointIds`, in an order that nobody tells; undefined where they are not known. */
  readonly endpointItems: (list: Link) => readonly EndpointItem[] | undefined;
  /** A mistake of the template. Says nothing of what is known not to count. */
  readonly problem: (node: Node, code: string, message: string, hint?: string) => void;
  readonly warn: (text: string) => void;
}

/** A function: what stands under its name, to what it comes to. */
export type Apply = (argument: Node, scope: Scope) => Partial;

export interface Function {
  /** As people write it: `!Join [DELIMITER, LIST]`. */
  readonly form: string;
  readonly apply: Apply;
}
