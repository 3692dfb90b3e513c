/** Domain lists as the lines of Suricata that AWS makes of them (semantics 10.53 to 10.56). */

/** Sids from 1: the names over TLS, then over HTTP, each before the drops that an allowlist ends with. */
export function domainList(
  kind: 'ALLOWLIST' | 'DENYLIST' | 'REJECTLIST',
  names: readonly string[],
  { order = 'strict' }: { readonly order?: 'action' | 'strict' } = {},
): readonly string[] {
  const action = { ALLOWLIST: 'pass', DENYLIST: 'drop', REJECTLIST: 'reject' }[kind];
  const ends = '$HOME_NET any -> $EXTERNAL_NET any';
  const flow = 'flow:to_server, established;';
  const bodies = [
    ...names.map(
      (name) => `${action} tls ${ends} (ssl_state:client_hello; tls.sni; ${contentOf(name, 'nocase; ')}${flow}`,
    ),
    ...names.map((name) => `${action} http ${ends} (http.host; ${contentOf(name, '')}${flow}`),
    ...(kind === 'ALLOWLIST' && order === 'action'
      ? [
          `drop tls ${ends} (ssl_state:client_hello; ${flow}`,
          `drop http ${ends} (http.header_names; content:"|0d 0a|"; startswith; ${flow}`,
        ]
      : []),
  ];
  return bodies.map((body, i) => `${body} sid:${i + 1};)`);
}

const contentOf = (name: string, nocase: string): string =>
  name.startsWith('.')
    ? `dotprefix; content:"${name}"; ${nocase}endswith; `
    : `content:"${name}"; startswith; ${nocase}endswith; `;
