/**
 * What a function of a template comes to while others are still to take it apart: a `Value`, a text whose parts are not
 * all known, the zones of a Region, or an item of a firewall's `EndpointIds`. `finish` makes a `Value` of it.
 */
import { Link, Unknown, type Fields, type Value } from '../declared/value.ts';

export type Partial =
  | null
  | boolean
  | number
  | string
  | Link
  | Unknown
  | Text
  | Zones
  | EndpointItem
  | NoValue
  | readonly Partial[]
  | PartialFields;

export interface PartialFields {
  readonly [key: string]: Partial;
}

/** A text put together from parts, at least one of which is not known. */
export class Text {
  readonly parts: readonly (string | Link | Unknown)[];

  constructor(parts: readonly (string | Link | Unknown)[]) {
    this.parts = parts;
  }
}

/** `AWS::Region`, where nobody tells it: one and the same wherever it stands in a stack. */
export class UnknownRegion extends Unknown {}

/** An unknown value that may be no value at all, so that the item or property is not there. */
export class Perhaps extends Unknown {}

/** `Fn::GetAZs`: the zones in their order. How many there are, nobody tells. */
export class Zones {
  readonly region: string | Unknown;

  constructor(region: string | Unknown) {
    this.region = region;
  }
}

/**
 * What exists before the stack does, and nothing tells what it is: a parameter without a value, an import. It is one and
 * the same wherever it stands, so where an id is needed, its own name is the id of something outside the input.
 */
export class Given extends Unknown {
  /** Absent where another stack of the input may make it. */
  readonly standIn: string | undefined;
  /** What it may be, where the template lists that. */
  readonly allowed: readonly string[] | undefined;
  /** It is a list: the stand-in is that of no item. */
  readonly several: boolean;

  constructor(why: string, standIn: string | undefined, allowed?: readonly string[], several = false) {
    super(why);
    this.several = several;
    this.standIn = standIn;
    this.allowed = allowed;
  }
}

/** A parameter with `NoEcho`: conditions may ask what it is, and nothing else does. */
export class Secret extends Unknown {
  readonly #text: string;

  constructor(why: string, text: string) {
    super(why);
    this.#text = text;
  }

  is(text: string): boolean {
    return this.#text === text;
  }
}

/** One item of a firewall's `EndpointIds`, `ZONE:ENDPOINT`. */
export class EndpointItem {
  readonly endpoint: Link | Unknown;

  constructor(endpoint: Link | Unknown) {
    this.endpoint = endpoint;
  }
}

/** `AWS::NoValue`: the property or item that has it is not there. */
export class NoValue {
  readonly kind = 'no value';

  static readonly it = new NoValue();
}

/** What stands in a text for a Region that is not known. */
const regionName = 'REGION';

/** A letter a zone, in the order in which `Fn::GetAZs` gives them. */
export const zoneOf = (region: string | Unknown, index: number): Partial =>
  index > 25
    ? new Unknown(`item ${index + 1} of the Region's Availability Zones`)
    : textOf([region, String.fromCharCode('a'.charCodeAt(0) + index)]);

/** The parts as a text; as themselves where there is one alone, and as a string where all are known. */
export function textOf(parts: readonly (string | Link | Unknown)[]): string | Link | Unknown | Text {
  const joined: (string | Link | Unknown)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  if (joined.length === 0) return '';
  return joined.length === 1 ? joined[0]! : new Text(joined);
}

/** The parts of what can stand in a text; undefined of what cannot. */
export function partsOf(partial: Partial): readonly (string | Link | Unknown)[] | undefined {
  if (typeof partial === 'string' || partial instanceof Link || partial instanceof Unknown) return [partial];
  if (typeof partial === 'boolean' || typeof partial === 'number') return [String(partial)];
  if (partial instanceof Text) return partial.parts;
  return partial instanceof EndpointItem ? [finish(partial) as Unknown] : undefined;
}

export const isPartialFields = (partial: Partial): partial is PartialFields =>
  typeof partial === 'object' &&
  partial !== null &&
  !Array.isArray(partial) &&
  ![Link, Unknown, Text, Zones, EndpointItem, NoValue].some((kind) => partial instanceof kind);

