/** How an element in the light DOM stands on a page: the host's type and colours end at its tag. Its parts are its own business. */
export function lightHostStyles(tag: string): string {
  return `${tag} {
  display: block;
  color: var(--oya-color-ink);
  font-family: var(--oya-font, inherit);
  font-size: var(--oya-size-2);
  font-weight: 400;
  line-height: 1.5;
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
}

${tag}[hidden] {
  display: none;
}
`;
}
