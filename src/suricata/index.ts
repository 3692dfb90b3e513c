/** The rule language of stateful rule groups: from text to rules, and what is wrong with the text (semantics 10F). */
export { parseAddresses, parsePorts } from './variable.ts';
export { readRules, type RuleText } from './file.ts';
export { checkGroup } from './group.ts';
export { parseRule, ruleOf } from './parse.ts';
export { priorityOf } from './priority.ts';
export type { Addresses, Buffer, Match, Option, Ports, Rule, RuleAction } from './rule.ts';
export { countUnmodelled } from './unmodelled.ts';
