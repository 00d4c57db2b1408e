import { define } from '@oya/core';
import { OyaLoadCurve } from './load-curve.ts';

define('oya-load-curve', OyaLoadCurve);
