/** Managed prefix lists, with their entries written in them or beside them. */
import { Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { added } from './beside.ts';
import { blocks } from './given.ts';
import { ofType } from './instance.ts';
import {
  defined,
  type Given,
  isConfigured,
  label,
  link,
  tags,
  text,
  told,
  type Translation,
  value,
} from './translation.ts';

export const prefixList: Translation = (at) => [
  told(at, 'AWS::EC2::PrefixList', {
    PrefixListName: label(at, 'name'),
    AddressFamily: value(at, 'address_family'),
    MaxEntries: value(at, 'max_entries'),
    Entries: entriesOf(at),
    Tags: tags(at),
  }),
];

/** What `aws_ec2_managed_prefix_list_entry` adds is told with the list; what it added before shows there. */
function entriesOf(at: Given): Value {
  const id = text(at, 'id');
  const managed = isConfigured(at, 'entry') === true ? [] : apart(at, [entry], 'prefix_list_id', id);
  const taken = new Set(managed.map((one) => one.cidr));
  const own = blocks(at, 'entry').flatMap((one): readonly Value[] => {
    if (one instanceof Unknown) return [one];
    const Cidr = value(one, 'cidr');
    return typeof Cidr === 'string' && taken.has(Cidr) ? [] : [defined({ Cidr })];
  });
  const more = added(
    at,
    entry,
    { by: ['prefix_list_id', 'prefix-list'] },
    (beside) => defined({ Cidr: value(beside, 'cidr') }),
    () => new Unknown('an entry may be added to it'),
  );
  return [...own, ...more];
}

const entry = 'aws_ec2_managed_prefix_list_entry';

/** Told with its list; of a list that is not in the plan, by itself. */
export const prefixListEntry: Translation = (at) => {
  const list = link(at, 'prefix_list_id', 'prefix-list');
  const here = ofType(at.world, 'aws_ec2_managed_prefix_list').some(({ values }) => values.id === list);
  if (typeof list !== 'string' || here) return [];
  return [{ type: 'Vpcproof::EC2::PrefixListEntry', properties: { PrefixListId: list, Cidr: value(at, 'cidr') } }];
};
