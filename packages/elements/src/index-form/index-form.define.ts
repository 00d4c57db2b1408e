import { define } from '@oya/core';
import { OyaIndexForm } from './index-form.ts';

define('oya-index-form', OyaIndexForm);
