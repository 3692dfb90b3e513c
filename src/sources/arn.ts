/** ARNs, and the ids that some properties and answers have in their place. */

/** The id in an ARN (`sn-…` of `arn:…/sn-…`); what is no ARN is an id already. */
export const lastOfArn = (id: string): string => (id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id);