/** Secrets, and programs, which often hold some: nothing here needs them. */
const neverCopied = /^UserData$|Password|Secret(?!s)|PreSharedKey|AuthToken|^ApiKey$/;

/** `{{resolve:ssm:…}}` and its like: the deployment puts something else in its place. */
const dynamicReference = /\{\{(resolve|changeSet):([^:}]*)/;

/** The value that is left when no function takes it apart any more. A text that only lacks the Region gets a stand-in. */
export function finish(partial: Partial): Value {
  if (partial instanceof Text) {
    const unknown = partial.parts.find((part) => typeof part !== 'string' && !(part instanceof UnknownRegion));
    if (unknown === undefined)
      return partial.parts.map((part) => (typeof part === 'string' ? part : regionName)).join('');
    return new Unknown(
      unknown instanceof Unknown ? unknown.why : `a text with what \`${(unknown as Link).resource}\` will be`,
    );
  }
  if (partial instanceof Zones) return new Unknown("the Region's Availability Zones");
  if (partial instanceof EndpointItem) return new Unknown('a zone and an endpoint of a firewall');
  if (partial instanceof NoValue) return null;
  if (partial instanceof Secret || partial instanceof Given) return new Unknown(partial.why);
  if (typeof partial === 'string') {
    const [, by, what] = dynamicReference.exec(partial) ?? [];
    if (by === undefined) return partial;
    return new Unknown(by === 'resolve' ? `a dynamic reference, resolved by \`${what}\`` : 'known after the change');
  }
  if (Array.isArray(partial)) return (partial as readonly Partial[]).map(finish);
  return isPartialFields(partial) ? finishFields(partial) : (partial as Value);
}

export const finishFields = (fields: PartialFields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      neverCopied.test(key) ? new Unknown('a secret, which is not read') : finish(named(key, value)),
    ]),
  );

/** By the names of properties that name other resources, a list of them in its items. */
function named(key: string, partial: Partial): Partial {
  if (/(?:Id|Arn)$/.test(key)) return nameOf(partial);
  return /(?:Ids|Arns)$/.test(key) && Array.isArray(partial) ? (partial as readonly Partial[]).map(nameOf) : partial;
}

function nameOf(partial: Partial): Partial {
  if (partial instanceof Text) return endOfArn(partial) ?? partial;
  return partial instanceof Given && !partial.several ? (partial.standIn ?? partial) : partial;
}

/** What an ARN names that ends in an id: `arn:aws:ec2:us-east-1:111122223333:vpc/${Vpc}`. */
function endOfArn({ parts }: Text): Partial | undefined {
  const [first, before, last] = [parts[0], parts.at(-2), parts.at(-1)];
  const isArn = typeof first === 'string' && first.startsWith('arn:') && typeof before === 'string';
  if (!isArn || !before.endsWith('/')) return undefined;
  if (last instanceof Link) return /^Ref$|Id$/.test(last.attribute) ? last : undefined;
  return last instanceof Given ? nameOf(last) : undefined;
}

/** Whether everything in it is known. */
export function isKnown(partial: Partial): boolean {
  if (Array.isArray(partial)) return (partial as readonly Partial[]).every(isKnown);
  if (isPartialFields(partial)) return Object.values(partial).every(isKnown);
  return typeof partial !== 'object' || partial === null;
}

/** Why it is not known: of the first part of it that is not. */
export function whyUnknown(partial: Partial): string {
  if (partial instanceof Unknown) return partial.why;
  if (partial instanceof Link)
    return partial.attribute === 'Ref'
      ? `what \`${partial.resource}\` will be`
      : `\`${partial.attribute}\` of \`${partial.resource}\``;
  if (partial instanceof Text) return whyUnknown(partial.parts.find((part) => typeof part !== 'string') ?? '');
  if (partial instanceof Zones || partial instanceof EndpointItem) return (finish(partial) as Unknown).why;
  const inner = Array.isArray(partial)
    ? (partial as readonly Partial[])
    : isPartialFields(partial)
      ? Object.values(partial)
      : [];
  const unknown = inner.find((one) => !isKnown(one));
  return unknown === undefined ? 'not known' : whyUnknown(unknown);
}
