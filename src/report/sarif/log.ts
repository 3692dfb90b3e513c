/** One run as a SARIF log (OASIS, Static Analysis Results Interchange Format, version 2.1.0). */
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Tool } from '../../result/document.ts';

/** What is found, with rules for all that was asked, in the order of both. */
export function sarifLog(tool: Tool, rules: readonly ReportingDescriptor[], results: readonly Result[]): string {
  const at = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: [...rules] } },
        invocations: [{ executionSuccessful: true }],
        columnKind: 'utf16CodeUnits',
        // Of one run all results tell whether they are suppressed, or none does.
        results: results.map((result) => ({
          ...result,
          ruleIndex: at.get(result.ruleId ?? '') ?? -1,
          suppressions: result.suppressions ?? [],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
