import '@oya/elements/provider.define';
import { installTokens, themeNames } from '@oya/tokens';
import { findUtility, personas } from '@oya/personas';
import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../../dist/custom-elements.json';
import { inPortal, NOBODY, renderElement } from '../portal.ts';
import { controlsByType, documented } from './documentation.ts';
import './preview.css';

installTokens(document);
setCustomElementsManifest(documented(manifest));

const preview: Preview = {
  render: renderElement,
  decorators: [inPortal],
  argTypesEnhancers: [controlsByType],
  tags: ['autodocs'],
  initialGlobals: { persona: 'camille', theme: 'eneo', scheme: 'light', language: 'fr' },
  globalTypes: {
    persona: {
      description: 'Who is signed in',
      toolbar: {
        icon: 'user',
        dynamicTitle: true,
        items: [
          { value: NOBODY, title: 'Signed out' },
          ...personas.map(({ id, customer, utility }) => ({ value: id, title: customer.displayName, right: findUtility(utility).name })),
        ],
      },
    },
    theme: { description: 'Theme', toolbar: { icon: 'paintbrush', dynamicTitle: true, items: themeNames.map((name) => ({ value: name, title: `Theme ${name}` })) } },
    scheme: {
      description: 'Light or dark',
      toolbar: { icon: 'mirror', dynamicTitle: true, items: [{ value: 'light', title: 'Light', icon: 'sun' }, { value: 'dark', title: 'Dark', icon: 'moon' }] },
    },
    language: {
      description: 'Language',
      toolbar: { icon: 'globe', dynamicTitle: true, items: [{ value: 'fr', title: 'Français' }, { value: 'en', title: 'English' }] },
    },
  },
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    // The element only: landmarks and the first heading are the host page's.
    a11y: { context: '.oya-story' },
    docs: { source: { excludeDecorators: true }, toc: true },
    // The page has its own ground and grid, from the theme.
    backgrounds: { disable: true },
    options: { storySort: { order: ['Elements', 'Charts'] } },
    viewport: {
      options: {
        phone: { name: 'Narrow phone, 320', type: 'mobile', styles: { width: '320px', height: '640px' } },
        tablet: { name: 'Tablet, 768', type: 'tablet', styles: { width: '768px', height: '1024px' } },
        desktop: { name: 'Desktop, 1280', type: 'desktop', styles: { width: '1280px', height: '800px' } },
      },
    },
  },
};

export default preview;
