/** Which load balancer or target group an answer is about that does not say so itself (`interfaces.md`). */
import { arnOf } from '../../network/build/load-balancer.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, complain } from './fields.ts';
import { fileNameOf } from './subject.ts';

type Named = 'LoadBalancerArn' | 'TargetGroupArn' | 'LoadBalancerName' | 'WebACLArn' | 'ResourceArn';

/** What stands beside the content, or in the request. */
export function told(at: At<object>, key: Named): string | undefined {
  const value = (at.json as Record<string, unknown>)[key] ?? at.in.request?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The balancer's id: by its ARN, a classic one's name, or the file's name. */
export function balancerOf(at: At<object>, findings: Findings): string | undefined {
  const name = told(at, 'LoadBalancerName');
  return (
    told(at, 'LoadBalancerArn') ??
    (name === undefined ? undefined : arnOf(name, at.in.account, at.in.region)) ??
    idInFileName(
      at,
      findings.loadBalancers.map(({ id, label }) => [id, `loadbalancer/${label}`]),
    )
  );
}

/** The target group's ARN, likewise. */
export const targetGroupOf = (at: At<object>, findings: Findings): string | undefined =>
  told(at, 'TargetGroupArn') ??
  idInFileName(
    at,
    findings.targetGroups.map(({ id, label }) => [id, `targetgroup/${label}`]),
  );

/**
 * The id whose last part, or an end of it from some `/` on, is in the file's name with `/` written as `-`. The longest
 * decides; undefined where none is, or two are alike.
 */
export function idInFileName(
  at: At<object>,
  candidates: readonly (readonly [id: string, last: string])[],
): string | undefined {
  const file = fileNameOf(at.in.file);
  let best: { readonly id: string | undefined; readonly length: number } = { id: undefined, length: 0 };
  for (const [id, last] of candidates) {
    if (!file.includes(last.slice(last.lastIndexOf('/') + 1))) continue;
    const ends = endsOf(last);
    // A classic balancer's name has no digits of AWS behind it, and may end another name.
    const before = ends.length > 2 ? /[0-9A-Za-z]/ : /[0-9A-Za-z-]/;
    for (const end of ends) {
      if (end.length < best.length || !holdsWord(file, end, before)) continue;
      best = { id: end.length === best.length && best.id !== id ? undefined : id, length: end.length };
      break;
    }
  }
  return best.id;
}

/** `targetgroup-web-0123456789abcdef`, `web-0123456789abcdef`, `0123456789abcdef`. */
function endsOf(last: string): readonly string[] {
  const parts = last.split('/');
  return parts.map((_, n) => parts.slice(n).join('-'));
}

/** Whether it stands there by itself: no part of a longer name, which goes on with what `before` tells. */
function holdsWord(file: string, word: string, before: RegExp): boolean {
  for (let at = file.indexOf(word); at >= 0; at = file.indexOf(word, at + 1))
    if (!before.test(file[at - 1] ?? '') && !/[0-9A-Za-z-]/.test(file[at + word.length] ?? '')) return true;
  return false;
}

export function untold(at: At<object>, key: string, what: 'load balancer' | 'target group' | 'web ACL'): void {
  const example = {
    'load balancer': 'describe-load-balancer-attributes.loadbalancer-net-front-0123456789abcdef.json',
    'target group': 'describe-target-health.targetgroup-web-0123456789abcdef.json',
    'web ACL': 'list-resources-for-web-acl.web-0a1b2c3d-0000-4000-8000-0123456789ab.json',
  }[what];
  complain(
    at,
    'unknown-subject',
    '',
    `It is not told which ${what} of the input these \`${key}\` belong to.`,
    `Put the last part of its ARN into the file name, with - for /: ${example}`,
  );
}
