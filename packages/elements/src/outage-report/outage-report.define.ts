import { define } from '@oya/core';
import { OyaOutageReport } from './outage-report.ts';

define('oya-outage-report', OyaOutageReport);
