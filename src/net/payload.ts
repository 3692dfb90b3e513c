/** What a flow carries, as far as a firewall looks inside: the application protocol, and the names in its first message. */

/** In Suricata's words; `none` is anything that no engine recognises, and nothing at all. */
export interface Payload {
  /** `tls`, `http`, `dns`, …: a key of `applications`. */
  readonly app: string;
  /** As sent, case kept; absent: the client hello has none. */
  readonly sni?: string;
  /** In lower case, without port; absent: the request has none. */
  readonly httpHost?: string;
  readonly httpMethod?: string;
  readonly httpUri?: string;
  /** The request has no header at all, and so no host (semantics 10.55). */
  readonly bare?: true;
  /** Without the final dot. */
  readonly dnsName?: string;
  /** Of the query (`net/query-type.ts`); absent where nothing tells types apart. */
  readonly dnsType?: string;
}
