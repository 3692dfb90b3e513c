/**
 * What traffic sets and carries beyond what decides a packet's way: TCP flags, the payload's protocol, and the name in
 * it (`interfaces.md`, Traffic). It narrows headers to the protocols that can carry it.
 */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { protocols } from '../net/protocol.ts';

const { tcp, udp } = protocols;

/** What a payload can be: its name, what it runs over, and where it is usually served. */
const apps = {
  tls: { words: 'TLS', over: [tcp], port: 443 },
  http: { words: 'HTTP', over: [tcp], port: 80 },
  http2: { words: 'HTTP/2', over: [tcp], port: 80 },
  ssh: { words: 'SSH', over: [tcp], port: 22 },
  dns: { words: 'DNS', over: [udp, tcp], port: 53 },
  quic: { words: 'QUIC', over: [udp], port: 443 },
  smtp: { words: 'SMTP', over: [tcp], port: 25 },
  imap: { words: 'IMAP', over: [tcp], port: 143 },
  pop3: { words: 'POP3', over: [tcp], port: 110 },
  ftp: { words: 'FTP', over: [tcp], port: 21 },
  ntp: { words: 'NTP', over: [udp], port: 123 },
  /** A payload of no protocol that anybody recognises: over anything, anywhere. */
  none: { words: 'an unknown payload', over: undefined, port: undefined },
} as const;

export type App = keyof typeof apps;

/** The port at which it is usually served; undefined for a payload of no known protocol. */
export const usualPort = (app: App): number | undefined => apps[app].port;

const tcpFlags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

export type TcpFlag = (typeof tcpFlags)[number];

/** What is absent is free. Names are in lower case, and one that begins with a dot stands for it and all below it. */
export interface Carried {
  /** Exactly these are set; in the order of their bits. */
  readonly tcpFlags?: readonly TcpFlag[];
  /** Given with every name, which implies it. */
  readonly app?: App;
  readonly sni?: string;
  readonly httpHost?: string;
  readonly dnsName?: string;
}

/** The flags that tell it, by their names on the command line and in policies. */
export interface CarriedFlags {
  readonly 'tcp-flags'?: string;
  readonly app?: string;
  readonly sni?: string;
  readonly 'http-host'?: string;
  readonly 'dns-name'?: string;
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
  const [sni, httpHost, dnsName] = [name('sni'), name('http-host'), name('dns-name')];
  const saying: readonly (readonly [keyof CarriedFlags, App | undefined])[] = [
    ['app', named],
    ['sni', flags.sni === undefined ? undefined : 'tls'],
    ['http-host', flags['http-host'] === undefined ? undefined : 'http'],
    ['dns-name', flags['dns-name'] === undefined ? undefined : 'dns'],
  ];
  const said = saying.flatMap(([flag, app]) => (app === undefined ? [] : [{ flag, app }]));
  const [first, ...others] = said;
  for (const { flag, app } of others)
    if (app !== first!.app)
      report(flag, {
        code: 'bad-traffic',
        message: `\`${flag}\` means ${apps[app].words}, and \`${first!.flag}\` means ${apps[first!.app].words}.`,
        hint: 'A flow carries one of them; ask for each by itself.',
      });
  const bounds = said.flatMap(({ flag, app }): readonly Bound[] => {
    const { words, over } = apps[app];
    return over === undefined ? [] : [{ flag, words, over }];
  });
  return {
    carried: {
      ...(set === undefined ? {} : { tcpFlags: set }),
      ...(first === undefined ? {} : { app: first.app }),
      ...(sni === undefined ? {} : { sni }),
      ...(httpHost === undefined ? {} : { httpHost }),
      ...(dnsName === undefined ? {} : { dnsName }),
    },
    bounds: [
      ...(set === undefined ? [] : [{ flag: 'tcp-flags' as const, words: 'TCP flags', over: [tcp] }]),
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
  if (Object.hasOwn(apps, word)) return word as App;
  report('app', {
    code: 'bad-app',
    message: `\`${text}\` is nothing that a payload can be said to be.`,
    hint: didYouMean(text, Object.keys(apps)) ?? `It is one of ${Object.keys(apps).join(', ')}.`,
  });
  return undefined;
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
