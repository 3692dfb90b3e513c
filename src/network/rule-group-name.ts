/** What people call a rule group of AWS WAF or AWS Network Firewall that something refers to. */
import { glob } from './glob.ts';

/** A test for references by ARN or `VENDOR:NAME`: the pattern is the whole of it, or the name that stands in it. */
export function ruleGroupCalled(pattern: string): (reference: string) => boolean {
  const matches = glob(pattern);
  return (reference) =>
    matches(reference) || matches(reference.startsWith('arn:') ? nameInArn(reference) : afterVendor(reference));
}

/** `front` in `…:regional/rulegroup/front/a1b2` and in `…:stateful-rulegroup/front`. */
const nameInArn = (arn: string): string => /[/:-]rulegroup\/([^/]+)/.exec(arn)?.[1] ?? arn;

const afterVendor = (text: string): string => text.slice(text.indexOf(':') + 1);
