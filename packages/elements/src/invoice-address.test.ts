import { expect } from 'chai';
import { fragmentFor, invoiceIn, withInvoice } from './invoice-address.ts';

const NAME = { contractId: 'lucien-electricity', invoiceId: 'EN2611000001' };

describe('the address of an invoice', () => {
  it('stands in the fragment, alone or beside the section of a portal', () => {
    expect(withInvoice('', NAME)).to.equal('#oya-invoice=lucien-electricity/EN2611000001');
    expect(withInvoice('#/invoices', NAME)).to.equal('#/invoices?oya-invoice=lucien-electricity/EN2611000001');
    expect(withInvoice('#top', NAME)).to.equal('#oya-invoice=lucien-electricity/EN2611000001');
    expect(invoiceIn(withInvoice('#/invoices', NAME))).to.deep.equal(NAME);
  });

  it('leaves what else stands there', () => {
    expect(withInvoice('#/invoices?x=1&oya-invoice=a/b', undefined)).to.equal('#/invoices?x=1');
    expect(withInvoice('#oya-invoice=a/b', undefined)).to.equal('#');
  });

  it('is read whatever letters an id has, and not where it names none', () => {
    const odd = { contractId: 'a&b é', invoiceId: '2026-11 (1)' };
    expect(invoiceIn(withInvoice('', odd))).to.deep.equal(odd);
    for (const hash of ['', '#', '#top', '#oya-invoice=', '#oya-invoice=a', '#oya-invoice=a/b/c', '#/invoices']) expect(invoiceIn(hash), hash).to.equal(undefined);
  });

  it('leads from a route of the host page to the invoice', () => {
    expect(fragmentFor('/mon-espace#/bill', NAME)).to.equal('/bill?oya-invoice=lucien-electricity/EN2611000001');
    expect(fragmentFor('/facture', NAME)).to.equal('oya-invoice=lucien-electricity/EN2611000001');
  });
});
