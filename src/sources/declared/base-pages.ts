/**
 * Answers that hold things of something else (routes of a transit gateway's table, listeners of a balancer, rules of a DNS
 * Firewall group) laid together thing by thing: what the plan changes or takes away is not left as it runs.
 */
import { same } from './three-way.ts';

type Part = Readonly<Record<string, unknown>>;

/** Where an answer holds its things, and what tells one from the others; no `things`: the answer is one itself. */
interface Page {
  readonly things?: string;
  readonly key: (thing: unknown, page: Part) => unknown;
}

const by =
  (...names: readonly string[]) =>
  (thing: unknown): unknown =>
    names.map((name) => (thing as Part)[name]);

const pages: Readonly<Record<string, Page>> = {
  transitGatewayRoutes: { things: 'routes', key: (one, page) => [page['table'], by('destination', 'origin')(one)] },
  transitGatewayAssociations: { things: 'members', key: by('attachment') },
  transitGatewayPropagations: { things: 'members', key: (one, page) => [page['table'], by('attachment')(one)] },
  transitGatewayPrefixListReferences: { key: by('table', 'list') },
  listeners: { things: 'listeners', key: by('id') },
  listenerRules: { things: 'rules', key: by('listener', 'isDefault', 'priority') },
  targetHealth: { things: 'targets', key: (one, page) => [page['group'], by('id', 'port')(one)] },
  clientVpnAssociations: { things: 'items', key: (one, page) => [page['endpoint'], by('subnet')(one)] },
  clientVpnRoutes: { things: 'items', key: (one, page) => [page['endpoint'], by('destination', 'subnet')(one)] },
  clientVpnRules: { things: 'items', key: (one, page) => [page['endpoint'], by('destination', 'everyone')(one)] },
  webAclAssociations: { things: 'resources', key: (one) => one },
  rules: { things: 'rules', key: (one, page) => [page['group'], by('priority')(one)] },
  domains: { things: 'domains', key: (one, page) => [page['list'], one] },
  configs: { key: by('vpc') },
  profiles: { key: by('vpc', 'profile') },
  coreNetworkPolicies: { key: by('coreNetworkId') },
  resolverRuleAssociations: { key: by('rule', 'vpc') },
  targets: { things: 'targets', key: (one, page) => [page['group'], by('id', 'port')(one)] },
};

/** Whether answers of that name are laid together here. */
export const isPaged = (key: string, answers: readonly unknown[]): boolean =>
  Object.hasOwn(pages, key) && answers.every((one) => typeof one === 'object' && one !== null && !('id' in one));

/**
 * The plan's word first, then what runs. A thing that the plan tells alike before and after its change stands as it runs;
 * one that it tells otherwise, or no more, no longer does.
 */
export function mergePages(
  name: string,
  base: readonly unknown[],
  before: readonly unknown[],
  after: readonly unknown[],
): readonly unknown[] {
  const page = pages[name]!;
  const [old, now, running] = [before, after, base].map((all) => index(page, all));
  const stays = (key: string): boolean => {
    const [was, is] = [old!.get(key), now!.get(key)];
    return is === undefined ? was === undefined : was !== undefined && same(was, is);
  };
  return [...select(page, after, (key) => !(running!.has(key) && stays(key))), ...select(page, base, stays)];
}

function index(page: Page, all: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(
    all.flatMap((one) => thingsOf(page, one as Part).map((thing) => [textOf(page.key(thing, one as Part)), thing])),
  );
}

const thingsOf = ({ things }: Page, one: Part): readonly unknown[] =>
  things === undefined ? [one] : (one[things] as readonly unknown[]);

/** The answers with those of their things alone. */
function select(page: Page, all: readonly unknown[], keep: (key: string) => boolean): readonly unknown[] {
  return all.flatMap((one) => {
    const part = one as Part;
    const kept = thingsOf(page, part).filter((thing) => keep(textOf(page.key(thing, part))));
    if (page.things === undefined) return kept;
    return [{ ...part, [page.things]: kept }];
  });
}

const textOf = (key: unknown): string =>
  JSON.stringify(key, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
