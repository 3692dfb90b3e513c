/** What change sets say of the resources that templates declare: their ids, what they were before, and it all in a sentence. */
import type { Declaration, DeclaredResource, Untranslated } from '../declared/resource.ts';
import type { Change, ChangeSet } from './change-set.ts';
import type { Placed } from './stacks.ts';

export interface Ids {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** AWS's ids by address: of what exists, and of it what the change leaves in its place. */
export function idsOf(placed: readonly Placed[]): Ids {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const { stack, existing, changeSet } of placed) {
    for (const [logical, physical] of existing?.ids ?? []) {
      before.set(stack.prefix + logical, physical);
      after.set(stack.prefix + logical, physical);
    }
    for (const { action, logicalId, physicalId, replaced } of changeSet?.changes ?? []) {
      const address = stack.prefix + logicalId;
      if (physicalId !== undefined && action !== 'add') before.set(address, physicalId);
      if (physicalId !== undefined) after.set(address, physicalId);
      if (replaced || action === 'remove') after.delete(address);
    }
  }
  return { before, after };
}

/**
 * The resources before the change; undefined where a change set does not tell the properties that something had. What it
 * does not name was as the template says.
 */
export function beforeOf(
  after: readonly DeclaredResource[],
  placed: readonly Placed[],
  ids: Ids,
): readonly DeclaredResource[] | undefined {
  const changed = new Map<string, Change>();
  const gone: DeclaredResource[] = [];
  const addresses = new Set(after.map(({ address }) => address));
  const known = placed.filter(({ changeSet }) => changeSet !== undefined);
  if (known.length === 0) return undefined;
  for (const { stack, changeSet } of known)
    for (const change of changeSet!.changes) {
      if (change.type === 'AWS::CloudFormation::Stack') {
        // Without its own change set nothing tells what becomes of what is in it.
        if (change.action !== 'add' && !placed.some((one) => one.changeSet?.id === change.nested)) return undefined;
        continue;
      }
      if (change.action === 'other' || (change.action !== 'add' && change.before === undefined)) return undefined;
      const address = stack.prefix + change.logicalId;
      changed.set(address, change);
      if (change.action !== 'remove' || addresses.has(address)) continue;
      gone.push({
        type: change.type,
        address,
        id: ids.before.get(address) ?? address,
        properties: change.before ?? {},
        source: { file: changeSet!.file, place: change.logicalId },
      });
    }
  const kept = after.flatMap((resource): DeclaredResource[] => {
    const change = changed.get(resource.address);
    const id = ids.before.get(resource.address) ?? resource.address;
    if (change === undefined) return [{ ...resource, id }];
    if (change.action === 'add') return [];
    return [{ ...resource, id, properties: change.before ?? resource.properties }];
  });
  return [...kept, ...gone];
}

/**
 * What stays in the account though the stack lets go of it (`DeletionPolicy: Retain`): as it was, where that is told. A
 * resource that is replaced and stays has an address of its own beside the new one.
 */
export function retained(placed: readonly Placed[]): Pick<Declaration, 'resources' | 'untranslated'> {
  const resources: DeclaredResource[] = [];
  const untranslated: Untranslated[] = [];
  for (const { stack, changeSet } of placed)
    for (const { action, logicalId, physicalId, type, before, retained: stays } of changeSet?.changes ?? []) {
      if (!stays || action === 'add' || action === 'other') continue;
      const address = `${stack.prefix}${logicalId}${action === 'remove' ? '' : ' (replaced)'}`;
      const source = { file: changeSet!.file, place: logicalId };
      if (before === undefined) untranslated.push({ type, address, source });
      else resources.push({ type, address, id: physicalId ?? address, properties: before, source });
    }
  return { resources, untranslated };
}

/** One sentence: what the change set adds, changes, replaces and removes. */
export function wordsOf({ name, changes }: ChangeSet): string {
  const named = (wanted: (change: Change) => boolean): string =>
    changes
      .filter(wanted)
      .map(({ logicalId }) => `\`${logicalId}\``)
      .join(', ');
  const parts = [
    ['adds', named(({ action }) => action === 'add')],
    ['changes', named(({ action, replaced }) => action === 'modify' && !replaced)],
    ['replaces', named(({ action, replaced }) => action === 'modify' && replaced)],
    ['removes', named(({ action }) => action === 'remove')],
    ['does more than it tells with', named(({ action }) => action === 'other')],
  ].filter(([, names]) => names !== '');
  return `The change set \`${name}\` ${parts.length === 0 ? 'changes no resource' : parts.map((part) => part.join(' ')).join('; ')}.`;
}
