import { define } from '@oya/core';
import { OyaAlerts } from './alerts.ts';

define('oya-alerts', OyaAlerts);
