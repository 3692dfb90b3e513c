/**
 * What traffic sets and carries beyond what decides a packet's way: TCP flags, the payload's protocol, and the name in
 * it (`interfaces.md`, Traffic). It narrows headers to the protocols that can carry it.
 */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Application, applications } from '../net/application.ts';
import { protocols } from '../net/protocol.ts';
import { parseQueryType, queryTypes } from '../net/query-type.ts';
import { type TcpFlag, tcpFlags } from '../net/tcp-flags.ts';

/** What a payload can be said to be: an application protocol, or `none` that anybody recognises. */
export type App = string;

/** Absent for a payload of no known protocol: over anything, anywhere. */
const applicationOf = (app: App): Application | undefined => applications[app];

const wordsOf = (app: App): string => applicationOf(app)?.words ?? 'an unknown payload';

/** The port at which it is usually served; undefined for a payload of no known protocol. */
export const usualPort = (app: App): number | undefined => applicationOf(app)?.port;

const apps = [...Object.keys(applications), 'none'];

/** What is absent is free. Names are in lower case, and one that begins with a dot stands for it and all below it. */
export interface Carried {
  /** Exactly these are set; in the order of their bits. */
  readonly tcpFlags?: readonly TcpFlag[];
  /** Given with every name, which implies it. */
  readonly app?: App;
  readonly sni?: string;
  readonly httpHost?: string;
  readonly dnsName?: string;
  /** In the words of `net/query-type.ts`. */
  readonly dnsType?: string;
}

/** The flags that tell it, by their names on the command line and in policies. */
export interface CarriedFlags {
  readonly 'tcp-flags'?: string;
  readonly app?: string;
  readonly sni?: string;
  readonly 'http-host'?: string;
  readonly 'dns-name'?: string;
  readonly 'dns-type'?: string;
}

/** A flag that says over which protocols the packet goes. */
export interface Bound {
  readonly flag: keyof CarriedFlags;
  /** Such as `TLS`. */
  readonly words: string;
  readonly over: readonly number[];
}

type Report = (flag: keyof CarriedFlags, problem: Omit<ProblemAt, 'column'> & { readonly column?: number }) => void;

/** What the flags say, and what each of them that is well written asks of the protocol. */
export function carriedOf(
  flags: CarriedFlags,
  report: Report,
): { readonly carried: Carried; readonly bounds: readonly Bound[] } {
  const set = flags['tcp-flags'] === undefined ? undefined : readTcpFlags(flags['tcp-flags'], report);
  const named = flags.app === undefined ? undefined : readApp(flags.app, report);
  const name = (flag: 'sni' | 'http-host' | 'dns-name'): string | undefined => {
    const text = flags[flag];
    return text === undefined ? undefined : readName(flag, text, report);
  };
  const dnsType = flags['dns-type'] === undefined ? undefined : readQueryType(flags['dns-type'], report);
  const [sni, httpHost, dnsName] = [name('sni'), name('http-host'), name('dns-name')];
  const saying: readonly (readonly [keyof CarriedFlags, App | undefined])[] = [
    ['app', named],
    ['sni', flags.sni === undefined ? undefined : 'tls'],
    ['http-host', flags['http-host'] === undefined ? undefined : 'http'],
    ['dns-name', flags['dns-name'] === undefined ? undefined : 'dns'],
    ['dns-type', flags['dns-type'] === undefined ? undefined : 'dns'],
  ];
  const said = saying.flatMap(([flag, app]) => (app === undefined ? [] : [{ flag, app }]));
  const [first, ...others] = said;
  for (const { flag, app } of others)
    if (app !== first!.app)
      report(flag, {
        code: 'bad-traffic',
        message: `\`${flag}\` means ${wordsOf(app)}, and \`${first!.flag}\` means ${wordsOf(first!.app)}.`,
        hint: 'A flow carries one of them; ask for each by itself.',
      });
  const bounds = said.flatMap(({ flag, app }): readonly Bound[] => {
    const application = applicationOf(app);
    return application === undefined ? [] : [{ flag, words: application.words, over: application.over }];
  });
  return {
    carried: {
      ...(set === undefined ? {} : { tcpFlags: set }),
      ...(first === undefined ? {} : { app: first.app }),
      ...(sni === undefined ? {} : { sni }),
      ...(httpHost === undefined ? {} : { httpHost }),
      ...(dnsName === undefined ? {} : { dnsName }),
      ...(dnsType === undefined ? {} : { dnsType }),
    },
    bounds: [
      ...(set === undefined ? [] : [{ flag: 'tcp-flags' as const, words: 'TCP flags', over: [protocols.tcp] }]),
      ...bounds,
    ],
  };
}

/** In the order of their bits, each once. */
function readTcpFlags(text: string, report: Report): readonly TcpFlag[] | undefined {
  const set = new Set<TcpFlag>();
  let whole = true;
  let column = 1;
  for (const part of text.split(',')) {
    const word = part.trim();
    const flag = tcpFlags.find((one) => one === word.toUpperCase());
    if (flag !== undefined) set.add(flag);
    else {
      whole = false;
      report('tcp-flags', {
        code: 'bad-traffic',
        column: column + part.length - part.trimStart().length,
        message: `\`${word}\` is no TCP flag.`,
        hint: didYouMean(word, tcpFlags) ?? `They are ${tcpFlags.join(', ')}, with commas between them.`,
      });
    }
    column += part.length + 1;
  }
  return whole ? tcpFlags.filter((flag) => set.has(flag)) : undefined;
}

function readApp(text: string, report: Report): App | undefined {
  const word = text.trim().toLowerCase();
  if (apps.includes(word)) return word;
  report('app', {
    code: 'bad-app',
    message: `\`${text}\` is nothing that a payload can be said to be.`,
    hint: didYouMean(text, apps) ?? `It is one of ${apps.join(', ')}.`,
  });
  return undefined;
}

function readQueryType(text: string, report: Report): string | undefined {
  const type = parseQueryType(text);
  if (type === undefined)
    report('dns-type', {
      code: 'bad-name',
      message: `\`${text}\` is no type of DNS queries.`,
      hint: didYouMean(text.toUpperCase(), queryTypes) ?? 'A type is such as `TXT`, or `TYPE16`.',
    });
  return type;
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** A name without its final dot; undefined where it is none, which is reported. */
function readName(flag: 'sni' | 'http-host' | 'dns-name', text: string, report: Report): string | undefined {
  const plain = text.trim().replace(/\.$/, '');
  const name = plain.replace(/^\./, '');
  if (name.length <= 253 && name.split('.').every((part) => label.test(part))) return plain.toLowerCase();
  report(flag, { code: 'bad-name', message: `\`${text}\` is no name of a host or domain.`, hint: hintFor(plain) });
  return undefined;
}

function hintFor(text: string): string {
  if (text.startsWith('*.')) return `\`${text.slice(1)}\` stands for it and all below it.`;
  if (text.includes('/') || /:\d*$/.test(text)) return 'Write the name alone, without scheme, port or path.';
  if (/[^\p{ASCII}]/u.test(text)) return 'Write it as it is sent, in ASCII: `xn--…`.';
  return 'A name is such as `api.example.com`; `.example.com` stands for it and all below it.';
}
