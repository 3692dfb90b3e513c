/** What a packet sets and carries, in words: `(SNI api.example.com)`, `(app ssh)`, `(flags SYN,ACK)`. */
import type { CarriedJson } from '../../result/carried.ts';

/** Empty where nothing was asked; a name says the protocol as well. */
export function carriedText({
  tcpFlags,
  app,
  sni,
  httpHost,
  httpMethod,
  httpUri,
  dnsName,
  dnsType,
}: CarriedJson): string {
  const named = [
    ...(sni === undefined ? [] : [`SNI ${sni}`]),
    ...(httpHost === undefined ? [] : [`Host ${httpHost}`]),
    ...(httpMethod === undefined ? [] : [`method ${httpMethod}`]),
    ...(httpUri === undefined ? [] : [`URI ${httpUri}`]),
    ...(dnsName === undefined ? [] : [`DNS name ${dnsName}`]),
    ...(dnsType === undefined ? [] : [`type ${dnsType}`]),
  ];
  const parts = [
    ...(tcpFlags === undefined ? [] : [`flags ${tcpFlags.join(',')}`]),
    ...(app === undefined || named.length > 0 ? [] : [`app ${app}`]),
    ...named,
  ];
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}
