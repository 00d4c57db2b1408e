import { createHmac } from 'node:crypto';

/** How Lyra signs a form: the values of its `vads_*` fields in the order of their names and the key, joined by `+`, as HMAC-SHA-256. */
export function lyraSignature(fields: Readonly<Record<string, string>>, key: string): string {
  const signed = Object.entries(fields).filter(([name]) => name.startsWith('vads_')).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', key).update([...signed.map(([, value]) => value), key].join('+')).digest('base64');
}
