import { define } from '@oya/core';
import { OyaInvoices } from './invoices.ts';

define('oya-invoices', OyaInvoices);
