import { define } from '@oya/core';
import { OyaBarChart } from './bar-chart.ts';

define('oya-bar-chart', OyaBarChart);
