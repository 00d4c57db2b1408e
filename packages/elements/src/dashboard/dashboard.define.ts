import '@oya/charts/bar-chart.define';
import { define } from '@oya/core';
import { OyaDashboard } from './dashboard.ts';

define('oya-dashboard', OyaDashboard);
