/**
 * Resources as a plan or a template declares them. Whatever the language, they are told in CloudFormation's words: its
 * type names and its property names, so that one reading of each construct serves all of them.
 */
import type { Provenance } from '../../network/resource.ts';
import type { Fields, Value } from './value.ts';

export interface DeclaredResource {
  /** CloudFormation's: `AWS::EC2::Subnet`. What CloudFormation has no word for is told in the same style (`types.ts`). */
  readonly type: string;
  /** Terraform's address, or the path of logical ids through nested stacks: `module.net.aws_subnet.app[0]`, `Network/AppSubnet`. */
  readonly address: string;
  /** Addresses that it had before (`moved` blocks). */
  readonly formerly?: readonly string[];
  /** AWS's id, or its ARN where AWS gives no id, where it exists already; otherwise its address. */
  readonly id: string;
  readonly properties: Fields;
  /**
   * Present where it is somebody else's and was only looked up (a data source): its properties are true, and what
   * stands in it or belongs to it, the input does not tell.
   */
  readonly lookedUp?: true;
  /** Why it is not known whether there is such a resource: a condition that nobody decides. Absent: there is. */
  readonly uncertain?: string;
  readonly account?: string;
  readonly region?: string;
  readonly source: Provenance;
}

/** What one input declares at one time: a template, or one side of a plan. */
export interface Declaration {
  readonly resources: readonly DeclaredResource[];
  /** Resources of types that are not translated, in words for `coverage`. */
  readonly untranslated: readonly Untranslated[];
  /** One sentence each. */
  readonly warnings: readonly string[];
}

export interface Untranslated {
  /** The type as the input names it: `aws_iam_role`. */
  readonly type: string;
  readonly address: string;
  /** What it refers to of the network, as far as that is told: in subnets that it names, it may hold interfaces. */
  readonly mentions?: readonly Value[];
  readonly source: Provenance;
}
