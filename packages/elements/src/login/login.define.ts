import { define } from '@oya/core';
import { OyaLogin } from './login.ts';

define('oya-login', OyaLogin);
