export { antiFlashSheet } from './anti-flash.ts';
export { tokensJson, type TokenGroup } from './design-tokens.ts';
export { installTokens } from './install.ts';
export { tokenSheet } from './sheet.ts';
export { colorNames, themeNames, themes, type ColorName, type Shades, type Theme, type ThemeName } from './themes.ts';
