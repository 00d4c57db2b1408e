/** Shapes of Lucide for the devices that an account is open on. */
import type { Device } from '@oya/contract';
import { svg, type SVGTemplateResult } from 'lit';

export const deviceShapes: Readonly<Record<Device['kind'], SVGTemplateResult>> = {
  computer: svg`<rect width="20" height="14" x="2" y="3" rx="2"></rect><path d="M8 21h8"></path><path d="M12 17v4"></path>`,
  phone: svg`<rect width="14" height="20" x="5" y="2" rx="2"></rect><path d="M12 18h.01"></path>`,
  tablet: svg`<rect width="16" height="20" x="4" y="2" rx="2"></rect><path d="M12 18h.01"></path>`,
  unknown: svg`<circle cx="12" cy="12" r="10"></circle><path d="M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3"></path><path d="M12 17h.01"></path>`,
};
