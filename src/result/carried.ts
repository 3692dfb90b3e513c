/** What a packet sets and carries beyond what decides its way; present where it was asked for. */

export interface CarriedJson {
  /** Exactly these are set. */
  readonly tcpFlags?: readonly string[];
  /** What the payload is: `tls`, `dns`. */
  readonly app?: string;
  /** In a question, a name that begins with a dot stands for it and all below it. */
  readonly sni?: string;
  readonly httpHost?: string;
  readonly httpMethod?: string;
  readonly httpUri?: string;
  readonly dnsName?: string;
  /** Such as `TXT`. */
  readonly dnsType?: string;
}
