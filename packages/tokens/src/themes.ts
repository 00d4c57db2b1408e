/** A colour as the page's light and dark schemes show it, in sRGB hexadecimal notation. */
export interface Shades {
  readonly light: string;
  readonly dark: string;
}

export const colorNames = [
  'surface',
  'surface-raised',
  'ink',
  'ink-soft',
  'line',
  'line-strong',
  'accent',
  'accent-ink',
  'success',
  'warning',
  'danger',
  'info',
] as const;
export type ColorName = (typeof colorNames)[number];

/** What tells one utility's elements from another's. All else is shared. */
export interface Theme {
  readonly colors: Readonly<Record<ColorName, Shades>>;
  /** Marks of charts, in the order in which charts use them. The first is a softer relative of the accent. */
  readonly series: readonly [Shades, Shades, Shades, Shades, Shades, Shades];
  readonly radius: number;
}

const shades = (light: string, dark: string): Shades => ({ light, dark });

// A state keeps its hue in every theme, so that people who have two utilities learn it once.
const states = {
  success: shades('#1b6e3c', '#74cf92'),
  warning: shades('#8a5200', '#f0b45a'),
  danger: shades('#b3261e', '#ff9c91'),
  info: shades('#1f5fa8', '#8cbcf5'),
};

/** Ink blue-grey with a deep blue accent: for a utility that has no theme of its own yet. */
const neutral: Theme = {
  colors: {
    surface: shades('#ffffff', '#14191f'),
    'surface-raised': shades('#f3f6f9', '#1e252d'),
    ink: shades('#1b2733', '#e6ebf1'),
    'ink-soft': shades('#526070', '#a7b3c0'),
    line: shades('#dae1e8', '#313b46'),
    'line-strong': shades('#7a8896', '#74828f'),
    accent: shades('#1d4f9c', '#8db7f7'),
    'accent-ink': shades('#ffffff', '#0c1c33'),
    ...states,
  },
  series: [
    shades('#4a7ec2', '#5a86c6'),
    shades('#764002', '#b76b1c'),
    shades('#348f4f', '#88c99e'),
    shades('#6b314e', '#bb5c84'),
    shades('#27668e', '#a4ddff'),
    shades('#493687', '#ad9ffa'),
  ],
  radius: 8,
};

/** Warm grey with a deep teal accent. */
const eneo: Theme = {
  colors: {
    surface: shades('#ffffff', '#191715'),
    'surface-raised': shades('#f7f4ef', '#25221e'),
    ink: shades('#2a2622', '#eeeae3'),
    'ink-soft': shades('#645c53', '#b8afa4'),
    line: shades('#e4ded5', '#3c3731'),
    'line-strong': shades('#8a8075', '#877d72'),
    accent: shades('#0b625d', '#5fc7bb'),
    'accent-ink': shades('#ffffff', '#06231f'),
    ...states,
  },
  series: [
    shades('#2f8f86', '#3b948a'),
    shades('#a57c04', '#b76b1c'),
    shades('#007252', '#62bb78'),
    shades('#62345f', '#ffbee1'),
    shades('#3e87ce', '#507fcd'),
    shades('#6150a4', '#ad9ffa'),
  ],
  radius: 12,
};

/** Cool grey with a violet-blue accent. */
const sicae: Theme = {
  colors: {
    surface: shades('#ffffff', '#15151d'),
    'surface-raised': shades('#f4f4f9', '#21212c'),
    ink: shades('#21223a', '#e9e9f3'),
    'ink-soft': shades('#5a5c75', '#b0b1c6'),
    line: shades('#dedfea', '#36374a'),
    'line-strong': shades('#84869f', '#7c7e97'),
    accent: shades('#463bb0', '#aba4ff'),
    'accent-ink': shades('#ffffff', '#17123f'),
    ...states,
  },
  series: [
    shades('#6f66cf', '#8078d8'),
    shades('#a57c04', '#b76b1c'),
    shades('#43957b', '#7bb587'),
    shades('#6c314a', '#a96988'),
    shades('#20688c', '#bdd6fd'),
    shades('#493687', '#ad9ffa'),
  ],
  radius: 6,
};

export const themes = { neutral, eneo, sicae } as const satisfies Readonly<Record<string, Theme>>;
export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];
