/** A utility's colours on paper. */
import { themes, type ThemeName } from '@oya/tokens';
import type { PaperColours } from './paper.ts';

/** Those of its theme in light; a theme that the host page defines is not known here. */
export function themeColours(name: string): PaperColours {
  const { colors, series } = Object.hasOwn(themes, name) ? themes[name as ThemeName] : themes.neutral;
  return { ink: colors.ink.light, inkSoft: colors['ink-soft'].light, line: colors.line.light, raised: colors['surface-raised'].light, accent: colors.accent.light, bar: series[0].light };
}
