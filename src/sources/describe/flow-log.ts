/** describe-flow-logs. */
import type { FlowLog } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readFlowLog(at: At<FlowLog>, findings: Findings): void {
  const id = required(at, 'FlowLogId');
  if (id === undefined) return;
  const delivered = text(at, 'DeliverLogsStatus');
  findings.flowLogs.push({
    ...resource(at, id),
    kind: 'flow-log',
    ...present({
      on: text(at, 'ResourceId'),
      traffic: text(at, 'TrafficType'),
      destination: text(at, 'LogDestinationType'),
      delivers: delivered === undefined ? undefined : delivered !== 'FAILED',
    }),
  });
}
