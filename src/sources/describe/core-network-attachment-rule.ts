/** The `attachment-policies` of a core network's policy document (Cloud WAN guide, cloudwan-policies-json). */
import type { AttachmentCondition, AttachmentRule } from '../../network/build/core-network-attachment-rule.ts';
import { isObject } from './fields.ts';

type Json = Readonly<Record<string, unknown>>;

/** Undefined where something of it is not understood: then nobody knows where it puts attachments. */
export function attachmentRules(value: unknown): readonly AttachmentRule[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const rules = value.map((one: unknown) => (isObject(one) ? ruleOf(one) : undefined));
  return rules.every((one) => one !== undefined) ? rules : undefined;
}

function ruleOf(one: Json): AttachmentRule | undefined {
  const number = Number(one['rule-number']);
  const written: readonly unknown[] = Array.isArray(one['conditions']) ? one['conditions'] : [];
  const conditions = written.map((each) => (isObject(each) ? conditionOf(each) : undefined));
  const logic = one['condition-logic'] ?? (conditions.length === 1 ? 'and' : undefined);
  const action = one['action'];
  const to = isObject(action) ? targetOf(action) : undefined;
  if (!Number.isInteger(number) || (logic !== 'and' && logic !== 'or') || conditions.length === 0 || to === undefined)
    return undefined;
  if (!conditions.every((each) => each !== undefined)) return undefined;
  const { 'require-acceptance': acceptance = false } = action as Json;
  return { number, logic, conditions, to, acceptance: acceptance !== false };
}

const operators = ['equals', 'not-equals', 'contains', 'begins-with'] as const;
const attributes = ['resource-id', 'region', 'attachment-type', 'account'] as const;

function conditionOf({ type, key, operator: written, value }: Json): AttachmentCondition | undefined {
  if (type === 'any') return { kind: 'any' };
  if (type === 'tag-exists' || type === 'tag-name')
    return typeof key === 'string' ? { kind: 'tag-exists', key } : undefined;
  const operator = operators.find((one) => one === written);
  if (operator === undefined || typeof value !== 'string') return undefined;
  if (type === 'tag-value') return typeof key === 'string' ? { kind: 'tag-value', key, operator, value } : undefined;
  const kind = attributes.find((one) => one === (type === 'account-id' ? 'account' : type));
  return kind && { kind, operator, value };
}

function targetOf(action: Json): AttachmentRule['to'] | undefined {
  const { 'add-to-network-function-group': group, 'association-method': method, segment } = action;
  const tag = action['tag-value-of-key'];
  if (typeof group === 'string') return { networkFunctionGroup: group };
  if (method === 'constant' && typeof segment === 'string') return { segment };
  return method === 'tag' && typeof tag === 'string' ? { tag } : undefined;
}
