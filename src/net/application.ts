/** The application protocols that Suricata tells apart (semantics 10.72), and what they run over. */
import { protocols } from './protocol.ts';

const { tcp, udp } = protocols;

export interface Application {
  /** IP protocol numbers. */
  readonly over: readonly number[];
  /** The server speaks first. */
  readonly banner?: true;
}

/** By Suricata's name. */
export const applications: Readonly<Record<string, Application>> = {
  tls: { over: [tcp] },
  http: { over: [tcp] },
  http2: { over: [tcp] },
  ssh: { over: [tcp], banner: true },
  dns: { over: [udp, tcp] },
  quic: { over: [udp] },
  smtp: { over: [tcp], banner: true },
  imap: { over: [tcp], banner: true },
  pop3: { over: [tcp], banner: true },
  ftp: { over: [tcp], banner: true },
  ntp: { over: [udp] },
  smb: { over: [tcp] },
  dcerpc: { over: [tcp, udp] },
  dhcp: { over: [udp] },
  krb5: { over: [tcp, udp] },
  tftp: { over: [udp] },
  mqtt: { over: [tcp] },
  rdp: { over: [tcp] },
  rfb: { over: [tcp], banner: true },
  snmp: { over: [udp] },
  nfs: { over: [tcp, udp] },
  sip: { over: [tcp, udp] },
  ldap: { over: [tcp, udp] },
  websocket: { over: [tcp] },
  telnet: { over: [tcp], banner: true },
  irc: { over: [tcp], banner: true },
  pgsql: { over: [tcp] },
  modbus: { over: [tcp] },
  dnp3: { over: [tcp] },
  doh2: { over: [tcp] },
  mdns: { over: [udp] },
  'bittorrent-dht': { over: [udp] },
};
