/** What each option of a rule means, as far as it is modelled (semantics 10.77 to 10.84). */
import models from '../../models/suricata.json' with { type: 'json' };
import { didYouMean } from '../base/near.ts';
import { present } from '../base/present.ts';
import { type Gathered, gather, gathered, mustFollow } from './buffers.ts';
import { readApplication, readFlow, readFlowbits, readSslState } from './flow-options.ts';
import { type RawOption, unquoted } from './options.ts';
import { readIcmp, readIpProtocol, readTcpFlags } from './packet-options.ts';
import type { Complain, Piece } from './piece.ts';
import type { Option } from './rule.ts';

type Reader = (value: Piece, complain: Complain) => Option | undefined;

const readers: Readonly<Record<string, Reader>> = {
  flow: readFlow,
  flowbits: readFlowbits,
  'app-layer-protocol': readApplication,
  ssl_state: readSslState,
  ip_proto: readIpProtocol,
  itype: (value, complain) => readIcmp('itype', value, complain),
  icode: (value, complain) => readIcmp('icode', value, complain),
  'tcp.flags': readTcpFlags,
  priority: readPriority,
};

const aliases: Readonly<Record<string, string>> = models.aliases;
const refused: Readonly<Record<string, string>> = models.refused;
const meta = new Set(models.meta);
const others = new Set(models.others);

/** Every word that may stand before a colon or a semicolon. */
const known = [
  ...'sid noalert content pcre bsize nocase startswith endswith depth offset distance within'.split(' '),
  ...Object.keys(readers),
  ...models.buffers,
  ...models.transforms,
  ...models.payload,
  ...models.meta,
  ...models.others,
];

export interface Options {
  readonly options: readonly Option[];
  readonly sid?: number;
}

export function readKeywords(raw: readonly RawOption[], complain: Complain): Options {
  const into: Gathered = { complain, slots: [] };
  let sid: number | undefined;
  for (const one of raw) {
    const option = { ...one, keyword: aliases[one.keyword] ?? one.keyword };
    if (Object.hasOwn(refused, option.keyword)) {
      complain(
        option.at,
        'suricata-unsupported',
        `AWS Network Firewall does not support \`${one.keyword}\` (${refused[option.keyword]}).`,
      );
      // What is refused may be a buffer, whose contents say nothing of the buffer before.
      delete into.search;
      continue;
    }
    if (gather(option, into)) continue;
    mustFollow(into);
    if (into.search?.matches.length === 0) delete into.search;
    if (option.keyword === 'sid') sid = readSid(option, complain) ?? sid;
    else into.slots.push(...(readOption(option, complain) ?? []));
  }
  mustFollow(into);
  return { options: gathered(into), ...present({ sid }) };
}

function readSid({ at, value }: RawOption, complain: Complain): number | undefined {
  const sid = /^\d{1,10}$/.test(value?.text ?? '') ? Number(value!.text) : 0;
  if (sid >= 1 && sid <= 4_294_967_295) return sid;
  return complain(value ?? at, 'suricata-sid', `\`${value?.text ?? ''}\` is no sid.`, 'It is a number from 1 on.');
}

function readOption(option: RawOption, complain: Complain): readonly Option[] | undefined {
  const { keyword, at, value } = option;
  if (Object.hasOwn(readers, keyword)) {
    if (value === undefined || value.text === '')
      return complain(at, 'suricata-option', `\`${keyword}\` needs a value.`, `Write it like \`${keyword}:…;\`.`);
    const read = readers[keyword]!(value, complain);
    return read === undefined ? undefined : [read];
  }
  if (keyword === 'noalert') return [{ kind: 'noalert' }];
  if (keyword === 'tag' && /^\s*host\b/i.test(value?.text ?? ''))
    return complain(at, 'suricata-unsupported', 'AWS Network Firewall does not support `tag:host`.');
  if (meta.has(keyword)) return [{ kind: 'meta', keyword, ...present({ value: unquoted(option) }) }];
  if (others.has(keyword)) return [{ kind: 'unknown', keyword, ...present({ value: value?.text }) }];
  return complain(at, 'suricata-keyword', `\`${keyword}\` is no keyword of Suricata's.`, didYouMean(keyword, known));
}

function readPriority(value: Piece, complain: Complain): Option | undefined {
  const number = /^\d{1,5}$/.test(value.text) ? Number(value.text) : 0;
  if (number >= 1 && number <= 65535) return { kind: 'priority', value: number };
  return complain(value, 'suricata-option', `\`${value.text}\` is no priority.`, 'It is a number from 1 to 65535.');
}
