/**
 * Where the attachment policies of a core network put an attachment: the first rule, by number, that matches it
 * (semantics 14.4; Cloud WAN guide, cloudwan-policies-json). What is not known of the attachment matches perhaps.
 */

type Operator = 'equals' | 'not-equals' | 'contains' | 'begins-with';

export type AttachmentCondition =
  | { readonly kind: 'any' }
  | { readonly kind: 'tag-exists'; readonly key: string }
  | { readonly kind: 'tag-value'; readonly key: string; readonly operator: Operator; readonly value: string }
  | {
      readonly kind: 'resource-id' | 'region' | 'attachment-type' | 'account';
      readonly operator: Operator;
      readonly value: string;
    };

export interface AttachmentRule {
  readonly number: number;
  readonly logic: 'and' | 'or';
  /** One at least. */
  readonly conditions: readonly AttachmentCondition[];
  /** `tag`: the segment is named by the value of the attachment's tag. */
  readonly to: { readonly segment: string } | { readonly networkFunctionGroup: string } | { readonly tag: string };
  /** Somebody has to accept what it puts there, even where the segment asks for nothing. */
  readonly acceptance: boolean;
}

/** What rules ask of an attachment; absent where it is not known. */
export interface Attached {
  readonly tags: Readonly<Record<string, string>>;
  /** It may have other tags. */
  readonly openTags: boolean;
  /** As list-attachments shows it: `SITE_TO_SITE_VPN`. */
  readonly type: string;
  readonly region?: string;
  readonly account?: string;
  readonly resource?: string;
}

/** Where it is put; `none` where no rule matches, and undefined where it is not known which one does. */
export type Put =
  | { readonly segment: string; readonly acceptance: boolean }
  | { readonly networkFunctionGroup: string; readonly acceptance: boolean }
  | 'none';

export function putBy(rules: readonly AttachmentRule[], attached: Attached): Put | undefined {
  for (const rule of rules.toSorted((a, b) => a.number - b.number)) {
    const applies = matchesRule(rule, attached);
    if (applies === undefined) return undefined;
    if (!applies) continue;
    const { to, acceptance } = rule;
    if (!('tag' in to)) return { ...to, acceptance };
    const segment = attached.tags[to.tag];
    return segment === undefined ? (attached.openTags ? undefined : 'none') : { segment, acceptance };
  }
  return 'none';
}

function matchesRule({ logic, conditions }: AttachmentRule, attached: Attached): boolean | undefined {
  const all = new Set(conditions.map((one) => matches(one, attached)));
  const decisive = logic === 'or';
  if (all.has(decisive)) return decisive;
  return all.has(undefined) ? undefined : !decisive;
}

function matches(condition: AttachmentCondition, attached: Attached): boolean | undefined {
  switch (condition.kind) {
    case 'any':
      return true;
    case 'tag-exists':
      return condition.key in attached.tags ? true : attached.openTags ? undefined : false;
    case 'tag-value': {
      const found = attached.tags[condition.key];
      if (found !== undefined) return compares(condition, found);
      // Whether a tag that is not there is another than the value, no page of AWS says.
      return attached.openTags || condition.operator === 'not-equals' ? undefined : false;
    }
    case 'attachment-type':
      return compares(condition, attached.type.toLowerCase().replaceAll('_', '-'));
    case 'region':
    case 'account':
    case 'resource-id': {
      const { region, account, resource } = attached;
      const found = { region, account, 'resource-id': resource }[condition.kind];
      return found === undefined ? undefined : compares(condition, found);
    }
  }
}

function compares(
  { operator, value }: { readonly operator: Operator; readonly value: string },
  found: string,
): boolean {
  switch (operator) {
    case 'equals':
      return found === value;
    case 'not-equals':
      return found !== value;
    case 'contains':
      return found.includes(value);
    case 'begins-with':
      return found.startsWith(value);
  }
}
