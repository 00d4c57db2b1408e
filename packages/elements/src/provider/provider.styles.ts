import { css } from 'lit';

/** The provider is not there for the page's layout: its children stand as if without it. */
export const providerStyles = css`
  :host {
    display: contents;
  }

  :host([hidden]) {
    display: none;
  }
`;
