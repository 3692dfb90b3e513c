/** A firewall with a long list of Suricata rules: the scenario's network, its list of names put in place of another. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

const words = ['api', 'cdn', 'data', 'model', 'auth', 'log', 'img', 'store', 'edge', 'mail', 'auto', 'pay'] as const;
const domains = ['example.com', 'example.net', 'example.org'] as const;

/** Passes and some drops, of whole names and of domains with all below them, for TLS and for HTTP. */
export function suricataRules(r: Random, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const action = r.chance(0.1) ? 'drop' : 'pass';
    const name = `${r.pick(words)}-${i}.${r.pick(words)}.${r.pick(domains)}`;
    const below = r.chance(0.3);
    const match = below ? `dotprefix; content:".${name}"; endswith;` : `content:"${name}"; startswith; endswith;`;
    const tail = `flow:to_server, established; sid:${i + 1};`;
    return r.chance(0.75)
      ? `${action} tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; ${match.replace('; endswith', '; nocase; endswith')} ${tail})`
      : `${action} http $HOME_NET any -> $EXTERNAL_NET any (http.host; ${match} ${tail})`;
  });
}

export const rulesPolicy = `version: 1
properties:
  - id: only-approved-names-leave
    forbid:
      from: subnet:tag:tier=ai
      to: internet
      except:
        - { sni: [${domains.map((name) => `.${name}`).join(', ')}] }
        - { http-host: [${domains.map((name) => `.${name}`).join(', ')}] }
`;

/** Copies the scenario's network into the folder, with these rules as its approved names. */
export function writeRuledNetwork(scenario: string, folder: string, rules: readonly string[]): void {
  cpSync(scenario, folder, { recursive: true });
  const file = join(folder, 'describe-rule-group.approved-names.json');
  const answer = JSON.parse(readFileSync(file, 'utf8')) as { RuleGroup: { RulesSource: { RulesString: string } } };
  answer.RuleGroup.RulesSource.RulesString = rules.join('\n');
  writeFileSync(file, JSON.stringify(answer));
}
