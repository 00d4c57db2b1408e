import { define } from '@oya/core';
import { OyaTempo } from './tempo.ts';

define('oya-tempo', OyaTempo);
