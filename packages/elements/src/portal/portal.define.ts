import { define } from '@oya/core';
import { OyaPortal } from './portal.ts';

define('oya-portal', OyaPortal);
