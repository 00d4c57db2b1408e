import type { InvoiceDetails, PortalFile } from '@oya/contract';
import { zipSync, type Zippable } from 'fflate';
import { openAttachments } from '../attachments/store.ts';
import { CLAIM_WORDS } from '../claims/claim-words.ts';
import { readMeasured, type ClaimDocument } from '../claims/claim-document.ts';
import { packedFiles, packedInvoice } from '../claims/packed.ts';
import { storable } from '../identity/credentials.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { fileOf } from './files.ts';
import { detailsOf, documentOf } from './invoices.ts';

export const createClaimFile: OperationHandler<'createClaimFile'> = async ({ contractId, invoiceId, format, words, attachmentIds, lang }, context) => {
  const invoice = await documentOf(contractId, invoiceId, lang, context);
  const { details } = invoice;
  const claim: ClaimDocument = {
    invoice,
    compared: await comparedWith(details, context),
    words: storable(words),
    files: await openAttachments(attachmentIds, details.number, context),
    measured: await readMeasured(details, context),
    madeAt: context.now,
  };
  return format === 'pdf' ? pdfOf(claim) : zipOf(claim);
};

async function comparedWith({ contractId, yearBeforeId, previousId }: InvoiceDetails, context: CustomerContext): Promise<ClaimDocument['compared']> {
  const invoiceId = yearBeforeId ?? previousId;
  return invoiceId === null ? null : { details: await detailsOf(contractId, invoiceId, context), isYearBefore: yearBeforeId !== null };
}

async function pdfOf(claim: ClaimDocument): Promise<PortalFile> {
  return fileOf(`${nameOf(claim)}.pdf`, 'application/pdf', await claimPaperOf(claim));
}

async function zipOf(claim: ClaimDocument): Promise<PortalFile> {
  const { invoice, files, measured } = claim;
  const { language, utility } = invoice;
  const [{ writeCsv }, { curveTable, daysTable, readingsTable }] = await Promise.all([import('@oya/formats/write/csv'), import('../claims/claim-tables.ts')]);
  // What is compressed already is only packed.
  const packed: Zippable = { [`${nameOf(claim)}.pdf`]: [await claimPaperOf(claim), { level: 0 }], ...(await packedInvoice(invoice)), ...packedFiles(files, language) };
  for (const table of [readingsTable(invoice.details, language), daysTable(measured, language), curveTable(measured, language)]) {
    if (table) packed[`${table.name}.csv`] = writeCsv(table, { timeZone: utility.timeZone, decimal: language === 'en' ? '.' : ',' });
  }
  return fileOf(`${nameOf(claim)}.zip`, 'application/zip', Buffer.from(zipSync(packed, { mtime: claim.madeAt })));
}

async function claimPaperOf(claim: ClaimDocument): Promise<Buffer> {
  const { claimPaper } = await import('../claims/claim-paper.ts');
  return claimPaper(claim);
}

function nameOf({ invoice: { language, details } }: ClaimDocument): string {
  return CLAIM_WORDS[language].name(details.number);
}
