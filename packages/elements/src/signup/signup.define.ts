import { define } from '@oya/core';
import { OyaSignup } from './signup.ts';

define('oya-signup', OyaSignup);
