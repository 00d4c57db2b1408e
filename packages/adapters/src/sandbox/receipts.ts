/** Receipts of consents as a sandbox gives them: true to what happened, and marked as examples, as nobody has signed them. */
import type { ConsentEvent, Contract, Meter, PortalFile, Utility } from '@oya/contract';
import { base64, examplePaper } from './example-paper.ts';

export interface ReceiptSubject {
  readonly event: ConsentEvent;
  readonly utility: Utility;
  readonly contract: Contract;
  readonly meter: Meter;
}

export function receiptOf({ event, utility, contract, meter }: ReceiptSubject, format: 'pdf' | 'json', lang: string): PortalFile {
  const english = lang.startsWith('en');
  const name = `${english ? 'consent-receipt' : 'recu-accord'}-${event.at.slice(0, 10)}-${event.purpose}.${format}`;
  if (format === 'json') {
    const receipt = {
      format: 'oya-sandbox-consent-receipt/1',
      example: true,
      utility: { id: utility.id, name: utility.name },
      contract: { number: contract.number, deliveryPoint: contract.deliveryPoint },
      meter: { id: meter.id, serialNumber: meter.serialNumber },
      event,
    };
    return { name, mediaType: 'application/json', content: base64(new TextEncoder().encode(`${JSON.stringify(receipt, null, 2)}\n`)) };
  }
  const { title, text } = event.text ?? {};
  const words = (texts: { fr: string; en?: string | undefined } | undefined) => (english ? texts?.en : undefined) ?? texts?.fr ?? '';
  const lines = [
    english ? 'EXAMPLE: receipt of a sandbox, not signed, without any effect' : 'EXEMPLE : reçu d’un bac à sable, non signé, sans aucun effet',
    '',
    `${utility.name}, ${english ? 'contract' : 'contrat'} ${contract.number}, ${english ? 'delivery point' : 'point de livraison'} ${contract.deliveryPoint}, ${english ? 'meter' : 'compteur'} ${meter.serialNumber}`,
    `${words(title)} (${event.purpose}), version ${event.text?.version ?? '-'}`,
    `${event.kind}, ${event.at}, ${event.name ?? event.actor}, ${event.channel}`,
    '',
    words(text),
  ];
  return { name, mediaType: 'application/pdf', content: base64(examplePaper(lines)) };
}
