/** What every resource of a network has: an id, names and tags, an owner, and where it was read. */

/** Where a value was read: the file as the person named it, and in it a JSON pointer (RFC 6901), `line:column`, or what declares it there. */
export interface Provenance {
  readonly file: string;
  readonly place: string;
}

/** A file and a place in it, and nothing else. */
export const isProvenance = (value: unknown): value is Provenance => {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 2 && keys.includes('file') && keys.includes('place');
};

export interface Resource {
  /** AWS's id (`vpc-0abc`), or the ARN where AWS gives no id. */
  readonly id: string;
  /** The Name tag, or AWS's own name for the resource. */
  readonly name?: string;
  readonly arn?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The owner's account number, where the input tells. */
  readonly account?: string;
  readonly region?: string;
  /** What a plan or a template calls it: a Terraform address, or a path of CloudFormation's logical ids. */
  readonly declaredAs?: string;
  /** What it was called there before (`moved` blocks). */
  readonly formerly?: readonly string[];
  readonly source: Provenance;
}

/** Something the input refers to but no call read: the CLI command that would, and its subject (`interfaces.md`). */
export interface Unread {
  readonly unread: string;
  readonly subject: string;
}

export const isUnread = <T>(value: T | Unread): value is Unread =>
  typeof value === 'object' && value !== null && 'unread' in value;

/** The same of a list that a route table uses, in that table: `unread:get-managed-prefix-list-entries:pl-1@rtb-1`. */
export const unreadRoute = (unread: Unread, table: string): string => `${unreadKey(unread)}@${table}`;

/** The assumption's name: `unread:describe-network-acls:subnet-1`. */
export const unreadKey = ({ unread, subject }: Unread): string => `unread:${unread}:${subject}`;
