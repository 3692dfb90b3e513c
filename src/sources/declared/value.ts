/**
 * Values as a plan or a template gives them: known ones, links to what another resource of the same input will be, and
 * what only the deployment tells.
 */

/** JSON, in which links and unknown values stand for what is not JSON yet. */
export type Value = null | boolean | number | string | Link | Unknown | readonly Value[] | Fields;

export interface Fields {
  readonly [key: string]: Value;
}

/** An attribute of another resource of the input: its identity, or one of the attributes that CloudFormation's `Fn::GetAtt` has. */
export class Link {
  /** The declared address of the resource: `module.net.aws_subnet.app["a"]`, `Network/AppSubnet`. */
  readonly resource: string;
  /** `Ref` where its identity is meant (id, ARN or name alike), else CloudFormation's name of the attribute: `DefaultSecurityGroup`. */
  readonly attribute: string;

  constructor(resource: string, attribute = 'Ref') {
    this.resource = resource;
    this.attribute = attribute;
  }
}

/** A value that only the deployment tells, or that could not be worked out. */
export class Unknown {
  /** For people, after "it is": `known after apply`, `the parameter VpcId, which has no value`. */
  readonly why: string;
  /** What it may be, where the declaration narrows that: one of these, or, in place of a list, any of these. Empty: anything. */
  readonly candidates: readonly Link[];

  constructor(why: string, candidates: readonly Link[] = []) {
    this.why = why;
    this.candidates = candidates;
  }
}

export const isFields = (value: Value | undefined): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Link) &&
  !(value instanceof Unknown);
