/**
 * Whether the bytes of a file are a certificate that shows what it claims.
 *
 * This folder imports nothing else of the program, no solver and no package, and of Node only its hash and its inflater,
 * so that it can be read and trusted by itself. What it shows: every byte is the maker's (`digest.ts`), the certificate is
 * whole (`form.ts`, `demands.ts`), and each set of clauses cannot be true (`refutation.ts`, `proof.ts`). What it cannot
 * show without the network: that the clauses, and the flows of witnesses, are those of the network named.
 */
import { digestOf, digestOfValue, digestPlace, looksLikeCertificate } from './digest.ts';
import { findDemandsUnmet } from './demands.ts';
import { isCertificate } from './form.ts';
import type { Certificate } from './format.ts';
import { type CheckedRefutation, checkRefutation } from './refutation.ts';

export type Judgement =
  | {
      readonly status: 'accepted';
      readonly certificate: Certificate;
      /** One for each piece of evidence that is a refutation, in order. */
      readonly refutations: readonly CheckedRefutation[];
    }
  /** A certificate, and not one to trust; why, in words. */
  | { readonly status: 'refused'; readonly reasons: readonly string[] }
  /** No certificate of a version that is known here. */
  | { readonly status: 'unreadable'; readonly reason: string };

/** The most bytes of a file, and those that its compressed parts may inflate to together. */
const mostBytes = 2 ** 28;
const mostInflated = 2 ** 28;

/** Lists and objects within each other; what a certificate quotes of a network is a few deep. */
const deepest = 100;

/** The reasons that are told; more are counted. */
const mostReasons = 20;

export function checkCertificate(bytes: Uint8Array): Judgement {
  if (bytes.length > mostBytes) return { status: 'unreadable', reason: `it is longer than ${mostBytes} bytes` };

  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return looksLikeCertificate(bytes)
      ? { status: 'refused', reasons: ['it begins as a certificate and is not JSON: it is cut short or damaged'] }
      : { status: 'unreadable', reason: 'it is not JSON' };
  }
  const { format, version } = named(value);
  if (format !== 'vpcproof-certificate') return { status: 'unreadable', reason: 'it is JSON, and no certificate' };
  if (version !== 1)
    return { status: 'unreadable', reason: `its version is ${clipped(String(version))}, and 1 is the one known here` };

  const reasons: string[] = [];
  let more = 0;
  const tell = (reason: string): void => {
    if (reasons.length < mostReasons) reasons.push(clipped(reason));
    else more++;
  };
  const refused = (): Judgement => ({
    status: 'refused',
    reasons: more === 0 ? reasons : [...reasons, `and ${more} more`],
  });

  findStrangeness(value, tell);
  if (reasons.length > 0) return refused();
  if (text !== `${JSON.stringify(value)}\n` && text !== `${JSON.stringify(value, null, 2)}\n`)
    tell('it is not written as certificates are: a key is there twice, or something is spelt or spaced differently');
  if (!isCertificate(value, tell)) return refused();

  const place = digestPlace(bytes);
  if (place === undefined) tell('it does not begin as certificates do');
  else if (value.digest !== `sha256:${digestOf(bytes, place)}`)
    tell(`its bytes are not those that its digest was made of: they give sha256:${digestOf(bytes, place)}`);
  if (value.policy.sha256 !== digestOfValue(value.property.written))
    tell('policy.sha256 is not the hash of property.written');
  findDemandsUnmet(value, tell);
  const allowance = { left: mostInflated };
  const refutations = value.evidence.flatMap((each, i) => {
    const checked =
      each.kind === 'refutation'
        ? checkRefutation(each, allowance, (reason) => tell(`evidence[${i}]: ${reason}`))
        : undefined;
    if (each.kind === 'facts' && each.cited.length === 0) tell(`evidence[${i}] cites nothing`);
    return checked === undefined ? [] : [checked];
  });
  return reasons.length === 0 ? { status: 'accepted', certificate: value, refutations } : refused();
}

/** The reasons quote the file, which can be of any length. */
const clipped = (reason: string): string => (reason.length <= 400 ? reason : `${reason.slice(0, 400)} …`);

/** What a value says that it is. */
const named = (value: unknown): { readonly format?: unknown; readonly version?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

/** What another reader could take for something else, wherever it stands. */
function findStrangeness(value: unknown, tell: (reason: string) => void): void {
  const open: (readonly [value: unknown, depth: number])[] = [[value, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [each, depth] = next;
    if (typeof each === 'string' && !whole(each)) tell('it holds text with half a character');
    if (typeof each !== 'object' || each === null) continue;
    if (depth === deepest) return tell(`it holds values more than ${deepest} deep`);
    for (const [key, inner] of Object.entries(each)) {
      if (key === '__proto__') tell('it has a key `__proto__`');
      if (!whole(key)) tell('it has a key with half a character');
      open.push([inner, depth + 1]);
    }
  }
}

/** Whether no surrogate stands without its other half. */
const whole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
