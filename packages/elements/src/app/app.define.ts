import { define } from '@oya/core';
import { OyaApp } from './app.ts';

define('oya-app', OyaApp);
