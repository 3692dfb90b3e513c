/** SageMaker: notebook instances and domains that leave for the internet by a network of SageMaker's own (semantics 14.10). */
import type { Findings } from '../../network/build/findings.ts';
import { type At, isObject, provenance, text, texts } from './fields.ts';
import { resource } from './resource.ts';
import { entryOf, unmodelled } from './unmodelled.ts';

interface NotebookInstance {
  readonly NotebookInstanceArn?: string;
  readonly NotebookInstanceName?: string;
  readonly SubnetId?: string;
  readonly NetworkInterfaceId?: string;
  readonly DirectInternetAccess?: string;
}

interface Domain {
  readonly DomainArn?: string;
  readonly DomainName?: string;
  readonly SubnetIds?: readonly string[];
  readonly AppNetworkAccessType?: string;
}

/** On where it is not said to be off, which is AWS's default. */
export function readNotebookInstance(at: At<NotebookInstance>, findings: Findings): void {
  const arn = text(at, 'NotebookInstanceArn') ?? '';
  const found = resource(at, arn, { arn, name: text(at, 'NotebookInstanceName') });
  findings.notModelled.push(entryOf('notebook-instance', arn, found.source));
  if (text(at, 'DirectInternetAccess') === 'Disabled') return;
  const nic = text(at, 'NetworkInterfaceId');
  const subnet = text(at, 'SubnetId');
  findings.directInternet.push({
    ...found,
    interfaces: nic === undefined ? [] : [nic],
    subnets: nic === undefined && subnet !== undefined ? [subnet] : [],
  });
}

export function readDomain(at: At<Domain>, findings: Findings): void {
  const arn = text(at, 'DomainArn') ?? '';
  const found = resource(at, arn, { arn, name: text(at, 'DomainName') });
  findings.notModelled.push(entryOf('sagemaker-domain', arn, found.source));
  if (text(at, 'AppNetworkAccessType') === 'VpcOnly') return;
  findings.directInternet.push({ ...found, interfaces: [], subnets: texts(at, 'SubnetIds') });
}

/** What a list tells, which is that it is there: how it leaves is asked one by one. */
export const readListed =
  (kind: 'NotebookInstances' | 'sagemaker-domains') =>
  (at: At<object>, findings: Findings): void => {
    const [entry] = unmodelled(kind, [at.json], provenance(at), kind);
    if (entry !== undefined) findings.notModelled.push({ ...entry, source: provenance(at) });
  };

/** Other services have `Domains` too. */
export const isDomainList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isObject(one) && /:sagemaker:/.test(String(one['DomainArn'])));
