/**
 * What `aws ec2 describe-*` and its like print, to findings: every answer read or accounted for, one resource seen
 * twice counted once. It promises that nothing of the input is dropped in silence.
 */
import { groupBy } from '../../base/group.ts';
import type { Problem } from '../../base/problem.ts';
import { present } from '../../base/present.ts';
import { type Findings, noFindings } from '../../network/build/findings.ts';
import { type Answer, answersOf } from './answers.ts';
import { constructs, keyOf } from './constructs.ts';
import { domainListOf, firewallGroupOf } from './dns-firewall.ts';
import { reconcile } from './duplicates.ts';
import type { At } from './fields.ts';
import { listOf } from './prefix-list.ts';
import { resolverEndpointOf } from './resolver-endpoint.ts';
import { readerOf, readerOfAttachments, scopesOfItems, toldBy } from './scope.ts';
import { fileNameOf, folderOf } from './subject.ts';
import { unmodelled } from './unmodelled.ts';

export interface DescribeFile {
  readonly file: string;
  readonly json: unknown;
}

export interface Described {
  readonly findings: Findings;
  readonly problems: readonly Problem[];
  /** Files in which no answer of AWS was found. */
  readonly foreign: readonly DescribeFile[];
}

export function readDescribe(files: readonly DescribeFile[]): Described {
  const findings = noFindings();
  const problems: Problem[] = [];
  const foreign: DescribeFile[] = [];
  const answers: Answer[] = [];
  for (const { file, json } of files) {
    const found = answersOf(file, json, problems);
    answers.push(...found.read);
    for (const { key, value, place } of found.other)
      findings.notModelled.push(...unmodelled(key, value, { file, place }, fileNameOf(file)));
    if (found.read.length + found.other.length === 0) foreign.push({ file, json });
  }
  noteReads(answers, findings);
  problems.push(...missingPages(answers));
  for (const [key, construct] of constructs)
    for (const at of distinct(answers, key, construct.id, problems)) construct.read(at, findings);
  return { findings, problems, foreign };
}

/** Whose an answer is that does not tell, as an empty one, the others of its folder tell, if they agree. */
function noteReads(answers: readonly Answer[], findings: Findings): void {
  const scoped = answers.map((answer) => ({ answer, scopes: scopesOfItems(resourcesIn(answer), answer.in) }));
  const readers = new Map(
    [...groupBy(scoped, ({ answer }) => folderOf(answer.in.file))].map(([folder, all]) => [folder, readerOf(all)]),
  );
  for (const { answer, scopes } of scoped) {
    const { key, construct, items, complete, in: context } = answer;
    if (
      construct.ofCall?.(
        resourcesIn(answer).map(({ json }) => json),
        context.file,
      ) === false
    )
      continue;
    const named = key === 'PrefixLists' && items.some(({ json }) => 'Cidrs' in json);
    const call = named ? 'describe-prefix-lists' : construct.call;
    const reader = readers.get(folderOf(context.file));
    for (const scope of toldBy({ answer, scopes }, reader)) {
      const account = scope.account ?? readerOfAttachments(items) ?? reader?.account;
      const region = scope.region ?? reader?.region;
      findings.reads.push({ call, complete, ...present({ account, region }) });
    }
  }
}

/** What an answer lists, where it is read as a whole as well. */
const resourcesIn = ({ key, items }: Answer): readonly { readonly json: object }[] =>
  key !== 'items'
    ? items
    : items.flatMap(({ json }) => {
        const inner = (json as { readonly items?: readonly object[] }).items;
        return Array.isArray(inner) ? inner.map((one) => ({ json: one })) : [{ json }];
      });

/** Every answer that says that a page follows needs another of the same key, in the same folder, of the same list. */
function missingPages(answers: readonly Answer[]): readonly Problem[] {
  const ended = new Set(answers.filter((answer) => !answer.continues).map(pageKey));
  return answers
    .filter((answer) => answer.continues && !ended.has(pageKey(answer)))
    .map((answer) => ({
      code: 'missing-page',
      file: answer.in.file,
      message: `The \`${answer.key}\` of this file go on in a page that is not there.`,
      hint: `Run aws ${commandOf(answer)} without --max-items and --no-paginate.`,
    }));
}

/** Of answers that are of one thing each: which. */
const subjects: ReadonlyMap<string, (at: At<object>) => string | undefined> = new Map([
  ['Entries', listOf],
  [keyOf('Domains', ['x']), domainListOf],
  ['FirewallRules', firewallGroupOf],
  ['IpAddresses', resolverEndpointOf],
]);

function pageKey({ key, items: [first], in: { account, region, file } }: Answer): string {
  const list = first === undefined ? undefined : subjects.get(key)?.(first);
  return [key, account ?? '', region ?? '', folderOf(file), list ?? ''].join(' ');
}

const commandOf = ({ construct: { call } }: Answer): string => (call.includes(' ') ? call : `ec2 ${call}`);

/** The resources under one key, each once, in the order read. */
function distinct(
  answers: readonly Answer[],
  key: string,
  id: string | undefined,
  problems: Problem[],
): Iterable<At<object>> {
  const all = answers.filter((answer) => answer.key === key).flatMap((answer) => answer.items);
  if (id === undefined) return all;
  const seen = new Map<string, At<object>>();
  for (const at of all) {
    const name = identity(at, id);
    const before = seen.get(name);
    if (before === undefined) {
      seen.set(name, at);
      continue;
    }
    const both = reconcile(before, at);
    if (both !== undefined) seen.set(name, both);
    else
      problems.push({
        code: 'duplicate-id',
        file: at.in.file,
        place: at.place,
        message: `\`${name}\` is described here and, differently, at ${before.place} of ${before.in.file}.`,
        hint: 'Keep the answers of one moment: the older file is to go.',
      });
  }
  return seen.values();
}

/** The id; the place where there is none. A name is one within its account and Region. The two calls that list prefix lists describe them in different words. */
function identity(at: At<object>, id: string): string {
  const value = (at.json as Record<string, unknown>)[id];
  const name = typeof value === 'string' && value !== '' ? value : `${at.in.file} ${at.place}`;
  // A peering connection can have one id at both its transit gateways, and each shows its own side.
  const { ResourceType: type, TransitGatewayId: gateway } = at.json as Record<string, unknown>;
  if ((type === 'peering' || type === 'tgw-peering') && typeof gateway === 'string') return `${name} of ${gateway}`;
  if (id.endsWith('Name')) return `${at.in.account ?? ''} ${at.in.region ?? ''} ${name}`;
  return 'Cidrs' in at.json ? `${name} (describe-prefix-lists)` : name;
}
