import { define } from '@oya/core';
import { OyaAlertSettings } from './alert-settings.ts';

define('oya-alert-settings', OyaAlertSettings);
