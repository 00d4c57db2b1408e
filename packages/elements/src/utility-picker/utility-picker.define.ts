import { define } from '@oya/core';
import { OyaUtilityPicker } from './utility-picker.ts';

define('oya-utility-picker', OyaUtilityPicker);
