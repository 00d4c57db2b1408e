import { define } from '@oya/core';
import { OyaPaymentMeans } from './payment-means.ts';

define('oya-payment-means', OyaPaymentMeans);
