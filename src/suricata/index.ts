/** The rule language of stateful rule groups: from text to rules, and what is wrong with the text (semantics 10F). */
export { readRules, type RuleFile, type RuleProblem, type RuleText } from './file.ts';
export { parseRule, ruleOf } from './parse.ts';
export type { Addresses, Buffer, Match, Option, Ports, Rule, RuleAction } from './rule.ts';
