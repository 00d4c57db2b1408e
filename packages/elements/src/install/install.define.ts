import { define } from '@oya/core';
import { OyaInstall } from './install.ts';

define('oya-install', OyaInstall);
