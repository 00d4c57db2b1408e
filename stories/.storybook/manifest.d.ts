/** Written by `npm run storybook` before anything reads it. */
declare module '*/dist/custom-elements.json' {
  const manifest: import('./documentation.ts').Manifest;
  export default manifest;
}

declare module '*.css';
