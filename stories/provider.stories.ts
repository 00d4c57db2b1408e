import '@oya/elements/login.define';
import '@oya/elements/provider.define';
import { sandboxAdapter } from '@oya/adapters/sandbox';
import type { Configuration } from '@oya/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { NOW } from './portal.ts';

export default { title: 'Elements/Provider', component: 'oya-provider' } satisfies Meta;

function configurationOf(persona: string, theme: string): Configuration {
  return { adapter: sandboxAdapter({ persona, now: NOW }), theme };
}

const [eneo, sicae] = [configurationOf('camille', 'eneo'), configurationOf('marc', 'sicae')];

/** Two portals on one page, each with its own customer, theme and language. */
export const TwoUtilities: StoryObj = {
  render: () => html`
    <oya-provider .configuration=${eneo}><oya-login></oya-login></oya-provider>
    <oya-provider .configuration=${sicae} lang="en"><oya-login></oya-login></oya-provider>
  `,
};
